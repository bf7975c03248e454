//! One log line for each request, and the request's id on everything that is logged on its way.

use std::hash::{BuildHasher, RandomState};
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
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
use crate::server::metrics::{Counters, Group, Outcome};
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
    counters: Option<Arc<Counters>>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let matched = service.find(request.request());
    let mut entry = Entry::open(&request, matched.clone(), counters);
    let id = entry.id.clone();
    request.extensions_mut().insert(RequestId(id.clone()));
    if let Some(matched) = matched {
        request.extensions_mut().insert(matched);
    }
    match request::with_id(id, next.call(request)).await {
        Ok(mut response) => {
            entry.add_headers(response.headers_mut());
            entry.find(response.request());
            let status = response.status();
            Ok(
                response
                    .map_body(|_, body| Watched::new(body, move |end| entry.close(end, status))),
            )
        }
        // Of a middleware of the application; actix-web turns it into a response.
        Err(error) => {
            let mut response = error.error_response();
            entry.add_headers(response.headers_mut());
            entry.close(End::Complete, response.status());
            Err(InternalError::from_response(error, response).into())
        }
    }
}

/// A request under way.
struct Entry {
    id: Rc<str>,
    method: Method,
    start: Instant,
    /// What it is for: at first as far as is known before the application's middlewares.
    matched: Option<Matched>,
    /// The pattern of a path that is none of the contract's.
    other: Option<String>,
    group: Group,
    counters: Option<Arc<Counters>>,
    closed: bool,
}

impl Entry {
    fn open(
        request: &ServiceRequest,
        matched: Option<Matched>,
        counters: Option<Arc<Counters>>,
    ) -> Self {
        if let Some(counters) = &counters {
            counters.open();
        }
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
            group: operation(matched.as_ref()),
            matched,
            other: None,
            counters,
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

    /// Finds what the request was for in the end.
    fn find(&mut self, request: &HttpRequest) {
        let extensions = request.extensions();
        self.matched = extensions.get::<Matched>().cloned();
        self.group = operation(self.matched.as_ref());
        if self.matched.is_none() {
            let path = extensions.get::<SitePath>().map(|it| it.0.clone());
            if path.is_some() {
                self.group = Group::Site;
            }
            self.other = path.or_else(|| request.match_pattern());
            if self.group == Group::Nothing && self.other.is_some() {
                self.group = Group::Other;
            }
        }
    }

    /// Logs the request; the duration includes the sending of the body.
    fn close(mut self, end: End, status: StatusCode) {
        self.closed = true;
        self.count(match end {
            End::Complete => Outcome::Complete(status),
            End::Failed => Outcome::Failed(status),
            End::Abandoned => Outcome::Abandoned(Some(status)),
        });
        let message = match end {
            End::Complete => "request",
            End::Failed => "request failed",
            End::Abandoned => "request abandoned",
        };
        info!(
            request_id = &*self.id,
            method = self.method.as_str(),
            route = self.route(),
            operation = self.operation(),
            status = status.as_u16(),
            duration_us = self.duration_us(),
            "{message}"
        );
    }

    fn count(&self, outcome: Outcome) {
        if let Some(counters) = &self.counters {
            counters.close(self.group, &self.method, outcome, self.start.elapsed());
        }
    }

    /// The pattern of the path. Never the path itself, which may hold secrets.
    fn route(&self) -> Option<&str> {
        let matched = self.matched.as_ref().map(Matched::route);
        matched.or(self.other.as_deref())
    }

    /// The operation, if one has been reached.
    fn operation(&self) -> Option<&str> {
        self.matched.as_ref().and_then(Matched::operation)
    }

    fn duration_us(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}

impl Drop for Entry {
    /// The request's future is dropped when the client closes the connection before the response.
    fn drop(&mut self) {
        if !self.closed {
            self.count(Outcome::Abandoned(None));
            info!(
                request_id = &*self.id,
                method = self.method.as_str(),
                route = self.route(),
                operation = self.operation(),
                duration_us = self.duration_us(),
                "request abandoned"
            );
        }
    }
}

/// The group of requests for an operation, if it is for one.
fn operation(matched: Option<&Matched>) -> Group {
    let index = matched.and_then(Matched::index);
    index.map_or(Group::Nothing, Group::Operation)
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
