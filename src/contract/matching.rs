//! The keyword `pattern`, with a bound on the time that all patterns of one check may take together.
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

use super::sentence::show;

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
pub(super) fn watch<T>(check: impl FnOnce() -> T) -> (T, bool) {
    SPENT.set(Duration::ZERO);
    GAVE_UP.set(false);
    (check(), GAVE_UP.get())
}

/// The same options, with `pattern` checked as this module says.
pub(super) fn bound_patterns(
    options: ValidationOptions<'_>,
    draft: Draft,
) -> ValidationOptions<'_> {
    // Names of members are matched by `jsonschema` itself.
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
    let options = jsonschema::options()
        .with_draft(draft)
        .with_pattern_options(patterns());
    let validator = options.build(&serde_json::json!({ "pattern": value }))?;
    let is_linear = value
        .as_str()
        .is_some_and(|text| regex::Regex::new(text).is_ok());
    Ok(match is_linear {
        true => Box::new(Linear(validator)),
        false => Box::new(Slow(validator)),
    })
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

fn too_long(value: &Value) -> String {
    format!("{} takes too long to compare with the pattern", show(value))
}
