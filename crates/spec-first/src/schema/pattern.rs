//! The keyword `pattern`, with a limit on the time that all patterns of one validation may take together, and the same limit
//! for the patterns of `patternProperties`.
//!
//! Patterns without back-references, and without look-around but at their start and end, are matched in linear time. The others
//! are matched by backtracking, and a hostile body has room for very many strings that each take as long as one match may.

use std::cell::Cell;
use std::time::{Duration, Instant};

use jsonschema::error::ValidationErrorKind;
use jsonschema::json::Node;
use jsonschema::{
    Draft, FancyRegex, Keyword, PatternOptions, ValidationError, Validator, paths::Location,
};
use regex::Regex;
use serde_json::{Map, Value};

use super::conditions;
use super::counted::Counted;
use super::ecma;
use super::instance::Options;
use super::instance::{Instance, Instances};
use super::linear::Linear;
use super::truncate::truncate_value;

/// How often a pattern may backtrack in one string: about a millisecond of work, and enough for a well-meant pattern on a
/// text of tens of kilobytes.
const BACKTRACK_LIMIT: usize = 50_000;

/// How long the backtracking patterns of one validation may take together; well-meant ones take microseconds.
const TIME_LIMIT: Duration = Duration::from_secs(1);

thread_local! {
    /// How long the backtracking patterns of this thread's current validation have taken.
    static ELAPSED: Cell<Duration> = const { Cell::new(Duration::ZERO) };
    /// Whether a match of the current validation has been abandoned.
    static IS_ABANDONED: Cell<bool> = const { Cell::new(false) };
}

/// What a compiled `pattern` is to `jsonschema`.
type Compiled<'a> = Result<Box<dyn for<'i> Keyword<'i, Instances>>, ValidationError<'a>>;

/// Runs a validation with the whole time limit. The second value is true if a match was abandoned; the first one means
/// nothing then.
pub(super) fn with_time_limit<T>(validate: impl FnOnce() -> T) -> (T, bool) {
    ELAPSED.set(Duration::ZERO);
    IS_ABANDONED.set(false);
    (validate(), IS_ABANDONED.get())
}

/// The same options, with the time of `pattern` limited.
pub(super) fn limit_patterns(options: Options<'_>, draft: Draft) -> Options<'_> {
    // `jsonschema` itself matches the names of members; see [`NamePatterns`].
    let options = options.with_pattern_options(patterns());
    options.with_keyword(
        "pattern",
        move |_: &Map<_, _>, value: &Value, _: Location| compile(value, draft),
    )
}

fn patterns() -> PatternOptions<FancyRegex> {
    PatternOptions::fancy_regex().backtrack_limit(BACKTRACK_LIMIT)
}

fn compile(value: &Value, draft: Draft) -> Compiled<'static> {
    let pattern = value.as_str().unwrap_or_default();
    let engine = match TextPattern::without_backtracking(pattern) {
        Some(linear) => Engine::Linear(linear),
        None => Engine::backtracking(value, draft)?,
    };
    let pattern = pattern.to_owned();
    Ok(Box::new(Pattern { pattern, engine }))
}

/// The validator of a schema that contains nothing but a pattern.
fn pattern_validator(
    pattern: &Value,
    draft: Draft,
) -> Result<Validator<Instances>, ValidationError<'static>> {
    let options = jsonschema::options_for::<Instances>()
        .with_draft(draft)
        .with_pattern_options(patterns());
    options.build(&serde_json::json!({ "pattern": pattern }))
}

/// A pattern of JSON Schema (ECMA-262) as the `regex` crate writes it, if that crate has an equivalent: it has no look-around
/// and no back-references. Validators use the same translation, so that both match the same strings.
#[must_use]
pub fn rust_regex(pattern: &str) -> Option<String> {
    linear(pattern).map(Linear::into_expression)
}

fn linear(pattern: &str) -> Option<Linear> {
    Linear::new(translate(pattern)?).ok()
}

/// The pattern in the syntax of the `regex` crate, which may not have what it needs.
fn translate(pattern: &str) -> Option<String> {
    let exact = ecma::for_regex(pattern);
    let exact = exact.as_deref().unwrap_or(pattern);
    jsonschema_regex::to_rust_regex(exact)
        .ok()
        .map(|it| it.into_owned())
}

fn is_linear(pattern: &str) -> bool {
    linear(pattern).is_some()
}

/// A compiled pattern, which a violation shows as it is in the schema.
struct Pattern {
    pattern: String,
    engine: Engine,
}

/// How a pattern is matched: in linear time wherever that is possible.
enum Engine {
    Linear(TextPattern),
    Backtracking(Backtracking),
}

/// A pattern that is matched in linear time.
#[derive(Debug)]
pub(super) enum TextPattern {
    One(Linear),
    Counted(Counted),
    /// Several patterns, and whether each has to match.
    Conditions(Vec<(Linear, bool)>),
}

impl TextPattern {
    /// The pattern, unless it can only be matched by backtracking.
    pub fn without_backtracking(pattern: &str) -> Option<Self> {
        let compile = |pattern: &str| Regex::new(&translate(pattern)?).ok();
        if let Some(counted) = Counted::read(pattern, compile) {
            return Some(Self::Counted(counted));
        }
        if let Some(linear) = linear(pattern) {
            return Some(Self::One(linear));
        }
        let conditions = conditions::split(pattern)?.into_iter();
        let conditions = conditions.map(|it| Some((linear(&it.pattern)?, it.is_match)));
        conditions.collect::<Option<_>>().map(Self::Conditions)
    }

    /// Whether it matches a part of `text`.
    pub fn is_match(&self, text: &str) -> bool {
        match self {
            Self::One(linear) => linear.is_match(text),
            Self::Counted(counted) => counted.is_match(text),
            Self::Conditions(conditions) => {
                let mut conditions = conditions.iter();
                conditions.all(|(linear, is_match)| linear.is_match(text) == *is_match)
            }
        }
    }
}

impl Engine {
    fn backtracking(pattern: &Value, draft: Draft) -> Result<Self, ValidationError<'static>> {
        let validator = pattern_validator(pattern, draft)?;
        let exact = ecma::for_backtracking(pattern.as_str().unwrap_or_default());
        let validator = match exact {
            Some(exact) => pattern_validator(&exact.into(), draft)?,
            None => validator,
        };
        Ok(Self::Backtracking(Backtracking(validator)))
    }
}

impl<'i> Keyword<'i, Instances> for Pattern {
    fn validate(&self, instance: Instance<'i>) -> Result<(), ValidationError<'i>> {
        let mismatch = || self.mismatch(instance);
        match &self.engine {
            Engine::Linear(_) => self.is_valid(instance).then_some(()).ok_or_else(mismatch),
            Engine::Backtracking(matcher) => {
                matcher
                    .validate(instance)
                    .map_err(|error| match error.kind() {
                        ValidationErrorKind::Pattern { .. } => mismatch(),
                        _ => error,
                    })
            }
        }
    }

    fn is_valid(&self, instance: Instance<'i>) -> bool {
        match &self.engine {
            Engine::Linear(pattern) => instance.as_str().is_none_or(|text| pattern.is_match(text)),
            Engine::Backtracking(matcher) => matcher.is_valid(instance),
        }
    }
}

impl Pattern {
    /// In the words of `jsonschema`.
    fn mismatch(&self, instance: Instance<'_>) -> ValidationError<'static> {
        let value = truncate_value(&instance.to_value());
        ValidationError::custom(format!("{value} does not match \"{}\"", self.pattern))
    }
}

/// A pattern whose time is not bounded by the length of the text.
#[derive(Debug)]
struct Backtracking(Validator<Instances>);

impl<'i> Keyword<'i, Instances> for Backtracking {
    fn validate(&self, instance: Instance<'i>) -> Result<(), ValidationError<'i>> {
        if ELAPSED.get() > TIME_LIMIT {
            IS_ABANDONED.set(true);
            return Err(ValidationError::custom(too_long(instance)));
        }
        let start = Instant::now();
        let outcome = self.0.validate(instance);
        ELAPSED.set(ELAPSED.get() + start.elapsed());
        outcome.map_err(|error| match error.kind() {
            ValidationErrorKind::BacktrackLimitExceeded { .. } => {
                IS_ABANDONED.set(true);
                ValidationError::custom(too_long(instance))
            }
            _ => error,
        })
    }

    fn is_valid(&self, instance: Instance<'i>) -> bool {
        self.validate(instance).is_ok()
    }
}

/// The backtracking patterns of `patternProperties`, wherever they are in the spec. `jsonschema` does not limit the time that
/// they take for all members of a value, so they are matched before a validation.
#[derive(Debug, Default)]
pub(super) struct NamePatterns(Vec<Backtracking>);

impl NamePatterns {
    /// Those in the files of a spec.
    pub fn find<'f>(files: impl IntoIterator<Item = &'f Value>, draft: Draft) -> Self {
        let mut patterns = Self::default();
        files
            .into_iter()
            .for_each(|schemas| patterns.add(schemas, draft));
        patterns
    }

    fn add(&mut self, schemas: &Value, draft: Draft) {
        match schemas {
            Value::Object(members) => {
                let named = members.get("patternProperties").and_then(Value::as_object);
                let patterns = named.into_iter().flat_map(Map::keys);
                let slow = patterns.filter(|pattern| !is_linear(pattern));
                let slow = slow
                    .filter_map(|pattern| pattern_validator(&pattern.as_str().into(), draft).ok());
                self.0.extend(slow.map(Backtracking));
                members.values().for_each(|value| self.add(value, draft));
            }
            Value::Array(values) => values.iter().for_each(|value| self.add(value, draft)),
            _ => {}
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether matching the names in `value` exceeds the time limit.
    pub fn exceed_time_limit(&self, value: &Value) -> bool {
        !self.0.is_empty() && with_time_limit(|| self.match_all(value)).1
    }

    fn match_all(&self, value: &Value) {
        match value {
            Value::Object(members) => members.iter().for_each(|(name, value)| {
                self.0.iter().for_each(|pattern| {
                    pattern.is_valid(Instance::Name(name));
                });
                self.match_all(value);
            }),
            Value::Array(values) => values.iter().for_each(|value| self.match_all(value)),
            _ => {}
        }
    }
}

fn too_long(value: Instance<'_>) -> String {
    format!(
        "{} takes too long to compare with the pattern",
        truncate_value(&value.to_value())
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::schema::{Checks, Dialect, Schema};

    /// Strings whose match depends on what a class, a dot, an anchor or a boundary means.
    const TEXTS: [&str; 12] = [
        "", "a", "7", "_", "é", "٣", "a\n", "a\r", "\u{2028}", "\u{feff}", "a b", "word",
    ];

    fn schema(pattern: &str) -> Schema {
        let schema = json!({ "pattern": pattern });
        Schema::compile(&schema, Dialect::Draft4, Checks::default()).unwrap()
    }

    fn is_valid(schema: &Schema, value: Value) -> bool {
        schema.validate(value).is_ok()
    }

    fn message(schema: &Schema, value: Value) -> String {
        schema.validate(value).unwrap_err().first_violation().detail
    }

    /// Each pattern with a text that browsers match and one that they do not, matched in linear time and by backtracking.
    #[test]
    fn a_dot_and_a_boundary_are_those_of_ecma_262() {
        let cases = [
            ("^.$", "\u{85}", "\r"),
            ("^a.b$", "a\u{b}b", "a\u{2028}b"),
            ("^.*$", "", "a\u{2029}"),
            (r"^\.[.]$", "..", "a."),
            (r"\bword\b", "éwordé", "word_"),
            (r"^é\ba", "éa", "ea"),
            (r"é\B", "é", "éa"),
            (r"^\\b.$", r"\ba", "b"),
        ];
        for (pattern, good, bad) in cases {
            for pattern in [pattern.to_owned(), format!("{pattern}(?!%)")] {
                let schema = schema(&pattern);
                assert!(is_valid(&schema, json!(good)), "{pattern} {good:?}");
                assert!(!is_valid(&schema, json!(bad)), "{pattern} {bad:?}");
            }
        }
        let schema = schema("^a.$");
        assert!(is_valid(&schema, json!(1)));
        let message = message(&schema, json!("b"));
        assert_eq!(message, r#""b" does not match "^a.$""#);
    }

    #[test]
    fn a_repetition_that_is_too_large_for_the_engine_is_counted() {
        let schema = schema("^.{2,262144}$");
        assert!(is_valid(&schema, json!("éa")));
        let message = message(&schema, json!("a"));
        assert_eq!(message, r#""a" does not match "^.{2,262144}$""#);
        assert!(is_valid(&schema, json!(1)));
    }

    #[test]
    fn names_are_matched_as_texts_are() {
        let name = |pattern: &str| ecma::name_pattern(pattern);
        let names = json!({ name("^a.b$"): { "not": {} }, name(r"^é\ba$"): { "not": {} } });
        let schema = json!({ "patternProperties": names });
        let schema = Schema::compile(&schema, Dialect::Draft4, Checks::default()).unwrap();
        for (name, is_valid) in [("a b", false), ("a\rb", true), ("éa", false), ("éba", true)] {
            let value = json!({ name: 1 });
            assert_eq!(schema.validate(value).is_ok(), is_valid, "{name:?}");
        }
        let rejection = schema.validate(json!({ "a b": 1 })).unwrap_err();
        let violations = rejection.violations();
        let place = violations[0].schema.as_deref();
        assert_eq!(place, Some("/patternProperties/^a.b$/not"));
    }

    #[test]
    fn a_translated_pattern_matches_what_validators_match() {
        let patterns = [
            r"^\d+$",
            r"^\w*$",
            r"\s",
            r"^\S*$",
            "^a.?$",
            "^.$",
            r"\bword\b",
            r"^[\w.-]+$",
            r"^[^\u0000-\u001f]*$",
            "^(?:a|word)$",
            "[a&&b]",
            r"^\cJ?a",
        ];
        for pattern in patterns {
            let regex = regex::Regex::new(&rust_regex(pattern).unwrap()).unwrap();
            let schema = schema(pattern);
            for text in TEXTS {
                let is_match = regex.is_match(text);
                assert_eq!(
                    is_valid(&schema, json!(text)),
                    is_match,
                    "{pattern} {text:?}"
                );
            }
        }
    }

    #[test]
    fn look_around_and_back_references_are_not_translated() {
        for pattern in ["^(?!a)", r"(a)\1", "(?<=a)b", "("] {
            assert_eq!(rust_regex(pattern), None, "{pattern}");
        }
    }
}
