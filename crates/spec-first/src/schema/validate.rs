//! Compiled schemas: they validate values, and list the violations of a value that they reject.

use std::sync::{Arc, LazyLock};

use serde::Serialize;
use serde_json::Value;

use super::compiled::Compiled;
use super::dialect::Dialect;
use super::instance::Instance;
use super::options::{Checks, options};
use super::pattern::{NamePatterns, with_time_limit};
use super::tape::Tape;
use super::violation::Violation;

/// How many violations of one value are listed at most.
pub const MAX_VIOLATIONS: usize = 100;

/// Compiles a schema, when it is needed.
type Compile = Box<dyn FnOnce() -> Result<Arc<Compiled>, String> + Send>;

/// A schema that validates values. A [`Compiler`](super::Compiler) makes those of a spec, and a [`Library`](super::Library) those
/// that are compiled when they validate the first value.
#[derive(Debug)]
pub struct Schema(pub(super) LazyLock<Result<Arc<Compiled>, String>, Compile>);

impl Schema {
    /// Compiles a schema that contains no reference to another.
    ///
    /// # Errors
    /// A sentence: the value is not a schema.
    pub fn compile(schema: &Value, dialect: Dialect, checks: Checks) -> Result<Self, String> {
        let validator = options(dialect.draft(), checks).build(schema);
        let compiled = Compiled {
            validator: validator.map_err(|error| error.to_string())?.into(),
            member: None,
            main_file: "".into(),
            name_patterns: Arc::new(NamePatterns::find([schema], dialect.draft())),
            free_texts: Vec::new(),
            recursive_branches: None,
        };
        Ok(Self::new(Arc::new(compiled)))
    }

    pub(super) fn new(compiled: Arc<Compiled>) -> Self {
        Self::when_needed(|| Ok(compiled))
    }

    /// A schema that is compiled when it validates the first value. One that cannot be compiled rejects every value.
    pub(super) fn when_needed(
        compile: impl FnOnce() -> Result<Arc<Compiled>, String> + Send + 'static,
    ) -> Self {
        Self(LazyLock::new(Box::new(compile)))
    }

    /// Returns the value if the schema accepts it. The value is moved and never cloned.
    ///
    /// # Errors
    /// The rejected value, which can explain itself.
    pub fn validate(&self, value: Value) -> Result<Value, Rejection<'_>> {
        let schema = match &*self.0 {
            Ok(schema) => schema,
            Err(error) => {
                return Err(Rejection {
                    schema: Err(error),
                    value,
                    is_in_time: true,
                });
            }
        };
        let is_in_time = !schema.name_patterns.exceed_time_limit(&value);
        let value = schema.wrap(value);
        if is_in_time {
            let (is_valid, is_abandoned) =
                with_time_limit(|| schema.validator.is_valid(Instance::Tree(&value)));
            if is_valid && !is_abandoned {
                return Ok(schema.unwrap(value));
            }
        }
        Err(Rejection {
            schema: Ok(schema),
            value,
            is_in_time,
        })
    }

    /// Whether the schema accepts what serde writes of a value, without making a tree of it. If not, [`Schema::validate`] decides,
    /// which accepts a few values that this does not.
    #[must_use]
    pub fn accepts(&self, value: &impl Serialize) -> bool {
        self.outcome(value) == Some(true)
    }

    /// Whether the schema rejects what serde writes of a value, as [`Schema::accepts`]: it may reject one for which neither is so.
    #[must_use]
    pub fn rejects(&self, value: &impl Serialize) -> bool {
        self.outcome(value) == Some(false)
    }

    /// Whether the schema accepts what serde writes of a value, if that can be found out without a tree of it.
    fn outcome(&self, value: &impl Serialize) -> Option<bool> {
        let schema = self.0.as_ref().ok()?;
        if !schema.name_patterns.is_empty() {
            return None;
        }
        let check = |tape: &Tape| schema.validator.is_valid(Instance::Tape(tape.root()));
        let member = schema.member.as_deref();
        match with_time_limit(|| Tape::with(value, member, check)) {
            (outcome, false) => outcome,
            (_, true) => None,
        }
    }

    /// Whether the text at `place`, a JSON pointer in which `*` is any element of a list, is known to be free: whatever it says, the
    /// schema accepts the value or not. The schema is one of a file.
    #[must_use]
    pub fn is_free(&self, place: &str) -> bool {
        let schema = self.0.as_ref();
        schema.is_ok_and(|schema| schema.free_texts.iter().any(|free| free == place))
    }
}

/// A value that a schema rejects.
#[derive(Debug)]
pub struct Rejection<'s> {
    /// The schema, or why there is none.
    schema: Result<&'s Compiled, &'s str>,
    /// As the validator expects it.
    value: Value,
    /// False if the names of members alone exceed the time limit of patterns; nothing else has been validated then.
    is_in_time: bool,
}

impl Rejection<'_> {
    /// The rejected value.
    #[must_use]
    pub fn into_value(self) -> Value {
        match self.schema {
            Ok(schema) => schema.unwrap(self.value),
            Err(_) => self.value,
        }
    }

    /// The schema, if it can say where the value breaks it.
    ///
    /// # Errors
    /// What is wrong with the value as a whole.
    fn schema(&self) -> Result<&Compiled, Violation> {
        match self.schema {
            Err(error) => Err(uncompiled(error)),
            Ok(_) if !self.is_in_time => Err(abandoned()),
            Ok(schema) if schema.is_too_costly(&self.value) => Err(too_deep()),
            Ok(schema) => Ok(schema),
        }
    }

    /// Why the value is rejected: at least one violation, and [`MAX_VIOLATIONS`] at most.
    #[must_use]
    pub fn violations(&self) -> Vec<Violation> {
        let schema = match self.schema() {
            Ok(schema) => schema,
            Err(violation) => return vec![violation],
        };
        let errors = || schema.validator.iter_errors(Instance::Tree(&self.value));
        let (errors, _) = with_time_limit(errors);
        let violations = errors.flat_map(|error| schema.violations_of(&error));
        let violations: Vec<_> = violations.take(MAX_VIOLATIONS).collect();
        if violations.is_empty() {
            return vec![abandoned()];
        }
        violations
    }

    /// The first violation alone, without the memory that a long list would take.
    #[must_use]
    pub fn first_violation(&self) -> Violation {
        let schema = match self.schema() {
            Ok(schema) => schema,
            Err(violation) => return violation,
        };
        let validate = || schema.validator.validate(Instance::Tree(&self.value));
        let (outcome, _) = with_time_limit(validate);
        let error = outcome.err();
        let violations = error.map(|error| schema.violations_of(&error));
        let first = violations.into_iter().flatten().next();
        first.unwrap_or_else(abandoned)
    }

    /// Where the value is rejected: JSON pointers to at most `limit` parts of it, without a description of each.
    #[must_use]
    pub fn pointers(&self, limit: usize) -> Vec<String> {
        let Ok(schema) = self.schema() else {
            return vec![String::new()];
        };
        let errors = || schema.validator.iter_errors(Instance::Tree(&self.value));
        let (errors, _) = with_time_limit(errors);
        let pointers = errors.map(|error| schema.pointer(&error).to_owned());
        pointers.take(limit).collect()
    }
}

/// Nothing of a build that compiles every schema: it and this version of the crate do not belong together.
fn uncompiled(error: &str) -> Violation {
    Violation {
        pointer: String::new(),
        keyword: None,
        schema: None,
        detail: format!("the schema cannot be compiled: {error}"),
    }
}

/// Somewhere in a value of a recursive union, which branches too often to list where.
fn too_deep() -> Violation {
    Violation {
        pointer: String::new(),
        keyword: None,
        schema: None,
        detail: "it is invalid, and nested too deep to list where".to_owned(),
    }
}

/// An abandoned match decides nothing: its failure may be what the schema requires, as under `not`.
fn abandoned() -> Violation {
    Violation {
        pointer: String::new(),
        keyword: Some("pattern".to_owned()),
        schema: None,
        detail: "it takes too long to compare with a pattern".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_is_accepted_without_a_tree_as_with_one() {
        let item = json!({ "type": "object", "required": ["a"], "properties": {
            "a": { "type": "string", "maxLength": 2 }, "b": { "enum": [1, "x", null, [true]] }, "c": { "format": "int32" },
        }, "additionalProperties": false });
        let schema = json!({ "items": { "anyOf": [item, { "type": "array", "uniqueItems": true }, { "const": 1.5 }] } });
        let schema = Schema::compile(&schema, Dialect::Draft202012, Checks::default()).unwrap();
        let good = [
            json!({ "a": "éé", "b": 1.0 }),
            json!({ "a": "", "b": [true], "c": 1 }),
            json!([1, "1", { "a": [] }]),
            json!(1.5),
        ];
        let bad = [
            json!({ "a": "abc" }),
            json!({ "b": 1 }),
            json!({ "a": "a", "d": 1 }),
            json!({ "a": "a", "b": 2 }),
            json!({ "a": "a", "c": 1_u64 << 40 }),
            json!([1, 1.0]),
            json!([{ "a": 1 }, { "a": 1 }]),
            json!("a"),
        ];
        for (values, is_valid) in [(&good[..], true), (&bad[..], false)] {
            for value in values {
                let list = json!([value, 1.5]);
                assert_eq!(schema.accepts(&list), is_valid, "{list}");
                assert_eq!(schema.validate(list.clone()).is_ok(), is_valid, "{list}");
            }
        }
    }
}
