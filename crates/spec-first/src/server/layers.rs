//! The application's own middlewares, of any types, as one.

use std::sync::Arc;

use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform, forward_ready};
use futures_util::future::{FutureExt, LocalBoxFuture};

type Responded = LocalBoxFuture<'static, Result<ServiceResponse<BoxBody>, Error>>;

/// What a middleware wraps: the inner middlewares and the operations.
pub struct Inner {
    service: Box<
        dyn Service<
                ServiceRequest,
                Response = ServiceResponse<BoxBody>,
                Error = Error,
                Future = Responded,
            >,
    >,
}

impl Inner {
    fn new<S, B>(service: S) -> Self
    where
        S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
        S::Future: 'static,
        B: MessageBody + 'static,
    {
        Self {
            service: Box::new(Boxed { service }),
        }
    }
}

impl Service<ServiceRequest> for Inner {
    type Response = ServiceResponse<BoxBody>;
    type Error = Error;
    type Future = Responded;

    forward_ready!(service);

    fn call(&self, request: ServiceRequest) -> Self::Future {
        self.service.call(request)
    }
}

/// Wraps the inner services in a middleware, once for each worker.
type Layer = Arc<dyn Fn(Inner) -> LocalBoxFuture<'static, Result<Inner, ()>> + Send + Sync>;

/// All middlewares, the innermost first.
#[derive(Clone, Default)]
pub(super) struct Layers(Vec<Layer>);

impl Layers {
    /// Whether there is none, so that nothing needs to be wrapped.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a middleware around all others.
    pub fn add<M, B>(&mut self, middleware: impl Fn() -> M + Send + Sync + 'static)
    where
        M: Transform<
                Inner,
                ServiceRequest,
                Response = ServiceResponse<B>,
                Error = Error,
                InitError = (),
            >,
        M::Future: 'static,
        M::Transform: 'static,
        B: MessageBody + 'static,
    {
        self.0.push(Arc::new(move |inner| {
            let made = middleware().new_transform(inner);
            made.map(|made| made.map(Inner::new)).boxed_local()
        }));
    }

    /// A service with all middlewares around it.
    ///
    /// # Errors
    /// A middleware could not be made; it has logged why.
    pub async fn around<S, B>(self, service: S) -> Result<Inner, ()>
    where
        S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
        S::Future: 'static,
        B: MessageBody + 'static,
    {
        let mut inner = Inner::new(service);
        for layer in self.0 {
            inner = layer(inner).await?;
        }
        Ok(inner)
    }
}

/// A service whose future and body are boxed.
struct Boxed<S> {
    service: S,
}

impl<S, B> Service<ServiceRequest> for Boxed<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    S::Future: 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<BoxBody>;
    type Error = Error;
    type Future = Responded;

    forward_ready!(service);

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let responded = self.service.call(request);
        responded
            .map(|response| response.map(ServiceResponse::map_into_boxed_body))
            .boxed_local()
    }
}
