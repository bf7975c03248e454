//! The way of one request: to its operation, through the checks, to the application and back.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::rc::Rc;
use std::sync::Arc;

use actix_web::http::Method;
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::web::Payload;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, ResponseError};
use futures_util::FutureExt;

use super::call::Call;
use super::percent::Malformed;
use super::routes::Routes;
use super::table::Matched;
use crate::problem::Problem;

/// Answers a request that the guard of `routes` has let in.
pub(super) async fn dispatch(
    routes: Rc<Routes>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    // After a panic nothing of the request is used again but its head, which nobody changes.
    let answer = AssertUnwindSafe(answer(&routes, &request, payload));
    let outcome = answer.catch_unwind().await;
    let outcome = outcome.unwrap_or_else(|panic| Err(Problem::internal(message(&*panic))));
    outcome.unwrap_or_else(|problem| {
        log(&request, &problem);
        problem.error_response()
    })
}

async fn answer(
    routes: &Routes,
    request: &HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let lead = lead(request)?;
    let Some(operation) = lead.operation else {
        return without_operation(request.method(), lead.allow);
    };
    let contract = Arc::clone(&routes.contract);
    let (settings, path) = (routes.settings, &lead.path);
    let unserved = contract.operations()[operation].unserved.as_deref();
    if let Some(reason) = unserved.filter(|_| !settings.partial) {
        return Err(Problem::not_implemented(reason));
    }
    let call = Call::check(contract, operation, settings, request, path, payload).await?;
    match &routes.handlers[operation] {
        Some(handler) => handler(request, call).await,
        None => Err(Problem::internal("nothing answers the operation")),
    }
}

/// What the guard found.
struct Lead {
    operation: Option<usize>,
    path: Vec<Result<String, Malformed>>,
    allow: HeaderValue,
}

fn lead(request: &HttpRequest) -> Result<Lead, Problem> {
    let mut extensions = request.extensions_mut();
    let matched = extensions.get_mut::<Matched>();
    let matched =
        matched.ok_or_else(|| Problem::internal("the guard let in what it did not match"))?;
    Ok(Lead {
        operation: matched.index(),
        path: std::mem::take(&mut matched.values),
        allow: matched.resource().allow.clone(),
    })
}

/// OPTIONS is answered for every path (RFC 9110, 9.3.7); other methods only if the spec has them.
fn without_operation(method: &Method, allow: HeaderValue) -> Result<HttpResponse, Problem> {
    if method == Method::OPTIONS {
        return Ok(HttpResponse::NoContent()
            .insert_header((ALLOW, allow))
            .finish());
    }
    Err(Problem::method_not_allowed(allow))
}

/// Tells the log what the client is not told.
fn log(request: &HttpRequest, problem: &Problem) {
    let Some(cause) = problem.cause() else {
        return;
    };
    let extensions = request.extensions();
    let matched = extensions.get::<Matched>();
    let operation = matched.and_then(Matched::operation).unwrap_or_default();
    let route = matched.map(Matched::route).unwrap_or_default();
    tracing::error!(operation, route, cause, "the operation failed");
}

/// What a panic said.
fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("panicked: {}", text.unwrap_or("without words"))
}
