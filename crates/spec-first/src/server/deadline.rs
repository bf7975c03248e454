//! The time that the handling of a request may take.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::Version;
use actix_web::http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use actix_web::{Error, HttpMessage};
use futures_util::StreamExt;
use pin_project_lite::pin_project;
use tokio::time::{Instant, Sleep, sleep_until};

use crate::request::body::awaited_until;
use crate::server::permit::Permit;

/// The longest body whose arrival counts as a part of the handling, in bytes: it has a timeout of its own.
const SHORT_BODY: u64 = 64 * 1024;

pin_project! {
    /// The handling of a request: ends with its response, or with 504 when its time is over. The handler is dropped then.
    pub(super) struct Deadline<F> {
        #[pin]
        handled: F,
        timeout: Option<Duration>,
        // When the handler has waited for something for the first time.
        begun: Option<Instant>,
        // None until the handler waits for something: many never do. In a box, since the future is moved with room for it.
        sleep: Option<Pin<Box<Sleep>>>,
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
            begun: None,
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
        let this = self.project();
        awaited_until();
        if let Poll::Ready(handled) = this.handled.poll(context) {
            return Poll::Ready(handled);
        }
        let Some(timeout) = *this.timeout else {
            return Poll::Pending;
        };
        let end = *this.begun.get_or_insert_with(Instant::now) + timeout;
        // A body that is awaited wakes the handler before the end, and most arrive without a delay.
        if awaited_until().is_some_and(|awaited| awaited <= end) && this.sleep.is_none() {
            return Poll::Pending;
        }
        let sleep = this.sleep.get_or_insert_with(|| Box::pin(sleep_until(end)));
        loop {
            ready!(sleep.as_mut().poll(context));
            let waited = this.progress.as_ref().map(|it| it.0.get().elapsed());
            match waited.and_then(|waited| timeout.checked_sub(waited)) {
                Some(rest) if !rest.is_zero() => sleep.as_mut().reset(Instant::now() + rest),
                _ => break,
            }
        }
        Poll::Ready(Err(this.permit.timed_out()))
    }
}

impl Progress {
    /// Watches the body of a request if it may be long.
    pub fn of(request: &mut ServiceRequest) -> Option<Self> {
        let (_, payload) = request.parts_mut();
        if matches!(payload, Payload::None) || !has_long_body(request) {
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

#[cfg(test)]
mod tests {
    use std::future::{pending, poll_fn};
    use std::pin::pin;
    use std::sync::Arc;
    use std::sync::atomic::AtomicUsize;

    use tokio::time::{sleep, timeout};

    use super::*;
    use crate::options::Limits;
    use crate::request::body::waiting_until;
    use crate::response::problems::Problems;
    use crate::server::lifecycle::Lifecycle;
    use crate::server::metrics::Exceeded;
    use crate::server::permit::Shared;

    fn permit() -> Permit {
        let limits = Limits {
            max_connections: 1,
            max_concurrent_requests: 1,
            request_timeout: 1,
            url_limit: 1,
            header_limit: 1,
            body_limit: 1,
            upload_limit: 1,
        };
        let shared = Arc::new(Shared {
            timeout: None,
            limits,
            lifecycle: Lifecycle::default(),
            problems: Problems::default(),
            handled: AtomicUsize::new(0),
            exceeded: Exceeded::default(),
        });
        Permit::take(&shared).expect("it is the first")
    }

    const TIMEOUT: Duration = Duration::from_millis(100);

    /// How long it takes until a handler is ended.
    async fn time(handled: impl Future<Output = Result<(), Error>>) -> Duration {
        let start = Instant::now();
        let deadline = Deadline::new(handled, Some(TIMEOUT), None, permit());
        let ended = timeout(Duration::from_secs(10), deadline).await;
        assert!(ended.is_ok_and(|handled| handled.is_err()));
        start.elapsed()
    }

    #[actix_web::test]
    async fn the_time_counts_from_the_first_wait_on_even_if_that_is_for_a_body() {
        let early = || Instant::now() + TIMEOUT / 2;
        let late = || Instant::now() + 100 * TIMEOUT;
        let body = async |deadline, length: u32| {
            let arrived = pin!(sleep(TIMEOUT * length / 4));
            waiting_until(deadline, arrived).await
        };
        let endless = time(pending()).await;
        let arrived = time(async {
            body(early(), 1).await;
            pending().await
        });
        let abandoned = time(async {
            let mut body = Box::pin(body(early(), 1));
            let polled = poll_fn(|context| Poll::Ready(body.as_mut().poll(context)));
            assert!(polled.await.is_pending());
            drop(body);
            pending().await
        });
        let missing = time(async {
            body(late(), 100).await;
            Ok(())
        });
        for time in [endless, arrived.await, abandoned.await, missing.await] {
            assert!((TIMEOUT..10 * TIMEOUT).contains(&time), "{time:?}");
        }
    }
}
