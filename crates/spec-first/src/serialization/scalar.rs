//! A text as a value that is neither a list nor an object.

use serde_json::{Number, Value};

use crate::schema::{Dialect, truncate};
use crate::serialization::draft::Draft;
use crate::serialization::json;
use crate::serialization::shape::{JsonType, Shape};

/// What a decoded text may mean, the most specific type first and a string last. If it means nothing that the shape allows, it
/// is a string, which the schema rejects.
pub(crate) fn draft(text: &str, shape: &Shape) -> Draft {
    if shape.is_integer() && is_integer(text) && read(text, JsonType::Integer).is_none() {
        return Draft::misread(out_of_range(text));
    }
    let mut values = nested(text, shape);
    values.extend(specific(text, shape));
    if values.is_empty() || shape.allows(JsonType::String) {
        values.push(Value::from(text));
    }
    values.dedup();
    match values.len() {
        1 => values.pop().unwrap_or_default().into(),
        _ => Draft::choice(values.into_iter().map(Draft::from)),
    }
}

fn specific<'a>(text: &'a str, shape: &'a Shape) -> impl Iterator<Item = Value> + 'a {
    let types = [
        JsonType::Integer,
        JsonType::Number,
        JsonType::Boolean,
        JsonType::Null,
    ];
    let allowed = types.into_iter().filter(|it| shape.allows(*it));
    allowed.filter_map(|json_type| read(text, json_type))
}

/// A list or an object inside another one, for which the styles of OpenAPI have no form. Clients send it as JSON, Swagger UI
/// among them.
fn nested(text: &str, shape: &Shape) -> Vec<Value> {
    let is_expected = match text.as_bytes().first() {
        Some(b'[') => shape.has_list(),
        Some(b'{') => shape.has_object(),
        _ => false,
    };
    let value = is_expected.then(|| json::parse(text.as_bytes(), Dialect::Draft4).ok());
    value.flatten().into_iter().collect()
}

/// `text` as a value of `json_type`, by JSON's own grammar.
fn read(text: &str, json_type: JsonType) -> Option<Value> {
    match json_type {
        JsonType::Integer if is_integer(text) => read_number(text).filter(|value| !value.is_f64()),
        JsonType::Number => read_number(text),
        JsonType::Boolean => text.parse().ok().map(Value::Bool),
        JsonType::Null => (text == "null").then_some(Value::Null),
        _ => None,
    }
}

/// An integer as JSON writes it, of at most 64 bits.
pub(crate) fn integer(text: &str) -> Option<Number> {
    // `-0` is the integer 0, but no reader of integers says so.
    if !is_integer(text) || text == "-0" {
        return None;
    }
    match text.starts_with('-') {
        true => text.parse::<i64>().ok().map(Number::from),
        false => text.parse::<u64>().ok().map(Number::from),
    }
}

/// The sentence for an integer of more than 64 bits.
fn out_of_range(text: &str) -> String {
    let text = truncate(text);
    match text.starts_with('-') {
        true => format!("{text} is too small: at least {}", i64::MIN),
        false => format!("{text} is too large: at most {}", u64::MAX),
    }
}

fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let has_leading_zero = digits.len() > 1 && digits.starts_with('0');
    !digits.is_empty() && !has_leading_zero && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn read_number(text: &str) -> Option<Value> {
    let is_numeric = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
    if !text.bytes().all(is_numeric) {
        return None;
    }
    json::parse(text.as_bytes(), Dialect::Draft4).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_follow_the_grammar_of_json() {
        for text in ["0", "-1", "18446744073709551615", "-0"] {
            assert!(read(text, JsonType::Integer).is_some(), "{text}");
        }
        let refused = [
            "",
            "-",
            "+5",
            " 5",
            "5 ",
            "05",
            "1_000",
            "1.0",
            "1e3",
            "٣",
            "0x1",
            "18446744073709551616",
        ];
        for text in refused {
            assert_eq!(read(text, JsonType::Integer), None, "{text}");
        }
    }

    #[test]
    fn an_integer_of_64_bits_is_read_as_its_number() {
        let read = |text| integer(text).map(|number| number.to_string());
        for text in ["0", "-1", "18446744073709551615", "-9223372036854775808"] {
            assert_eq!(read(text).as_deref(), Some(text));
        }
        for text in [
            "-0",
            "01",
            "+1",
            "1.0",
            "",
            "18446744073709551616",
            "-9223372036854775809",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_follow_the_grammar_of_json() {
        for text in ["0", "-1.5", "1e3", "1E-3"] {
            assert!(read(text, JsonType::Number).is_some(), "{text}");
        }
        for text in [
            "", ".5", "5.", "+1", "NaN", "inf", "Infinity", "1e400", "1 ",
        ] {
            assert_eq!(read(text, JsonType::Number), None, "{text}");
        }
    }

    #[test]
    fn booleans_are_two_words() {
        assert_eq!(read("true", JsonType::Boolean), Some(Value::Bool(true)));
        for text in ["True", "1", "yes", ""] {
            assert_eq!(read(text, JsonType::Boolean), None, "{text}");
        }
    }
}
