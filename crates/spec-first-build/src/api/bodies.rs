//! Warnings for the bodies of failures.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::model::{Api, Content, Operation, PROBLEM, Response};
use super::support::is_failure;
use crate::document::Document;
use crate::schema::{Schemas, Validators};
use crate::text::Fault;

/// How much of a violation is shown, in characters.
const SHOWN: usize = 160;

/// A warning for each failure whose body is not a problem.
pub(super) fn failures(document: &Document, schemas: &Schemas, api: &Api) -> Vec<Fault> {
    let operations = api.operations.iter();
    let mut failures: Vec<(&Response, &Content)> =
        operations.flat_map(described_failures).collect();
    let mut seen = HashSet::new();
    failures.retain(|(response, _)| seen.insert(&response.location));
    if failures.is_empty() {
        return Vec::new();
    }
    let files = schemas
        .checked_responses()
        .unwrap_or_else(|| schemas.checked_requests());
    let places = failures.iter().map(|(_, content)| content.schema.clone());
    let validators = Validators::new(document, &files);
    let validator = validators.many(places);
    let warnings = failures.iter().filter_map(|(response, content)| {
        let violation = validator.rejection(&content.schema, &problem(&response.status))?;
        let violation: String = violation.detail.chars().take(SHOWN).collect();
        let text = format!(
            "The body is not the problem (RFC 9457) that the server sends for a failure: {violation}. So a handler's problem with this \
             status is answered with 500. Describe the members `type`, `title`, `status` and `detail`, and require no other."
        );
        Some(document.fault(&response.location, text))
    });
    warnings.collect()
}

/// A warning for each failure that describes no body at all.
pub(super) fn empty_failures(document: &Document, api: &Api) -> Vec<Fault> {
    let empty = api.operations.iter().flat_map(|operation| {
        // A body in another format is a limit, which has a warning already.
        let is_limited = |response: &Response| {
            operation
                .limits
                .iter()
                .any(|it| it.location == response.location)
        };
        let failures = failures_of(operation).filter(|it| it.content.is_empty());
        failures.filter(move |response| !is_limited(response))
    });
    let text = "The response describes no body, so a handler's problem with this status is answered with 500. Describe the problem \
                (RFC 9457) that is sent, as `application/problem+json`.";
    empty
        .map(|response| document.fault(&response.location, text))
        .collect()
}

fn failures_of(operation: &Operation) -> impl Iterator<Item = &Response> {
    let has_success = operation
        .responses
        .iter()
        .any(|it| it.status.starts_with('2'));
    let responses = operation.responses.iter();
    responses.filter(move |response| is_failure(&response.status, has_success))
}

/// The failures of an operation with the content that a problem is validated as.
fn described_failures(operation: &Operation) -> Vec<(&Response, &Content)> {
    let described = failures_of(operation).filter_map(|response| {
        let mut content = response.content.iter();
        let own = content.find(|content| content.media_type == PROBLEM);
        Some((response, own.or(response.content.first())?))
    });
    described.collect()
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
