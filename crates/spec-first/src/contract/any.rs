//! Values of schemas that name members but no type.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::decoder::decode;

/// An object of type `T`, or a value that is not an object: a schema without `type` accepts either (OpenAPI leaves it to JSON
/// Schema, where `properties` does not constrain other values). With `type: object` in the spec it is a plain `T`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Any<T> {
    /// An object.
    Object(T),
    /// Any other value.
    Other(Value),
}

impl<T> Any<T> {
    /// The object, if it is one.
    pub fn object(self) -> Option<T> {
        match self {
            Self::Object(object) => Some(object),
            Self::Other(_) => None,
        }
    }
}

impl<T> From<T> for Any<T> {
    fn from(object: T) -> Self {
        Self::Object(object)
    }
}

impl<'de, T: serde::de::DeserializeOwned> Deserialize<'de> for Any<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        if value.is_object() {
            return decode(value)
                .map(Self::Object)
                .map_err(serde::de::Error::custom);
        }
        Ok(Self::Other(value))
    }
}
