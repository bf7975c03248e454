//! The time that the handling of a request may take.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::Version;
use actix_web::http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use actix_web::{Error, HttpMessage};
use futures_util::StreamExt;
use pin_project_lite::pin_project;
use tokio::time::{Sleep, sleep};

use crate::server::permit::Permit;

/// The longest body whose arrival counts as a part of the handling, in bytes: it has a timeout of its own.
const SHORT_BODY: u64 = 64 * 1024;

pin_project! {
    /// The handling of a request: ends with its response, or with 504 when its time is over. The handler is dropped then.
    pub(super) struct Deadline<F> {
        #[pin]
        handled: F,
        timeout: Option<Duration>,
        // None until the handler waits for something: many never do.
        #[pin]
        sleep: Option<Sleep>,
        progress: Option<Progress>,
        permit: Permit,
    }
}

/// When a part of a long body has last arrived.
#[derive(Clone)]
pub(super) struct Progress(Rc<Cell<Instant>>);

impl<F> Deadline<F> {
    /// The handling of an admitted request. Its time counts from the last part of a long body on.
    pub fn new(
        handled: F,
        timeout: Option<Duration>,
        progress: Option<Progress>,
        permit: Permit,
    ) -> Self {
        Self {
            handled,
            timeout,
            sleep: None,
            progress,
            permit,
        }
    }
}

impl<T, F> Future for Deadline<F>
where
    F: Future<Output = Result<T, Error>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        if let Poll::Ready(handled) = this.handled.poll(context) {
            return Poll::Ready(handled);
        }
        let Some(timeout) = *this.timeout else {
            return Poll::Pending;
        };
        if this.sleep.is_none() {
            this.sleep.set(Some(sleep(timeout)));
        }
        while let Some(waiting) = this.sleep.as_mut().as_pin_mut() {
            ready!(waiting.poll(context));
            let waited = this.progress.as_ref().map(|it| it.0.get().elapsed());
            match waited.and_then(|waited| timeout.checked_sub(waited)) {
                Some(rest) if !rest.is_zero() => this.sleep.set(Some(sleep(rest))),
                _ => break,
            }
        }
        Poll::Ready(Err(this.permit.timed_out()))
    }
}

impl Progress {
    /// Watches the body of a request if it may be long.
    pub fn of(request: &mut ServiceRequest) -> Option<Self> {
        if !has_long_body(request) {
            return None;
        }
        let progress = Self(Rc::new(Cell::new(Instant::now())));
        let watched = progress.clone();
        let body = request
            .take_payload()
            .inspect(move |_| watched.0.set(Instant::now()));
        request.set_payload(Payload::Stream {
            payload: Box::pin(body),
        });
        Some(progress)
    }
}

fn has_long_body(request: &ServiceRequest) -> bool {
    let headers = request.headers();
    let length = headers
        .get(CONTENT_LENGTH)
        .map(|length| length.to_str().ok()?.parse().ok());
    match length {
        Some(length) => length.is_none_or(|length: u64| length > SHORT_BODY),
        None => {
            headers.contains_key(TRANSFER_ENCODING)
                || request.version() == Version::HTTP_2 && !request.method().is_safe()
        }
    }
}
