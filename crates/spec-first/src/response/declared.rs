//! What an operation may answer, by status.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::HeaderValue;
use serde_json::Value;

use crate::contract::document::{ContentEntry, ResponseEntry};
use crate::contract::schemas::Schemas;
use crate::problem;
use crate::schema::{MediaType, Rejection, Schema, Violation};

/// All responses of an operation.
#[derive(Debug, Default)]
pub(crate) struct Responses {
    exact: Vec<(u16, Response)>,
    /// By the first digit of the status.
    ranges: Vec<(u16, Response)>,
    default: Option<Response>,
}

/// One declared response.
#[derive(Debug, Default)]
pub(crate) struct Response {
    /// What a success is sent as.
    pub json: Option<Content>,
    /// What a problem is checked as.
    problem: Option<Content>,
    has_content: bool,
    headers: Vec<Header>,
}

/// A declared header.
#[derive(Debug)]
struct Header {
    name: String,
    required: bool,
    schema: Arc<Schema>,
}

/// A media type, and the schema of what is sent as it.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    pub header: HeaderValue,
    schema: Option<Arc<Schema>>,
}

impl Responses {
    pub fn load(entries: &[ResponseEntry], schemas: &Schemas) -> Result<Self, String> {
        let mut responses = Self::default();
        for entry in entries {
            let response = Response::load(entry, schemas)?;
            let status = entry.status.as_str();
            let number = status.strip_suffix("XX").unwrap_or(status).parse();
            match (status, number) {
                ("default", _) => responses.default = Some(response),
                (_, Ok(digit @ 1..=5)) => responses.ranges.push((digit, response)),
                (_, Ok(number @ 100..=599)) => responses.exact.push((number, response)),
                _ => return Err(format!("{status:?} is no status")),
            }
        }
        Ok(responses)
    }

    /// The response declared for `status`: for it alone, for its range, or for all.
    pub fn find(&self, status: StatusCode) -> Option<&Response> {
        let status = status.as_u16();
        let exact = self.exact.iter().find(|(declared, _)| *declared == status);
        let range = || self.ranges.iter().find(|(digit, _)| *digit == status / 100);
        let found = exact.or_else(range).map(|(_, response)| response);
        found.or(self.default.as_ref())
    }
}

impl Response {
    fn load(entry: &ResponseEntry, schemas: &Schemas) -> Result<Self, String> {
        let headers = entry.headers.iter().map(|header| Header {
            name: header.name.clone(),
            required: header.required,
            schema: schemas.response(&header.schema),
        });
        let mut response = Self {
            has_content: !entry.content.is_empty(),
            headers: headers.collect(),
            ..Self::default()
        };
        for entry in &entry.content {
            let media_type = MediaType::declared(&entry.media_type)?;
            let content = Content::load(entry, &media_type, schemas)?;
            if media_type.as_str() == problem::MEDIA_TYPE {
                response.problem = Some(content);
            } else if media_type.is_json() || media_type.is_range() {
                response.json.get_or_insert(content);
            }
        }
        // A problem is JSON, and a response declared as problem+json alone may still be a success.
        response.problem = response.problem.or_else(|| response.json.clone());
        response.json = response.json.or_else(|| response.problem.clone());
        Ok(response)
    }

    /// The violations in the headers of a success. Their values are moved out to be validated, and back.
    pub fn header_violations(&self, headers: &mut [(&str, Value)]) -> Vec<String> {
        let mut violations = Vec::new();
        for declared in &self.headers {
            let name = &declared.name;
            let mut headers = headers.iter_mut();
            match headers.find(|(sent, _)| sent.eq_ignore_ascii_case(name)) {
                Some((_, value)) => violations.extend(declared.violations(value)),
                None if declared.required => {
                    violations.push(format!("header {name}: it is required"));
                }
                None => {}
            }
        }
        violations
    }

    /// Whether a body may be sent at all.
    pub fn has_content(&self) -> bool {
        self.has_content
    }

    /// The violations in the body of a problem.
    pub fn problem_violations(&self, body: Value) -> Vec<String> {
        match &self.problem {
            Some(content) => content.violations(body),
            None => vec!["a problem is sent where no JSON is declared".to_owned()],
        }
    }
}

impl Header {
    fn violations(&self, value: &mut Value) -> Vec<String> {
        match self.schema.validate(value.take()) {
            Ok(valid) => {
                *value = valid;
                Vec::new()
            }
            Err(rejection) => {
                let violations = rejection.violations();
                *value = rejection.into_value();
                let violations = violations.into_iter();
                let violations =
                    violations.map(|it| format!("header {}: {}", self.name, it.detail));
                violations.collect()
            }
        }
    }
}

impl Content {
    fn load(
        entry: &ContentEntry,
        media_type: &MediaType,
        schemas: &Schemas,
    ) -> Result<Self, String> {
        let name = match media_type.is_range() {
            true => "application/json",
            false => entry.media_type.as_str(),
        };
        let header = HeaderValue::from_str(name).map_err(|error| format!("{name:?}: {error}"))?;
        let schema = entry.schema.as_deref();
        Ok(Self {
            header,
            schema: schema.map(|reference| schemas.response(reference)),
        })
    }

    /// The violations in a body, each with its place.
    pub fn violations(&self, body: Value) -> Vec<String> {
        let schema = self.schema.as_ref();
        let rejection = schema.and_then(|schema| schema.validate(body).err());
        let violations = rejection.as_ref().map(Rejection::violations);
        let violations = violations.unwrap_or_default();
        violations.iter().map(describe).collect()
    }
}

fn describe(violation: &Violation) -> String {
    let (pointer, detail) = (&violation.pointer, &violation.detail);
    let schema = violation.schema.as_deref().unwrap_or("a pattern");
    format!("body at {pointer:?}: {detail} ({schema})")
}
