//! JSON from clients: parsed strictly, or rejected with line and column.
//!
//! Stricter than `serde_json` alone: an object may contain a member only once, since the meaning of a duplicate is not defined
//! (RFC 8259, 4). A byte order mark, invalid UTF-8, lone surrogates, numbers beyond a double and nesting deeper than 127 levels
//! are rejected, too.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::schema::{Dialect, quote};

/// Parses bytes that contain one value.
///
/// # Errors
/// What is wrong, with line and column.
pub(crate) fn parse(bytes: &[u8], dialect: Dialect) -> Result<Value, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = Strict(dialect).deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// Deserializes a value, and rejects duplicates.
#[derive(Clone, Copy)]
struct Strict(Dialect);

impl Strict {
    /// `-0` is read as a double by `serde_json`; it is the integer 0 in every dialect.
    fn number(self, number: f64) -> Value {
        if number == 0.0 && number.is_sign_negative() {
            return Value::from(0);
        }
        self.0.number(number)
    }
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(self.number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = items.next_element_seed(self)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if object.contains_key(&name) {
                let name = quote(&name);
                return Err(A::Error::custom(format_args!(
                    "the member {name} occurs twice in one object"
                )));
            }
            object.insert(name, members.next_value_seed(self)?);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(bytes: &[u8]) -> String {
        parse(bytes, Dialect::Draft4).unwrap_err().to_string()
    }

    #[test]
    fn a_duplicate_member_is_rejected_with_its_place() {
        assert_eq!(
            error(br#"{"a": 1, "a": 2}"#),
            r#"the member "a" occurs twice in one object at line 1 column 12"#
        );
    }

    #[test]
    fn malformed_json_is_rejected() {
        let deep = "[".repeat(200);
        let cases: [&[u8]; 9] = [
            b"",
            b"{",
            b"{} {}",
            b"\xEF\xBB\xBF{}",
            b"\"\xFF\"",
            br#""\ud800""#,
            b"NaN",
            b"1e400",
            deep.as_bytes(),
        ];
        for case in cases {
            let message = error(case);
            assert!(message.contains(" at line 1 column "), "{message}");
        }
    }

    #[test]
    fn a_whole_double_is_an_integer_by_dialect() {
        assert!(parse(b"1.0", Dialect::Draft4).unwrap().is_f64());
        assert_eq!(parse(b"1.0", Dialect::Draft202012).unwrap(), Value::from(1));
        assert_eq!(parse(b"-0", Dialect::Draft4).unwrap(), Value::from(0));
        assert!(parse(b"1e300", Dialect::Draft202012).unwrap().is_f64());
    }
}
