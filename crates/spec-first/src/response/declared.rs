//! The declared responses of an operation, by status.

use actix_web::http::StatusCode;
use serde_json::Value;

use super::content::Content;
use super::header::Header;
use crate::problem;
use crate::schema::{Format, MediaType};
use crate::spec::document::ResponseEntry;
use crate::spec::schemas::Schemas;

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
    /// The content of a success.
    pub json: Option<Content>,
    /// The content of a problem.
    problem: Option<Content>,
    has_content: bool,
    headers: Vec<Header>,
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
        let headers = entry.headers.iter();
        let headers = headers.map(|header| Header::load(header, schemas));
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
            } else if entry.format == Format::Json {
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
        let declared = self.headers.iter();
        declared
            .flat_map(|declared| declared.violations(headers))
            .collect()
    }

    /// Whether a body may be sent.
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
