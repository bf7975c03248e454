//! The declared responses of an operation, by status.

use actix_web::http::StatusCode;
use serde_json::Value;

use super::content::Content;
use super::header::{Header, header_text};
use crate::problem::{self, Problem};
use crate::request::accept::{Accept, MediaRange};
use crate::schema::Format;
use crate::spec::document::ResponseEntry;
use crate::spec::schemas::Schemas;

/// All responses of an operation.
#[derive(Debug, Default)]
pub(crate) struct Responses {
    exact: Vec<(u16, Response)>,
    /// By the first digit of the status.
    ranges: Vec<(u16, Response)>,
    default: Option<Response>,
    /// The media types of the bodies of all successes, in their order.
    offers: Vec<MediaRange>,
    /// Whether a success has more than one media type.
    is_negotiated: bool,
}

/// One declared response.
#[derive(Debug, Default)]
pub(crate) struct Response {
    /// The contents of a success.
    pub contents: Vec<Content>,
    /// The content of a problem.
    problem: Option<Content>,
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
        responses.offer(entries);
        Ok(responses)
    }

    /// Collects what is offered: by each 2xx and 3xx, or by the default if there are none of them.
    fn offer(&mut self, entries: &[ResponseEntry]) {
        let is_success = |entry: &&ResponseEntry| entry.status.starts_with(['2', '3']);
        let mut successes: Vec<_> = entries.iter().filter(is_success).collect();
        if successes.is_empty() {
            successes.extend(entries.iter().filter(|entry| entry.status == "default"));
        }
        let declared = successes.iter().filter_map(|it| self.declared(&it.status));
        let offers: Vec<Vec<_>> = declared
            .map(|it| {
                it.contents
                    .iter()
                    .map(|content| content.range.clone())
                    .collect()
            })
            .collect();
        self.is_negotiated = offers.iter().any(|offers| offers.len() > 1);
        self.offers = offers.concat();
    }

    /// The response that is declared with a status, range or `default`.
    fn declared(&self, status: &str) -> Option<&Response> {
        let number = status.strip_suffix("XX").unwrap_or(status).parse().ok();
        let list = match status.ends_with("XX") {
            true => &self.ranges,
            false => &self.exact,
        };
        let found = list.iter().find(|(declared, _)| Some(*declared) == number);
        found
            .map(|(_, it)| it)
            .or(self.default.as_ref().filter(|_| status == "default"))
    }

    /// Rejects a request of a client that accepts none of the bodies that a success has.
    ///
    /// # Errors
    /// 406, with the media types of these bodies.
    pub fn check_acceptable(&self, accept: &Accept) -> Result<(), Problem> {
        if self.offers.is_empty() || accept.accepts(self.offers.iter()) {
            return Ok(());
        }
        let mut names: Vec<_> = self.offers.iter().map(ToString::to_string).collect();
        names.dedup();
        Err(Problem::not_acceptable(format!(
            "the header Accept allows no response of this operation; expected {}",
            names.join(" or ")
        )))
    }

    /// The names of all headers that are declared.
    pub fn header_names(&self) -> impl Iterator<Item = &str> {
        let exact = self.exact.iter().map(|(_, response)| response);
        let ranges = self.ranges.iter().map(|(_, response)| response);
        let all = exact.chain(ranges).chain(&self.default);
        all.flat_map(|response| response.headers.iter().map(Header::name))
    }

    /// Whether the response depends on `Accept`.
    pub fn is_negotiated(&self) -> bool {
        self.is_negotiated
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
        let contents = entry.content.iter();
        let contents = contents.map(|entry| Content::load(entry, schemas));
        let contents: Vec<_> = contents.collect::<Result<_, _>>()?;
        let is_problem = |it: &Content| it.media_type().as_str() == problem::MEDIA_TYPE;
        let own = contents.iter().find(|it| is_problem(it));
        let json = contents.iter().find(|it| it.format == Format::Json);
        // A problem is JSON, and a response declared as problem+json alone may still be a success.
        let problem = own.or(json).cloned();
        let is_problem_alone = contents.iter().all(is_problem);
        let mut contents = contents;
        contents.retain(|content| is_problem_alone || !is_problem(content));
        Ok(Self {
            contents,
            problem,
            headers: headers.collect(),
        })
    }

    /// The violations in the headers of a success. Their values are moved out to be validated, and back.
    pub fn header_violations(&self, headers: &mut [(&str, Value)]) -> Vec<String> {
        let declared = self.headers.iter();
        declared
            .flat_map(|declared| declared.violations(headers))
            .collect()
    }

    /// The lines in which the value of a header is sent.
    pub fn header_lines(&self, name: &str, value: &Value) -> Vec<String> {
        let mut headers = self.headers.iter();
        let declared = headers.find(|header| header.is_named(name));
        declared.map_or_else(|| vec![header_text(value)], |it| it.lines(value))
    }

    /// The violations in the body of a problem.
    pub fn problem_violations(&self, body: Value) -> Vec<String> {
        match &self.problem {
            Some(content) => content.violations("body", body),
            None => vec!["a problem is sent where no JSON is declared".to_owned()],
        }
    }
}
