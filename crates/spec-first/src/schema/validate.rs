//! Compiled schemas: they validate values, and list the violations of a value that they reject.

use std::sync::Arc;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde::Serialize;
use serde_json::{Map, Value};

use super::dialect::Dialect;
use super::discriminator::{Cause, UnknownName, cause};
use super::ecma;
use super::instance::{Instance, Instances};
use super::options::{Checks, options};
use super::pattern::{NamePatterns, with_time_limit};
use super::recursion::is_too_costly;
use super::scalar_rules::ScalarRules;
use super::tape::Tape;
use super::truncate::{truncate_to, truncate_value};
use super::uri;

/// How many violations of one value are listed at most.
pub const MAX_VIOLATIONS: usize = 100;

/// The longest description of a violation, in characters; the names of unknown members come from outside, too.
const MAX_DETAIL_LENGTH: usize = 400;

/// A compiled schema. A [`Compiler`](super::Compiler) makes those of a spec.
#[derive(Debug)]
pub struct Schema {
    pub(super) validator: Arc<Validator<Instances>>,
    /// If `validator` is one for many schemas: the member of an object that it expects the value in.
    pub(super) member: Option<String>,
    /// The file that is not named in a violation.
    pub(super) main_file: Arc<str>,
    pub(super) name_patterns: Arc<NamePatterns>,
    /// If the schema leads to a recursive union: the number of its branches that lead back to it.
    pub(super) recursive_branches: Option<usize>,
    pub(super) scalar_rules: Option<ScalarRules>,
}

impl Schema {
    /// All of its rules, if it is one of texts or of integers and has no others than those cover.
    #[cfg(feature = "server")]
    pub(crate) fn scalar_rules(&self) -> Option<&ScalarRules> {
        self.scalar_rules.as_ref()
    }

    /// Compiles a schema that contains no reference to another.
    ///
    /// # Errors
    /// A sentence: the value is not a schema.
    pub fn compile(schema: &Value, dialect: Dialect, checks: Checks) -> Result<Self, String> {
        let validator = options(dialect.draft(), checks).build(schema);
        Ok(Self {
            validator: validator.map_err(|error| error.to_string())?.into(),
            member: None,
            main_file: "".into(),
            name_patterns: Arc::new(NamePatterns::find([schema], dialect.draft())),
            recursive_branches: None,
            scalar_rules: ScalarRules::read(schema, checks.formats),
        })
    }

    /// Whether the schema accepts a text or an integer, if it has no other rules than lengths, a pattern, bounds and an `enum`. If
    /// not, [`Schema::validate`] decides.
    #[must_use]
    pub fn accepts_scalar(&self, value: &Value) -> bool {
        match (&self.scalar_rules, value) {
            (Some(ScalarRules::Text(rules)), Value::String(text)) => rules.accepts(text),
            (Some(ScalarRules::Integer(rules)), Value::Number(number)) => {
                let integer = number.as_i128().filter(|_| !number.is_f64());
                integer.is_some_and(|integer| rules.accepts(integer))
            }
            _ => false,
        }
    }

    /// Returns the value if the schema accepts it. The value is moved and never cloned.
    ///
    /// # Errors
    /// The rejected value, which can explain itself.
    pub fn validate(&self, value: Value) -> Result<Value, Rejection<'_>> {
        let is_in_time = !self.name_patterns.exceed_time_limit(&value);
        let value = self.wrap(value);
        if is_in_time {
            let (is_valid, is_abandoned) =
                with_time_limit(|| self.validator.is_valid(Instance::Tree(&value)));
            if is_valid && !is_abandoned {
                return Ok(self.unwrap(value));
            }
        }
        Err(Rejection {
            schema: self,
            value,
            is_in_time,
        })
    }

    /// Whether the schema accepts what serde writes of a value, without making a tree of it. If not, [`Schema::validate`] decides,
    /// which accepts a few values that this does not.
    #[must_use]
    pub fn accepts(&self, value: &impl Serialize) -> bool {
        if !self.name_patterns.is_empty() {
            return false;
        }
        let check = |tape: &Tape| self.validator.is_valid(Instance::Tape(tape.root()));
        let member = self.member.as_deref();
        let outcome = with_time_limit(|| Tape::with(value, member, check));
        outcome == (Some(true), false)
    }

    fn wrap(&self, value: Value) -> Value {
        let Some(member) = &self.member else {
            return value;
        };
        Value::Object(Map::from_iter([(member.clone(), value)]))
    }

    fn unwrap(&self, mut value: Value) -> Value {
        let Some(member) = &self.member else {
            return value;
        };
        value.get_mut(member).map(Value::take).unwrap_or_default()
    }
}

/// A value that a schema rejects.
#[derive(Debug)]
pub struct Rejection<'s> {
    schema: &'s Schema,
    /// As the validator expects it.
    value: Value,
    /// False if the names of members alone exceed the time limit of patterns; nothing else has been validated then.
    is_in_time: bool,
}

/// One place where a value breaks a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// JSON pointer to the part of the value.
    pub pointer: String,
    /// The keyword that is broken; none where the schema is `false`.
    pub keyword: Option<String>,
    /// JSON pointer to the keyword in the author's document, after the file's name and `#` if it is not in the main file.
    pub schema: Option<String>,
    /// What is wrong, as a sentence.
    pub detail: String,
}

impl Rejection<'_> {
    /// The rejected value.
    #[must_use]
    pub fn into_value(self) -> Value {
        self.schema.unwrap(self.value)
    }

    /// Whether it would take too long to find out where the value breaks the schema.
    fn is_too_costly(&self) -> bool {
        let branches = self.schema.recursive_branches;
        branches.is_some_and(|branches| is_too_costly(branches, &self.value))
    }

    /// Why the value is rejected: at least one violation, and [`MAX_VIOLATIONS`] at most.
    #[must_use]
    pub fn violations(&self) -> Vec<Violation> {
        if !self.is_in_time {
            return vec![abandoned()];
        }
        if self.is_too_costly() {
            return vec![too_deep()];
        }
        let errors = || {
            self.schema
                .validator
                .iter_errors(Instance::Tree(&self.value))
        };
        let (errors, _) = with_time_limit(errors);
        let violations = errors.flat_map(|error| self.violations_of(&error));
        let violations: Vec<_> = violations.take(MAX_VIOLATIONS).collect();
        if violations.is_empty() {
            return vec![abandoned()];
        }
        violations
    }

    /// The first violation alone, without the memory that a long list would take.
    #[must_use]
    pub fn first_violation(&self) -> Violation {
        if !self.is_in_time {
            return abandoned();
        }
        if self.is_too_costly() {
            return too_deep();
        }
        let (outcome, _) =
            with_time_limit(|| self.schema.validator.validate(Instance::Tree(&self.value)));
        let error = outcome.err();
        let violations = error.map(|error| self.violations_of(&error));
        let first = violations.into_iter().flatten().next();
        first.unwrap_or_else(abandoned)
    }

    /// Where the value is rejected: JSON pointers to at most `limit` parts of it, without a description of each.
    #[must_use]
    pub fn pointers(&self, limit: usize) -> Vec<String> {
        if !self.is_in_time || self.is_too_costly() {
            return vec![String::new()];
        }
        let errors = || {
            self.schema
                .validator
                .iter_errors(Instance::Tree(&self.value))
        };
        let (errors, _) = with_time_limit(errors);
        let pointers = errors.map(|error| self.pointer(&error).to_owned());
        pointers.take(limit).collect()
    }

    /// The violations that an error stands for: those of the branch that a discriminator chose, if there is one.
    fn violations_of(&self, error: &ValidationError<'_>) -> Vec<Violation> {
        match cause(error) {
            Cause::Itself => vec![self.violation(error)],
            Cause::UnknownName(unknown) => vec![self.unknown_name(error, &unknown)],
            Cause::Branch(errors) => {
                let errors = errors.iter();
                errors.flat_map(|error| self.violations_of(error)).collect()
            }
        }
    }

    fn unknown_name(&self, error: &ValidationError<'_>, unknown: &UnknownName<'_>) -> Violation {
        let violation = self.violation(error);
        let schema = violation.schema.unwrap_or_default();
        let outer = schema.rsplitn(unknown.above + 1, '/').last();
        let property = unknown.property.replace('~', "~0").replace('/', "~1");
        Violation {
            pointer: format!("{}/{property}", violation.pointer),
            keyword: Some("discriminator".to_owned()),
            schema: outer.map(|outer| format!("{outer}/discriminator")),
            detail: unknown.detail(error.instance()),
        }
    }

    /// The part of the value that an error is about.
    fn pointer<'e>(&self, error: &'e ValidationError<'_>) -> &'e str {
        let member = self.schema.member.as_ref();
        let start = member.map_or(0, |member| member.len() + 1);
        let pointer = error.instance_path().as_str();
        pointer.get(start..).unwrap_or_default()
    }

    fn violation(&self, error: &ValidationError<'_>) -> Violation {
        Violation {
            pointer: self.pointer(error).to_owned(),
            keyword: keyword(error.kind()).map(str::to_owned),
            schema: Some(self.schema_pointer(error)),
            detail: detail(error),
        }
    }

    /// Where the broken keyword is for the author: a pointer, after the file's name if it is not the main one.
    fn schema_pointer(&self, error: &ValidationError<'_>) -> String {
        let Some(uri) = error.absolute_keyword_location() else {
            return ecma::with_authors_names(error.schema_path().as_str().to_owned());
        };
        match uri::parse(uri.as_str()) {
            Some((file, pointer)) => {
                let pointer = ecma::with_authors_names(pointer);
                match *file == *self.schema.main_file {
                    true => pointer,
                    false => format!("{file}#{pointer}"),
                }
            }
            // A schema of JSON Schema itself.
            None => uri.to_string(),
        }
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

fn keyword(kind: &ValidationErrorKind) -> Option<&str> {
    match kind {
        ValidationErrorKind::FalseSchema => None,
        kind => Some(kind.keyword()),
    }
}

/// What is wrong with the value, in a sentence of limited length.
fn detail(error: &ValidationError<'_>) -> String {
    let value = truncate_value(error.instance());
    match error.kind() {
        ValidationErrorKind::FalseSchema => format!("{value} is not allowed here"),
        ValidationErrorKind::PropertyNames { error } => detail(error),
        _ => truncate_to(MAX_DETAIL_LENGTH, error.masked_with(value)),
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
