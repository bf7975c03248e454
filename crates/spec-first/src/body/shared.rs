//! A value that is sent while its application holds on to it.

use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use validator::{Validate, ValidationErrors};

/// A value that is shared: a clone of it costs no copy of the value. The elements of a list with `x-rust-shared: true` have it, so
/// that an application that keeps them in memory answers with the values that it keeps.
///
/// ```
/// use spec_first::body::Shared;
///
/// let kept = Shared::from("a long text".to_owned());
/// let answer = vec![kept.clone(), kept.clone()];
/// assert_eq!(answer[1].len(), 11);
/// ```
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Shared<T>(Arc<T>);

/// Shares the value.
impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> From<T> for Shared<T> {
    fn from(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T> From<Arc<T>> for Shared<T> {
    fn from(value: Arc<T>) -> Self {
        Self(value)
    }
}

impl<T: Serialize> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Shared<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::from)
    }
}

impl<T: Validate> Validate for Shared<T> {
    fn validate(&self) -> Result<(), ValidationErrors> {
        self.0.validate()
    }
}
