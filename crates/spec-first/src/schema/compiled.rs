//! What a schema is compiled to, and what it says of a value that it rejects.

use std::sync::Arc;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::{Map, Value};

use super::discriminator::{Cause, UnknownName, cause};
use super::ecma;
use super::instance::Instances;
use super::pattern::NamePatterns;
use super::recursion::is_too_costly;
use super::truncate::{truncate_to, truncate_value};
use super::uri;
use super::violation::Violation;

/// The longest description of a violation, in characters; the names of unknown members come from outside, too.
const MAX_DETAIL_LENGTH: usize = 400;

/// What a schema is compiled to.
#[derive(Debug)]
pub(super) struct Compiled {
    pub validator: Arc<Validator<Instances>>,
    /// If `validator` is one for many schemas: the member of an object that it expects the value in.
    pub member: Option<String>,
    /// The file that is not named in a violation.
    pub main_file: Arc<str>,
    pub name_patterns: Arc<NamePatterns>,
    /// The places of texts that the schema leaves free.
    pub free_texts: Vec<String>,
    /// If the schema leads to a recursive union: the number of its branches that lead back to it.
    pub recursive_branches: Option<usize>,
}

impl Compiled {
    /// The value as the validator expects it.
    pub fn wrap(&self, value: Value) -> Value {
        let Some(member) = &self.member else {
            return value;
        };
        Value::Object(Map::from_iter([(member.clone(), value)]))
    }

    /// The value that was [wrapped](Self::wrap).
    pub fn unwrap(&self, mut value: Value) -> Value {
        let Some(member) = &self.member else {
            return value;
        };
        value.get_mut(member).map(Value::take).unwrap_or_default()
    }

    /// Whether it would take too long to find out where a value breaks the schema.
    pub fn is_too_costly(&self, value: &Value) -> bool {
        let branches = self.recursive_branches;
        branches.is_some_and(|branches| is_too_costly(branches, value))
    }

    /// The violations that an error stands for: those of the branch that a discriminator chose, if there is one.
    pub fn violations_of(&self, error: &ValidationError<'_>) -> Vec<Violation> {
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
    pub fn pointer<'e>(&self, error: &'e ValidationError<'_>) -> &'e str {
        let member = self.member.as_ref();
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
            return ecma::with_authors_names(error.schema_path().as_str());
        };
        match uri::parse(uri.as_str()) {
            Some((file, pointer)) => {
                let pointer = ecma::with_authors_names(&pointer);
                match *file == *self.main_file {
                    true => pointer,
                    false => format!("{file}#{pointer}"),
                }
            }
            // A schema of JSON Schema itself.
            None => uri.to_string(),
        }
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
