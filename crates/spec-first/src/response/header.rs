//! A header of a response: validated, and written as text.

use std::mem;
use std::sync::Arc;

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue, InvalidHeaderValue};
use actix_web::web::Bytes;
use serde_json::Value;

use crate::plain::is_printable;
use crate::schema::{LazyRules, Schema};
use crate::spec::document::HeaderEntry;
use crate::spec::schemas::Schemas;

/// The media type of a body of JSON.
pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Sets a header. Most responses do not have it yet, and to add one costs less than to replace one.
pub(crate) fn set(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    match headers.contains_key(&name) {
        true => drop(headers.insert(name, value)),
        false => headers.append(name, value),
    }
}

/// A declared header.
#[derive(Debug)]
pub(crate) struct Header {
    name: String,
    /// The same as it is sent.
    pub key: HeaderName,
    required: bool,
    schema: Arc<Schema>,
    /// All rules of the schema, if it is one of texts or of integers.
    rules: Option<LazyRules>,
    text: Text,
    /// Whether it is written as JSON.
    is_json: bool,
}

impl Header {
    /// # Errors
    /// A sentence: the name is none of a header.
    pub fn load(entry: &HeaderEntry, schemas: &Schemas) -> Result<Self, String> {
        let key = HeaderName::from_bytes(entry.name.as_bytes());
        Ok(Self {
            name: entry.name.clone(),
            key: key.map_err(|_| format!("{:?} is no name of a header", entry.name))?,
            required: entry.required,
            schema: schemas.response(&entry.schema),
            rules: schemas.rules(entry.rules.as_ref()),
            text: Text {
                explode: entry.explode,
                separators: entry.separators.clone(),
            },
            is_json: entry.json,
        })
    }

    /// The only line in which a value is sent, if that is a number without a sign, or a text that is sent as it is, and taken.
    pub fn plain(&self, value: &mut Value) -> Option<Result<HeaderValue, InvalidHeaderValue>> {
        match value {
            Value::Number(number) => number.as_u64().map(digits),
            Value::String(text) if !self.is_json && is_printable(text.as_bytes()) => {
                let text = Bytes::from(mem::take(text));
                Some(HeaderValue::from_maybe_shared(text))
            }
            Value::String(text) if !self.is_json => Some(HeaderValue::from_bytes(text.as_bytes())),
            _ => None,
        }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn is_required(&self) -> bool {
        self.required
    }

    /// Whether this is its name, in any case.
    pub fn is_named(&self, name: &str) -> bool {
        self.name == name || self.name.eq_ignore_ascii_case(name)
    }

    /// The lines in which a value is sent: one, but one for each cookie, since a comma may be a part of it (RFC 6265, 3).
    pub fn lines(&self, value: &Value) -> Vec<String> {
        match value {
            _ if self.is_json => vec![value.to_string()],
            Value::Array(cookies) if self.is_named("Set-Cookie") => {
                cookies.iter().map(|it| self.text.of(it, 1)).collect()
            }
            value => vec![self.text.of(value, 0)],
        }
    }

    /// The violations of this header among those that are sent. Its value is moved out to be validated, and back.
    pub fn violations(&self, headers: &mut [(&str, Value)]) -> Vec<String> {
        let name = &self.name;
        let mut headers = headers.iter_mut();
        let Some((_, value)) = headers.find(|(sent, _)| self.is_named(sent)) else {
            return match self.required {
                true => vec![format!("header {name}: it is required")],
                false => Vec::new(),
            };
        };
        let rules = self.rules.as_ref().and_then(LazyRules::get);
        if rules.is_some_and(|rules| rules.accepts(value)) {
            return Vec::new();
        }
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

/// A number in digits. `HeaderValue::from` makes room for the longest number first.
fn digits(number: u64) -> Result<HeaderValue, InvalidHeaderValue> {
    HeaderValue::from_str(itoa::Buffer::new().format(number))
}

/// The text of a value without a style of its own: a list is separated by commas.
pub(crate) fn header_text(value: &Value) -> String {
    Text::default().of(value, 0)
}

/// How lists and objects are written (OpenAPI's style `simple`, and `collectionFormat` of Swagger 2.0).
#[derive(Debug, Default)]
struct Text {
    /// Whether a member of an object is `name=value`.
    explode: bool,
    /// Between the items of a list, and of the lists in it; others are separated by commas.
    separators: Vec<String>,
}

impl Text {
    /// The text of a value that is `depth` lists deep.
    fn of(&self, value: &Value, depth: usize) -> String {
        let separator = self.separators.get(depth).map_or(",", String::as_str);
        match value {
            Value::String(text) => text.clone(),
            Value::Array(items) => {
                let items = items.iter().map(|item| self.of(item, depth + 1));
                items.collect::<Vec<_>>().join(separator)
            }
            Value::Object(members) => {
                let between = if self.explode { "=" } else { "," };
                let members = members.iter();
                let members = members
                    .map(|(name, value)| format!("{name}{between}{}", self.of(value, depth + 1)));
                members.collect::<Vec<_>>().join(",")
            }
            other => other.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_written_in_their_style() {
        let nested = json!([["a", "b"], ["c"]]);
        let object = json!({ "a": 1, "b": true });
        for (explode, separators, value, expected) in [
            (false, vec![], &json!("a b"), "a b"),
            (false, vec![], &json!(1.5), "1.5"),
            (false, vec![], &json!([1, 2]), "1,2"),
            (false, vec!["|"], &json!([1, 2]), "1|2"),
            (false, vec![" ", "|"], &nested, "a|b c"),
            (false, vec![";"], &nested, "a,b;c"),
            (false, vec![], &json!([]), ""),
            (false, vec![], &object, "a,1,b,true"),
            (true, vec![], &object, "a=1,b=true"),
        ] {
            let separators = separators.into_iter().map(str::to_owned).collect();
            let text = Text {
                explode,
                separators,
            };
            assert_eq!(text.of(value, 0), expected);
        }
    }
}
