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
/// What is wrong, with line and column, in words that presume nothing but JSON.
pub(crate) fn parse(bytes: &[u8], dialect: Dialect) -> Result<Value, String> {
    if bytes.starts_with(BYTE_ORDER_MARK) {
        return Err("JSON does not begin with a byte order mark, at line 1 column 1".to_owned());
    }
    read(bytes, dialect).map_err(|error| sentence(&error))
}

fn read(bytes: &[u8], dialect: Dialect) -> Result<Value, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = Strict(dialect).deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// What `serde_json` reports of a text that is not JSON, and what a client reads instead.
const WORDS: [(&str, &str); 18] = [
    ("EOF while parsing a list", "the text ends inside an array"),
    (
        "EOF while parsing an object",
        "the text ends inside an object",
    ),
    (
        "EOF while parsing a string",
        "the text ends inside a string",
    ),
    ("EOF while parsing a value", "the text ends before a value"),
    (
        "expected `:`",
        "expected a colon after the name of a member",
    ),
    ("expected `,` or `]`", "expected a comma or `]`"),
    ("expected `,` or `}`", "expected a comma or `}`"),
    ("expected ident", "expected `true`, `false` or `null`"),
    ("expected value", "expected a value"),
    (
        "invalid escape",
        "a backslash in a string begins no escape of JSON",
    ),
    ("invalid number", "malformed number"),
    (
        "number out of range",
        "the number is too large for a double",
    ),
    ("invalid unicode code point", "the bytes are not UTF-8"),
    (
        "control character (\\u0000-\\u001F) found while parsing a string",
        "a control character in a string is not escaped",
    ),
    (
        "key must be a string",
        "expected the name of a member in double quotes",
    ),
    ("trailing comma", "no value follows the comma"),
    ("trailing characters", "more text follows the value"),
    ("recursion limit exceeded", "nested deeper than 127 levels"),
];

/// Messages about `\u` escapes of surrogates; they depend on what follows the first one.
const SURROGATES: [&str; 2] = [
    "lone leading surrogate in hex escape",
    "unexpected end of hex escape",
];

/// How the message about a duplicate begins, which is the only one of this module's own.
const DUPLICATE: &str = "the member ";

/// An error in plain words, with its place.
fn sentence(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let (line, column) = (error.line(), error.column());
    let place = format!(" at line {line} column {column}");
    let reason = message.strip_suffix(&place).unwrap_or(&message);
    let known = WORDS.iter().find(|(theirs, _)| *theirs == reason);
    let words = match known {
        Some((_, words)) => words,
        None if SURROGATES.contains(&reason) => "a `\\u` escape in a string is half of a character",
        None if reason.starts_with(DUPLICATE) => reason,
        None => "the text is not JSON",
    };
    format!("{words}, at line {line} column {column}")
}

/// U+FEFF in UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

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
                    "{DUPLICATE}{name} occurs twice in one object"
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
        parse(bytes, Dialect::Draft4).unwrap_err()
    }

    #[test]
    fn a_duplicate_member_is_rejected_with_its_place() {
        assert_eq!(
            error(br#"{"a": 1, "a": 2}"#),
            r#"the member "a" occurs twice in one object, at line 1 column 12"#
        );
    }

    #[test]
    fn malformed_json_is_rejected_in_words_about_json() {
        let deep = "[".repeat(200);
        let half = r"a `\u` escape in a string is half of a character";
        let cases: [(&[u8], &str, usize); 29] = [
            (b"[", "the text ends inside an array", 1),
            (b"[1", "the text ends inside an array", 2),
            (b"{", "the text ends inside an object", 1),
            (b"\"a", "the text ends inside a string", 2),
            (b"", "the text ends before a value", 0),
            (b"{\"a\":", "the text ends before a value", 5),
            (b"tru", "the text ends before a value", 3),
            (
                b"{\"a\" 1}",
                "expected a colon after the name of a member",
                6,
            ),
            (b"[1 2]", "expected a comma or `]`", 4),
            (b"{\"a\":1 2}", "expected a comma or `}`", 8),
            (b"trux", "expected `true`, `false` or `null`", 4),
            (b"NaN", "expected a value", 1),
            (
                b"\"\\q\"",
                "a backslash in a string begins no escape of JSON",
                3,
            ),
            (
                b"\"\\u12x4\"",
                "a backslash in a string begins no escape of JSON",
                7,
            ),
            (b"01", "malformed number", 2),
            (b"1.", "the text ends before a value", 2),
            (b"-x", "malformed number", 2),
            (b"1e400", "the number is too large for a double", 5),
            (b"\"\xFF\"", "the bytes are not UTF-8", 2),
            (
                b"\"a\nb\"",
                "a control character in a string is not escaped",
                0,
            ),
            (
                b"{a:1}",
                "expected the name of a member in double quotes",
                2,
            ),
            (
                b"{1:1}",
                "expected the name of a member in double quotes",
                2,
            ),
            (b"[1,]", "no value follows the comma", 4),
            (b"{\"a\":1,}", "no value follows the comma", 8),
            (b"{} {}", "more text follows the value", 4),
            (deep.as_bytes(), "nested deeper than 127 levels", 128),
            (br#""\ud800""#, half, 8),
            (br#""\udc00 ""#, half, 7),
            (
                b"\xEF\xBB\xBF{}",
                "JSON does not begin with a byte order mark",
                1,
            ),
        ];
        for (bytes, words, column) in cases {
            let message = error(bytes);
            let (found, place) = message.rsplit_once(", at line ").unwrap();
            let (_, at) = place.split_once(" column ").unwrap();
            assert_eq!(
                (found, at),
                (words, column.to_string().as_str()),
                "{bytes:?}"
            );
        }
    }

    #[test]
    fn an_unknown_message_is_not_repeated() {
        let error = serde_json::Error::custom("invalid type: map, expected unit");
        assert_eq!(sentence(&error), "the text is not JSON, at line 0 column 0");
    }

    /// Truncated and altered texts, whose messages are all known.
    #[test]
    fn no_malformed_text_has_an_unknown_message() {
        let text =
            br#"{"a": [1, -2.5e+3, true, false, null, "\u00e9\ud83d\ude00\n"], "b": {"c": ""}}"#;
        for index in 0..text.len() {
            for byte in [
                b'"', b'\\', b',', b':', b'{', b']', b'}', b'e', b'.', b'-', 0, 0xff,
            ] {
                let mut altered = text.to_vec();
                altered[index] = byte;
                for text in [&altered[..], &altered[..index + 1], &text[..index]] {
                    if let Err(message) = parse(text, Dialect::Draft4) {
                        assert!(!message.starts_with("the text is not JSON"), "{text:?}");
                    }
                }
            }
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
