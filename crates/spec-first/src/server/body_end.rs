//! The body of a response, whose end is the end of its exchange.

use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::web::Bytes;

use crate::server::exchange::{End, Exchange};

/// A body with its exchange, which is closed at the body's end: that comes after the middleware has passed on the response.
pub(super) struct Body {
    body: BoxBody,
    /// How many bytes are still to come, if that is known.
    rest: Option<u64>,
    /// None after the end.
    exchange: Option<Box<Exchange>>,
}

impl Body {
    pub fn new(body: BoxBody, exchange: Box<Exchange>) -> Self {
        let rest = match body.size() {
            BodySize::None => Some(0),
            BodySize::Sized(length) => Some(length),
            BodySize::Stream => None,
        };
        Self {
            body,
            rest,
            exchange: Some(exchange),
        }
    }

    fn end(&mut self, end: End) {
        if let Some(exchange) = self.exchange.take() {
            exchange.close(end);
        }
    }
}

impl MessageBody for Body {
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

impl Drop for Body {
    /// A body without bytes is dropped without having been polled; another one if the client has left.
    fn drop(&mut self) {
        let end = match self.rest {
            Some(0) => End::Complete,
            _ => End::Abandoned,
        };
        self.end(end);
    }
}
