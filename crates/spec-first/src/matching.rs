//! Finds the operation of a request before the middlewares of an application.

use std::fmt;
use std::future::{Ready, ready};

use actix_web::dev::{ServiceRequest, Transform, forward_ready};
use actix_web::{Error, dev};

use crate::service::Service;

/// A middleware that puts the path and operation that a request is for into its extensions; see
/// [`Service::matching`](crate::Service::matching).
#[derive(Clone, Debug)]
pub struct Matching {
    service: Service,
}

impl Service {
    /// A middleware that finds the operation of each request, for the middlewares inside it: for one that limits the rate of some
    /// operations, for example. They read [`Matched`](crate::contract::Matched) in the request's extensions. A
    /// [`Server`](crate::Server) needs none.
    #[must_use]
    pub fn matching(&self) -> Matching {
        Matching {
            service: self.clone(),
        }
    }
}

impl<S> Transform<S, ServiceRequest> for Matching
where
    S: dev::Service<ServiceRequest, Error = Error>,
{
    type Response = S::Response;
    type Error = Error;
    type Transform = Matcher<S>;
    type InitError = ();
    type Future = Ready<Result<Self::Transform, ()>>;

    fn new_transform(&self, inner: S) -> Self::Future {
        ready(Ok(Matcher {
            service: self.service.clone(),
            inner,
        }))
    }
}

/// A [`Matching`] with the middlewares inside it.
pub struct Matcher<S> {
    service: Service,
    inner: S,
}

impl<S> fmt::Debug for Matcher<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Matcher").finish_non_exhaustive()
    }
}

impl<S: dev::Service<ServiceRequest, Error = Error>> dev::Service<ServiceRequest> for Matcher<S> {
    type Response = S::Response;
    type Error = Error;
    type Future = S::Future;

    forward_ready!(inner);

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let destination = self.service.find(request.request());
        self.service.offer(destination.as_ref(), request.request());
        self.inner.call(request)
    }
}
