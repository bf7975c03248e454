//! The body of a response that is made while it is sent. Its status has been sent when something in it fails, so the connection is
//! closed before the body's end, and the cause is logged with the operation.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::{BodyStream, BoxBody, SizedStream};
use actix_web::web::Bytes;
use futures_util::stream::{Stream, StreamExt};
use tracing::Span;

use crate::logging::request;
use crate::problem::Problem;
use crate::request_id::RequestId;

/// A body of the bytes of a stream; `length` is how many they have to be, if that is known.
pub(crate) fn body(
    operation: &str,
    length: Option<u64>,
    stream: impl Stream<Item = Result<Bytes, Problem>> + 'static,
) -> BoxBody {
    let guarded = |stream| Guarded {
        stream,
        operation: operation.to_owned(),
        span: Span::current(),
        request_id: request::id(),
        state: State::Open,
    };
    match length {
        Some(length) => {
            let stream = guarded(counted(length, stream).boxed_local());
            BoxBody::new(SizedStream::new(length, stream))
        }
        None => BoxBody::new(BodyStream::new(guarded(stream.boxed_local()))),
    }
}

/// A stream that fails unless it has this length.
fn counted(
    length: u64,
    stream: impl Stream<Item = Result<Bytes, Problem>>,
) -> impl Stream<Item = Result<Bytes, Problem>> {
    let mut sent = 0;
    let bytes = stream.map(Some).chain(futures_util::stream::iter([None]));
    bytes.filter_map(move |bytes| {
        let checked = match bytes {
            Some(Ok(bytes)) => {
                sent += bytes.len() as u64;
                match sent > length {
                    true => Some(Err(Problem::internal(format_args!(
                        "the stream is longer than its {length} bytes"
                    )))),
                    false => Some(Ok(bytes)),
                }
            }
            None if sent < length => Some(Err(Problem::internal(format_args!(
                "the stream ends after {sent} of its {length} bytes"
            )))),
            other => other,
        };
        std::future::ready(checked)
    })
}

/// A stream that ends with its first error, which is logged.
struct Guarded<S> {
    stream: S,
    operation: String,
    /// These are of the request, in which nobody is when the body is sent.
    span: Span,
    request_id: Option<RequestId>,
    state: State,
}

enum State {
    Open,
    Failed,
    Closed,
}

impl<S: Stream<Item = Result<Bytes, Problem>> + Unpin> Stream for Guarded<S> {
    type Item = Result<Bytes, Failed>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Failed>>> {
        match self.state {
            State::Open => {}
            State::Failed => {
                self.state = State::Closed;
                return Poll::Ready(Some(Err(Failed)));
            }
            State::Closed => return Poll::Ready(None),
        }
        let (span, id) = (self.span.clone(), self.request_id.clone());
        let _entered = span.enter();
        request::with_id_of(id, || self.poll_open(context))
    }
}

impl<S: Stream<Item = Result<Bytes, Problem>> + Unpin> Guarded<S> {
    fn poll_open(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Failed>>> {
        // After a panic the stream is not polled again.
        let polled = AssertUnwindSafe(|| self.stream.poll_next_unpin(context));
        let polled = catch_unwind(polled)
            .unwrap_or_else(|panic| Poll::Ready(Some(Err(Problem::panicked(&*panic)))));
        let problem = match polled {
            Poll::Pending => return Poll::Pending,
            Poll::Ready(Some(Ok(bytes))) => return Poll::Ready(Some(Ok(bytes))),
            Poll::Ready(None) => return Poll::Ready(None),
            Poll::Ready(Some(Err(problem))) => problem,
        };
        let (operation, cause) = (&self.operation, cause(&problem));
        tracing::error!(
            operation,
            cause,
            "the response ends early, since its body failed"
        );
        // actix-web drops what it has buffered when it sees an error; what came before is sent while this one is pending.
        self.state = State::Failed;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

/// The cause of a problem, or else the problem itself, which no client reads here.
fn cause(problem: &Problem) -> String {
    let cause = problem.cause().map(str::to_owned);
    cause.unwrap_or_else(|| problem.to_string())
}

/// That a body ends early, for actix-web, which closes the connection.
#[derive(Debug)]
struct Failed;

impl fmt::Display for Failed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the body failed")
    }
}

impl std::error::Error for Failed {}
