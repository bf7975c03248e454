//! The bytes of a body: in memory or as a stream, each within a length and a time.

use std::cell::Cell;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap};
use actix_web::web::Bytes;
use futures_util::stream::{self, LocalBoxStream, Stream, StreamExt};
use tokio::time::{Instant, timeout, timeout_at};

use super::Receiver;
use crate::body::Upload;
use crate::problem::Problem;

/// The decoded chunks of a body, which end at the first problem.
pub(crate) type Chunks = LocalBoxStream<'static, Result<Bytes, Problem>>;

/// A body that is not empty, as it was sent.
pub(super) struct Incoming {
    first: Option<Bytes>,
    rest: Payload,
}

impl Incoming {
    /// The body of a request, unless it is empty. Whether a chunked body is empty is known only after its first chunk.
    pub async fn begin(
        length: Option<usize>,
        mut payload: Payload,
        deadline: Instant,
    ) -> Result<Option<Self>, Problem> {
        let first = match length {
            Some(0) => return Ok(None),
            Some(_) => None,
            None => match until(deadline, pin!(payload.next())).await? {
                None => return Ok(None),
                Some(chunk) => Some(chunk.map_err(problem)?),
            },
        };
        Ok(Some(Self {
            first,
            rest: payload,
        }))
    }

    fn chunks(self) -> impl Stream<Item = Result<Bytes, PayloadError>> + Unpin + 'static {
        stream::iter(self.first.map(Ok)).chain(self.rest)
    }
}

impl Receiver<'_> {
    /// The whole body, within the time for all of it.
    ///
    /// # Errors
    /// 413, 408 or 400.
    pub fn in_memory(self) -> impl Future<Output = Result<Vec<u8>, Problem>> {
        let (limit, deadline) = (self.limit, self.deadline);
        let bytes = Vec::with_capacity(self.length.unwrap_or_default().min(limit));
        let chunks = self.incoming.chunks();
        let mut chunks = match self.codings.is_empty() {
            true => chunks.left_stream(),
            false => self.codings.decode(chunks).right_stream(),
        };
        async move {
            // Each of these futures stays where it is: one that is moved takes its room twice.
            let collected = pin!(collect(&mut chunks, bytes, limit));
            let collected = pin!(until(deadline, collected));
            waiting_until(deadline, collected).await?
        }
    }

    /// The body as a stream, of which each chunk arrives within the time.
    pub fn streamed(self) -> Chunks {
        let chunks = self.incoming.chunks();
        let chunks = match self.codings.is_empty() {
            true => chunks.boxed_local(),
            false => self.codings.decode(chunks),
        };
        bounded(chunks, self.limit, self.settings.body_timeout)
    }

    /// The body as a stream for the application.
    pub fn upload(self) -> Upload {
        let content_type = self.headers.get(CONTENT_TYPE);
        let content_type = content_type.and_then(|it| it.to_str().ok());
        let content_type = content_type.unwrap_or_default().to_owned();
        let is_encoded = !self.codings.is_empty();
        let length = self.length.filter(|_| !is_encoded);
        Upload::new(self.streamed(), content_type, length)
    }
}

/// Until when the body is waited for that this thread has just polled for, unless it has arrived.
pub(crate) fn awaited_until() -> Option<Instant> {
    AWAITED_UNTIL.take()
}

thread_local! {
    static AWAITED_UNTIL: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// The output of a future that waits for a body, until `deadline` at the latest.
pub(crate) async fn waiting_until<F: Future>(
    deadline: Instant,
    mut waiting: Pin<&mut F>,
) -> F::Output {
    /// What is no longer waited for wakes nobody.
    struct End;

    impl Drop for End {
        fn drop(&mut self) {
            AWAITED_UNTIL.set(None);
        }
    }

    let _end = End;
    poll_fn(|context| {
        let polled = waiting.as_mut().poll(context);
        AWAITED_UNTIL.set(polled.is_pending().then_some(deadline));
        polled
    })
    .await
}

/// The output of a future that waits for a part of a body.
///
/// # Errors
/// 408: there is none at the deadline.
async fn until<F: Future>(
    deadline: Instant,
    mut waiting: Pin<&mut F>,
) -> Result<F::Output, Problem> {
    // Most bodies have arrived with their heads, and are there when they are asked for again. To set a timer costs more than that.
    if let Poll::Ready(output) = poll_twice(waiting.as_mut()).await {
        return Ok(output);
    }
    let output = timeout_at(deadline, waiting).await;
    output.map_err(|_| timed_out())
}

/// Polls a future, and once more when the task has been woken, which it is at once.
async fn poll_twice<F: Future>(mut future: Pin<&mut F>) -> Poll<F::Output> {
    let mut is_second = false;
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Pending if !is_second => {
            is_second = true;
            context.waker().wake_by_ref();
            Poll::Pending
        }
        polled => Poll::Ready(polled),
    })
    .await
}

async fn collect(
    mut chunks: impl Stream<Item = Result<Bytes, PayloadError>> + Unpin,
    mut bytes: Vec<u8>,
    limit: usize,
) -> Result<Vec<u8>, Problem> {
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(problem)?;
        if chunk.len() > limit - bytes.len() {
            return Err(Problem::content_too_large(limit));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// The chunks, `limit` bytes at most, each of which arrives within `longest_wait`.
fn bounded(
    chunks: LocalBoxStream<'static, Result<Bytes, PayloadError>>,
    limit: usize,
    longest_wait: Duration,
) -> Chunks {
    let bounded = Bounded {
        chunks,
        left: limit,
        limit,
        longest_wait,
    };
    let next = |bounded: Option<Bounded>| async {
        let mut bounded = bounded?;
        match bounded.next().await? {
            Ok(chunk) => Some((Ok(chunk), Some(bounded))),
            Err(problem) => Some((Err(problem.rejection()), None)),
        }
    };
    stream::unfold(Some(bounded), next).fuse().boxed_local()
}

/// The rest of a body that is limited.
struct Bounded {
    chunks: LocalBoxStream<'static, Result<Bytes, PayloadError>>,
    left: usize,
    limit: usize,
    longest_wait: Duration,
}

impl Bounded {
    async fn next(&mut self) -> Option<Result<Bytes, Problem>> {
        let Ok(chunk) = timeout(self.longest_wait, self.chunks.next()).await else {
            return Some(Err(timed_out()));
        };
        Some(chunk?.map_err(problem).and_then(|chunk| {
            let left = self.left.checked_sub(chunk.len());
            self.left = left.ok_or_else(|| Problem::content_too_large(self.limit))?;
            Ok(chunk)
        }))
    }
}

fn problem(error: PayloadError) -> Problem {
    Problem::bad_request(format!("body: {error}"))
}

fn timed_out() -> Problem {
    Problem::request_timeout("the body did not arrive in time")
}

/// The length of the body as it is sent, if it is known before its end.
pub(super) fn content_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
