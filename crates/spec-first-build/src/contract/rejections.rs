//! What the server itself rejects a request with, validated by what the operations declare for it.
//!
//! The server logs what is found when it starts, unless the application has a function that writes the problems.

use std::collections::HashSet;

use serde_json::{Value, json};
use spec_first::schema::Format;

use crate::api::{Api, Content, Operation, PROBLEM, Response};
use crate::document::Document;
use crate::schema::{ManyValidator, Schemas, Validators};

/// An example of a problem of the server's own: its headers and its body.
struct Example {
    headers: &'static [&'static str],
    body: Value,
}

/// For each operation, in their order: where the problems differ from what it declares; none if they do not.
pub(super) fn violations(document: &Document, schemas: &Schemas, api: &Api) -> Vec<Option<String>> {
    let files = schemas.checked_responses();
    let files = files.unwrap_or_else(|| schemas.checked_requests());
    let responses = api.operations.iter().flat_map(|it| &it.responses);
    let contents = responses.filter_map(sent_as);
    let places: HashSet<_> = contents.map(|content| content.schema.clone()).collect();
    let validator = Validators::new(document, &files).many(places.into_iter());
    let operations = api.operations.iter();
    operations
        .map(|operation| of_operation(operation, &validator))
        .collect()
}

fn of_operation(operation: &Operation, validator: &ManyValidator) -> Option<String> {
    let examples = examples(operation).into_iter();
    let violations = examples.filter_map(|example| {
        let status = example.body["status"].as_u64()?;
        let response = declared(operation, status).filter(|it| !it.content.is_empty())?;
        let is_missing = |name: &&str| {
            !example
                .headers
                .iter()
                .any(|it| it.eq_ignore_ascii_case(name))
        };
        let required = response.headers.iter().filter(|header| header.required);
        let missing = required
            .map(|header| header.name.as_str())
            .filter(is_missing);
        let missing = missing.map(|name| format!("header {name}: it is required"));
        let in_body = match operation.method == "HEAD" {
            true => Vec::new(),
            false => in_body(response, &example.body, validator),
        };
        let all: Vec<_> = missing.chain(in_body).collect();
        (!all.is_empty()).then(|| format!("{status}: {}", all.join("; ")))
    });
    let violations: Vec<_> = violations.collect();
    (!violations.is_empty()).then(|| violations.join(" | "))
}

fn in_body(response: &Response, body: &Value, validator: &ManyValidator) -> Vec<String> {
    let Some(content) = sent_as(response) else {
        return vec!["a problem is sent where no JSON is declared".to_owned()];
    };
    if !content.is_described {
        return Vec::new();
    }
    let violations = validator.violations(&content.schema, body).into_iter();
    violations.map(|it| it.describe("body")).collect()
}

/// The content that a problem is sent as: `application/problem+json`, or else the first JSON.
fn sent_as(response: &Response) -> Option<&Content> {
    let json = || {
        response
            .content
            .iter()
            .filter(|it| it.format == Format::Json)
    };
    json().find(|it| is_problem(it)).or_else(|| json().next())
}

fn is_problem(content: &Content) -> bool {
    let name = content.media_type.split(';').next().unwrap_or_default();
    name.trim().eq_ignore_ascii_case(PROBLEM)
}

/// The response declared for `status`: for it alone, for its range, or for all.
fn declared(operation: &Operation, status: u64) -> Option<&Response> {
    let names = [
        status.to_string(),
        format!("{}XX", status / 100),
        "default".to_owned(),
    ];
    let named = |name: &String| {
        let mut responses = operation.responses.iter();
        responses.find(|response| response.status.eq_ignore_ascii_case(name))
    };
    names.iter().find_map(named)
}

/// An example of each problem with which the server may respond to a request for an operation.
fn examples(operation: &Operation) -> Vec<Example> {
    let is_secured = !operation.security.is_empty();
    let has_body = operation.body.is_some();
    let has_offers = operation
        .successes()
        .iter()
        .any(|it| !it.content.is_empty());
    let mut examples = Vec::new();
    let mut add = |status, title, detail: &str, headers| {
        let body =
            json!({ "type": "about:blank", "title": title, "status": status, "detail": detail });
        examples.push(Example { headers, body });
    };
    if has_body || !operation.parameters.is_empty() || is_secured {
        add(
            400,
            "Bad Request",
            "body at /name: 5 is not of type \"string\"",
            &[][..],
        );
    }
    if is_secured {
        add(
            401,
            "Unauthorized",
            "credentials are required",
            &["WWW-Authenticate"],
        );
        add(403, "Forbidden", "scopes are required", &[]);
        add(
            503,
            "Service Unavailable",
            "credentials cannot be checked now",
            &["Retry-After"],
        );
    }
    if has_offers {
        add(
            406,
            "Not Acceptable",
            "the header Accept allows no response",
            &["Vary"],
        );
    }
    if has_body {
        add(
            408,
            "Request Timeout",
            "the body did not arrive in time",
            &["Connection"],
        );
        add(
            413,
            "Content Too Large",
            "the body is longer than 1024 bytes",
            &[],
        );
        add(415, "Unsupported Media Type", "the body is no JSON", &[]);
    }
    add(
        500,
        "Internal Server Error",
        "the server failed; its log says why",
        &[],
    );
    if let Some(limit) = operation.unsupported() {
        add(501, "Not Implemented", &limit.reason(), &[]);
    }
    let invalid = examples.iter_mut().find(|it| it.body["status"] == 400);
    if let Some(invalid) = invalid {
        invalid.body["errors"] = json!([{
            "in": "body",
            "pointer": "/name",
            "keyword": "type",
            "detail": "5 is not of type \"string\"",
        }]);
    }
    examples
}
