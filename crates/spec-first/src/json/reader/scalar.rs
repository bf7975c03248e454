//! Numbers and texts, which are refused in some notations, and values of any type.

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};

use super::access::{DistinctAccess, ElementAccess};
use crate::json::notation;
use crate::json::refused::Refused;

/// Methods that hand a value on.
macro_rules! forwarded {
    ($($method:ident($kind:ty))*) => {
        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.expecting(formatter)
        }

        $(fn $method<E: Error>(self, value: $kind) -> Result<V::Value, E> {
            self.0.$method(value)
        })*
    };
}

fn refused<E: Error>() -> E {
    E::custom("only a schema decides about this notation")
}

/// Methods that hand a value on, or refuse it without a word.
macro_rules! silent {
    ($($method:ident($kind:ty))*) => {
        $(fn $method<E: Error>(self, value: $kind) -> Result<V::Value, E> {
            let visited: Result<_, Refused> = self.0.$method(value);
            visited.map_err(E::custom)
        })*
    };
}

/// A visitor of a value without parts: of text, a number, a flag or null.
pub(super) struct Scalar<V>(pub V);

impl<'de, V: Visitor<'de>> Visitor<'de> for Scalar<V> {
    type Value = V::Value;

    forwarded! {}

    silent! {
        visit_bool(bool) visit_u64(u64) visit_i64(i64) visit_f64(f64)
        visit_str(&str) visit_borrowed_str(&'de str) visit_string(String)
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        let visited: Result<_, Refused> = self.0.visit_unit();
        visited.map_err(E::custom)
    }
}

/// Up to it, every integer is a double.
const EXACT: u64 = 1 << 53;

/// A visitor of a double. `-0` is an integer where a schema validates it, and loses its sign; a large integer loses digits.
pub(super) struct Double<V>(pub V);

impl<'de, V: Visitor<'de>> Visitor<'de> for Double<V> {
    type Value = V::Value;

    forwarded! {}

    fn visit_u64<E: Error>(self, value: u64) -> Result<V::Value, E> {
        match value <= EXACT {
            true => self.0.visit_u64(value),
            false => Err(refused()),
        }
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<V::Value, E> {
        match value.unsigned_abs() <= EXACT {
            true => self.0.visit_i64(value),
            false => Err(refused()),
        }
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<V::Value, E> {
        match value == 0.0 && value.is_sign_negative() {
            true => Err(refused()),
            false => self.0.visit_f64(value),
        }
    }
}

/// A visitor of a number with single precision.
pub(super) struct Single<V>(pub V);

impl<'de, V: Visitor<'de>> Visitor<'de> for Single<V> {
    type Value = V::Value;

    forwarded! { visit_u64(u64) visit_i64(i64) }

    fn visit_f64<E: Error>(self, value: f64) -> Result<V::Value, E> {
        match value.abs() > f64::from(f32::MAX) {
            true => Err(refused()),
            false => Double(self.0).visit_f64(value),
        }
    }
}

/// A visitor of a date, a moment or a UUID.
pub(super) struct Notation<V>(pub V);

impl<'de, V: Visitor<'de>> Visitor<'de> for Notation<V> {
    type Value = V::Value;

    forwarded! {}

    fn visit_str<E: Error>(self, text: &str) -> Result<V::Value, E> {
        match notation::is_plain(text.as_bytes()) {
            true => self.0.visit_str(text),
            false => Err(refused()),
        }
    }
}

/// A visitor of an enum, whose variants are strings.
pub(super) struct Variant<V> {
    pub name: &'static str,
    pub variants: &'static [&'static str],
    pub visitor: V,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Variant<V> {
    type Value = V::Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(formatter)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<V::Value, E> {
        let text: StrDeserializer<E> = text.into_deserializer();
        text.deserialize_enum(self.name, self.variants, self.visitor)
    }
}

/// A visitor of any value. A whole number is an integer in some dialects, however it is written.
pub(super) struct Anything<V>(pub V);

impl<'de, V: Visitor<'de>> Visitor<'de> for Anything<V> {
    type Value = V::Value;

    forwarded! {
        visit_bool(bool) visit_u64(u64) visit_i64(i64) visit_str(&str) visit_borrowed_str(&'de str) visit_string(String)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<V::Value, E> {
        match value.fract() == 0.0 {
            true => Err(refused()),
            false => self.0.visit_f64(value),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_unit()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<V::Value, A::Error> {
        self.0.visit_seq(ElementAccess(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(DistinctAccess::new(members))
    }
}
