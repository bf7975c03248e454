//! Absent, null and a value as three different things.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use validator::{AsRegex, ValidateLength, ValidateRange, ValidateRegex};

/// A member that may be absent, null or a value, each of which means something else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Field<T> {
    /// The member is absent.
    #[default]
    Absent,
    /// The member is null.
    Null,
    /// The member has a value.
    Value(T),
}

impl<T> Field<T> {
    /// Whether the member is absent.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// The value, if there is one.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value without taking it, if there is one.
    pub fn as_value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }
}

/// Decodes a member that is present; serde leaves an absent one to `#[serde(default)]`.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(|value| value.map_or(Self::Null, Self::Value))
    }
}

/// Writes null for what is null; an absent member is left out by `skip_serializing_if`.
impl<T: Serialize> Serialize for Field<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_value().serialize(serializer)
    }
}

impl<T: ValidateLength<u64>> ValidateLength<u64> for Field<T> {
    fn length(&self) -> Option<u64> {
        self.as_value().and_then(ValidateLength::length)
    }
}

impl<T: ValidateRegex> ValidateRegex for Field<T> {
    fn validate_regex(&self, regex: impl AsRegex) -> bool {
        self.as_value()
            .is_none_or(|value| value.validate_regex(regex))
    }
}

impl<T: PartialOrd> ValidateRange<T> for Field<T> {
    fn greater_than(&self, bound: T) -> Option<bool> {
        self.as_value().map(|value| *value > bound)
    }

    fn less_than(&self, bound: T) -> Option<bool> {
        self.as_value().map(|value| *value < bound)
    }
}

/// Decodes a member that may be absent but not null.
///
/// # Errors
/// Null, unless `T` accepts it, or a value that is not a `T`.
pub fn not_null<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// Decodes a member that may be null but not absent.
///
/// # Errors
/// A value that is neither null nor a `T`. An absent member is one, too: serde's own rule for named decoders.
pub fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Option::deserialize(deserializer)
}
