//! The parts of values: elements, members, and what may be null.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{BorrowedStrDeserializer, StrDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};

use super::Reader;
use super::set::SetAccess;
use crate::json::names::Names;

/// A visitor of a value or null.
pub(super) struct Optional<V>(pub V);

impl<'de, V: Visitor<'de>> Visitor<'de> for Optional<V> {
    type Value = V::Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(formatter)
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.0.visit_some(Reader(deserializer))
    }
}

/// A visitor of elements.
pub(super) struct Elements<V> {
    visitor: V,
    is_set: bool,
}

impl<'de, V: Visitor<'de>> Elements<V> {
    pub fn new(visitor: V) -> Self {
        Self {
            visitor,
            is_set: is_set::<V::Value>(),
        }
    }
}

/// Whether a type is that of sets in generated code, which would lose elements that occur twice.
fn is_set<T>() -> bool {
    std::any::type_name::<T>().starts_with("indexmap::set::IndexSet<")
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Elements<V> {
    type Value = V::Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(formatter)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<V::Value, A::Error> {
        match self.is_set {
            true => self.visitor.visit_seq(SetAccess::new(elements)),
            false => self.visitor.visit_seq(ElementAccess(elements)),
        }
    }
}

/// The elements of an array.
pub(super) struct ElementAccess<A>(pub A);

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for ElementAccess<A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        self.0.next_element_seed(Part(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

/// A visitor of the members of an object.
pub(super) struct Members<V> {
    visitor: V,
    is_map: bool,
}

impl<V> Members<V> {
    /// Of a type with any members: each may occur once.
    pub fn of_map(visitor: V) -> Self {
        Self {
            visitor,
            is_map: true,
        }
    }

    /// Of a type with members of its own, which has none of them twice.
    pub fn of_struct(visitor: V) -> Self {
        Self {
            visitor,
            is_map: false,
        }
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Members<V> {
    type Value = V::Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(formatter)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<V::Value, A::Error> {
        match self.is_map {
            true => self.visitor.visit_map(DistinctAccess::new(members)),
            false => self.visitor.visit_map(MemberAccess(members)),
        }
    }
}

/// The members of a struct.
struct MemberAccess<A>(A);

impl<'de, A: MapAccess<'de>> MapAccess<'de> for MemberAccess<A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        self.0.next_key_seed(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.0.next_value_seed(Part(seed))
    }
}

/// The members of a map, no two of one name.
pub(super) struct DistinctAccess<'de, A> {
    members: A,
    names: Names<'de>,
}

impl<A> DistinctAccess<'_, A> {
    pub fn new(members: A) -> Self {
        Self {
            members,
            names: Names::default(),
        }
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for DistinctAccess<'de, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        let Some(name) = self.members.next_key_seed(Name(PhantomData))? else {
            return Ok(None);
        };
        if !self.names.insert(name.clone()) {
            return Err(A::Error::custom("a member occurs twice"));
        }
        let key = match name {
            Cow::Borrowed(name) => seed.deserialize(BorrowedStrDeserializer::new(name)),
            Cow::Owned(name) => {
                let name: StrDeserializer<A::Error> = name.as_str().into_deserializer();
                seed.deserialize(name)
            }
        };
        key.map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.members.next_value_seed(Part(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.members.size_hint()
    }
}

/// Reads the name of a member, borrowed where it has no escapes.
struct Name<'de>(PhantomData<&'de str>);

impl<'de> DeserializeSeed<'de> for Name<'de> {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name<'de> {
    type Value = Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a member")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }

    fn visit_string<E>(self, name: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name))
    }
}

/// Reads a part of a value as the value.
struct Part<S>(S);

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Part<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(Reader(deserializer))
    }
}

#[cfg(test)]
mod tests {
    use indexmap::IndexSet;

    use super::is_set;

    #[test]
    fn sets_are_known_by_their_name() {
        assert!(is_set::<IndexSet<String>>());
        assert!(!is_set::<Vec<IndexSet<String>>>() && !is_set::<Vec<String>>());
    }
}
