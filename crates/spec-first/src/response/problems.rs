//! How problems are sent: each as it is, or as a function of the application writes it; checked by what the spec declares.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use serde_json::Value;

use super::breach::{enforce, undeclared};
use super::declared::{Response, Responses};
use super::header;
use crate::problem::{self, Body, Context, Problem};
use crate::settings;

/// Writes a body as JSON.
type Write = dyn Fn(&Problem, &Context<'_>) -> serde_json::Result<Vec<u8>> + Send + Sync;

/// How the problems of an API are sent.
#[derive(Clone, Default)]
pub(crate) struct Problems {
    /// The function of the application.
    write: Option<Arc<Write>>,
}

/// What a problem is the response to.
#[derive(Clone, Copy)]
pub(crate) struct Target<'a> {
    pub context: Context<'a>,
    /// The template of the path.
    pub route: Option<&'a str>,
    /// What the operation declares, if the problem is one of an operation.
    pub declared: Option<&'a Responses>,
    /// Whether the operation's responses have no bodies on the wire.
    pub is_head: bool,
    pub mode: settings::Responses,
}

/// The body of a problem.
struct Written {
    json: Vec<u8>,
    /// Where it differs from what the spec declares for the status; none if nothing is declared.
    violations: Vec<String>,
}

impl Problems {
    /// Problems that `write` makes the bodies of.
    pub fn new<B: Serialize>(
        write: impl Fn(&Problem, &Context<'_>) -> B + Send + Sync + 'static,
    ) -> Self {
        let write = move |problem: &Problem, context: &Context<'_>| {
            serde_json::to_vec(&write(problem, context))
        };
        Self {
            write: Some(Arc::new(write)),
        }
    }

    /// Whether the application writes the bodies.
    pub fn is_own(&self) -> bool {
        self.write.is_some()
    }

    /// The response for a problem. If it breaks the contract, that for a 500 whose cause is logged; whatever the function of the
    /// application does with that one, a response is sent.
    pub fn respond(&self, problem: &Problem, target: &Target<'_>) -> HttpResponse {
        target.log(problem);
        self.checked(problem, target).unwrap_or_else(|breach| {
            target.log(&breach);
            self.last(&breach, target)
        })
    }

    /// The response for a problem.
    ///
    /// # Errors
    /// A 500: the response breaks the contract, or the function of the application failed.
    fn checked(&self, problem: &Problem, target: &Target<'_>) -> Result<HttpResponse, Problem> {
        let declared = target.find(problem.status());
        let written = self.write(problem, target, declared)?;
        let violations = self.violations(problem, &written, target, declared);
        let operation = target.operation();
        let breaches = target.declared.map(|it| &it.breaches);
        enforce(
            target.mode,
            operation,
            breaches,
            problem.status(),
            &violations,
        )?;
        Ok(self.send(problem, written, declared))
    }

    /// The response for the failure of another response, which is sent even if it breaks the contract.
    fn last(&self, breach: &Problem, target: &Target<'_>) -> HttpResponse {
        let declared = target.find(breach.status());
        let written = match self.write(breach, target, declared) {
            Ok(written) => written,
            Err(failure) => {
                target.log(&failure);
                return breach.error_response();
            }
        };
        let violations = self.violations(breach, &written, target, declared);
        if !violations.is_empty() && target.mode != settings::Responses::Off {
            let (operation, violations) = (target.operation(), violations.join("; "));
            tracing::error!(
                operation,
                status = 500,
                violations,
                "the response for a failure breaks the contract, and is sent"
            );
        }
        self.send(breach, written, declared)
    }

    /// The violations that count: the spec has to declare what the application returns, and the bodies that its function writes
    /// have to be those that are declared.
    fn violations(
        &self,
        problem: &Problem,
        written: &Written,
        target: &Target<'_>,
        declared: Option<&Response>,
    ) -> Vec<String> {
        let is_returned = problem.is_returned() && target.declared.is_some();
        match declared {
            None if is_returned => vec![undeclared(target.operation(), problem.status())],
            Some(response) if is_returned => {
                let mut violations: Vec<_> = missing_headers(response, problem).collect();
                violations.extend_from_slice(&written.violations);
                violations
            }
            Some(response) if self.is_own() && response.has_json() => written.violations.clone(),
            _ => Vec::new(),
        }
    }

    /// The violations of the response to a rejection of the server's own, where the spec declares a body for it.
    pub fn violations_of_server(&self, problem: &Problem, target: &Target<'_>) -> Vec<String> {
        let declared = target.find(problem.status());
        let Some(response) = declared.filter(|response| response.has_content()) else {
            return Vec::new();
        };
        match self.write(problem, target, Some(response)) {
            Ok(written) => {
                let headers = missing_headers(response, problem);
                headers.chain(written.violations).collect()
            }
            Err(failure) => failure.cause().map(str::to_owned).into_iter().collect(),
        }
    }

    /// The body of the response.
    ///
    /// # Errors
    /// A 500: the function of the application panicked, or returned what cannot be written as JSON.
    fn write(
        &self,
        problem: &Problem,
        target: &Target<'_>,
        declared: Option<&Response>,
    ) -> Result<Written, Problem> {
        let declared = declared.filter(|_| !target.is_head);
        let Some(write) = &self.write else {
            return write_problem(problem, declared, target.context.request_id());
        };
        // After a panic nothing of the call is used again but the problem, which nobody changes.
        let json = catch_unwind(AssertUnwindSafe(|| write(problem, &target.context)));
        let json = json.map_err(|panic| Problem::panicked(&*panic))?;
        let json = json.map_err(unwritten)?;
        let violations = declared.map(|response| {
            let value: Value = serde_json::from_slice(&json).unwrap_or_default();
            response.problem_violations(&value, true)
        });
        Ok(Written {
            json,
            violations: violations.unwrap_or_default(),
        })
    }

    /// The response with the media type that the spec declares for the status; what is not the body that it declares does not
    /// bear its name, unless the application wrote it.
    fn send(
        &self,
        problem: &Problem,
        written: Written,
        declared: Option<&Response>,
    ) -> HttpResponse {
        let is_own = self.is_own();
        let declared = declared.filter(|_| is_own || written.violations.is_empty());
        let declared = declared.and_then(|it| it.problem_content(is_own)?.header.clone());
        let media_type = declared.unwrap_or(match is_own {
            true => header::JSON,
            false => problem::MEDIA_TYPE_HEADER,
        });
        problem.respond(media_type, written.json)
    }
}

/// The body of a problem, with the id of the request unless the schema that is declared rejects that member.
fn write_problem(
    problem: &Problem,
    declared: Option<&Response>,
    request_id: Option<&str>,
) -> Result<Written, Problem> {
    let remembered = declared.zip(problem.shape());
    let known = remembered.and_then(|(declared, shape)| declared.has_id(shape));
    if let Some(has_id) = known.filter(|has_id| !has_id || request_id.is_some()) {
        let body = problem.body_of(request_id.filter(|_| has_id));
        debug_assert_eq!(violations(declared, &body), [""; 0]);
        return written(&body, Vec::new());
    }
    let with_id = problem.body_of(request_id);
    let violations = violations(declared, &with_id);
    let (body, has_id, violations) = match request_id {
        Some(_) if !violations.is_empty() => {
            let body = problem.body_of(None);
            let violations = self::violations(declared, &body);
            (body, false, violations)
        }
        _ => (with_id, request_id.is_some(), violations),
    };
    if let Some((declared, shape)) = remembered.filter(|_| violations.is_empty()) {
        declared.remember(shape, has_id);
    }
    written(&body, violations)
}

fn violations(declared: Option<&Response>, body: &impl Serialize) -> Vec<String> {
    declared.map_or_else(Vec::new, |it| it.problem_violations(body, false))
}

fn written(body: &Body<'_>, violations: Vec<String>) -> Result<Written, Problem> {
    let json = body.json().map_err(unwritten)?;
    Ok(Written { json, violations })
}

fn unwritten(error: serde_json::Error) -> Problem {
    Problem::internal(format_args!(
        "the body of a problem cannot be written: {error}"
    ))
}

fn missing_headers(response: &Response, problem: &Problem) -> impl Iterator<Item = String> {
    let required = response.required_headers();
    let missing = required.filter(|name| !problem.has_header(name));
    missing.map(|name| format!("header {name}: it is required"))
}

impl<'a> Target<'a> {
    /// The target of a problem that is not one of an operation.
    pub fn new(request_id: Option<&'a str>) -> Self {
        Self {
            context: Context::new(None, request_id),
            route: None,
            declared: None,
            is_head: false,
            mode: settings::Responses::Off,
        }
    }

    fn find(&self, status: StatusCode) -> Option<&Response> {
        self.declared?.find(status)
    }

    fn operation(&self) -> &str {
        self.context.operation().unwrap_or_default()
    }

    /// Logs the cause, which the response does not contain.
    fn log(&self, problem: &Problem) {
        let Some(cause) = problem.cause() else {
            return;
        };
        let (operation, route) = (self.context.operation(), self.route);
        tracing::error!(operation, route, cause, "the operation failed");
    }
}

impl fmt::Debug for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut problems = formatter.debug_struct("Problems");
        problems.field("is_own", &self.is_own()).finish()
    }
}
