//! Patterns and keywords by themselves, for the rules of types that enforce a schema without it.

use serde::Serialize;
use serde_json::Value;

use super::dialect::Dialect;
use super::options::Checks;
use super::pattern::TextPattern;
use super::validate::Schema;

/// A pattern of JSON Schema (ECMA-262) that is matched in time proportional to the length of a text.
#[derive(Debug)]
pub struct Pattern(TextPattern);

impl Pattern {
    /// The pattern; none if it is none, or can be matched by backtracking alone.
    #[must_use]
    pub fn new(pattern: &str) -> Option<Self> {
        TextPattern::without_backtracking(pattern).map(Self)
    }

    /// Whether the pattern matches a part of `text`.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

/// Keywords of a schema that refers to no other.
#[derive(Debug)]
pub struct Keywords(Schema);

impl Keywords {
    /// The keywords, in this dialect.
    ///
    /// # Errors
    /// A sentence that says why they are no schema.
    pub fn new(dialect: Dialect, keywords: &Value) -> Result<Self, String> {
        Schema::compile(keywords, dialect, Checks::default()).map(Self)
    }

    /// Whether a schema of these keywords accepts what serde writes of a value.
    #[must_use]
    pub fn accepts<T: Serialize + ?Sized>(&self, value: &T) -> bool {
        self.0.accepts(&value)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_pattern_is_matched_in_linear_time_or_not_at_all() {
        let pattern = Pattern::new(r"^(?!\.{1,2}$)[^/]*$").expect("it needs no backtracking");
        assert!(pattern.is_match("a") && pattern.is_match("..."));
        assert!(!pattern.is_match("..") && !pattern.is_match("a/b"));
        assert!(Pattern::new(r"(a)\1").is_none());
        assert!(Pattern::new("(").is_none());
    }

    #[test]
    fn keywords_accept_what_their_schema_accepts() {
        for dialect in [Dialect::Draft4, Dialect::Draft202012] {
            let cents = Keywords::new(dialect, &json!({ "multipleOf": 0.01 })).expect("a schema");
            assert!(cents.accepts(&0.07) && cents.accepts(&3));
            assert!(!cents.accepts(&0.075));
            let mail = Keywords::new(dialect, &json!({ "format": "email" })).expect("a schema");
            assert!(mail.accepts("a@example.com") && !mail.accepts("a"));
        }
        assert!(Keywords::new(Dialect::Draft4, &json!({ "not": 1 })).is_err());
    }
}
