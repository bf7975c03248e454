//! The way of one request: to its operation, through the checks, to the application and back.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use actix_web::http::Method;
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::web::Payload;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, ResponseError};
use futures_util::FutureExt;

use crate::operation::call::Call;
use crate::operation::routes::Routes;
use crate::operation::table::Matched;
use crate::problem::Problem;
use crate::routing::percent::Malformed;

/// Answers a request for a path of the contract.
pub(crate) async fn dispatch(
    routes: &Routes,
    mut matched: Matched,
    request: &HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let values = std::mem::take(&mut matched.values);
    let target = matched.clone();
    // For the access log, and for the application's middleware once the response is on its way back.
    request.extensions_mut().insert(matched);
    // After a panic nothing of the request is used again but its head, which nobody changes.
    let answer = AssertUnwindSafe(answer(routes, &target, &values, request, payload));
    let outcome = answer.catch_unwind().await;
    let outcome = outcome.unwrap_or_else(|panic| Err(Problem::internal(message(&*panic))));
    outcome.unwrap_or_else(|problem| {
        log(&target, &problem);
        problem.error_response()
    })
}

async fn answer(
    routes: &Routes,
    target: &Matched,
    values: &[Result<String, Malformed>],
    request: &HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let Some(operation) = target.index() else {
        return without_operation(request.method(), target.resource().allow.clone());
    };
    let contract = Arc::clone(&routes.contract);
    let settings = routes.settings;
    let unserved = contract.operations()[operation].unserved.as_deref();
    if let Some(reason) = unserved.filter(|_| !settings.partial) {
        return Err(Problem::not_implemented(reason));
    }
    let call = Call::check(contract, operation, settings, request, values, payload).await?;
    match &routes.handlers[operation] {
        Some(handler) => handler(call).await,
        None => Err(Problem::internal("nothing answers the operation")),
    }
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
fn log(target: &Matched, problem: &Problem) {
    let Some(cause) = problem.cause() else {
        return;
    };
    let (operation, route) = (target.operation().unwrap_or_default(), target.route());
    tracing::error!(operation, route, cause, "the operation failed");
}

/// What a panic said.
fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("panicked: {}", text.unwrap_or("without words"))
}
