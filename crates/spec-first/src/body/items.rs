//! A body of many items, one after another.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::stream::{self, LocalBoxStream, Stream, StreamExt};
use serde::{Deserialize, Deserializer};

use crate::problem::Problem;

/// The items of a body that is sent or received item by item: JSON values on lines of their own (`application/x-ndjson` and the
/// like), or with [`Event`](super::Event)s the events of `text/event-stream`. It is a stream: an item is made when the client is
/// ready to receive it, and is never held in memory with all others.
///
/// In a response each item is validated by the item's schema when it is sent. By then the status has been sent: an item that is
/// invalid, or a problem in its place, is logged, and the connection is closed before the body's end, so that the client can
/// detect it.
///
/// ```
/// use spec_first::body::Items;
///
/// let known = Items::from(vec!["a", "b"]);
/// let computed = Items::new(futures_util::stream::iter((1..=3).map(Ok)));
/// # let _: (Items<&str>, Items<i32>) = (known, computed);
/// ```
pub struct Items<T> {
    stream: LocalBoxStream<'static, Result<T, Problem>>,
}

impl<T> Items<T> {
    /// The items of a stream, which ends at the first problem.
    pub fn new(stream: impl Stream<Item = Result<T, Problem>> + 'static) -> Self {
        Self {
            stream: stream.boxed_local(),
        }
    }
}

impl<T: 'static> From<Vec<T>> for Items<T> {
    fn from(items: Vec<T>) -> Self {
        Self::new(stream::iter(items.into_iter().map(Ok)))
    }
}

impl<T> Stream for Items<T> {
    type Item = Result<T, Problem>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.stream.poll_next_unpin(context)
    }
}

/// Decodes a list, as the examples of a mock have it.
impl<'de, T: Deserialize<'de> + 'static> Deserialize<'de> for Items<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::from)
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Items").finish_non_exhaustive()
    }
}
