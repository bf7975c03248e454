//! The problem for a request that violates the contract.

use std::fmt::Write;

use crate::problem::{Part, Problem, Violation};

/// A violation that is not one of a schema's keyword.
pub(crate) fn violation(part: Part, name: Option<&str>, detail: impl Into<String>) -> Violation {
    Violation {
        part,
        name: name.map(str::to_owned),
        pointer: None,
        keyword: None,
        schema: None,
        detail: detail.into(),
    }
}

/// A 400 with all of `violations`; its detail is the first of them, with its place.
pub(crate) fn invalid_request(violations: Vec<Violation>) -> Problem {
    let detail = violations.first().map(describe).unwrap_or_default();
    Problem::bad_request(detail).with_errors(violations)
}

/// The violation with its place: `body at /fname: 5 is not of type "string"`.
fn describe(violation: &Violation) -> String {
    let part = match violation.part {
        Part::Path => "path parameter",
        Part::Query => "query parameter",
        Part::Header => "header parameter",
        Part::Cookie => "cookie parameter",
        Part::Body => "body",
    };
    let pointer = violation.pointer.as_deref().filter(|it| !it.is_empty());
    // Without a name, as a violation in a body, it takes one allocation.
    let length = part.len() + pointer.map_or(0, str::len) + violation.detail.len() + " at : ".len();
    let mut place = String::with_capacity(length);
    place.push_str(part);
    if let Some(name) = &violation.name {
        // Into a `String`, which takes everything.
        let _ = write!(place, " {name:?}");
    }
    if let Some(pointer) = pointer {
        place.push_str(" at ");
        place.push_str(pointer);
    }
    place.push_str(": ");
    place.push_str(&violation.detail);
    place
}
