//! Decodes values that a schema has accepted. What a type cannot hold of them is reported in words of the API, not of Rust.

use std::fmt::{self, Display};

use serde::de::value::StringDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error, Expected, IntoDeserializer, MapAccess,
    SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::map::IntoIter as Members;
use serde_json::{Number, Value};

use crate::json;

/// Decodes a value as `T`: a part of a body that no schema has accepted as a whole as strictly as the body.
///
/// # Errors
/// What `T` cannot hold of the value, although its schema accepts it: most often a number beyond the type of an integer.
pub fn decode<T: DeserializeOwned>(value: Value) -> Result<T, NotHeld> {
    match json::is_reading() {
        true => json::read_value(value).map_err(NotHeld::custom),
        false => T::deserialize(Decoder(value)),
    }
}

/// Why a type cannot hold a value.
#[derive(Debug)]
pub struct NotHeld {
    /// JSON pointer to the part of the value.
    pub(crate) pointer: String,
    sentence: String,
}

impl NotHeld {
    fn new(sentence: String) -> Self {
        Self {
            pointer: String::new(),
            sentence,
        }
    }

    /// The error in a part of the value; `token` leads to the part.
    fn within(mut self, token: &str) -> Self {
        let token = token.replace('~', "~0").replace('/', "~1");
        self.pointer.insert_str(0, &format!("/{token}"));
        self
    }
}

impl Display for NotHeld {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.sentence)
    }
}

impl std::error::Error for NotHeld {}

/// The sentence where nothing better is known.
const UNHELD: &str = "the server cannot hold this value";

impl Error for NotHeld {
    fn custom<T: Display>(sentence: T) -> Self {
        Self::new(sentence.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_value(found, expected)
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let beyond = beyond(found, &expected.to_string());
        Self::new(beyond.unwrap_or_else(|| UNHELD.to_owned()))
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self::new(UNHELD.to_owned())
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self::new(UNHELD.to_owned())
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Self {
        Self::new("it is not allowed here".to_owned()).within(field)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new("it is required".to_owned()).within(field)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(UNHELD.to_owned()).within(field)
    }
}

/// The sentence for a number that is beyond the integer type of this name.
fn beyond(found: Unexpected<'_>, name: &str) -> Option<String> {
    let (text, number) = match found {
        Unexpected::Unsigned(number) => (number.to_string(), i128::from(number)),
        Unexpected::Signed(number) => (number.to_string(), i128::from(number)),
        Unexpected::Float(number) => (digits(number), number as i128),
        _ => return None,
    };
    beyond_bounds(&text, number, bounds(name)?)
}

/// A whole number as its digits, or in the notation of JSON's exponents if there are many.
fn digits(number: f64) -> String {
    match number.abs() < 1e21 {
        true => format!("{number:.0}"),
        false => Value::from(number).to_string(),
    }
}

/// The sentence for a number, written as `text`, that is not within the bounds.
fn beyond_bounds(text: &str, number: i128, (least, most): (i128, i128)) -> Option<String> {
    if number > most {
        return Some(format!("{text} is too large: at most {most}"));
    }
    (number < least).then(|| format!("{text} is too small: at least {least}"))
}

/// The least and the greatest value of the integer type of this name. An `i128` is decoded from numbers of 64 bits.
fn bounds(name: &str) -> Option<(i128, i128)> {
    Some(match name {
        "i8" => (i8::MIN.into(), i8::MAX.into()),
        "i16" => (i16::MIN.into(), i16::MAX.into()),
        "i32" => (i32::MIN.into(), i32::MAX.into()),
        "i64" => (i64::MIN.into(), i64::MAX.into()),
        "i128" => (i64::MIN.into(), u64::MAX.into()),
        "u8" => (0, u8::MAX.into()),
        "u16" => (0, u16::MAX.into()),
        "u32" => (0, u32::MAX.into()),
        "u64" => (0, u64::MAX.into()),
        _ => return None,
    })
}

/// A value that is decoded.
struct Decoder(Value);

impl Decoder {
    /// Decodes an integer. A whole double is one, too (JSON Schema from draft 6 on).
    fn integer<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotHeld> {
        const LIMIT: f64 = 18_446_744_073_709_551_616.0;
        let double = self.0.as_f64().filter(|_| self.0.is_f64());
        match double.filter(|double| double.fract() == 0.0) {
            Some(double) if (0.0..LIMIT).contains(&double) => visitor.visit_u64(double as u64),
            Some(double) if (i64::MIN as f64..0.0).contains(&double) => {
                visitor.visit_i64(double as i64)
            }
            _ => self.deserialize_any(visitor),
        }
    }
}

/// Methods that all decode an integer.
macro_rules! integers {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotHeld> {
            self.integer(visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for Decoder {
    type Error = NotHeld;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotHeld> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(flag) => visitor.visit_bool(flag),
            Value::Number(number) => visit_number(&number, visitor),
            Value::String(text) => visitor.visit_string(text),
            Value::Array(elements) => visitor.visit_seq(Elements {
                ahead: elements.into_iter(),
                index: 0,
            }),
            Value::Object(members) => visitor.visit_map(MemberAccess {
                ahead: members.into_iter(),
                present: None,
            }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotHeld> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, NotHeld> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NotHeld> {
        let decoded = self.0.deserialize_enum(name, variants, visitor);
        decoded.map_err(|_| NotHeld::new(UNHELD.to_owned()))
    }

    integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    forward_to_deserialize_any! {
        bool f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

fn visit_number<'de, V: Visitor<'de>>(number: &Number, visitor: V) -> Result<V::Value, NotHeld> {
    match (number.as_u64(), number.as_i64(), number.as_f64()) {
        (Some(number), ..) => visitor.visit_u64(number),
        (_, Some(number), _) => visitor.visit_i64(number),
        (.., Some(number)) => visitor.visit_f64(number),
        _ => Err(NotHeld::new(UNHELD.to_owned())),
    }
}

/// The elements of an array that are still to be decoded.
struct Elements {
    ahead: std::vec::IntoIter<Value>,
    index: usize,
}

impl<'de> SeqAccess<'de> for Elements {
    type Error = NotHeld;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, NotHeld> {
        let Some(element) = self.ahead.next() else {
            return Ok(None);
        };
        let index = self.index;
        self.index += 1;
        let decoded = seed.deserialize(Decoder(element));
        decoded
            .map(Some)
            .map_err(|error| error.within(&index.to_string()))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.ahead.len())
    }
}

/// The members of an object that are still to be decoded.
struct MemberAccess {
    ahead: Members,
    /// The member whose name has been decoded, with an extra copy of the name for errors.
    present: Option<(String, Value)>,
}

impl<'de> MapAccess<'de> for MemberAccess {
    type Error = NotHeld;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, NotHeld> {
        let Some((name, value)) = self.ahead.next() else {
            return Ok(None);
        };
        let decoder: StringDeserializer<NotHeld> = name.clone().into_deserializer();
        self.present = Some((name, value));
        seed.deserialize(decoder).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, NotHeld> {
        let (name, value) = self.present.take().unwrap_or_default();
        let decoded = seed.deserialize(Decoder(value));
        decoded.map_err(|error| error.within(&name))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.ahead.len())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;

    /// The place and the sentence for a value that `T` cannot hold.
    fn refusal<T: DeserializeOwned + fmt::Debug>(value: Value) -> (String, String) {
        let error = decode::<T>(value).expect_err("it is too large");
        (error.pointer.clone(), error.to_string())
    }

    #[test]
    fn a_number_beyond_the_type_is_named_with_its_bound_and_place() {
        for (found, expected) in [
            (refusal::<u8>(json!(256)), "256 is too large: at most 255"),
            (
                refusal::<i8>(json!(-129)),
                "-129 is too small: at least -128",
            ),
            (
                refusal::<u16>(json!(65536)),
                "65536 is too large: at most 65535",
            ),
            (
                refusal::<i16>(json!(40000)),
                "40000 is too large: at most 32767",
            ),
            (refusal::<u32>(json!(-1)), "-1 is too small: at least 0"),
            (
                refusal::<i32>(json!(2147483648u32)),
                "2147483648 is too large: at most 2147483647",
            ),
            (
                refusal::<i64>(json!(u64::MAX)),
                "18446744073709551615 is too large: at most 9223372036854775807",
            ),
            (
                refusal::<u64>(json!(1.8446744073709552e19)),
                "18446744073709551616 is too large: at most 18446744073709551615",
            ),
            (
                refusal::<i64>(json!(1e300)),
                "1e+300 is too large: at most 9223372036854775807",
            ),
            (
                refusal::<i128>(json!(-1e19)),
                "-10000000000000000000 is too small: at least -9223372036854775808",
            ),
        ] {
            assert_eq!(found, (String::new(), expected.to_owned()));
        }
        let nested = refusal::<BTreeMap<String, Vec<u8>>>(json!({ "a/b": [1, 256] }));
        assert_eq!(
            nested,
            (
                "/a~1b/1".to_owned(),
                "256 is too large: at most 255".to_owned()
            )
        );
    }

    #[test]
    fn a_whole_double_is_an_integer() {
        assert_eq!(
            decode::<u64>(json!(1e18)).expect("an integer"),
            10u64.pow(18)
        );
        assert_eq!(
            decode::<i64>(json!(-1e18)).expect("an integer"),
            -(10i64.pow(18))
        );
        assert_eq!(refusal::<u8>(json!(1.5)).1, UNHELD);
    }

    #[test]
    fn no_sentence_has_the_words_of_a_library() {
        assert_eq!(refusal::<String>(json!(5)).1, UNHELD);
        assert_eq!(refusal::<(u8, u8)>(json!([1])).1, UNHELD);
        let value = json!({ "a": [null, true, -1, "text", 1.5] });
        assert_eq!(decode::<Value>(value.clone()).expect("any value"), value);
    }
}
