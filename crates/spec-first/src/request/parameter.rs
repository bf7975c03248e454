//! One parameter of an operation: its text is parsed as the type in the schema, and validated. Arrays and objects would be
//! parsed here, too.

use std::sync::Arc;

use serde_json::Value;

use crate::problem::{Part, Violation};
use crate::request::json;
use crate::request::violation::violation;
use crate::routing::percent::Malformed;
use crate::schema::{self, Dialect, Rejection, Schema, truncate};
use crate::spec::document::{JsonType, ParameterEntry};
use crate::spec::schemas::Schemas;

/// A parameter as the spec declares it.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub name: String,
    pub part: Part,
    required: bool,
    types: Vec<JsonType>,
    default: Option<Value>,
    allows_empty: bool,
    schema: Arc<Schema>,
    /// JSON pointer to `required` in the author's document.
    required_at: String,
}

impl Parameter {
    pub fn load(entry: &ParameterEntry, schemas: &Schemas) -> Self {
        let (_, pointer) = entry.schema.split_once('#').unwrap_or_default();
        let declared_at = pointer.strip_suffix("/schema").unwrap_or(pointer);
        Self {
            name: entry.name.clone(),
            part: entry.part,
            required: entry.required,
            types: entry.types.clone(),
            default: entry.default.clone(),
            allows_empty: entry.allows_empty,
            schema: schemas.request(&entry.schema),
            required_at: format!("{declared_at}/required"),
        }
    }

    /// The validated value of a parameter's text in a request, or the default; null for neither. Violations are added to
    /// `violations`.
    pub fn read(
        &self,
        text: Option<Result<&str, Malformed>>,
        violations: &mut Vec<Violation>,
    ) -> Value {
        let outcome = match text {
            // "Which the server SHOULD interpret as the parameter being unused" (OpenAPI 3.1.1, section 4.8.12.2.1).
            Some(Ok("")) if self.allows_empty => self.absent(),
            Some(Ok(text)) => self.check(text),
            Some(Err(malformed)) => Err(vec![self.violation(malformed.sentence())]),
            None => self.absent(),
        };
        outcome.unwrap_or_else(|more| {
            violations.extend(more);
            Value::Null
        })
    }

    fn absent(&self) -> Result<Value, Vec<Violation>> {
        if self.required {
            let mut violation = self.violation("it is required");
            violation.keyword = Some("required".to_owned());
            violation.schema = Some(self.required_at.clone());
            return Err(vec![violation]);
        }
        Ok(self.default.clone().unwrap_or_default())
    }

    /// The first interpretation of `text` that the schema accepts.
    fn check(&self, text: &str) -> Result<Value, Vec<Violation>> {
        if self.is_out_of_range(text) {
            return Err(vec![self.violation(out_of_range(text))]);
        }
        let mut rejection = None;
        for value in self.interpretations(text) {
            match self.schema.validate(value) {
                Ok(value) => return Ok(value),
                Err(rejected) => rejection.get_or_insert(rejected),
            };
        }
        let violations = rejection.as_ref().map(Rejection::violations);
        let violations = violations.unwrap_or_default().into_iter();
        Err(violations.map(|violation| self.locate(violation)).collect())
    }

    /// What `text` may mean, the most specific type first and a string last.
    fn interpretations<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Value> + 'a {
        let specific = [
            JsonType::Integer,
            JsonType::Number,
            JsonType::Boolean,
            JsonType::Null,
        ];
        let allowed = specific.into_iter().filter(|it| self.allows(*it));
        let values = allowed.filter_map(|json_type| read(text, json_type));
        values.chain(std::iter::once_with(move || Value::from(text)))
    }

    fn allows(&self, json_type: JsonType) -> bool {
        self.types.is_empty() || self.types.contains(&json_type)
    }

    /// Whether `text` is an integer that neither `i64` nor `u64` represents.
    fn is_out_of_range(&self, text: &str) -> bool {
        let is_strict = self.types.contains(&JsonType::Integer) && !self.allows(JsonType::Number);
        is_strict && is_integer(text) && read(text, JsonType::Integer).is_none()
    }

    fn locate(&self, violation: schema::Violation) -> Violation {
        let pointer = Some(violation.pointer).filter(|pointer| !pointer.is_empty());
        Violation {
            pointer,
            keyword: violation.keyword,
            schema: violation.schema,
            ..self.violation(violation.detail)
        }
    }

    fn violation(&self, detail: impl Into<String>) -> Violation {
        violation(self.part, Some(&self.name), detail)
    }
}

/// `text` as a value of `json_type`, by JSON's own grammar.
fn read(text: &str, json_type: JsonType) -> Option<Value> {
    match json_type {
        JsonType::Integer if is_integer(text) => read_number(text).filter(|value| !value.is_f64()),
        JsonType::Number => read_number(text),
        JsonType::Boolean => text.parse().ok().map(Value::Bool),
        JsonType::Null => (text == "null").then_some(Value::Null),
        _ => None,
    }
}

/// The sentence for an integer of more than 64 bits.
fn out_of_range(text: &str) -> String {
    let text = truncate(text);
    match text.starts_with('-') {
        true => format!("{text} is too small: at least {}", i64::MIN),
        false => format!("{text} is too large: at most {}", u64::MAX),
    }
}

fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let has_leading_zero = digits.len() > 1 && digits.starts_with('0');
    !digits.is_empty() && !has_leading_zero && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn read_number(text: &str) -> Option<Value> {
    let is_numeric = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
    if !text.bytes().all(is_numeric) {
        return None;
    }
    json::parse(text.as_bytes(), Dialect::Draft4).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_follow_the_grammar_of_json() {
        for text in ["0", "-1", "18446744073709551615", "-0"] {
            assert!(read(text, JsonType::Integer).is_some(), "{text}");
        }
        let refused = [
            "",
            "-",
            "+5",
            " 5",
            "5 ",
            "05",
            "1_000",
            "1.0",
            "1e3",
            "٣",
            "0x1",
            "18446744073709551616",
        ];
        for text in refused {
            assert_eq!(read(text, JsonType::Integer), None, "{text}");
        }
    }

    #[test]
    fn numbers_follow_the_grammar_of_json() {
        for text in ["0", "-1.5", "1e3", "1E-3"] {
            assert!(read(text, JsonType::Number).is_some(), "{text}");
        }
        for text in [
            "", ".5", "5.", "+1", "NaN", "inf", "Infinity", "1e400", "1 ",
        ] {
            assert_eq!(read(text, JsonType::Number), None, "{text}");
        }
    }

    #[test]
    fn booleans_are_two_words() {
        assert_eq!(read("true", JsonType::Boolean), Some(Value::Bool(true)));
        for text in ["True", "1", "yes", ""] {
            assert_eq!(read(text, JsonType::Boolean), None, "{text}");
        }
    }
}
