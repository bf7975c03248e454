//! A value that is sent while its application holds on to it.

use std::fmt;
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use validator::{Validate, ValidationErrors};

use crate::json;

/// A value that is shared: a clone of it costs no copy of the value. The elements of a list with `x-rust-shared: true` have it, and
/// the bodies of a response with it, so that an application that keeps such values in memory answers with the values that it keeps.
///
/// A value is validated once. If somebody else holds on to it while it is sent, its JSON is kept with it when it is sent for the
/// second time, and later responses copy the JSON. So the value must not change, as one with a `Cell` or a `Mutex` in it could.
///
/// ```
/// use spec_first::body::Shared;
///
/// let kept = Shared::from("a long text".to_owned());
/// let answer = vec![kept.clone(), kept.clone()];
/// assert_eq!(answer[1].len(), 11);
/// ```
pub struct Shared<T>(Arc<Inner<T>>);

struct Inner<T> {
    value: T,
    /// Whether the rules of its type were found to accept the value.
    is_valid: AtomicBool,
    /// Whether it was written while several owned it: most of those that were are written again.
    is_written: AtomicBool,
    /// The value as responses have it, and how many elements it has if it is a list, once it was written so again.
    json: OnceLock<(Box<[u8]>, usize)>,
}

impl<T> Shared<T> {
    /// The JSON that is kept with the value, or is from now on; none if nobody else has the value, so that it is written for the
    /// last time, or if it is written for the first time.
    fn json(&self) -> Option<(&[u8], usize)>
    where
        T: Serialize,
    {
        let kept = match self.0.json.get() {
            Some(kept) => kept,
            None if Arc::strong_count(&self.0) == 1 => return None,
            None if !self.0.is_written.swap(true, Ordering::Relaxed) => return None,
            None => {
                let (json, count) = json::write(&self.0.value)?;
                self.0.json.get_or_init(|| (json.into(), count))
            }
        };
        Some((&kept.0, kept.1))
    }
}

/// Shares the value.
impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.value
    }
}

impl<T> From<T> for Shared<T> {
    fn from(value: T) -> Self {
        Self(Arc::new(Inner {
            value,
            is_valid: AtomicBool::new(false),
            is_written: AtomicBool::new(false),
            json: OnceLock::new(),
        }))
    }
}

impl<T: Default> Default for Shared<T> {
    fn default() -> Self {
        Self::from(T::default())
    }
}

impl<T: fmt::Debug> fmt::Debug for Shared<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Shared").field(&**self).finish()
    }
}

impl<T: PartialEq> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for Shared<T> {}

impl<T: Serialize> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        json::serialize_kept(&**self, || self.json(), serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Shared<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::from)
    }
}

impl<T: Validate> Validate for Shared<T> {
    fn validate(&self) -> Result<(), ValidationErrors> {
        if self.0.is_valid.load(Ordering::Relaxed) {
            return Ok(());
        }
        self.0.value.validate()?;
        self.0.is_valid.store(true, Ordering::Relaxed);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use serde_json::{Value, json};
    use validator::ValidationError;

    use super::*;

    /// A number that counts how often it is validated and written. Negative ones are not valid.
    #[derive(Default)]
    struct Number {
        value: f64,
        validated: AtomicUsize,
        written: AtomicUsize,
    }

    impl Serialize for Number {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            self.written.fetch_add(1, Ordering::Relaxed);
            [self.value, 0.0].serialize(serializer)
        }
    }

    impl Validate for Number {
        fn validate(&self) -> Result<(), ValidationErrors> {
            self.validated.fetch_add(1, Ordering::Relaxed);
            let mut errors = ValidationErrors::new();
            if self.value < 0.0 {
                errors.add("value", ValidationError::new("negative"));
            }
            if errors.is_empty() {
                Ok(())
            } else {
                Err(errors)
            }
        }
    }

    fn shared(value: f64) -> Shared<Number> {
        Shared::from(Number {
            value,
            ..Number::default()
        })
    }

    fn written(value: &impl Serialize) -> Option<(String, usize)> {
        let (bytes, count) = json::write(value)?;
        Some((String::from_utf8(bytes).expect("text"), count))
    }

    #[test]
    fn a_value_that_is_kept_is_validated_once_and_written_twice() {
        let kept = shared(1.5);
        for _ in 0..3 {
            let body = [kept.clone(), kept.clone()];
            assert!(body.iter().all(|it| it.validate().is_ok()));
            let expected = "[[1.5,0.0],[1.5,0.0]]".to_owned();
            assert_eq!(written(&body), Some((expected, 2)));
            let expected = r#"{"a":[1.5,0.0]}"#.to_owned();
            assert_eq!(written(&json_of("a", &kept)).map(|it| it.0), Some(expected));
            let body = kept.clone();
            assert_eq!(written(&body), Some(("[1.5,0.0]".to_owned(), 2)));
        }
        assert_eq!(kept.validated.load(Ordering::Relaxed), 1);
        assert_eq!(kept.written.load(Ordering::Relaxed), 2);
    }

    fn json_of<'a>(name: &'a str, value: &'a Shared<Number>) -> impl Serialize {
        std::collections::BTreeMap::from([(name, value)])
    }

    #[test]
    fn the_json_of_a_value_that_is_sent_alone_is_not_kept() {
        let sole = shared(1.0);
        for times in 1..=3 {
            assert_eq!(written(&sole), Some(("[1.0,0.0]".to_owned(), 2)));
            assert_eq!(sole.written.load(Ordering::Relaxed), times);
        }
        assert!(sole.0.json.get().is_none());
    }

    #[test]
    fn what_is_rejected_once_is_rejected_again() {
        let kept = shared(-1.0);
        let body = [kept.clone(), kept.clone()];
        for _ in 0..2 {
            assert!(body.iter().all(|it| it.validate().is_err()));
        }
        let kept = shared(f64::NAN);
        let body = [kept.clone(), kept];
        for _ in 0..2 {
            assert_eq!(written(&body), None);
        }
    }

    #[test]
    fn other_serializers_are_given_the_value() {
        let kept = shared(2.5);
        let body = [kept.clone(), kept.clone()];
        for _ in 0..3 {
            written(&body).expect("written");
            let value = serde_json::to_value(&body).expect("a value");
            assert_eq!(value, json!([[2.5, 0.0], [2.5, 0.0]]));
            let text = serde_json::to_string(&body).expect("a text");
            assert_eq!(text, "[[2.5,0.0],[2.5,0.0]]");
        }
        let value: Shared<Value> = serde_json::from_str("[1]").expect("a value");
        assert_eq!(value, Shared::from(json!([1])));
        assert_eq!(format!("{value:?}"), "Shared(Array [Number(1)])");
    }
}
