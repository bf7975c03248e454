//! The end of a body, which comes after the middleware has passed on the response.

use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::web::Bytes;

/// How the sending of a body ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// All of it was handed to the connection.
    Complete,
    /// It failed, and the connection is closed.
    Failed,
    /// The client closed the connection.
    Abandoned,
}

/// A body, and what is called at its end.
pub(super) struct Watched<F: FnOnce(End)> {
    body: BoxBody,
    /// How many bytes are still to come, if that is known.
    rest: Option<u64>,
    /// None after the end.
    at_end: Option<F>,
}

impl<F: FnOnce(End)> Watched<F> {
    pub fn new(body: impl MessageBody + 'static, at_end: F) -> Self {
        let rest = match body.size() {
            BodySize::None => Some(0),
            BodySize::Sized(length) => Some(length),
            BodySize::Stream => None,
        };
        Self {
            body: body.boxed(),
            rest,
            at_end: Some(at_end),
        }
    }

    fn end(&mut self, end: End) {
        if let Some(at_end) = self.at_end.take() {
            at_end(end);
        }
    }
}

impl<F: FnOnce(End) + Unpin> MessageBody for Watched<F> {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let next = Pin::new(&mut self.body).poll_next(context);
        match &next {
            Poll::Pending => {}
            Poll::Ready(None) => self.end(End::Complete),
            Poll::Ready(Some(Err(_))) => self.end(End::Failed),
            Poll::Ready(Some(Ok(bytes))) => {
                let length = bytes.len() as u64;
                self.rest = self.rest.map(|rest| rest.saturating_sub(length));
                // With its last byte, since the client may have read it all before the end is polled.
                if self.rest == Some(0) {
                    self.end(End::Complete);
                }
            }
        }
        next
    }
}

impl<F: FnOnce(End)> Drop for Watched<F> {
    /// A body without bytes is dropped without having been polled; another one if the client has left.
    fn drop(&mut self) {
        let end = match self.rest {
            Some(0) => End::Complete,
            _ => End::Abandoned,
        };
        self.end(end);
    }
}
