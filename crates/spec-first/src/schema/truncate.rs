//! Values from outside as text of limited length, for sentences that repeat them.

use std::fmt::{self, Display, Write};

use serde_json::Value;

/// The longest value that is not truncated, in characters.
const MAX_VALUE_LENGTH: usize = 80;

/// A value as JSON, truncated to 80 characters and an ellipsis.
#[must_use]
pub fn truncate_value(value: &Value) -> String {
    match value {
        Value::String(text) => quote(text),
        other => truncate(other),
    }
}

/// A text as a JSON string, truncated to 80 characters and an ellipsis.
#[must_use]
pub fn quote(text: &str) -> String {
    Value::from(truncate(text)).to_string()
}

/// A text, truncated to 80 characters and an ellipsis.
pub fn truncate(text: impl Display) -> String {
    truncate_to(MAX_VALUE_LENGTH, text)
}

/// A text, truncated to `length` characters and an ellipsis if it is longer. No more of it than that is ever formatted.
pub fn truncate_to(length: usize, text: impl Display) -> String {
    let mut truncated = Truncated {
        // Most texts fit, so that they take one allocation.
        text: String::with_capacity(64),
        length,
    };
    // The only error is that the text is longer, which the ellipsis shows.
    let _ = write!(truncated, "{text}");
    truncated.text
}

/// The beginning of a text.
struct Truncated {
    text: String,
    /// How many characters it has at most.
    length: usize,
}

impl Write for Truncated {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        // A text has at most as many characters as bytes.
        if self.text.len() + text.len() <= self.length {
            self.text.push_str(text);
            return Ok(());
        }
        let left = self.length - self.text.chars().count();
        match text.char_indices().nth(left) {
            None => self.text.push_str(text),
            Some((end, _)) => {
                self.text.push_str(&text[..end]);
                self.text.push('…');
                return Err(fmt::Error);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_are_truncated() {
        let long = "é".repeat(1000);
        assert_eq!(truncate_value(&Value::from(long)).chars().count(), 83);
        assert_eq!(
            truncate_value(&Value::from(vec![0; 1000])).chars().count(),
            81
        );
    }

    #[test]
    fn characters_are_counted_across_parts() {
        assert_eq!(truncate_to(5, format_args!("é{}", "éa".repeat(2))), "ééaéa");
        assert_eq!(truncate_to(4, format_args!("é{}", "éa".repeat(2))), "ééaé…");
        assert_eq!(truncate_to(2, format_args!("{}{}", "é", "é")), "éé");
        assert_eq!(truncate_to(2, format_args!("{}{}{}", "é", "é", "a")), "éé…");
    }

    #[test]
    fn short_values_are_json() {
        assert_eq!(truncate_value(&Value::from("a\"b")), r#""a\"b""#);
        assert_eq!(truncate_value(&Value::Null), "null");
    }
}
