//! Compiled schemas: each is a value's judge, and explains itself when it refuses.

use std::sync::Arc;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::problem::MAX_VIOLATIONS;
use crate::schema::discriminator::{Unknown, Verdict, judge};
use crate::schema::matching::{SlowNames, watch};
use crate::schema::sentence::sentence;

/// A compiled schema.
#[derive(Debug)]
pub(crate) struct Schema {
    pub validator: Arc<Validator>,
    /// If `validator` is one for many schemas: under which member of an object it expects the value.
    pub member: Option<String>,
    /// The file that a pointer need not name.
    pub main_file: Arc<str>,
    pub slow_names: Arc<SlowNames>,
}

impl Schema {
    /// Hands the value back if the schema accepts it.
    pub fn check(&self, value: Value) -> Result<Value, Refusal<'_>> {
        let is_decided = !self.slow_names.take_too_long(&value);
        let value = self.wrap(value);
        if is_decided {
            let (is_valid, gave_up) = watch(|| self.validator.is_valid(&value));
            if is_valid && !gave_up {
                return Ok(self.unwrap(value));
            }
        }
        Err(Refusal {
            schema: self,
            value,
            is_decided,
        })
    }

    /// Whether the schema accepts the value.
    pub fn accepts(&self, value: &Value) -> bool {
        if self.slow_names.take_too_long(value) {
            return false;
        }
        let (is_valid, gave_up) = match &self.member {
            None => watch(|| self.validator.is_valid(value)),
            Some(_) => {
                let wrapped = self.wrap(value.clone());
                watch(|| self.validator.is_valid(&wrapped))
            }
        };
        is_valid && !gave_up
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

/// A value that a schema refuses.
#[derive(Debug)]
pub(crate) struct Refusal<'s> {
    schema: &'s Schema,
    value: Value,
    /// Whether the schema was asked at all.
    is_decided: bool,
}

/// One reason why a schema refuses a value.
#[derive(Debug)]
pub(crate) struct Fault {
    /// JSON pointer to the part of the value.
    pub pointer: String,
    /// None where the schema is `false`.
    pub keyword: Option<String>,
    /// JSON pointer to the keyword in the author's document.
    pub schema: Option<String>,
    pub sentence: String,
}

impl Refusal<'_> {
    /// Why the value is refused, [`MAX_VIOLATIONS`] reasons at most.
    pub fn faults(&self) -> Vec<Fault> {
        if !self.is_decided {
            return vec![undecided()];
        }
        let errors = || self.schema.validator.iter_errors(&self.value);
        let (errors, _) = watch(errors);
        let faults = errors.flat_map(|error| self.faults_of(&error));
        let faults: Vec<_> = faults.take(MAX_VIOLATIONS).collect();
        if faults.is_empty() {
            return vec![undecided()];
        }
        faults
    }

    /// The first reason alone.
    pub fn first_fault(&self) -> Fault {
        if !self.is_decided {
            return undecided();
        }
        let (outcome, _) = watch(|| self.schema.validator.validate(&self.value));
        let error = outcome.err();
        let faults = error.map(|error| self.faults_of(&error));
        let first = faults.into_iter().flatten().next();
        first.unwrap_or_else(undecided)
    }

    /// What an error comes to: of a union with a discriminator, the branch that is named tells.
    fn faults_of(&self, error: &ValidationError<'_>) -> Vec<Fault> {
        match judge(error) {
            Verdict::Plain => vec![self.fault(error)],
            Verdict::Unknown(unknown) => vec![self.unknown(error, &unknown)],
            Verdict::Branch(errors) => {
                let errors = errors.iter();
                errors.flat_map(|error| self.faults_of(error)).collect()
            }
        }
    }

    fn unknown(&self, error: &ValidationError<'_>, unknown: &Unknown<'_>) -> Fault {
        let fault = self.fault(error);
        let schema = fault.schema.unwrap_or_default();
        let outer = schema.rsplitn(unknown.above + 1, '/').last();
        let property = unknown.property.replace('~', "~0").replace('/', "~1");
        Fault {
            pointer: format!("{}/{property}", fault.pointer),
            keyword: Some("discriminator".to_owned()),
            schema: outer.map(|outer| format!("{outer}/discriminator")),
            sentence: unknown.sentence(error.instance()),
        }
    }

    fn fault(&self, error: &ValidationError<'_>) -> Fault {
        let pointer = error.instance_path().as_str();
        let within = self.schema.member.as_ref();
        let within = within.map_or(0, |member| member.len() + 1);
        Fault {
            pointer: pointer.get(within..).unwrap_or_default().to_owned(),
            keyword: keyword(error.kind()).map(str::to_owned),
            schema: Some(self.schema_pointer(error)),
            sentence: sentence(error),
        }
    }

    /// Where the broken keyword stands for the author: a pointer, after the file's name if it is not the main one.
    fn schema_pointer(&self, error: &ValidationError<'_>) -> String {
        let Some(uri) = error.absolute_keyword_location() else {
            return error.schema_path().as_str().to_owned();
        };
        let path = uri.path().as_str().trim_start_matches('/');
        let file = percent_decode_str(path).decode_utf8_lossy();
        let outer = uri.query().map_or("", |query| query.as_str());
        let fragment = uri.fragment().map_or("", |fragment| fragment.as_str());
        // A schema that is a resource of its own has its place in the file as its query.
        let fragment = format!("{outer}{fragment}");
        let pointer = percent_decode_str(&fragment).decode_utf8_lossy();
        if *file == *self.schema.main_file {
            return pointer.into_owned();
        }
        format!("{file}#{pointer}")
    }
}

/// A match that was given up decides nothing, and may stand where its failure would be welcome, as under `not`.
fn undecided() -> Fault {
    Fault {
        pointer: String::new(),
        keyword: Some("pattern".to_owned()),
        schema: None,
        sentence: "it takes too long to compare with a pattern".to_owned(),
    }
}

fn keyword(kind: &ValidationErrorKind) -> Option<&str> {
    match kind {
        ValidationErrorKind::FalseSchema => None,
        kind => Some(kind.keyword()),
    }
}
