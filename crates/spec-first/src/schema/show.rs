//! Values from outside as text of a sane length.

use std::fmt::{self, Display, Write};

use serde_json::Value;

/// The longest value that is shown whole, in characters.
const VALUE_LENGTH: usize = 80;

/// A value as JSON, cut short if it is long.
pub fn show(value: &Value) -> String {
    match value {
        Value::String(text) => quote(text),
        other => cut(other),
    }
}

/// A text as a JSON string, cut short if it is long.
pub fn quote(text: &str) -> String {
    Value::from(cut(text)).to_string()
}

/// A text, cut short if it is long.
pub fn cut(text: impl Display) -> String {
    cut_at(VALUE_LENGTH, text)
}

/// A text, cut short if it has more characters than `length`.
pub fn cut_at(length: usize, text: impl Display) -> String {
    let mut cut = Cut {
        text: String::new(),
        left: length,
    };
    // The only error is the end of the room, and the ellipsis tells of it.
    let _ = write!(cut, "{text}");
    cut.text
}

/// As much of a text as there is room for, so that no long value is ever written whole.
struct Cut {
    text: String,
    left: usize,
}

impl Write for Cut {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            if self.left == 0 {
                self.text.push('…');
                return Err(fmt::Error);
            }
            self.text.push(character);
            self.left -= 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_are_cut() {
        let long = "é".repeat(1000);
        assert_eq!(show(&Value::from(long)).chars().count(), 83);
        assert_eq!(show(&Value::from(vec![0; 1000])).chars().count(), 81);
    }

    #[test]
    fn short_values_are_json() {
        assert_eq!(show(&Value::from("a\"b")), r#""a\"b""#);
        assert_eq!(show(&Value::Null), "null");
    }
}
