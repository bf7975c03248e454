//! One request and its response: what the server keeps of them until the response is sent, and the log line at the end.

use std::cell::LazyCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_TYPE, HeaderMap, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use tracing::info;

use crate::operation::table::{Destination, Matched};
use crate::request_id::{REQUEST_ID, RequestId};
use crate::response::header;
use crate::server::connection_timeout::Suspended;
use crate::server::known_headers::KnownHeaders;
use crate::server::metrics::{Counters, Group, Outcome};
use crate::server::proxies::Client;
use crate::server::spans::{Ended, Span, Spans};
use crate::service::Service;
use crate::site::SitePath;
use crate::trace::TraceContext;

const NOSNIFF: HeaderValue = HeaderValue::from_static("nosniff");

/// How an exchange ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// All of the response was handed to the connection.
    Complete,
    /// Its body failed, and the connection is closed.
    Failed,
    /// The client closed the connection.
    Abandoned,
}

/// What the exchanges of a worker have in common.
pub(super) struct Served {
    service: Service,
    /// None if nobody reads them.
    counters: Option<Arc<Counters>>,
    /// None if nobody receives them.
    spans: Option<Spans>,
}

impl Served {
    pub fn new(service: Service, counters: Option<Arc<Counters>>, spans: Option<Spans>) -> Self {
        Self {
            service,
            counters,
            spans,
        }
    }
}

/// A request under way. Dropped before it is closed, it is one whose client has closed the connection before the response.
pub(super) struct Exchange {
    served: Rc<Served>,
    id: RequestId,
    /// The length of the request's headers, in bytes.
    header_length: usize,
    /// The trace that the request is a part of.
    trace: Option<Box<TraceContext>>,
    span: Option<Span>,
    method: Method,
    start: Instant,
    /// What the request is for: at first as far as is known before the application's middlewares.
    destination: Option<Destination>,
    /// The pattern of a path that is none of the contract's: of the site, or of a route of the application's own.
    other: Option<(Group, String)>,
    /// The status of the response, once there is one.
    status: Option<StatusCode>,
    is_closed: bool,
    /// The address of the client, where proxies are trusted.
    client: Option<Client>,
    suspended: Suspended,
}

impl Exchange {
    pub fn open(served: Rc<Served>, request: &HttpRequest) -> Self {
        if let Some(counters) = &served.counters {
            counters.open();
        }
        let headers = request.headers();
        let known = KnownHeaders::of(headers);
        let mut trace = match known.has_trace {
            true => TraceContext::of(headers),
            false => None,
        };
        let span = served.spans.as_ref();
        let span = span.map(|spans| spans.begin(trace.as_ref()));
        if let Some(own) = span.as_ref().and_then(Span::context) {
            request.extensions_mut().insert(own.clone());
            trace = Some(own);
        }
        Self {
            id: RequestId::of(known.request_id),
            header_length: known.length,
            // Few requests have one, and the others are moved without room for it.
            trace: trace.map(Box::new),
            span,
            method: request.method().clone(),
            start: Instant::now(),
            destination: served.service.find(request),
            other: None,
            status: None,
            is_closed: false,
            client: request.extensions().get::<Client>().copied(),
            suspended: Suspended::of(request),
            served,
        }
    }

    pub fn id(&self) -> &RequestId {
        &self.id
    }

    pub fn header_length(&self) -> usize {
        self.header_length
    }

    /// When the request arrived.
    pub fn start(&self) -> Instant {
        self.start
    }

    /// The response of the service.
    pub async fn handle(&self, request: &HttpRequest, payload: Payload) -> HttpResponse {
        let destination = self.destination.as_ref();
        let service = &self.served.service;
        service.respond(destination, request, payload).await
    }

    /// Puts what the request is for into its extensions, for middlewares.
    pub fn offer(&self, request: &HttpRequest) {
        self.served
            .service
            .offer(self.destination.as_ref(), request);
    }

    /// Takes from the request's extensions what it was for in the end, after middlewares that may have changed it.
    pub fn find_again(&mut self, request: &HttpRequest) {
        let extensions = request.extensions();
        let matched = extensions.get::<Matched>();
        self.destination = matched.map(|matched| matched.destination().clone());
    }

    /// Whether the response is the last one of its connection.
    pub fn is_last(&self) -> bool {
        self.suspended.is_last()
    }

    /// Takes the response: adds the headers that every response has (the request's id, and that its media type is what the header
    /// says), and keeps its status.
    pub fn respond(&mut self, status: StatusCode, headers: &mut HeaderMap) {
        self.status = Some(status);
        let id = HeaderValue::from_bytes(self.id.as_bytes());
        // Many responses have no header but this one, which is found sooner than that there are not the others.
        let has_others = headers.len_keys() > 1 || !headers.contains_key(CONTENT_TYPE);
        if !has_others || !headers.contains_key(X_CONTENT_TYPE_OPTIONS) {
            headers.append(X_CONTENT_TYPE_OPTIONS, NOSNIFF);
        }
        match id {
            Ok(id) if has_others => header::set(headers, REQUEST_ID, id),
            Ok(id) => headers.append(REQUEST_ID, id),
            Err(_) => {}
        }
    }

    /// Keeps the pattern of a path that is none of the contract's: of the site, or of the application's own routes.
    pub fn name_other(&mut self, request: &HttpRequest) {
        if self.destination.is_none() {
            let site = request
                .extensions()
                .get::<SitePath>()
                .map(|it| it.0.clone());
            let site = site.map(|path| (Group::Site, path));
            self.other = site.or_else(|| Some((Group::Other, request.match_pattern()?)));
        }
    }

    /// Ends the exchange.
    pub fn close(mut self: Box<Self>, end: End) {
        self.end(end);
    }

    /// All that is done once for each request that has ended, however it ended. The duration includes the sending of the body.
    fn end(&mut self, end: End) {
        self.is_closed = true;
        // One reading of the clock for all that tell it, and none where nobody does.
        let start = self.start;
        let duration = LazyCell::new(move || start.elapsed());
        self.count(end, || *duration);
        self.end_span(end);
        let message = match end {
            End::Complete => "request",
            End::Failed => "request failed",
            End::Abandoned => "request abandoned",
        };
        info!(
            message,
            request_id = self.id.as_str(),
            trace_id = self
                .trace
                .as_ref()
                .map(|trace| tracing::field::display(trace.id())),
            client = self.client.map(|client| tracing::field::display(client.0)),
            method = self.method.as_str(),
            route = self.route(),
            operation = self.operation(),
            status = self.status.map(|status| status.as_u16()),
            duration_us = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX),
        );
    }

    fn end_span(&mut self, end: End) {
        if let Some(span) = self.span.take() {
            span.end(&Ended {
                request_id: self.id.as_str(),
                method: &self.method,
                route: self.route(),
                operation: self.operation(),
                status: self.status,
                is_complete: end == End::Complete,
            });
        }
    }

    fn count(&self, end: End, duration: impl FnOnce() -> Duration) {
        let Some(counters) = &self.served.counters else {
            return;
        };
        let outcome = match (end, self.status) {
            (End::Complete, Some(status)) => Outcome::Complete(status),
            (End::Failed, Some(status)) => Outcome::Failed(status),
            (_, status) => Outcome::Abandoned(status),
        };
        let operation = self.destination.as_ref().and_then(|it| it.operation);
        let other = || self.other.as_ref().map(|(group, _)| *group);
        let group = operation.map(Group::Operation).or_else(other);
        let group = group.unwrap_or(Group::Nothing);
        counters.close(group, &self.method, outcome, duration());
    }

    /// The pattern of the path. Never the path itself, which may hold secrets.
    fn route(&self) -> Option<&str> {
        let contract = self.served.service.contract();
        let resource = self.destination.as_ref();
        let resource = resource.map(|it| contract.resource_of(it).route.as_str());
        resource.or(self.other.as_ref().map(|(_, path)| path.as_str()))
    }

    /// The operation, if one has been reached.
    fn operation(&self) -> Option<&str> {
        let contract = self.served.service.contract();
        let operation = contract.operation_of(self.destination.as_ref()?);
        operation.map(|operation| &*operation.id)
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        if !self.is_closed {
            self.end(End::Abandoned);
        }
    }
}
