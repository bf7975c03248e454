//! Which requests are handled: of a size within the limits, and no more at once than the server can handle in time.
//!
//! A request that waits for others makes all of them late, and its client may be gone when its turn comes. So one too many has a
//! response at once.

use std::future::{Ready, ready};
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform, forward_ready};
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use actix_web::http::{ConnectionType, StatusCode};
use actix_web::{Error, HttpMessage};
use futures_util::future::Either;

use crate::head::RequestId;
use crate::options;
use crate::problem::Problem;
use crate::response::problems::{Problems, Target};
use crate::server::connection_timeout;
use crate::server::deadline::{Deadline, Progress};
use crate::server::lifecycle::Lifecycle;
use crate::server::permit::{Permit, Shared};

/// A middleware that rejects requests beyond the limits, and ends those that take too long.
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
        }))
    }

    /// Counts a request, or says why it is not handled.
    fn admit(&self, request: &ServiceRequest) -> Result<Permit, Problem> {
        let shared = &self.0;
        let limits = &shared.limits;
        let is_excess = shared.lifecycle.connections() > limits.max_connections as usize;
        if is_excess && connection_timeout::is_excess(request) {
            return Err(busy("the server has as many connections as it can serve"));
        }
        let url = request.uri().path_and_query();
        if url.is_some_and(|url| url.as_str().len() > limits.url_limit) {
            let detail = format!(
                "the path and query are longer than {} bytes",
                limits.url_limit
            );
            return Err(Problem::new(StatusCode::URI_TOO_LONG, detail));
        }
        let headers = request.headers().iter();
        let size: usize = headers
            .map(|(name, value)| name.as_str().len() + value.len())
            .sum();
        if size > limits.header_limit {
            let detail = format!("the headers are longer than {} bytes", limits.header_limit);
            let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
            return Err(Problem::new(status, detail));
        }
        Permit::take(shared).ok_or_else(|| busy("the server handles as many requests as it can"))
    }

    /// The response to a request that is not handled. Its connection is closed if there are too many.
    fn reject<B>(
        &self,
        request: ServiceRequest,
        problem: &Problem,
    ) -> ServiceResponse<EitherBody<B>> {
        let id = request.extensions().get::<RequestId>().cloned();
        let target = Target::new(id.as_ref().map(|id| &*id.0));
        let mut response = self.0.problems.respond(problem, &target);
        if connection_timeout::is_excess(&request) {
            response
                .head_mut()
                .set_connection_type(ConnectionType::Close);
        }
        request.into_response(response).map_into_right_body()
    }
}

/// Nothing of the request has been done, so that a client may repeat it whatever its method is.
fn busy(detail: &str) -> Problem {
    let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail);
    problem.with_header(RETRY_AFTER, HeaderValue::from_static("1"))
}

impl<S, B> Transform<S, ServiceRequest> for Admission
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Transform = Admitting<S>;
    type InitError = ();
    type Future = Ready<Result<Self::Transform, ()>>;

    fn new_transform(&self, inner: S) -> Self::Future {
        ready(Ok(Admitting {
            admission: self.clone(),
            inner,
        }))
    }
}

/// An [`Admission`] with what it admits to.
pub(super) struct Admitting<S> {
    admission: Admission,
    inner: S,
}

impl<S, B> Service<ServiceRequest> for Admitting<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Future = Either<Ready<Result<Self::Response, Error>>, Deadline<S::Future>>;

    forward_ready!(inner);

    fn call(&self, mut request: ServiceRequest) -> Self::Future {
        match self.admission.admit(&request) {
            Ok(permit) => {
                let timeout = self.admission.0.timeout;
                let progress = timeout.and_then(|_| Progress::of(&mut request));
                let handled = self.inner.call(request);
                Either::Right(Deadline::new(handled, timeout, progress, permit))
            }
            Err(problem) => Either::Left(ready(Ok(self.admission.reject(request, &problem)))),
        }
    }
}
