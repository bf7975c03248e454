//! How often requests for an operation were rejected, and why.
//!
//! All workers share these counters, since what is counted is rare and costs far more by itself.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::problem::{Part, Problem, Violation};

/// Why a request is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reason(usize);

/// The reasons, in the order of their numbers.
pub(crate) const REASONS: [&str; 15] = [
    "path_parameter",
    "query_parameter",
    "header_parameter",
    "cookie_parameter",
    "body_missing",
    "body_malformed",
    "body_schema",
    "body_media_type",
    "body_too_large",
    "body_timeout",
    "credentials",
    "not_acceptable",
    "condition",
    "unsupported",
    "other",
];

impl Reason {
    fn named(name: &str) -> Self {
        let position = REASONS.iter().position(|reason| *reason == name);
        Self(position.unwrap_or(REASONS.len() - 1))
    }

    /// Why the server itself responds with this problem; none if the application does, or if it is a failure of the server.
    pub fn of(problem: &Problem) -> Option<Self> {
        let status = problem.status().as_u16();
        if problem.is_of_application() || status == 500 {
            return None;
        }
        Some(Self::named(match (status, problem.errors().first()) {
            (400, Some(violation)) => of_violation(violation),
            // What is wrong is in the framing or coding of the body.
            (400, None) => "body_malformed",
            (401 | 403 | 503, _) => "credentials",
            (406, _) => "not_acceptable",
            (408, _) => "body_timeout",
            (412 | 416, _) => "condition",
            (413, _) => "body_too_large",
            (415, _) => "body_media_type",
            (501, _) => "unsupported",
            _ => "other",
        }))
    }
}

fn of_violation(violation: &Violation) -> &'static str {
    let is_located = violation.pointer.is_some() || violation.name.is_some();
    match (violation.part, violation.keyword.as_deref()) {
        (Part::Path, _) => "path_parameter",
        (Part::Query, _) => "query_parameter",
        (Part::Header, _) => "header_parameter",
        (Part::Cookie, _) => "cookie_parameter",
        (Part::Body, Some("required")) if !is_located => "body_missing",
        (Part::Body, None) if !is_located => "body_malformed",
        (Part::Body, _) => "body_schema",
    }
}

/// The counters of an operation.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    rejected: [AtomicU64; REASONS.len()],
}

impl Counts {
    /// Counts a rejected request.
    pub fn reject(&self, reason: Reason) {
        self.rejected[reason.0].fetch_add(1, Ordering::Relaxed);
    }

    /// How many were rejected, by [`REASONS`].
    pub fn rejected(&self) -> impl Iterator<Item = u64> {
        self.rejected.iter().map(|it| it.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::StatusCode;

    use super::*;
    use crate::request::violation::{invalid_request, violation};

    fn reason(problem: &Problem) -> Option<&'static str> {
        Reason::of(problem).map(|reason| REASONS[reason.0])
    }

    #[test]
    fn a_rejection_has_a_reason() {
        let status = |status| Problem::new(StatusCode::from_u16(status).expect("a status"), "");
        for (number, expected) in [
            (401, "credentials"),
            (403, "credentials"),
            (503, "credentials"),
            (406, "not_acceptable"),
            (408, "body_timeout"),
            (412, "condition"),
            (416, "condition"),
            (413, "body_too_large"),
            (415, "body_media_type"),
            (400, "body_malformed"),
            (501, "unsupported"),
            (409, "other"),
        ] {
            assert_eq!(reason(&status(number)), Some(expected), "{number}");
            assert_eq!(reason(&status(number).returned()), None, "{number}");
            assert_eq!(
                reason(&status(number).rejection().returned()),
                Some(expected)
            );
        }
        assert_eq!(reason(&Problem::internal("")), None);
    }

    #[test]
    fn the_first_violation_is_the_reason() {
        let of = |violation| reason(&invalid_request(vec![violation])).expect("a reason");
        for (part, expected) in [
            (Part::Path, "path_parameter"),
            (Part::Query, "query_parameter"),
            (Part::Header, "header_parameter"),
            (Part::Cookie, "cookie_parameter"),
            (Part::Body, "body_malformed"),
        ] {
            assert_eq!(of(violation(part, None, "")), expected);
        }
        let body = |pointer: Option<&str>, keyword: Option<&str>| {
            of(Violation {
                pointer: pointer.map(str::to_owned),
                keyword: keyword.map(str::to_owned),
                ..violation(Part::Body, None, "")
            })
        };
        assert_eq!(body(None, Some("required")), "body_missing");
        assert_eq!(body(Some(""), Some("required")), "body_schema");
        assert_eq!(body(Some("/a"), None), "body_schema");
        assert_eq!(of(violation(Part::Body, Some("part"), "")), "body_schema");
    }
}
