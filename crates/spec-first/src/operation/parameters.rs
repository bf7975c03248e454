//! All parameters of one request: query, path, header, cookie, in this order, and all that is wrong with them.

use std::cell::{Cell, OnceCell};
use std::ops::Range;

use actix_web::HttpRequest;
use actix_web::http::header::{COOKIE, HeaderValue};
use serde_json::Value;

use crate::operation::declared::Operation;
use crate::problem::{MAX_VIOLATIONS, Part, Problem, Violation};
use crate::request::cookies::Cookies;
use crate::request::pairs::Pairs;
use crate::request::parameter::Parameter;
use crate::request::violation::{invalid_request, violation};
use crate::routing::percent::Malformed;
use crate::schema::{quote, truncate};
use crate::serialization::Raw;

/// The values in the path of a request.
#[derive(Clone, Copy)]
pub(crate) struct PathValues<'a> {
    path: &'a str,
    /// In the order of the template.
    ranges: &'a [Range<usize>],
}

impl<'a> PathValues<'a> {
    /// The values at these places in `path`.
    pub fn new(path: &'a str, ranges: &'a [Range<usize>]) -> Self {
        Self { path, ranges }
    }

    /// A value as it was sent.
    fn get(self, index: usize) -> Option<&'a str> {
        self.path.get(self.ranges.get(index)?.clone())
    }
}

/// The parts of a request that contain parameters.
pub(crate) struct Sources<'a> {
    request: &'a HttpRequest,
    path: PathValues<'a>,
    /// Parsed for the first parameter that is one.
    cookies: OnceCell<Cookies<'a>>,
}

impl<'a> Sources<'a> {
    /// The parts of a request, and the values in its path.
    pub fn new(request: &'a HttpRequest, path: PathValues<'a>) -> Self {
        Self {
            request,
            path,
            cookies: OnceCell::new(),
        }
    }

    /// The checked values of the operation's parameters, in the operation's order, to be taken one by one.
    ///
    /// # Errors
    /// A 400 with all violations; or, if `strict`, first with all query parameters that the operation does not declare.
    pub fn read(&self, operation: &Operation, strict: bool) -> Result<Vec<Cell<Value>>, Problem> {
        let query = Pairs::parse(self.request.query_string()).map_err(malformed_query)?;
        if strict {
            reject_unknown(&query, operation)?;
        }
        let mut violations = Vec::new();
        let mut values = Vec::with_capacity(operation.parameters.len());
        if let Some(absent) = &operation.without_query
            && self.request.query_string().is_empty()
        {
            values.extend(absent.iter().cloned().map(Cell::new));
        }
        for parameter in &operation.parameters[values.len()..] {
            let plain = self.sole(operation, parameter, &query);
            let value = plain.and_then(|text| parameter.read_plain(text));
            let value = value.unwrap_or_else(|| {
                let raw = self.raw(operation, parameter, &query);
                parameter.read(raw, strict, &mut violations)
            });
            values.push(Cell::new(value));
        }
        if violations.is_empty() {
            return Ok(values);
        }
        Err(invalid_request(violations))
    }

    /// The only text of a parameter that consists of one, or that there is none. None if it consists of several parts, or if
    /// the request has several texts.
    fn sole<'t>(
        &'t self,
        operation: &Operation,
        parameter: &Parameter,
        query: &'t Pairs<'_>,
    ) -> Option<Option<&'t str>> {
        if !parameter.is_plain {
            return None;
        }
        let name = parameter.name.as_str();
        match parameter.part {
            Part::Query => sole(query.iter().filter(|it| it.0 == name).map(|it| it.1)),
            Part::Path => self.in_path(operation, name).map(Some),
            Part::Cookie => sole(self.cookies().values(name)),
            Part::Header => {
                let lines = self.request.headers().get_all(parameter.header.as_ref()?);
                match sole(lines)? {
                    Some(line) => header_text(line).ok().map(Some),
                    None => Some(None),
                }
            }
            Part::Body => None,
        }
    }

    fn raw<'t>(
        &'t self,
        operation: &Operation,
        parameter: &Parameter,
        query: &'t Pairs<'_>,
    ) -> Result<Raw<'t>, Malformed> {
        let name = &parameter.name;
        Ok(match parameter.part {
            Part::Query => raw_fields(operation, parameter, query.iter()),
            Part::Path => Raw::from(Vec::from_iter(self.in_path(operation, name))),
            Part::Header => Raw::from(self.in_headers(name)?),
            Part::Cookie => self.in_cookies(operation, parameter),
            Part::Body => Raw::default(),
        })
    }

    fn in_path(&self, operation: &Operation, name: &str) -> Option<&str> {
        let mut names = operation.path_names.iter();
        self.path.get(names.position(|other| other == name)?)
    }

    fn in_headers(&self, name: &str) -> Result<Vec<&str>, Malformed> {
        let lines = self.request.headers().get_all(name);
        lines.map(header_text).collect()
    }

    fn in_cookies(&self, operation: &Operation, parameter: &Parameter) -> Raw<'_> {
        let cookies = self.cookies();
        if !parameter.serialization.is_spread() {
            return Raw::from(Vec::from_iter(cookies.values(&parameter.name)));
        }
        let fields = cookies.spread(|field| operation.has_whole_cookie(field));
        raw_fields(operation, parameter, fields)
    }

    fn cookies(&self) -> &Cookies<'a> {
        self.cookies.get_or_init(|| {
            let headers = self.request.headers().get_all(COOKIE).map(header_text);
            Cookies::parse(headers.filter_map(Result::ok))
        })
    }
}

/// The only item, or that there is none; none if there are several.
fn sole<T>(mut items: impl Iterator<Item = T>) -> Option<Option<T>> {
    let first = items.next();
    items.next().is_none().then_some(first)
}

/// What a parameter reads of names and values: its own texts, and the members of its object.
fn raw_fields<'v>(
    operation: &Operation,
    parameter: &Parameter,
    fields: impl IntoIterator<Item = (&'v str, &'v str)>,
) -> Raw<'v> {
    let name = &parameter.name;
    let mut raw = Raw::default();
    for (field, value) in fields {
        let is_declared = || operation.declares(field, parameter);
        if let Some(member) = parameter.serialization.member(name, field, is_declared) {
            raw.members.push((member.into(), value));
        } else if field == name {
            raw.texts.push(value);
        }
    }
    raw
}

fn header_text(value: &HeaderValue) -> Result<&str, Malformed> {
    std::str::from_utf8(value.as_bytes()).map_err(|_| Malformed::Text)
}

fn malformed_query(malformed: Malformed) -> Problem {
    Problem::bad_request(format!("query: {}", malformed.sentence()))
}

fn reject_unknown(query: &Pairs<'_>, operation: &Operation) -> Result<(), Problem> {
    let mut unknown: Vec<_> = query
        .iter()
        .map(|(name, _)| name)
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
