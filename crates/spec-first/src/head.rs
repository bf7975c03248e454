//! What a handler or an authentication knows of a request besides its parameters and body.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use actix_web::http::header::HeaderMap;
use actix_web::http::{Method, Uri};
use actix_web::{HttpMessage, HttpRequest};

use crate::logging::request;
use crate::request_id::RequestId;
use crate::trace::TraceContext;

/// The head of a request for an operation. An operation with `x-head: true` in the spec passes it to its method as the last
/// argument; an authentication always has it.
///
/// It contains the credentials of the request as they were sent, in its URI and headers; it is never logged, and its `Debug`
/// contains no more than the method and the operation.
#[derive(Clone)]
pub struct RequestHead {
    request: HttpRequest,
    operation: Arc<str>,
    id: Option<RequestId>,
}

impl RequestHead {
    pub(crate) fn new(request: HttpRequest, operation: Arc<str>) -> Self {
        let id = request::id();
        Self {
            request,
            operation,
            id,
        }
    }

    /// The operation's id in the spec, or the name that it has without one.
    #[must_use]
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// The method; HEAD where a client asks for the head of a GET.
    #[must_use]
    pub fn method(&self) -> &Method {
        self.request.method()
    }

    /// The path and query, as they were sent.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        self.request.uri()
    }

    /// All headers, as they were sent.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    /// The address of the other end of the connection: of the client, or of the last proxy. None for a Unix socket.
    #[must_use]
    pub fn peer_address(&self) -> Option<SocketAddr> {
        self.request.peer_addr()
    }

    /// The id under which a [`Server`](crate::Server) logs the request; none in an `App` of the application's own.
    #[must_use]
    pub fn request_id(&self) -> Option<String> {
        self.id.as_ref().map(|id| id.as_str().to_owned())
    }

    /// The trace that the request is a part of, for the calls that are made on its behalf: their headers are
    /// [`TraceContext::headers`].
    #[must_use]
    pub fn trace(&self) -> Option<TraceContext> {
        let known = self.extension::<TraceContext>();
        known.or_else(|| TraceContext::of(self.headers()))
    }

    /// A copy of the value of this type that a middleware has put in the request's extensions.
    #[must_use]
    pub fn extension<T: Clone + 'static>(&self) -> Option<T> {
        self.request.extensions().get::<T>().cloned()
    }

    /// The value of this type that belongs to the connection: what the function given to
    /// [`HttpServer::on_connect`](actix_web::HttpServer::on_connect) has stored, such as the certificate of the client.
    #[must_use]
    pub fn connection<T: 'static>(&self) -> Option<&T> {
        self.request.conn_data::<T>()
    }

    pub(crate) fn request(&self) -> &HttpRequest {
        &self.request
    }
}

impl fmt::Debug for RequestHead {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut head = formatter.debug_struct("RequestHead");
        head.field("method", self.method());
        head.field("operation", &self.operation);
        head.finish_non_exhaustive()
    }
}
