//! An event of `text/event-stream` (HTML Standard, section 9.2).

use std::time::Duration;

use serde::{Deserialize, Deserializer};

/// One event of a stream. A `T` that is a string is sent as it is, and any other one as JSON.
///
/// Neither `event` nor `id` can contain a line break, and `id` no NUL: such an event is not sent, and the stream fails. Line breaks
/// in the data are no matter.
///
/// ```
/// use spec_first::body::Event;
///
/// let event = Event::new("ready").with_event("state").with_id("7");
/// assert_eq!((event.data, event.event.as_deref()), ("ready", Some("state")));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Event<T> {
    /// What the event is about.
    pub data: T,
    /// The event's type; clients take one without a type for a `message`.
    pub event: Option<String>,
    /// The id from which a client that has lost its connection continues: it sends the last one as `Last-Event-ID`.
    pub id: Option<String>,
    /// How long a client waits until it connects again, in whole milliseconds.
    pub retry: Option<Duration>,
}

impl<T> Event<T> {
    /// An event with nothing but data.
    pub fn new(data: T) -> Self {
        Self {
            data,
            event: None,
            id: None,
            retry: None,
        }
    }

    /// The same event of this type.
    #[must_use]
    pub fn with_event(mut self, event: impl Into<String>) -> Self {
        self.event = Some(event.into());
        self
    }

    /// The same event with this id.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The same event with the time that a client waits until it connects again.
    #[must_use]
    pub fn with_retry(mut self, retry: Duration) -> Self {
        self.retry = Some(retry);
        self
    }

    /// The event without its data, and the data.
    pub(crate) fn split(self) -> (Event<()>, T) {
        let event = Event {
            data: (),
            event: self.event,
            id: self.id,
            retry: self.retry,
        };
        (event, self.data)
    }
}

/// Decodes the data alone, as the examples of a mock have it.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Event<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::new)
    }
}
