//! What the server itself responds with, checked by what the operations declare: problems by the build, and the bodies that a function
//! of the application writes once at the start.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};

use crate::operation::declared::Operation;
use crate::operation::routes::Routes;
use crate::problem::{Part, Problem, Violation};
use crate::settings;

impl Routes {
    /// Logs a warning for each operation that declares another body for a status than the server rejects a request with.
    pub(crate) fn check_rejections(&self) {
        if self.settings.responses == settings::Responses::Off {
            return;
        }
        for operation in self.contract.operations() {
            match self.problems.is_own() {
                true => self.check_own(operation),
                false => warn(operation),
            }
        }
    }

    /// Logs a warning if the function of the application breaks the contract of an operation.
    fn check_own(&self, operation: &Operation) {
        let target = operation.target(self.settings.responses, None);
        let violations = rejections(operation).into_iter().filter_map(|problem| {
            let violations = self.problems.violations_of_server(&problem, &target);
            let status = problem.status().as_u16();
            (!violations.is_empty()).then(|| format!("{status}: {}", violations.join("; ")))
        });
        let violations: Vec<_> = violations.collect();
        if !violations.is_empty() {
            let (operation, violations) = (&*operation.id, violations.join(" | "));
            tracing::warn!(
                operation,
                violations,
                "the function of Api::problems breaks the contract: what the server rejects is answered with 500"
            );
        }
    }
}

/// Logs a warning if the build has found that problems break the contract of an operation.
fn warn(operation: &Operation) {
    if let Some(violations) = &operation.rejections {
        let operation = &*operation.id;
        tracing::warn!(
            operation,
            violations,
            "the server's own rejections break the contract: they are application/problem+json, unless Api::problems writes them"
        );
    }
}

/// An example of each problem with which the server may respond to a request for an operation.
fn rejections(operation: &Operation) -> Vec<Problem> {
    let mut problems = Vec::new();
    let is_secured = operation.security.is_some();
    if operation.body.is_some() || !operation.parameters.is_empty() || is_secured {
        problems.push(invalid());
    }
    if is_secured {
        let challenge = HeaderValue::from_static("Bearer");
        problems.push(Problem::unauthorized(
            "credentials are required",
            [challenge],
        ));
        problems.push(Problem::forbidden("scopes are required"));
        let seconds = HeaderValue::from_static("1");
        let unavailable = Problem::unavailable("credentials cannot be checked now", "an example");
        problems.push(unavailable.with_header(RETRY_AFTER, seconds));
    }
    if operation.responses.has_offers() {
        problems.push(Problem::not_acceptable(
            "the header Accept allows no response",
        ));
    }
    if operation.body.is_some() {
        problems.push(Problem::request_timeout("the body did not arrive in time"));
        problems.push(Problem::content_too_large(1024));
        problems.push(Problem::unsupported_media_type("the body is no JSON"));
    }
    problems.push(Problem::internal("an example"));
    if let Some(reason) = &operation.unsupported {
        problems.push(Problem::not_implemented(reason));
    }
    problems
}

fn invalid() -> Problem {
    let violation = Violation {
        part: Part::Body,
        name: None,
        pointer: Some("/name".to_owned()),
        keyword: Some("type".to_owned()),
        schema: None,
        detail: "5 is not of type \"string\"".to_owned(),
    };
    let detail = "body at /name: 5 is not of type \"string\"";
    Problem::new(StatusCode::BAD_REQUEST, detail).with_errors(vec![violation])
}
