//! One parameter of an operation: what a request has of it is read by its serialization, and validated.

use std::sync::Arc;

use actix_web::http::header::HeaderName;
use serde_json::Value;

use crate::problem::{Part, Violation};
use crate::request::violation::violation;
use crate::routing::percent::Malformed;
use crate::schema::{self, Dialect, LazyRules, ScalarRules, Schema};
use crate::serialization::{Encoding, JsonType, Raw, Serialization, integer};
use crate::spec::document::ParameterEntry;
use crate::spec::schemas::Schemas;

/// A parameter as the spec declares it.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub name: String,
    pub part: Part,
    pub serialization: Serialization,
    /// Whether a text with its name is all of it, and nothing but it.
    pub is_plain: bool,
    required: bool,
    default: Option<Value>,
    allows_empty: bool,
    schema: Arc<Schema>,
    /// All rules of the schema, if it is one of texts or of integers.
    rules: Option<LazyRules>,
    dialect: Dialect,
    /// JSON pointer to `required` in the author's document.
    required_at: String,
    /// If it is read from a header: its name.
    pub header: Option<HeaderName>,
}

impl Parameter {
    pub fn load(entry: &ParameterEntry, dialect: Dialect, schemas: &Schemas) -> Self {
        let (_, pointer) = entry.schema.split_once('#').unwrap_or_default();
        let declared_at = pointer.strip_suffix("/schema").unwrap_or(pointer);
        let declared_at = declared_at
            .rsplit_once("/content/")
            .map_or(declared_at, |it| it.0);
        Self {
            name: entry.name.clone(),
            part: entry.part,
            serialization: entry.serialization.clone(),
            is_plain: entry.serialization.is_plain(),
            required: entry.required,
            default: entry.default.clone(),
            allows_empty: entry.allows_empty,
            schema: schemas.request(&entry.schema),
            rules: schemas.rules(entry.rules.as_ref()),
            dialect,
            required_at: format!("{declared_at}/required"),
            header: match entry.part {
                Part::Header => HeaderName::from_bytes(entry.name.as_bytes()).ok(),
                _ => None,
            },
        }
    }

    /// The default, or null without one; none if the parameter is required.
    pub fn value_if_absent(&self) -> Option<Value> {
        (!self.required).then(|| self.default.clone().unwrap_or_default())
    }

    /// The validated value of a request's only text of the parameter, or the default without one. None where that takes more than
    /// the rules of a text or of an integer, or where something is wrong, which [`Parameter::read`] explains.
    pub fn read_plain(&self, text: Option<&str>) -> Option<Value> {
        let Some(text) = text else {
            return self.value_if_absent();
        };
        if text.is_empty() && self.allows_empty {
            return None;
        }
        let text = self.encoding().decode_whole(text).ok()?;
        let shape = self.serialization.shape();
        let value = match self.rules.as_ref()?.get()? {
            ScalarRules::Text(rules) if shape.is_only(JsonType::String) => rules
                .accepts(&text)
                .then(|| Value::String(text.into_owned())),
            ScalarRules::Integer(rules) if shape.is_only(JsonType::Integer) => {
                let integer = integer(&text)?;
                rules
                    .accepts(integer.as_i128()?)
                    .then_some(Value::Number(integer))
            }
            _ => None,
        };
        debug_assert!(
            value
                .clone()
                .is_none_or(|value| self.schema.validate(value).is_ok())
        );
        value
    }

    /// The validated value of what a request has of the parameter, or the default; null for neither. Violations are added to
    /// `violations`. If `strict`, several texts of a single value are one, too; else the last counts.
    pub fn read(
        &self,
        raw: Result<Raw<'_>, Malformed>,
        strict: bool,
        violations: &mut Vec<Violation>,
    ) -> Value {
        let repeated = raw.as_ref().ok().filter(|_| strict);
        if let Some(repeated) = repeated.and_then(|raw| self.repeated(raw)) {
            violations.push(repeated);
            return Value::Null;
        }
        let outcome = match raw {
            Ok(raw) if raw.is_absent() => self.absent(),
            // "Which the server SHOULD interpret as the parameter being unused" (OpenAPI 3.1.1, section 4.8.12.2.1).
            Ok(raw) if self.allows_empty && self.is_empty(&raw) => self.absent(),
            Ok(raw) => self.check(&raw),
            Err(malformed) => Err(vec![self.violation(malformed.sentence())]),
        };
        outcome.unwrap_or_else(|more| {
            violations.extend(more);
            Value::Null
        })
    }

    fn absent(&self) -> Result<Value, Vec<Violation>> {
        self.value_if_absent().ok_or_else(|| {
            let mut violation = self.violation("it is required");
            violation.keyword = Some("required".to_owned());
            violation.schema = Some(self.required_at.clone());
            vec![violation]
        })
    }

    fn is_empty(&self, raw: &Raw<'_>) -> bool {
        let is_last_empty = raw.texts.last() == Some(&"") && raw.members.is_empty();
        is_last_empty && (raw.texts.len() == 1 || self.serialization.is_single())
    }

    /// Whether several lines of a header are one list (RFC 9110, 5.3).
    fn is_joined(&self) -> bool {
        self.part == Part::Header && !self.serialization.is_scalar()
    }

    /// The violation of strict mode: several texts of one value, or of one member of an object.
    fn repeated(&self, raw: &Raw<'_>) -> Option<Violation> {
        let count = raw.texts.len();
        let is_repeated = count > 1 && self.serialization.is_single() && !self.is_joined();
        let (pointer, count) = match is_repeated {
            true => (None, count),
            false => {
                let (pointer, count) = self.serialization.repeated_member(raw)?;
                (Some(pointer), count)
            }
        };
        Some(Violation {
            pointer,
            ..self.violation(format!("it has {count} values; expected one"))
        })
    }

    fn check(&self, raw: &Raw<'_>) -> Result<Value, Vec<Violation>> {
        let encoding = self.encoding();
        let draft = self
            .serialization
            .read(&self.name, raw, encoding, self.dialect);
        let checked = draft.check(&self.schema);
        checked.map_err(|violations| violations.into_iter().map(|it| self.locate(it)).collect())
    }

    fn encoding(&self) -> Encoding {
        match self.part {
            Part::Path => Encoding::Path,
            Part::Query | Part::Body => Encoding::Query,
            Part::Header => Encoding::Header,
            Part::Cookie => Encoding::Cookie,
        }
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
