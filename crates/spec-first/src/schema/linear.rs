//! A pattern without look-around and back-references, which is matched in time proportional to the length of the text.

use std::sync::OnceLock;

use regex::Regex;

use super::ascii_table::AsciiTable;

/// A regular expression of the `regex` crate, with a table for texts of ASCII, which is built when the first one is matched.
#[derive(Debug)]
pub struct Linear {
    regex: Regex,
    ascii: OnceLock<Option<Box<AsciiTable>>>,
}

impl Linear {
    /// The expression, in the syntax of the `regex` crate.
    ///
    /// # Errors
    /// It is none.
    pub fn new(regex: &str) -> Result<Self, regex::Error> {
        Regex::new(regex).map(Self::from)
    }

    /// Whether the expression matches a part of `text`.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        let ascii = self
            .ascii
            .get_or_init(|| AsciiTable::new(self.regex.as_str()).map(Box::new));
        let matched = ascii.as_ref().and_then(|table| table.is_match(text));
        matched.unwrap_or_else(|| self.regex.is_match(text))
    }
}

impl From<Regex> for Linear {
    fn from(regex: Regex) -> Self {
        Self {
            regex,
            ascii: OnceLock::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Linear;

    #[test]
    fn texts_of_any_characters_are_matched() {
        let linear = Linear::new("^[^é]*$").expect("it is an expression");
        assert!(linear.is_match("ab") && linear.is_match("aü"));
        assert!(!linear.is_match("aé"));
        assert!(Linear::new("(").is_err());
    }

    #[test]
    fn an_expression_without_a_table_is_matched_by_the_engine() {
        let linear = Linear::new("^[a-z]{2000}$").expect("it is an expression");
        assert!(linear.is_match(&"a".repeat(2000)));
        assert!(!linear.is_match(&"a".repeat(1999)));
    }
}
