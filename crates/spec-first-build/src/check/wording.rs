//! Words that the sentences of several checks share.

use serde_json::Value;

/// How much of a value a fault shows, in characters.
pub(super) const SHOWN: usize = 40;

/// "Expected a string, found the number 5."
pub(super) fn expected(what: &str, found: &Value) -> String {
    format!("Expected {what}, found {}.", described(found))
}

/// A value in words, for the end of a sentence.
pub(super) fn described(value: &Value) -> String {
    match value {
        Value::Null => "nothing (null)".to_owned(),
        Value::Bool(flag) => format!("`{flag}`"),
        Value::Number(number) => format!("the number `{number}`"),
        Value::String(text) => format!("the string `{}`", shortened(text, SHOWN)),
        Value::Array(values) if values.is_empty() => "an empty list".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// The text on one line, and not more of it than `most` characters.
pub(super) fn shortened(text: &str, most: usize) -> String {
    let visible = |character: char| {
        if character.is_control() {
            '\u{fffd}'
        } else {
            character
        }
    };
    let more = text.chars().nth(most).map(|_| '…');
    text.chars().take(most).map(visible).chain(more).collect()
}
