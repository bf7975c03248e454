//! The permission to handle a request, of which there are as many as requests may be handled at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use actix_web::error::InternalError;
use actix_web::http::StatusCode;
use actix_web::{Error, HttpResponse};

use crate::logging::request;
use crate::options;
use crate::problem::Problem;
use crate::request_id::RequestId;
use crate::response::problems::{Problems, Target};
use crate::server::lifecycle::Lifecycle;
use crate::server::metrics::{Exceeded, Limit};

/// What all requests of a server share.
pub(super) struct Shared {
    pub limits: options::Limits,
    pub timeout: Option<Duration>,
    pub lifecycle: Lifecycle,
    pub problems: Problems,
    pub handled: AtomicUsize,
    pub exceeded: Exceeded,
}

impl Shared {
    /// The response to the request that is handled now, with this problem.
    pub fn respond(&self, problem: &Problem) -> HttpResponse {
        let id = request::id();
        let target = Target::new(id.as_ref().map(RequestId::as_str));
        self.problems.respond(problem, &target)
    }
}

/// The permission to handle a request, for as long as this value exists.
pub(super) struct Permit(Arc<Shared>);

impl Permit {
    /// Counts a request; none if there is one too many.
    pub fn take(shared: &Arc<Shared>) -> Option<Self> {
        let before = shared.handled.fetch_add(1, Ordering::Relaxed);
        // It is dropped if there is one too many.
        let permit = Self(Arc::clone(shared));
        (before < shared.limits.max_concurrent_requests as usize).then_some(permit)
    }

    /// The response to a request that took too long.
    pub fn timed_out(&self) -> Error {
        self.0.exceeded.count(Limit::Timeout);
        let seconds = self.0.limits.request_timeout;
        let detail = format!("the request has not been handled within {seconds} seconds");
        let problem = Problem::new(StatusCode::GATEWAY_TIMEOUT, detail);
        let response = self.0.respond(&problem);
        InternalError::from_response(problem, response).into()
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.0.handled.fetch_sub(1, Ordering::Relaxed);
    }
}
