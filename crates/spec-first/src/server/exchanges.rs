//! Handles each request of a server: by its service alone, or with the application's middlewares and routes around it.

use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};

use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform};
use actix_web::error::InternalError;
use actix_web::http::ConnectionType;
use futures_util::future::{FutureExt, LocalBoxFuture};

use crate::compression::{compress, is_compressible};
use crate::forwarded::Prefix;
use crate::logging::request::with_id;
use crate::options::Proxies;
use crate::server::admission::Admission;
use crate::server::body_end::Body;
use crate::server::exchange::{End, Exchange, Served};
use crate::server::layers::{Inner, Layers};
use crate::server::proxies;

/// The outermost middleware of a server, which has all others in it.
pub(super) struct Exchanges {
    served: Rc<Served>,
    admission: Admission,
    layers: Layers,
    /// None if nobody is trusted.
    proxies: Option<Arc<Proxies>>,
}

impl Exchanges {
    /// Without any layer, the service responds to every request itself: nothing else could.
    pub fn new(
        served: Served,
        admission: Admission,
        layers: Layers,
        proxies: Arc<Proxies>,
    ) -> Self {
        Self {
            served: Rc::new(served),
            admission,
            layers,
            proxies: Some(proxies).filter(|it| !it.trusted_proxy.is_empty()),
        }
    }
}

impl<S, B> Transform<S, ServiceRequest> for Exchanges
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    S::Future: 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<Body>;
    type Error = Error;
    type Transform = Worker;
    type InitError = ();
    type Future = LocalBoxFuture<'static, Result<Worker, ()>>;

    fn new_transform(&self, routes: S) -> Self::Future {
        let (served, layers) = (Rc::clone(&self.served), self.layers.clone());
        let (admission, proxies) = (self.admission.clone(), self.proxies.clone());
        async move {
            let around = match layers.is_empty() {
                true => None,
                false => Some(Rc::new(layers.around(routes).await?)),
            };
            Ok(Worker {
                served,
                admission,
                around,
                proxies,
            })
        }
        .boxed_local()
    }
}

/// What handles the requests of one worker.
#[derive(Clone)]
pub(super) struct Worker {
    served: Rc<Served>,
    admission: Admission,
    /// The middlewares with the routes and the service in them, if the application has any.
    around: Option<Rc<Inner>>,
    proxies: Option<Arc<Proxies>>,
}

type Responded = LocalBoxFuture<'static, Result<ServiceResponse<Body>, Error>>;

impl Service<ServiceRequest> for Worker {
    type Response = ServiceResponse<Body>;
    type Error = Error;
    type Future = Responded;

    fn poll_ready(&self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        match &self.around {
            Some(inner) => inner.poll_ready(context),
            None => Poll::Ready(Ok(())),
        }
    }

    fn call(&self, mut request: ServiceRequest) -> Self::Future {
        let proxies = self.proxies.as_ref();
        let prefix = proxies.and_then(|proxies| proxies::trust(proxies, &mut request));
        let exchange = Exchange::open(Rc::clone(&self.served), request.request());
        // In a box, since the response is moved with it many times.
        let exchange = Box::new(exchange);
        let responded = match &self.around {
            Some(inner) => around(Rc::clone(inner), exchange, request).boxed_local(),
            None => alone(self.admission.clone(), exchange, request).boxed_local(),
        };
        match prefix {
            Some(prefix) => prefixed(prefix, responded).boxed_local(),
            None => responded,
        }
    }
}

/// The response with the prefix in the address that it names.
async fn prefixed(prefix: Prefix, responded: Responded) -> Result<ServiceResponse<Body>, Error> {
    let mut response = responded.await?;
    proxies::add_prefix(&prefix, &mut response);
    Ok(response)
}

/// The response of the service.
async fn alone(
    admission: Admission,
    exchange: Box<Exchange>,
    request: ServiceRequest,
) -> Result<ServiceResponse<Body>, Error> {
    let (start, length) = (exchange.start(), exchange.header_length());
    let handled = admission.handle(request, start, length, async |request| {
        let (request, payload) = request.into_parts();
        let response = exchange.handle(&request, payload).await;
        Ok(ServiceResponse::new(request, response))
    });
    let handled = with_id(exchange.id().clone(), pin!(Some(handled))).await;
    match handled {
        Ok(response) => Ok(sent(exchange, response)),
        Err(error) => Err(failed(exchange, error)),
    }
}

/// The response of a middleware, of a route of the application's own, or of the service.
async fn around(
    inner: Rc<Inner>,
    mut exchange: Box<Exchange>,
    request: ServiceRequest,
) -> Result<ServiceResponse<Body>, Error> {
    exchange.offer(request.request());
    let called = inner.call(request);
    let called = with_id(exchange.id().clone(), pin!(Some(called))).await;
    match called {
        Ok(response) => {
            exchange.find_again(response.request());
            Ok(sent(exchange, response))
        }
        Err(error) => Err(failed(exchange, error)),
    }
}

/// The error of a middleware of the application, or a timeout; actix-web turns it into a response.
fn failed(mut exchange: Box<Exchange>, error: Error) -> Error {
    let mut response = error.error_response();
    exchange.respond(response.status(), response.headers_mut());
    exchange.close(End::Complete);
    InternalError::from_response(error, response).into()
}

/// The response as it is sent.
fn sent(
    mut exchange: Box<Exchange>,
    mut response: ServiceResponse<BoxBody>,
) -> ServiceResponse<Body> {
    exchange.name_other(response.request());
    if is_compressible(response.response()) {
        response = compress(response);
    }
    exchange.respond(response.status(), response.headers_mut());
    if exchange.is_last() {
        let head = response.response_mut().head_mut();
        head.set_connection_type(ConnectionType::Close);
    }
    response.map_body(|_, body| Body::new(body, exchange))
}
