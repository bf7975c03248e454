//! The Rust items that a spec becomes, before anything is printed.

use serde_json::Value;

use super::views::View;
use crate::location::Location;

/// A Rust type where it is used.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// A type that needs no parts: `bool`, `i64`, `String`, `NaiveDate`.
    Plain(&'static str),
    List(Box<Type>),
    /// Values in their order, no two alike.
    Set(Box<Type>),
    /// A fixed number of values, each of its own type.
    Tuple(Vec<Type>),
    /// Values by name.
    Map(Box<Type>),
    /// A value or null, or a value or nothing.
    Optional(Box<Type>),
    /// A value, null or nothing: three different things.
    Field(Box<Type>),
    Boxed(Box<Type>),
    /// An object of this type, or anything that is no object: what a schema says that names members but no type.
    Any(Box<Type>),
    /// What the author wants, by `x-rust-type`.
    Given(String),
    /// The item at this index.
    Named(usize),
    /// Nothing at all: an answer without a body.
    Unit,
}

/// A struct or an enum.
#[derive(Debug)]
pub struct Item {
    pub name: String,
    pub docs: Vec<String>,
    pub kind: Kind,
    /// Whether a request carries it, so that it must be decoded.
    pub decoded: bool,
    /// Whether a response carries it, so that it must be encoded.
    pub encoded: bool,
    /// Whether it, or what it holds, has `validator` rules.
    pub ruled: bool,
}

#[derive(Debug)]
pub enum Kind {
    Struct {
        members: Vec<Member>,
        /// Whether any other member is refused.
        closed: bool,
        /// Members on the wire that the application never sees.
        dropped: Vec<String>,
    },
    /// Strings, or integers of the type `repr`.
    Enum {
        variants: Vec<Variant>,
        repr: Option<&'static str>,
    },
    /// One of several types; their schemas, and perhaps null, are the `branches` of the list at `place`.
    Union {
        members: Vec<Member>,
        view: View,
        place: Location,
        branches: usize,
    },
}

/// A field of a struct.
#[derive(Debug)]
pub struct Member {
    /// The name on the wire; none for the map of all that the spec does not name.
    pub wire: Option<String>,
    pub name: String,
    pub docs: Vec<String>,
    pub kind: Type,
    /// Whether it may be absent.
    pub optional: bool,
    /// Arguments of `#[validate(…)]`.
    pub rules: Vec<String>,
    /// What an absent one stands for.
    pub default: Option<Value>,
}

impl Member {
    /// A member of which no more is to be said than its type.
    pub fn plain(wire: Option<String>, name: String, kind: Type) -> Self {
        Self {
            wire,
            name,
            docs: Vec::new(),
            kind,
            optional: false,
            rules: Vec::new(),
            default: None,
        }
    }
}

/// A variant of an enum: one string on the wire.
#[derive(Debug)]
pub struct Variant {
    pub wire: String,
    pub name: String,
}

impl Type {
    pub fn list(self) -> Self {
        Self::List(Box::new(self))
    }

    pub fn map(self) -> Self {
        Self::Map(Box::new(self))
    }

    /// Whether no two values of it are alike if none of the JSON ones that they were made from are.
    pub fn is_distinct(&self, items: &[Item]) -> bool {
        match self {
            Self::Plain(name) => {
                matches!(*name, "String" | "bool" | "NaiveDate") || name.starts_with(['i', 'u'])
            }
            Self::Named(index) => matches!(items[*index].kind, Kind::Enum { .. }),
            _ => false,
        }
    }

    /// The type with null allowed; a JSON value holds null already.
    pub fn nullable(self) -> Self {
        match self {
            Self::Optional(_) | Self::Plain("Value") => self,
            other => Self::Optional(Box::new(other)),
        }
    }

    /// The type of a member that may be absent.
    pub fn absentable(self) -> Self {
        match self {
            Self::Optional(inner) => Self::Field(inner),
            other => Self::Optional(Box::new(other)),
        }
    }

    /// How the type is written.
    pub fn text(&self, items: &[Item]) -> String {
        match self {
            Self::Plain(name) => (*name).to_owned(),
            Self::List(inner) => format!("Vec<{}>", inner.text(items)),
            Self::Set(inner) => format!("IndexSet<{}>", inner.text(items)),
            Self::Tuple(kinds) => {
                let kinds: Vec<_> = kinds.iter().map(|kind| kind.text(items)).collect();
                format!("({})", kinds.join(", "))
            }
            Self::Map(inner) => format!("BTreeMap<String, {}>", inner.text(items)),
            Self::Optional(inner) => format!("Option<{}>", inner.text(items)),
            Self::Field(inner) => format!("Field<{}>", inner.text(items)),
            Self::Boxed(inner) => format!("Box<{}>", inner.text(items)),
            Self::Any(inner) => format!("Any<{}>", inner.text(items)),
            Self::Given(text) => text.clone(),
            Self::Named(index) => items[*index].name.clone(),
            Self::Unit => "()".to_owned(),
        }
    }

    /// The type and every type inside it.
    pub fn parts(&self) -> Vec<&Type> {
        let mut parts = vec![self];
        match self {
            Self::List(inner)
            | Self::Set(inner)
            | Self::Map(inner)
            | Self::Optional(inner)
            | Self::Field(inner)
            | Self::Boxed(inner)
            | Self::Any(inner) => parts.extend(inner.parts()),
            Self::Tuple(kinds) => parts.extend(kinds.iter().flat_map(Self::parts)),
            _ => {}
        }
        parts
    }

    /// The items that a value of this type holds in itself, not on the heap.
    pub fn held(&self) -> Vec<usize> {
        match self {
            Self::Named(index) => vec![*index],
            Self::Optional(inner) | Self::Field(inner) | Self::Any(inner) => inner.held(),
            Self::Tuple(kinds) => kinds.iter().flat_map(Self::held).collect(),
            _ => Vec::new(),
        }
    }

    /// The items it mentions.
    pub fn named(&self) -> impl Iterator<Item = usize> {
        self.parts().into_iter().filter_map(|part| {
            if let Type::Named(index) = part {
                Some(*index)
            } else {
                None
            }
        })
    }

    /// Puts what it holds behind a `Box`.
    pub fn boxed(&mut self) {
        match self {
            Self::Optional(inner) | Self::Field(inner) | Self::Any(inner) => inner.boxed(),
            _ => *self = Self::Boxed(Box::new(self.clone())),
        }
    }
}

impl Item {
    /// The fields of a struct, or what a union may be.
    pub fn members(&self) -> &[Member] {
        match &self.kind {
            Kind::Struct { members, .. } | Kind::Union { members, .. } => members,
            Kind::Enum { .. } => &[],
        }
    }

    pub fn members_mut(&mut self) -> &mut [Member] {
        match &mut self.kind {
            Kind::Struct { members, .. } | Kind::Union { members, .. } => members,
            Kind::Enum { .. } => &mut [],
        }
    }
}
