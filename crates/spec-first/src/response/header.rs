//! A header of a response: validated, and written as text.

use std::sync::Arc;

use serde_json::Value;

use crate::schema::Schema;
use crate::spec::document::HeaderEntry;
use crate::spec::schemas::Schemas;

/// A declared header.
#[derive(Debug)]
pub(crate) struct Header {
    name: String,
    required: bool,
    schema: Arc<Schema>,
}

impl Header {
    pub fn load(entry: &HeaderEntry, schemas: &Schemas) -> Self {
        Self {
            name: entry.name.clone(),
            required: entry.required,
            schema: schemas.response(&entry.schema),
        }
    }

    /// The violations of this header among those that are sent. Its value is moved out to be validated, and back.
    pub fn violations(&self, headers: &mut [(&str, Value)]) -> Vec<String> {
        let name = &self.name;
        let mut headers = headers.iter_mut();
        let Some((_, value)) = headers.find(|(sent, _)| sent.eq_ignore_ascii_case(name)) else {
            return match self.required {
                true => vec![format!("header {name}: it is required")],
                false => Vec::new(),
            };
        };
        match self.schema.validate(value.take()) {
            Ok(valid) => {
                *value = valid;
                Vec::new()
            }
            Err(rejection) => {
                let violations = rejection.violations();
                *value = rejection.into_value();
                let violations = violations.into_iter();
                let violations = violations.map(|it| format!("header {name}: {}", it.detail));
                violations.collect()
            }
        }
    }
}

/// The text of a header's value: a list is separated by commas (OpenAPI's style `simple`).
pub(crate) fn header_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(header_text).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}
