//! The Rust types that have no parts.

use super::integer::Integer;

/// A type without parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Primitive {
    Bool,
    Integer(Integer),
    F32,
    F64,
    String,
    /// A day: `format: date`.
    Date,
    /// A moment in UTC: `format: date-time`.
    DateTime,
    /// A UUID: `format: uuid`.
    Uuid,
    /// Any JSON value, null included.
    Value,
}

impl Primitive {
    /// The type's name in Rust.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Integer(integer) => integer.name(),
            Self::F32 => "f32",
            Self::F64 => "f64",
            Self::String => "String",
            Self::Date => "NaiveDate",
            Self::DateTime => "DateTime<Utc>",
            Self::Uuid => "Uuid",
            Self::Value => "Value",
        }
    }

    /// Whether two values are equal only if the JSON values that they were decoded from are: a moment may be written in
    /// several time zones, a UUID in either case, and a number in several precisions.
    pub fn is_distinct(self) -> bool {
        matches!(
            self,
            Self::Bool | Self::Integer(_) | Self::String | Self::Date
        )
    }
}
