//! The declared responses of an operation, by status.

use actix_web::http::StatusCode;
use serde::Serialize;
use serde_json::Value;
use smallvec::SmallVec;

use super::accepted::Accepted;
use super::breach::Breaches;
use super::content::Content;
use super::header::Header;
use crate::problem::{self, Problem, Shape};
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
    pub breaches: Breaches,
}

/// Some contents of a response; most have one.
pub(crate) type Contents<'c> = SmallVec<[&'c Content; 2]>;

/// One declared response.
#[derive(Debug, Default)]
pub(crate) struct Response {
    contents: Vec<Content>,
    /// Whether the application returns a problem as what it declares.
    has_own_problems: bool,
    headers: Vec<Header>,
    /// The problems that are known to be valid.
    accepted: Accepted,
}

impl Responses {
    pub fn load(entries: &[ResponseEntry], schemas: &Schemas) -> Result<Self, String> {
        let mut responses = Self::default();
        let has_success = entries.iter().any(|entry| entry.status.starts_with('2'));
        for entry in entries {
            let response = Response::load(entry, has_success, schemas)?;
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
                let ranges = it.contents().map(|content| content.range.clone());
                ranges.collect()
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

    /// Whether a success has a body, so that a client may accept none.
    pub fn has_offers(&self) -> bool {
        !self.offers.is_empty()
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
    fn load(entry: &ResponseEntry, has_success: bool, schemas: &Schemas) -> Result<Self, String> {
        let status = entry.status.as_str();
        let headers = entry.headers.iter();
        let headers = headers.map(|header| Header::load(header, schemas));
        let contents = entry.content.iter();
        let contents = contents.map(|entry| Content::load(entry, schemas));
        let contents: Vec<_> = contents.collect::<Result<_, _>>()?;
        let is_failure = status.starts_with(['4', '5']) || status == "default" && has_success;
        Ok(Self {
            has_own_problems: is_failure || contents.iter().all(is_problem),
            contents,
            headers: headers.collect::<Result<_, _>>()?,
            accepted: Accepted::default(),
        })
    }

    /// The contents of what the application returns, unless it is a problem. A success that is declared as a problem as well is
    /// the other.
    pub fn contents(&self) -> impl Iterator<Item = &Content> + Clone {
        let contents = self.contents.iter();
        contents.filter(|content| self.has_own_problems || !is_problem(content))
    }

    /// The violations in the headers of a response. Their values are moved out to be validated, and back.
    pub fn header_violations(&self, headers: &mut [(&str, Value)]) -> Vec<String> {
        let mut violations = Vec::new();
        for declared in &self.headers {
            violations.extend(declared.violations(headers));
        }
        violations
    }

    /// The declared header of this name, in any case.
    pub fn header(&self, name: &str) -> Option<&Header> {
        let mut headers = self.headers.iter();
        headers.find(|header| header.is_named(name))
    }

    /// The names of the headers that it has to have.
    pub fn required_headers(&self) -> impl Iterator<Item = &str> {
        let required = self.headers.iter().filter(|header| header.is_required());
        required.map(Header::name)
    }

    /// Whether a body is declared.
    pub fn has_content(&self) -> bool {
        !self.contents.is_empty()
    }

    /// Whether a body of JSON is declared.
    pub fn has_json(&self) -> bool {
        self.json().next().is_some()
    }

    /// The content that a problem is sent as: `application/problem+json`, or else the first JSON. If the application writes the
    /// body itself (`is_own`), it is another JSON, or else `application/problem+json`.
    pub fn problem_content(&self, is_own: bool) -> Option<&Content> {
        let mut preferred = self.json().filter(|content| is_problem(content) != is_own);
        preferred.next().or_else(|| self.json().next())
    }

    /// Whether a problem of the server's own form is known to be valid, and is sent with the id of the request; none if it has to be
    /// validated.
    pub fn has_id(&self, shape: Shape) -> Option<bool> {
        self.accepted.has_id(shape)
    }

    /// Remembers that such a problem was valid.
    pub fn remember(&self, shape: Shape, has_id: bool) {
        if let Some(content) = self.problem_content(false) {
            self.accepted.insert(shape, has_id, content);
        }
    }

    /// The violations in the body of a problem, which [`Response::problem_content`] has the schema of. A failure without a body is
    /// sent as any problem.
    pub fn problem_violations(&self, body: &impl Serialize, is_own: bool) -> Vec<String> {
        match self.problem_content(is_own) {
            Some(content) if content.accepts(body) => Vec::new(),
            Some(content) => {
                let body = serde_json::to_value(body).unwrap_or_default();
                content.violations("body", body)
            }
            // A description alone is how most specs declare a failure.
            None if self.contents.is_empty() => Vec::new(),
            None => vec!["a problem is sent where no JSON is declared".to_owned()],
        }
    }

    fn json(&self) -> impl Iterator<Item = &Content> {
        let contents = self.contents.iter();
        contents.filter(|content| content.format == Format::Json)
    }
}

fn is_problem(content: &Content) -> bool {
    content.media_type().as_str() == problem::MEDIA_TYPE
}
