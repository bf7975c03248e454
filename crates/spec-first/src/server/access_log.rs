//! One log line for each request, and the request's id on everything that is logged on its way.

use std::hash::{BuildHasher, RandomState};
use std::rc::Rc;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{HeaderMap, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest};
use tracing::info;

use crate::head::{REQUEST_ID, RequestId};
use crate::logging::request;
use crate::operation::table::Matched;
use crate::server::body_end::{End, Watched};
use crate::service::Service;
use crate::site::SitePath;

/// The longest id that is accepted from a client, in bytes.
const LONGEST_ID: usize = 128;

/// Logs a request when its response has been sent, or when the client has left before that.
///
/// # Errors
/// None of its own.
pub async fn log<B: MessageBody + 'static>(
    service: Service,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let matched = service.find(request.request());
    let entry = Entry::open(&request, matched.clone());
    let id = entry.id.clone();
    request.extensions_mut().insert(RequestId(id.clone()));
    if let Some(matched) = matched {
        request.extensions_mut().insert(matched);
    }
    match request::with_id(id, next.call(request)).await {
        Ok(mut response) => {
            entry.add_headers(response.headers_mut());
            let (route, operation) = found(response.request());
            let status = response.status();
            Ok(response.map_body(|_, body| {
                Watched::new(body, move |end| entry.close(end, status, route, operation))
            }))
        }
        // Of a middleware of the application; actix-web turns it into a response.
        Err(error) => {
            let mut response = error.error_response();
            entry.add_headers(response.headers_mut());
            let (route, operation) = entry.matched();
            entry.close(End::Complete, response.status(), route, operation);
            Err(InternalError::from_response(error, response).into())
        }
    }
}

/// A request under way.
struct Entry {
    id: Rc<str>,
    method: Method,
    start: Instant,
    /// What it is for, as far as is known before the application's middlewares.
    matched: Option<Matched>,
    closed: bool,
}

impl Entry {
    fn open(request: &ServiceRequest, matched: Option<Matched>) -> Self {
        let given = request
            .headers()
            .get(REQUEST_ID)
            .and_then(|it| it.to_str().ok());
        Self {
            id: given
                .filter(|it| is_plain(it))
                .map_or_else(new_id, Rc::from),
            method: request.method().clone(),
            start: Instant::now(),
            matched,
            closed: false,
        }
    }

    /// Adds what every response has: the request's id, and that its media type is what the header says.
    fn add_headers(&self, headers: &mut HeaderMap) {
        if !headers.contains_key(X_CONTENT_TYPE_OPTIONS) {
            headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        }
        if let Ok(id) = HeaderValue::from_str(&self.id) {
            headers.insert(REQUEST_ID, id);
        }
    }

    /// Logs the request; the duration includes the sending of the body.
    fn close(
        mut self,
        end: End,
        status: StatusCode,
        route: Option<String>,
        operation: Option<String>,
    ) {
        self.closed = true;
        let message = match end {
            End::Complete => "request",
            End::Failed => "request failed",
            End::Abandoned => "request abandoned",
        };
        info!(
            request_id = &*self.id,
            method = self.method.as_str(),
            route,
            operation,
            status = status.as_u16(),
            duration_us = self.duration_us(),
            "{message}"
        );
    }

    fn matched(&self) -> (Option<String>, Option<String>) {
        self.matched.as_ref().map(names).unwrap_or_default()
    }

    fn duration_us(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}

impl Drop for Entry {
    /// The request's future is dropped when the client closes the connection before the response.
    fn drop(&mut self) {
        if !self.closed {
            let (route, operation) = self.matched();
            info!(
                request_id = &*self.id,
                method = self.method.as_str(),
                route,
                operation,
                duration_us = self.duration_us(),
                "request abandoned"
            );
        }
    }
}

/// The pattern of the path, and the operation if one has been reached. Never the path itself, which may hold secrets.
fn found(request: &HttpRequest) -> (Option<String>, Option<String>) {
    let extensions = request.extensions();
    if let Some(matched) = extensions.get::<Matched>() {
        return names(matched);
    }
    let route = extensions.get::<SitePath>().map(|it| it.0.clone());
    (route.or_else(|| request.match_pattern()), None)
}

fn names(matched: &Matched) -> (Option<String>, Option<String>) {
    let operation = matched.operation().map(str::to_owned);
    (Some(matched.route().to_owned()), operation)
}

/// Whether a client's id may be logged and sent back.
fn is_plain(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/+=@".contains(&byte);
    (1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(plain)
}

/// An id that is unique in this process and very likely everywhere.
fn new_id() -> Rc<str> {
    static KEY: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let number = KEY.hash_one(COUNT.fetch_add(1, Ordering::Relaxed));
    format!("{number:016x}").into()
}
