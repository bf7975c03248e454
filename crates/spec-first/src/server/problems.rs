//! Problems of the application's own middleware and routes, sent as those of its operations are.

use std::panic::AssertUnwindSafe;

use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::middleware::Next;
use futures_util::FutureExt;

use crate::logging::request;
use crate::problem::Problem;
use crate::request_id::RequestId;
use crate::response::problems::{Problems, Target};

/// Sends the problem that a request ends with, if it is one; a 500 if a middleware panics.
///
/// # Errors
/// That of the middleware, with the response for it.
pub(super) async fn send<B: MessageBody + 'static>(
    problems: Problems,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let id = request::id();
    let target = Target::new(id.as_ref().map(RequestId::as_str));
    // After a panic nothing of the request is used again.
    let handled = AssertUnwindSafe(async { next.call(request).await });
    let handled = handled.catch_unwind().await;
    match handled.unwrap_or_else(|panic| Err(Problem::panicked(&*panic).into())) {
        Ok(response) => {
            let problem = response
                .response()
                .error()
                .and_then(Error::as_error::<Problem>);
            let written = problem.map(|problem| problems.respond(problem, &target));
            Ok(match written {
                Some(written) => response.into_response(written),
                None => response.map_into_boxed_body(),
            })
        }
        Err(error) => {
            let Some(problem) = error.as_error::<Problem>() else {
                return Err(error);
            };
            let response = problems.respond(problem, &target);
            Err(InternalError::from_response(error, response).into())
        }
    }
}
