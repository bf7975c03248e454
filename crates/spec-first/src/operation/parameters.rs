//! All parameters of one request: query, path, header, cookie, in this order, and all that is wrong with them.

use actix_web::HttpRequest;
use actix_web::http::header::{COOKIE, HeaderValue};
use serde_json::Value;

use crate::operation::declared::Operation;
use crate::problem::{MAX_VIOLATIONS, Part, Problem, Violation};
use crate::request::parameter::Parameter;
use crate::request::query::Query;
use crate::request::violation::{invalid_request, violation};
use crate::routing::percent::Malformed;
use crate::schema::{quote, truncate};

/// The parts of a request that contain parameters.
pub(crate) struct Sources<'a> {
    pub request: &'a HttpRequest,
    /// The values in the path, in the order of the template.
    pub path: &'a [Result<String, Malformed>],
}

impl Sources<'_> {
    /// The checked values of the operation's parameters, in the operation's order.
    ///
    /// # Errors
    /// A 400 with all violations; or, if `strict`, first with all query parameters that the operation does not declare.
    pub fn read(&self, operation: &Operation, strict: bool) -> Result<Vec<Value>, Problem> {
        let query = Query::parse(self.request.query_string()).map_err(malformed_query)?;
        if strict {
            reject_unknown(&query, operation)?;
        }
        let mut violations = Vec::new();
        let mut values = Vec::with_capacity(operation.parameters.len());
        for parameter in &operation.parameters {
            let text = self.text(operation, parameter, &query);
            values.push(parameter.read(text, &mut violations));
        }
        if violations.is_empty() {
            return Ok(values);
        }
        Err(invalid_request(violations))
    }

    fn text<'t>(
        &'t self,
        operation: &Operation,
        parameter: &Parameter,
        query: &'t Query<'_>,
    ) -> Option<Result<&'t str, Malformed>> {
        let name = &parameter.name;
        match parameter.part {
            Part::Query => query.last(name),
            Part::Path => self.in_path(operation, name),
            Part::Header => self.request.headers().get_all(name).last().map(header_text),
            Part::Cookie => self.in_cookie(name),
            Part::Body => None,
        }
    }

    fn in_path(&self, operation: &Operation, name: &str) -> Option<Result<&str, Malformed>> {
        let mut names = operation.path_names.iter();
        let index = names.position(|other| other == name)?;
        let value = self.path.get(index)?.as_deref();
        Some(value.map_err(|malformed| *malformed))
    }

    /// The last value of the cookie `name` (RFC 6265, 4.2.1), as it was sent.
    ///
    /// Not by the `cookie` crate: it is for `Set-Cookie` and depends on a calendar; a request has names and values alone.
    fn in_cookie(&self, name: &str) -> Option<Result<&str, Malformed>> {
        let headers = self.request.headers().get_all(COOKIE).map(header_text);
        let texts = headers.filter_map(Result::ok);
        let pairs = texts.flat_map(|text| text.split(';').filter_map(|pair| pair.split_once('=')));
        let values = pairs.filter(|(other, _)| other.trim() == name);
        values.last().map(|(_, value)| Ok(value.trim()))
    }
}

fn header_text(value: &HeaderValue) -> Result<&str, Malformed> {
    std::str::from_utf8(value.as_bytes()).map_err(|_| Malformed::Text)
}

fn malformed_query(malformed: Malformed) -> Problem {
    Problem::bad_request(format!("query: {}", malformed.sentence()))
}

fn reject_unknown(query: &Query<'_>, operation: &Operation) -> Result<(), Problem> {
    let mut unknown: Vec<_> = query
        .names()
        .filter(|name| !operation.has_query(name))
        .collect();
    if unknown.is_empty() {
        return Ok(());
    }
    unknown.sort_unstable();
    unknown.dedup();
    unknown.truncate(MAX_VIOLATIONS);
    let names: Vec<_> = unknown.iter().map(|name| quote(name)).collect();
    let violations = unknown.into_iter().map(unknown_parameter).collect();
    let detail = format!("unknown query parameters: {}", names.join(", "));
    Err(Problem::bad_request(detail).with_errors(violations))
}

fn unknown_parameter(name: &str) -> Violation {
    violation(
        Part::Query,
        Some(&truncate(name)),
        "the operation has no such parameter",
    )
}
