//! The keyword `pattern`, with a bound on the time that all patterns of one check may take together, and the same bound for
//! the patterns of `patternProperties`.
//!
//! Patterns without look-around and back-references are matched in linear time. The others are matched by trying, and a
//! hostile body has room for very many strings that are each as slow as they may be.

use std::cell::Cell;
use std::time::{Duration, Instant};

use jsonschema::error::ValidationErrorKind;
use jsonschema::{
    Draft, FancyRegex, Keyword, PatternOptions, ValidationError, ValidationOptions, Validator,
    paths::Location,
};
use serde_json::{Map, Value};

use crate::schema::show;

/// How often a pattern may step back for one string: enough for an honest one on a text of tens of kilobytes, and a
/// millisecond of work.
const BACKTRACK_LIMIT: usize = 50_000;

/// How long the slow patterns of one check may take together; honest ones take microseconds.
const BUDGET: Duration = Duration::from_secs(1);

thread_local! {
    /// What the check that this thread is at has spent on slow patterns.
    static SPENT: Cell<Duration> = const { Cell::new(Duration::ZERO) };
    /// Whether a match has been given up.
    static GAVE_UP: Cell<bool> = const { Cell::new(false) };
}

/// What a compiled `pattern` is to `jsonschema`.
type Compiled<'a> = Result<Box<dyn for<'i> Keyword<'i>>, ValidationError<'a>>;

/// Runs a check, and tells whether it had to give a match up; its outcome means nothing then.
pub(crate) fn watch<T>(check: impl FnOnce() -> T) -> (T, bool) {
    SPENT.set(Duration::ZERO);
    GAVE_UP.set(false);
    (check(), GAVE_UP.get())
}

/// The same options, with `pattern` checked as this module says.
pub(crate) fn bound_patterns(
    options: ValidationOptions<'_>,
    draft: Draft,
) -> ValidationOptions<'_> {
    // Names of members are matched by `jsonschema` itself; see [`SlowNames`].
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
    let validator = alone(value, draft)?;
    let is_linear = value.as_str().is_some_and(is_linear);
    Ok(match is_linear {
        true => Box::new(Linear(validator)),
        false => Box::new(Slow(validator)),
    })
}

/// A schema that is nothing but a pattern.
fn alone(pattern: &Value, draft: Draft) -> Result<Validator, ValidationError<'static>> {
    let options = jsonschema::options()
        .with_draft(draft)
        .with_pattern_options(patterns());
    options.build(&serde_json::json!({ "pattern": pattern }))
}

fn is_linear(pattern: &str) -> bool {
    regex::Regex::new(pattern).is_ok()
}

/// A pattern that takes time in proportion to the text.
struct Linear(Validator);

impl<'i> Keyword<'i> for Linear {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        self.0.validate(instance)
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        self.0.is_valid(instance)
    }
}

/// A pattern that may take any time.
#[derive(Debug)]
struct Slow(Validator);

impl<'i> Keyword<'i> for Slow {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        if SPENT.get() > BUDGET {
            GAVE_UP.set(true);
            return Err(ValidationError::custom(too_long(instance)));
        }
        let start = Instant::now();
        let outcome = self.0.validate(instance);
        SPENT.set(SPENT.get() + start.elapsed());
        outcome.map_err(|error| match error.kind() {
            ValidationErrorKind::BacktrackLimitExceeded { .. } => {
                GAVE_UP.set(true);
                ValidationError::custom(too_long(instance))
            }
            _ => error,
        })
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        self.validate(instance).is_ok()
    }
}

/// The patterns of `patternProperties` that may take any time, wherever in the spec they stand. `jsonschema` has no bound for
/// the time that they take for all members of a value, so they are tried before.
#[derive(Debug, Default)]
pub(crate) struct SlowNames(Vec<Slow>);

impl SlowNames {
    /// Adds those in `schemas`.
    pub fn find(&mut self, schemas: &Value, draft: Draft) {
        match schemas {
            Value::Object(members) => {
                let named = members.get("patternProperties").and_then(Value::as_object);
                let patterns = named.into_iter().flat_map(Map::keys);
                let slow = patterns.filter(|pattern| !is_linear(pattern));
                let slow = slow.filter_map(|pattern| alone(&pattern.as_str().into(), draft).ok());
                self.0.extend(slow.map(Slow));
                members.values().for_each(|value| self.find(value, draft));
            }
            Value::Array(values) => values.iter().for_each(|value| self.find(value, draft)),
            _ => {}
        }
    }

    /// Whether the names in `value` take longer than a check may.
    pub fn take_too_long(&self, value: &Value) -> bool {
        !self.0.is_empty() && watch(|| self.try_all(value)).1
    }

    fn try_all(&self, value: &Value) {
        match value {
            Value::Object(members) => members.iter().for_each(|(name, value)| {
                let name = Value::from(name.as_str());
                self.0.iter().for_each(|pattern| {
                    pattern.is_valid(&name);
                });
                self.try_all(value);
            }),
            Value::Array(values) => values.iter().for_each(|value| self.try_all(value)),
            _ => {}
        }
    }
}

fn too_long(value: &Value) -> String {
    format!("{} takes too long to compare with the pattern", show(value))
}
