//! The Rust items for a spec, before anything is printed.

use super::default::DefaultValue;
use super::integer::Integer;
use super::kind::Type;
use super::primitive::Primitive;
use super::rules::Rule;
use super::views::View;
use crate::text::Location;

/// A struct or an enum.
#[derive(Debug)]
pub struct Item {
    pub name: String,
    pub docs: Vec<String>,
    pub kind: Kind,
    /// Whether it, or what it holds, has `validator` rules.
    pub ruled: bool,
    /// The struct of its required members, if they are too many for the arguments of `new`.
    pub required: Option<String>,
    /// The function that decodes what the spec does not name.
    pub rest_function: String,
    /// What is checked of the value as a whole, if it is a struct, a list or a map.
    pub rules: Vec<Rule>,
    /// The function that does.
    pub rule_function: String,
}

#[derive(Debug)]
pub enum Kind {
    Struct {
        members: Vec<Member>,
        /// Whether any other member is rejected.
        closed: bool,
        /// Members on the wire that the application never sees.
        hidden: Vec<String>,
    },
    /// Strings, or integers of the type `repr`.
    Enum {
        variants: Vec<Variant>,
        repr: Option<Integer>,
    },
    /// A list or a map that may hold itself.
    Newtype(Type),
    /// One of several types.
    Union {
        branches: Vec<Branch>,
        choice: Choice,
    },
}

/// How the variant of a union is chosen for a value.
#[derive(Debug)]
pub enum Choice {
    /// By the branches' schemas, which, perhaps with null, are the list of `length` schemas at `place`.
    Schemas {
        view: View,
        place: Location,
        length: usize,
    },
    /// By the value of a property: these are the names of the branches. One more branch is for every other value, if any is
    /// accepted.
    Names {
        property: String,
        names: Vec<Vec<String>>,
    },
}

impl Choice {
    /// Whether no value may be one of two branches.
    pub fn is_exclusive(&self) -> bool {
        match self {
            Self::Schemas { place, .. } => place.tokens().last().is_some_and(|it| it == "oneOf"),
            Self::Names { .. } => false,
        }
    }
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
    /// What `validator` checks.
    pub rules: Vec<Rule>,
    /// The function for those rules that have no attribute.
    pub rule_function: String,
    /// The value of an absent one.
    pub default: Option<DefaultValue>,
    /// The function that gives the default.
    pub default_function: String,
}

impl Member {
    /// A required member without documentation, rules and default.
    pub fn plain(wire: Option<String>, name: String, kind: Type) -> Self {
        Self {
            wire,
            name,
            docs: Vec::new(),
            kind,
            optional: false,
            rules: Vec::new(),
            rule_function: String::new(),
            default: None,
            default_function: String::new(),
        }
    }
}

/// What decodes a member where serde's own way is not right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decoder {
    /// Rejects null: a member may be absent without being nullable.
    NotNull,
    /// Rejects absence: a member may be null without being optional.
    Nullable,
    /// Reads a date or a moment, quicker than chrono.
    Rfc3339,
    /// The same for a member that may be absent without being nullable.
    Rfc3339NotNull,
}

/// What encodes a member where serde's own way is slow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoder {
    /// Writes a date or a moment.
    Rfc3339,
    /// The same for one that may be absent or null.
    Rfc3339Optional,
}

impl Member {
    /// Whether its members are on the wire among those of the struct: the map of all that the spec does not name, or an enum of
    /// alternatives.
    pub fn is_rest(&self) -> bool {
        self.wire.is_none()
    }

    /// Whether it is always there.
    pub fn is_required(&self) -> bool {
        let is_map = self.is_rest() && matches!(self.kind, Type::Map(_));
        !self.optional && !is_map
    }

    /// What decodes it, if serde's own way is not right or slow.
    pub fn decoder(&self) -> Option<Decoder> {
        if self.is_rest() {
            return None;
        }
        if self.kind.is_calendar() {
            return Some(Decoder::Rfc3339);
        }
        if self.default.is_some() {
            return None;
        }
        match (&self.kind, self.optional) {
            (Type::Field(_), true) => None,
            (Type::Optional(inner), true) if inner.is_calendar() => Some(Decoder::Rfc3339NotNull),
            (_, true) => Some(Decoder::NotNull),
            (Type::Optional(_), false) => Some(Decoder::Nullable),
            (_, false) => None,
        }
    }

    /// What encodes it, if serde's own way is slow.
    pub fn encoder(&self) -> Option<Encoder> {
        match &self.kind {
            _ if self.is_rest() => None,
            Type::Optional(inner) if inner.is_calendar() => Some(Encoder::Rfc3339Optional),
            kind => kind.is_calendar().then_some(Encoder::Rfc3339),
        }
    }
}

/// A variant of a union.
#[derive(Debug)]
pub struct Branch {
    /// Its place in the list of the schema's branches.
    pub index: usize,
    pub name: String,
    pub kind: Type,
    /// What is checked of its value.
    pub rules: Vec<Rule>,
    /// The function that does, if the value has other rules than those of its type.
    pub rule_function: String,
}

/// A variant of an enum: one string on the wire.
#[derive(Debug)]
pub struct Variant {
    pub wire: String,
    pub name: String,
}

impl Item {
    /// The member `name` of a struct, if it is a text or one of several: whether it may be absent or null, and its type otherwise.
    pub fn text<'i>(
        items: &'i [Item],
        kind: &Type,
        name: &str,
    ) -> Option<(&'i Member, bool, &'i Type)> {
        let index = match kind {
            Type::Boxed(inner) | Type::Shared(inner) => return Self::text(items, inner, name),
            Type::Named(index) => *index,
            _ => return None,
        };
        let mut members = items[index].members().iter();
        let member = members.find(|member| member.wire.as_deref() == Some(name))?;
        let (is_optional, kind) = match &member.kind {
            Type::Optional(inner) => (true, &**inner),
            kind => (false, kind),
        };
        let is_text = match kind {
            Type::Plain(primitive) => *primitive == Primitive::String,
            Type::Named(index) => matches!(items[*index].kind, Kind::Enum { repr: None, .. }),
            _ => false,
        };
        is_text.then_some((member, is_optional, kind))
    }

    /// The fields of a struct.
    pub fn members(&self) -> &[Member] {
        match &self.kind {
            Kind::Struct { members, .. } => members,
            _ => &[],
        }
    }

    /// The variants of a union.
    pub fn branches(&self) -> &[Branch] {
        match &self.kind {
            Kind::Union { branches, .. } => branches,
            _ => &[],
        }
    }

    /// The list or map that it is.
    pub fn inner(&self) -> Option<&Type> {
        match &self.kind {
            Kind::Newtype(kind) => Some(kind),
            _ => None,
        }
    }

    /// The types of its fields, of its variants, or of what it is.
    pub fn types(&self) -> Vec<&Type> {
        let members = self.members().iter().map(|member| &member.kind);
        let branches = self.branches().iter().map(|branch| &branch.kind);
        members.chain(branches).chain(self.inner()).collect()
    }

    /// As [`Item::types`].
    pub fn types_mut(&mut self) -> Vec<&mut Type> {
        match &mut self.kind {
            Kind::Struct { members, .. } => members.iter_mut().map(|it| &mut it.kind).collect(),
            Kind::Union { branches, .. } => branches.iter_mut().map(|it| &mut it.kind).collect(),
            Kind::Newtype(kind) => vec![kind],
            Kind::Enum { .. } => Vec::new(),
        }
    }
}

impl Type {
    /// Whether values of it are equal only if the JSON values that they were decoded from are.
    pub fn is_distinct(&self, items: &[Item]) -> bool {
        match self {
            Self::Plain(primitive) => primitive.is_distinct(),
            Self::Named(index) => matches!(items[*index].kind, Kind::Enum { .. }),
            _ => false,
        }
    }
}
