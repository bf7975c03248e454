//! Compiled schemas: each is a value's judge, and explains itself when it refuses.

use std::sync::Arc;

use jsonschema::{ValidationError, Validator};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::sentence::sentence;
use crate::problem::MAX_VIOLATIONS;

/// A compiled schema.
#[derive(Debug)]
pub(super) struct Schema {
    pub validator: Arc<Validator>,
    /// If `validator` is one for many schemas: under which member of an object it expects the value.
    pub member: Option<String>,
    /// The file that a pointer need not name.
    pub main_file: Arc<str>,
}

impl Schema {
    /// Hands the value back if the schema accepts it.
    pub fn check(&self, value: Value) -> Result<Value, Refusal<'_>> {
        let Some(member) = &self.member else {
            return match self.validator.is_valid(&value) {
                true => Ok(value),
                false => Err(Refusal::new(self, value)),
            };
        };
        let mut object = Map::new();
        object.insert(member.clone(), value);
        let object = Value::Object(object);
        if !self.validator.is_valid(&object) {
            return Err(Refusal::new(self, object));
        }
        let Value::Object(mut object) = object else {
            return Ok(object);
        };
        Ok(object.remove(member).unwrap_or_default())
    }
}

/// A value that a schema refuses.
#[derive(Debug)]
pub(super) struct Refusal<'s> {
    schema: &'s Schema,
    value: Value,
}

/// One reason why a schema refuses a value.
#[derive(Debug)]
pub(super) struct Fault {
    /// JSON pointer to the part of the value.
    pub pointer: String,
    pub keyword: String,
    /// JSON pointer to the keyword in the author's document.
    pub schema: String,
    pub sentence: String,
}

impl<'s> Refusal<'s> {
    fn new(schema: &'s Schema, value: Value) -> Self {
        Self { schema, value }
    }

    /// Why the value is refused, [`MAX_VIOLATIONS`] reasons at most.
    pub fn faults(&self) -> Vec<Fault> {
        let errors = self.schema.validator.iter_errors(&self.value);
        let errors = errors.take(MAX_VIOLATIONS);
        errors.map(|error| self.fault(&error)).collect()
    }

    /// The first reason alone.
    pub fn first_fault(&self) -> Option<Fault> {
        let error = self.schema.validator.validate(&self.value).err()?;
        Some(self.fault(&error))
    }

    fn fault(&self, error: &ValidationError<'_>) -> Fault {
        let pointer = error.instance_path().as_str();
        let within = self.schema.member.as_ref();
        let within = within.map_or(0, |member| member.len() + 1);
        Fault {
            pointer: pointer.get(within..).unwrap_or_default().to_owned(),
            keyword: error.kind().keyword().to_owned(),
            schema: self.schema_pointer(error),
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
        let fragment = uri.fragment().map_or("", |fragment| fragment.as_str());
        let pointer = percent_decode_str(fragment).decode_utf8_lossy();
        if *file == *self.schema.main_file {
            return pointer.into_owned();
        }
        format!("{file}#{pointer}")
    }
}
