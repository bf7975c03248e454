//! What an operation may answer, by status.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::HeaderValue;
use serde_json::Value;

use crate::contract::document::{ContentEntry, ResponseEntry};
use crate::schema::compile::Schemas;
use crate::schema::media_type::MediaType;
use crate::schema::validate::{Fault, Refusal, Schema};

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
            if media_type.is_problem() {
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

    /// What is wrong with the headers of a success.
    pub fn header_faults(&self, headers: &[(&str, Value)]) -> Vec<String> {
        let mut faults = Vec::new();
        for declared in &self.headers {
            let name = &declared.name;
            let sent = headers
                .iter()
                .find(|(sent, _)| sent.eq_ignore_ascii_case(name));
            match sent.map(|(_, value)| declared.schema.check(value.clone())) {
                Some(Err(refusal)) => {
                    let told = refusal.faults().into_iter();
                    faults.extend(told.map(|it| format!("header {name}: {}", it.sentence)));
                }
                None if declared.required => faults.push(format!("header {name}: it is required")),
                _ => {}
            }
        }
        faults
    }

    /// Whether a body may be sent at all.
    pub fn has_content(&self) -> bool {
        self.has_content
    }

    /// What is wrong with the body of a problem.
    pub fn problem_faults(&self, body: Value) -> Vec<String> {
        match &self.problem {
            Some(content) => content.faults(body),
            None => vec!["a problem is sent where no JSON is declared".to_owned()],
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

    /// What is wrong with `body`, each with its place.
    pub fn faults(&self, body: Value) -> Vec<String> {
        let schema = self.schema.as_ref();
        let refused = schema.and_then(|schema| schema.check(body).err());
        let faults = refused.as_ref().map(Refusal::faults).unwrap_or_default();
        faults.iter().map(describe).collect()
    }
}

fn describe(fault: &Fault) -> String {
    let (pointer, sentence) = (&fault.pointer, &fault.sentence);
    let schema = fault.schema.as_deref().unwrap_or("a pattern");
    format!("body at {pointer:?}: {sentence} ({schema})")
}
