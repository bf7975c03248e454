//! What the functions of generated code check: the rules of types that `validator` has no attribute for.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::ops::{Bound, RangeBounds};

use serde_json::Value;
use validator::{ValidationError, ValidationErrors, ValidationErrorsKind};

use crate::schema::Dialect;
pub use crate::schema::{Keywords, Pattern};

/// What `validator` calls a rule of a function that a schema has, too.
const SCHEMA: &str = "schema";

/// What it calls a rule of a function that is narrower than the schema.
const NAME: &str = "name";

/// The pattern of a rule.
///
/// # Panics
/// If it is none, or takes more than linear time; the build has compiled it.
#[must_use]
pub fn pattern(pattern: &str) -> Pattern {
    Pattern::new(pattern).expect("the build has compiled the pattern")
}

/// The keywords of a rule, in a dialect of this name (`draft4`, `2020-12`), as JSON.
///
/// # Panics
/// If they are no schema; the build has compiled them.
#[must_use]
pub fn keywords(dialect: &str, keywords: &str) -> Keywords {
    let dialect: Option<Dialect> = serde_json::from_value(dialect.into()).ok();
    let keywords: Option<Value> = serde_json::from_str(keywords).ok();
    let compiled = dialect.zip(keywords);
    let compiled = compiled.and_then(|(dialect, value)| Keywords::new(dialect, &value).ok());
    compiled.expect("the build has compiled the keywords")
}

/// The result of a rule.
///
/// # Errors
/// The value breaks the rule.
pub fn require(is_valid: bool) -> Result<(), ValidationError> {
    require_as(SCHEMA, is_valid)
}

/// As [`require`], for a rule by which a value of a variant, or what it holds, has to call itself by a name of the variant. A schema
/// may accept one that calls itself by another name.
///
/// # Errors
/// The value breaks the rule.
pub fn require_named(is_valid: bool) -> Result<(), ValidationError> {
    require_as(NAME, is_valid)
}

fn require_as(code: &'static str, is_valid: bool) -> Result<(), ValidationError> {
    match is_valid {
        true => Ok(()),
        false => Err(ValidationError::new(code)),
    }
}

/// Whether a schema may accept a value whose rules have these errors.
pub(crate) fn may_be_accepted(errors: &ValidationErrors) -> bool {
    errors.errors().values().all(|kind| match kind {
        ValidationErrorsKind::Field(errors) => errors.iter().all(|error| error.code == NAME),
        ValidationErrorsKind::Struct(errors) => may_be_accepted(errors),
        ValidationErrorsKind::List(all) => all.values().all(|errors| may_be_accepted(errors)),
    })
}

/// The result of a rule of a whole value, which is no field of a struct.
///
/// # Errors
/// The value breaks the rule.
pub fn whole(outcome: Result<(), ValidationError>) -> Result<(), ValidationErrors> {
    outcome.map_err(|error| {
        let errors = ValidationErrorsKind::Field(vec![error]);
        ValidationErrors(HashMap::from([(Cow::Borrowed("value"), errors)]))
    })
}

/// Whether a text has as many characters as the range contains. A text has at most as many characters as bytes, and at least a
/// quarter of them.
#[must_use]
pub fn has_length(text: &str, range: impl RangeBounds<usize>) -> bool {
    let bytes = text.len();
    let is_long = match range.start_bound() {
        Bound::Included(least) => bytes.div_ceil(4) >= *least,
        Bound::Excluded(least) => bytes.div_ceil(4) > *least,
        Bound::Unbounded => true,
    };
    let is_short = match range.end_bound() {
        Bound::Included(most) => bytes <= *most,
        Bound::Excluded(most) => bytes < *most,
        Bound::Unbounded => true,
    };
    is_long && is_short || range.contains(&text.chars().count())
}

/// Whether no key of a map is one of the names.
#[must_use]
pub fn has_none<V>(map: &BTreeMap<String, V>, names: &[&str]) -> bool {
    map.is_empty() || !names.iter().any(|name| map.contains_key(*name))
}

/// The condition of rules that no value follows, such as those of a text that has to be longer than it may be.
#[must_use]
pub fn never<T: ?Sized>(_value: &T) -> bool {
    false
}

/// The condition of rules that every value of a type follows.
#[must_use]
pub fn always<T: ?Sized>(_value: &T) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_counted_in_characters() {
        for (text, is_valid) in [("", false), ("ä", true), ("äöü", true), ("abcd", false)] {
            assert_eq!(has_length(text, 1..=3), is_valid, "{text}");
        }
        assert!(has_length("", ..) && has_length("", ..=0) && !has_length("a", ..=0));
        assert!(has_length("😀😀", 2..) && !has_length("😀", 2..));
        assert!(has_length("ab", 2..3) && !has_length("abc", 2..3));
    }

    #[test]
    fn a_map_has_none_of_the_names() {
        let map = BTreeMap::from([("a".to_owned(), 1)]);
        assert!(has_none(&map, &["b"]) && has_none(&map, &[]));
        assert!(!has_none(&map, &["b", "a"]));
    }

    #[test]
    fn a_schema_may_accept_what_breaks_the_rules_for_names_alone() {
        let nested = |errors: ValidationErrors| {
            let errors = BTreeMap::from([(0, Box::new(errors))]);
            let errors = ValidationErrorsKind::List(errors);
            ValidationErrors(HashMap::from([(Cow::Borrowed("list"), errors)]))
        };
        let named = whole(require_named(false)).expect_err("it is invalid");
        assert!(may_be_accepted(&named) && may_be_accepted(&nested(named)));
        let other = whole(require(false)).expect_err("it is invalid");
        assert!(!may_be_accepted(&other) && !may_be_accepted(&nested(other)));
    }

    #[test]
    fn a_body_is_named_in_its_error() {
        assert!(whole(require(true)).is_ok());
        let errors = whole(require(false)).expect_err("it is invalid");
        assert!(errors.to_string().starts_with("value: "), "{errors}");
    }
}
