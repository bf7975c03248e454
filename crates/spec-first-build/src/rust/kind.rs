//! Rust types, as fields, arguments and responses have them.

use super::primitive::Primitive;

/// A Rust type where it is used.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// A type without parts: `bool`, `i64`, `String`, `NaiveDate`.
    Plain(Primitive),
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
    /// A value that an application may hold on to while it is sent.
    Shared(Box<Type>),
    /// An object of this type, or any value that is no object: the type for a schema that names members but no type.
    Any(Box<Type>),
    /// What the author wants, by `x-rust-type`.
    Given(String),
    /// The item at this index.
    Named(usize),
    /// Nothing: the type of a response that has no body.
    Unit,
    /// A file in a form.
    File,
    /// Bytes that are received.
    Upload,
    /// Bytes that are sent.
    Download,
    /// Items that are sent or received one by one.
    Items(Box<Type>),
    /// Events with such data, which are sent one by one.
    Events(Box<Type>),
}

impl Type {
    /// Any JSON value, null included.
    pub const VALUE: Self = Self::Plain(Primitive::Value);

    pub const STRING: Self = Self::Plain(Primitive::String);

    pub fn list(self) -> Self {
        Self::List(Box::new(self))
    }

    pub fn map(self) -> Self {
        Self::Map(Box::new(self))
    }

    /// The type of a value that an application may hold on to while it is sent; one without parts is copied.
    pub fn shared(self) -> Self {
        match self {
            Self::Plain(_) => self,
            other => Self::Shared(Box::new(other)),
        }
    }

    /// The type with null allowed; a JSON value holds null already.
    pub fn nullable(self) -> Self {
        match self {
            Self::Optional(_) | Self::VALUE => self,
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

    /// Whether it is a body that can be sent or read only once, so that it can be neither cloned nor compared.
    pub fn is_stream(&self) -> bool {
        matches!(
            self,
            Self::Upload | Self::Download | Self::Items(_) | Self::Events(_)
        )
    }

    /// The type of the values that are validated in a body of this type, if any are.
    pub fn validated(&self) -> Option<&Type> {
        match self {
            Self::Unit | Self::Upload | Self::Download => None,
            Self::Items(item) | Self::Events(item) => Some(item),
            kind => Some(kind),
        }
    }

    /// Whether it is a date or a moment.
    pub fn is_calendar(&self) -> bool {
        matches!(self, Self::Plain(Primitive::Date | Primitive::DateTime))
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
            | Self::Shared(inner)
            | Self::Any(inner)
            | Self::Items(inner)
            | Self::Events(inner) => parts.extend(inner.parts()),
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
