//! The failures that a problem (RFC 9457) cannot be the response of: the application returns them as types of their own.

use std::collections::HashSet;

use serde_json::{Value, json};
use spec_first::schema::Format;

use super::media_types::names;
use super::model::{Api, Content, Operation, PROBLEM, Response, has_success, is_failure};
use crate::document::{Document, Version};
use crate::schema::{ManyValidator, Schemas, Validators};
use crate::text::{Fault, Location};

/// The members of a problem that an envelope does not have by chance.
const TELLING: [&str; 2] = ["title", "detail"];

/// Finds the failures that need types of their own: their bodies are no problems, or they have headers that the application has
/// to give.
pub(super) fn find_own(document: &Document, schemas: &Schemas, operations: &mut [Operation]) {
    let problems = Problems::new(document, schemas, operations);
    for operation in operations {
        let is_head = operation.method == "HEAD";
        let is_secured = !operation.security.is_empty();
        let own = operation.failures().filter(|response| {
            let has_body = !is_head && !response.content.is_empty();
            has_body && !problems.include(response) || requires_header(response, is_secured)
        });
        let own: HashSet<String> = own.map(|response| response.status.clone()).collect();
        for response in &mut operation.responses {
            response.is_own_failure = own.contains(&response.status);
        }
        if document.version() == Version::Swagger2 {
            name_problems(document, operation);
        }
    }
}

/// Gives the problems of an operation without `produces`, which declares no media type, their own one.
fn name_problems(document: &Document, operation: &mut Operation) {
    if !names(document, &operation.location, "produces").is_empty() {
        return;
    }
    let has_success = has_success(&operation.responses);
    for response in &mut operation.responses {
        let is_problem = is_failure(&response.status, has_success) && !response.is_own_failure;
        if let Some(content) = response.content.first().filter(|_| is_problem) {
            let media_type = PROBLEM.to_owned();
            let content = content.clone();
            response.content.insert(
                0,
                Content {
                    media_type,
                    ..content
                },
            );
        }
    }
}

/// Whether there is a header that the application has to give. The challenges of a 401 are the server's.
fn requires_header(response: &Response, is_secured: bool) -> bool {
    let is_given = |name: &str| {
        is_secured && response.status == "401" && name.eq_ignore_ascii_case("WWW-Authenticate")
    };
    let mut headers = response.headers.iter();
    headers.any(|header| header.required && !is_given(&header.name))
}

/// The schemas of failures, which accept problems or do not.
struct Problems<'a> {
    document: &'a Document,
    validator: ManyValidator,
}

impl<'a> Problems<'a> {
    fn new(document: &'a Document, schemas: &Schemas, operations: &[Operation]) -> Self {
        let files = schemas.checked_responses();
        let files = files.unwrap_or_else(|| schemas.checked_requests());
        let failures = operations.iter().flat_map(Operation::failures);
        let contents = failures.flat_map(|response| response.content.iter().filter(is_json));
        let places: HashSet<_> = contents.map(|content| content.schema.clone()).collect();
        let validators = Validators::new(document, &files);
        Self {
            document,
            validator: validators.many(places.into_iter()),
        }
    }

    /// Whether a problem is one of the bodies that a response describes.
    fn include(&self, response: &Response) -> bool {
        let mut contents = response.content.iter().filter(is_json);
        contents.any(|content| {
            let problem = problem(&response.status);
            let is_valid = self
                .validator
                .rejection(&content.schema, &problem)
                .is_none();
            is_valid && (content.media_type == PROBLEM || self.describes_problem(&content.schema))
        })
    }

    /// Whether a schema that accepts problems is one of problems: many envelopes accept them, since they require nothing.
    fn describes_problem(&self, schema: &Location) -> bool {
        let mut names = HashSet::new();
        self.names(schema, &mut names, &mut HashSet::new());
        names.is_empty() || names.iter().any(|name| TELLING.contains(&name.as_str()))
    }

    /// Collects the names of the members that the schema at `at` describes.
    fn names(&self, at: &Location, names: &mut HashSet<String>, seen: &mut HashSet<Location>) {
        let Some((at, schema)) = self.document.resolved(at) else {
            return;
        };
        if !seen.insert(at.clone()) {
            return;
        }
        let properties = schema.get("properties").and_then(Value::as_object);
        names.extend(properties.into_iter().flat_map(|it| it.keys().cloned()));
        for keyword in ["allOf", "oneOf", "anyOf"] {
            let branches = schema.get(keyword).and_then(Value::as_array);
            for index in 0..branches.map_or(0, Vec::len) {
                self.names(&at.member(keyword).element(index), names, seen);
            }
        }
    }
}

fn is_json(content: &&Content) -> bool {
    content.format == Format::Json
}

/// A problem as the server sends it.
fn problem(status: &str) -> Value {
    let class = status.chars().next().and_then(|digit| digit.to_digit(10));
    let number = status.parse().unwrap_or(class.unwrap_or(5) * 100);
    json!({
        "type": "about:blank",
        "title": "Title",
        "status": number,
        "detail": "What went wrong.",
    })
}

/// A warning for each failure that describes no body at all.
pub(super) fn without_body(document: &Document, api: &Api) -> Vec<Fault> {
    let operations = api.operations.iter();
    let operations = operations.filter(|operation| operation.method != "HEAD");
    let empty = operations.flat_map(|operation| {
        // A body in a malformed media type is a limit, which has a warning already.
        let is_limited = |response: &Response| {
            let mut limits = operation.limits.iter();
            limits.any(|it| it.location == response.location)
        };
        let failures = operation.failures().filter(|it| it.content.is_empty());
        failures.filter(move |response| !response.is_own_failure && !is_limited(response))
    });
    let text = "The response describes no body; what is sent is a problem (RFC 9457). Describe it, as `application/problem+json`.";
    empty
        .map(|response| document.fault(&response.location, text))
        .collect()
}
