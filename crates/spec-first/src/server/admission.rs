//! Which requests are handled: of a size within the limits, and no more at once than the server can handle in time.
//!
//! A request that waits for others makes all of them late, and its client may be gone when its turn comes. So one too many has a
//! response at once.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Instant;

use actix_web::Error;
use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use actix_web::http::{ConnectionType, StatusCode};

use crate::options;
use crate::problem::Problem;
use crate::response::problems::Problems;
use crate::server::connection_timeout;
use crate::server::deadline::{Deadline, Progress};
use crate::server::event_loop;
use crate::server::lifecycle::Lifecycle;
use crate::server::metrics::{Exceeded, Limit};
use crate::server::permit::{Permit, Shared};

/// Rejects requests beyond the limits, and ends those that take too long.
#[derive(Clone)]
pub(super) struct Admission(Arc<Shared>);

impl Admission {
    pub fn new(limits: &options::Limits, lifecycle: Lifecycle, problems: Problems) -> Self {
        Self(Arc::new(Shared {
            limits: limits.clone(),
            timeout: limits.timeout(),
            lifecycle,
            problems,
            handled: AtomicUsize::new(0),
            exceeded: Exceeded::default(),
        }))
    }

    /// How often the limits were exceeded.
    pub fn exceeded(&self) -> Exceeded {
        self.0.exceeded.clone()
    }

    /// The response to a request that arrives `now`, with headers of `header_length` bytes: that of `handle`, if it is admitted
    /// and handled in time.
    ///
    /// # Errors
    /// That of `handle`, or 504.
    pub async fn handle<F>(
        &self,
        mut request: ServiceRequest,
        now: Instant,
        header_length: usize,
        handle: impl FnOnce(ServiceRequest) -> F,
    ) -> Result<ServiceResponse<BoxBody>, Error>
    where
        F: Future<Output = Result<ServiceResponse<BoxBody>, Error>>,
    {
        let permit = match self.admit(&request, header_length) {
            Ok(permit) => permit,
            Err((limit, problem)) => {
                self.0.exceeded.count(limit);
                return Ok(self.reject(request, &problem));
            }
        };
        event_loop::turn(now).await;
        let timeout = self.0.timeout;
        let progress = timeout.and_then(|_| Progress::of(&mut request));
        // It stays where it is, since it is large.
        let handled = pin!(handle(request));
        Deadline::new(handled, timeout, progress, permit).await
    }

    /// Counts a request, or says which limit it exceeds.
    fn admit(
        &self,
        request: &ServiceRequest,
        header_length: usize,
    ) -> Result<Permit, (Limit, Problem)> {
        let shared = &self.0;
        let limits = &shared.limits;
        let is_excess = shared.lifecycle.connections() > limits.max_connections as usize;
        if is_excess && connection_timeout::is_excess(request.request()) {
            let problem = busy("the server has as many connections as it can serve");
            return Err((Limit::Connections, problem));
        }
        let url = request.uri().path_and_query();
        if url.is_some_and(|url| url.as_str().len() > limits.url_limit) {
            let detail = format!(
                "the path and query are longer than {} bytes",
                limits.url_limit
            );
            let problem = Problem::new(StatusCode::URI_TOO_LONG, detail);
            return Err((Limit::UrlLength, problem));
        }
        if header_length > limits.header_limit {
            let detail = format!("the headers are longer than {} bytes", limits.header_limit);
            let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
            return Err((Limit::HeaderLength, Problem::new(status, detail)));
        }
        Permit::take(shared).ok_or_else(|| {
            let problem = busy("the server handles as many requests as it can");
            (Limit::ConcurrentRequests, problem)
        })
    }

    /// The response to a request that is not handled. Its connection is closed if there are too many.
    fn reject(&self, request: ServiceRequest, problem: &Problem) -> ServiceResponse<BoxBody> {
        let mut response = self.0.respond(problem);
        if connection_timeout::is_excess(request.request()) {
            response
                .head_mut()
                .set_connection_type(ConnectionType::Close);
        }
        request.into_response(response)
    }
}

/// Nothing of the request has been done, so that a client may repeat it whatever its method is.
fn busy(detail: &str) -> Problem {
    let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail);
    problem.with_header(RETRY_AFTER, HeaderValue::from_static("1"))
}
