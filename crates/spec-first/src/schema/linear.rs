//! A pattern without look-around and back-references, which is matched in time proportional to the length of the text.

use std::sync::OnceLock;

use regex::Regex;
use regex_syntax::hir::{Class, Hir, HirKind};

use super::ascii_table::AsciiTable;

/// Up to what size, as [`size`] says, an expression is compiled when it is first needed: less than half of what the engine takes, so
/// that this cannot fail.
const MAX_LATE_SIZE: usize = 4 << 20;

/// The most bytes that the engine needs for one range of characters: 20 sequences of 4 bytes in UTF-8, and 32 bytes for each.
const RANGE_SIZE: usize = 20 * 4 * 32;

/// A regular expression of the `regex` crate.
///
/// Texts of ASCII are matched by a table, which is built when the first text is matched; others by the engine, which takes a third
/// of a megabyte to compile, and is compiled when the first of them comes.
#[derive(Debug)]
pub struct Linear {
    expression: String,
    ascii: OnceLock<Option<Box<AsciiTable>>>,
    engine: OnceLock<Regex>,
}

impl Linear {
    /// The expression, in the syntax of the `regex` crate.
    ///
    /// # Errors
    /// It is none, or its automaton would be too large.
    pub fn new(expression: String) -> Result<Self, regex::Error> {
        let parsed = regex_syntax::parse(&expression);
        let is_late = parsed.is_ok_and(|parsed| size(&parsed) <= MAX_LATE_SIZE);
        let engine = match is_late {
            true => OnceLock::new(),
            false => Regex::new(&expression)?.into(),
        };
        Ok(Self {
            expression,
            ascii: OnceLock::new(),
            engine,
        })
    }

    /// The expression, in the syntax of the `regex` crate.
    #[must_use]
    pub fn into_expression(self) -> String {
        self.expression
    }

    /// Whether the expression matches a part of `text`.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        let ascii = self
            .ascii
            .get_or_init(|| AsciiTable::new(&self.expression).map(Box::new));
        let matched = ascii.as_ref().and_then(|table| table.is_match(text));
        matched.unwrap_or_else(|| self.engine_matches(text))
    }

    #[cold]
    fn engine_matches(&self, text: &str) -> bool {
        let compile = || Regex::new(&self.expression).expect("a small expression is compiled");
        self.engine.get_or_init(compile).is_match(text)
    }
}

/// An upper bound of the size of an expression's automaton, in bytes.
fn size(expression: &Hir) -> usize {
    match expression.kind() {
        HirKind::Empty | HirKind::Look(_) => RANGE_SIZE,
        HirKind::Literal(literal) => literal.0.len().saturating_mul(RANGE_SIZE),
        HirKind::Class(Class::Unicode(class)) => class.ranges().len().saturating_mul(RANGE_SIZE),
        HirKind::Class(Class::Bytes(class)) => class.ranges().len().saturating_mul(RANGE_SIZE),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(repetition.min).max(1);
            let times = usize::try_from(most).unwrap_or(usize::MAX);
            size(&repetition.sub).saturating_mul(times.saturating_add(1))
        }
        HirKind::Capture(capture) => size(&capture.sub).saturating_add(RANGE_SIZE),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            let sizes = parts.iter().map(size);
            sizes.fold(RANGE_SIZE, usize::saturating_add)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Linear, size};

    fn linear(expression: &str) -> Linear {
        Linear::new(expression.to_owned()).expect("it is an expression")
    }

    #[test]
    fn texts_of_any_characters_are_matched() {
        let linear = linear("^[^é]*$");
        assert!(linear.is_match("ab") && linear.engine.get().is_none());
        assert!(linear.is_match("aü") && linear.engine.get().is_some());
        assert!(!linear.is_match("aé"));
        assert!(Linear::new("(".to_owned()).is_err());
    }

    #[test]
    fn an_expression_without_a_table_is_matched_by_the_engine() {
        let linear = linear("^[a-z]{2000}$");
        assert!(linear.is_match(&"a".repeat(2000)));
        assert!(!linear.is_match(&"a".repeat(1999)));
    }

    /// What is compiled later must not fail then.
    #[test]
    fn an_expression_that_may_be_too_large_is_compiled_at_once() {
        for (expression, is_late) in [
            (r"^\p{L}{100000}$", None),
            (r"^\w{30}$", Some(false)),
            ("^(?:[a-z]{50}){50}$", Some(false)),
            (r"^[^\p{L}]$", Some(true)),
            ("^$", Some(true)),
        ] {
            let linear = Linear::new(expression.to_owned()).ok();
            let engine = linear.map(|linear| linear.engine.get().is_none());
            assert_eq!(engine, is_late, "{expression}");
        }
    }

    #[test]
    fn no_automaton_is_larger_than_the_bound() {
        for expression in [
            "",
            "a",
            "é",
            "abc|d+e*",
            r"\w",
            r"\PL",
            r"[^\u{800}-\u{10000}]{7}",
            "(?i)straße",
            r"(?:\d{3}-){2,9}",
            r"(?s)^.{12}\b.$",
            "((a|b){2}|(?:c?d){3,4})+",
        ] {
            let parsed = regex_syntax::parse(expression).expect("it is an expression");
            let bound = size(&parsed);
            let small = regex::RegexBuilder::new(expression)
                .size_limit(bound)
                .build();
            assert!(small.is_ok(), "{expression}: {bound}");
        }
    }
}
