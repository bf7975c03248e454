//! The elements of a set, no two of which may be alike.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::de::value::{
    BoolDeserializer, BorrowedStrDeserializer, I64Deserializer, StrDeserializer, U64Deserializer,
};
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IntoDeserializer, SeqAccess, Visitor,
};

use super::Reader;

/// The elements of a set, which are texts, integers or flags.
pub(super) struct SetAccess<'de, A> {
    elements: A,
    known: HashSet<Scalar<'de>>,
}

impl<A> SetAccess<'_, A> {
    pub fn new(elements: A) -> Self {
        Self {
            elements,
            known: HashSet::new(),
        }
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for SetAccess<'de, A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        let Some(element) = self.elements.next_element::<Scalar>()? else {
            return Ok(None);
        };
        if !self.known.insert(element.clone()) {
            return Err(A::Error::custom("an element occurs twice"));
        }
        let read = match element {
            Scalar::Flag(flag) => {
                let flag: BoolDeserializer<A::Error> = flag.into_deserializer();
                seed.deserialize(Reader(flag))
            }
            Scalar::Negative(number) => {
                let number: I64Deserializer<A::Error> = number.into_deserializer();
                seed.deserialize(Reader(number))
            }
            Scalar::Positive(number) => {
                let number: U64Deserializer<A::Error> = number.into_deserializer();
                seed.deserialize(Reader(number))
            }
            Scalar::Text(Cow::Borrowed(text)) => {
                seed.deserialize(Reader(BorrowedStrDeserializer::new(text)))
            }
            Scalar::Text(Cow::Owned(text)) => {
                let text: StrDeserializer<A::Error> = text.as_str().into_deserializer();
                seed.deserialize(Reader(text))
            }
        };
        read.map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        self.elements.size_hint()
    }
}

/// An element.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Scalar<'de> {
    Flag(bool),
    Negative(i64),
    Positive(u64),
    Text(Cow<'de, str>),
}

impl<'de> Deserialize<'de> for Scalar<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an element of a set")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Negative(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Positive(number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Text(Cow::Owned(text)))
    }
}
