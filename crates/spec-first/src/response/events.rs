//! The events of `text/event-stream` on the wire (HTML Standard, section 9.2).

use std::fmt::Write;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::web::Bytes;
use futures_util::stream::{Stream, StreamExt};
use tokio::time::{Instant, Sleep, sleep};

use crate::body::Event;
use crate::problem::Problem;

/// How long a stream of events is silent before a comment is sent: proxies close a silent connection, often after 30 or 60
/// seconds.
pub(crate) const SILENCE: Duration = Duration::from_secs(15);

/// A comment, which clients ignore.
const COMMENT: &[u8] = b":\n\n";

/// The text of an event whose data is this JSON. A string is sent as it is.
///
/// # Errors
/// Its type or id contains what would end the line; the cause is for the log.
pub(crate) fn event_text(event: &Event<()>, json: &[u8]) -> Result<String, Problem> {
    let data = match json.starts_with(b"\"") {
        true => serde_json::from_slice(json).map_err(Problem::internal)?,
        false => String::from_utf8_lossy(json).into_owned(),
    };
    let mut text = String::with_capacity(data.len() + 16);
    for (name, value) in [("event", &event.event), ("id", &event.id)] {
        let Some(value) = value else { continue };
        if value.contains(['\r', '\n']) || name == "id" && value.contains('\0') {
            return Err(Problem::internal(format_args!(
                "the {name} of an event contains a line break or NUL: {value:?}"
            )));
        }
        line(&mut text, name, value);
    }
    if let Some(retry) = event.retry {
        line(&mut text, "retry", &retry.as_millis().to_string());
    }
    for data in data.replace("\r\n", "\n").split(['\n', '\r']) {
        line(&mut text, "data", data);
    }
    text.push('\n');
    Ok(text)
}

fn line(text: &mut String, name: &str, value: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{name}: {value}");
}

/// A stream of events with a comment after each silence.
pub(crate) struct KeptAlive<S> {
    stream: S,
    silence: Duration,
    timer: Pin<Box<Sleep>>,
}

impl<S> KeptAlive<S> {
    pub fn new(stream: S, silence: Duration) -> Self {
        Self {
            stream,
            silence,
            timer: Box::pin(sleep(silence)),
        }
    }
}

impl<S: Stream<Item = Result<Bytes, Problem>> + Unpin> Stream for KeptAlive<S> {
    type Item = Result<Bytes, Problem>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.stream.poll_next_unpin(context);
        let is_silent = next.is_pending();
        if is_silent && self.timer.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        let silence = Instant::now() + self.silence;
        self.timer.as_mut().reset(silence);
        match is_silent {
            true => Poll::Ready(Some(Ok(Bytes::from_static(COMMENT)))),
            false => next,
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::stream;
    use serde_json::json;

    use super::*;

    #[test]
    fn an_event_has_a_line_for_each_of_its_parts() {
        let event = Event::new(()).with_event("tick").with_id("7");
        let event = event.with_retry(Duration::from_secs(2));
        let text = event_text(&event, br#"{"a":"b\nc"}"#);
        let expected = "event: tick\nid: 7\nretry: 2000\ndata: {\"a\":\"b\\nc\"}\n\n";
        assert_eq!(text.ok().as_deref(), Some(expected));
    }

    #[test]
    fn a_text_is_sent_in_lines() {
        for (data, expected) in [
            ("a", "data: a\n\n"),
            ("", "data: \n\n"),
            (
                "a\nb\r\nc\rd\n",
                "data: a\ndata: b\ndata: c\ndata: d\ndata: \n\n",
            ),
            ("\r\n\r\nevent: x", "data: \ndata: \ndata: event: x\n\n"),
        ] {
            let text = event_text(&Event::new(()), json!(data).to_string().as_bytes());
            assert_eq!(text.ok().as_deref(), Some(expected), "{data:?}");
        }
    }

    #[test]
    fn an_id_or_type_cannot_add_lines() {
        for event in [
            Event::new(()).with_id("1\ndata: x"),
            Event::new(()).with_id("1\0"),
            Event::new(()).with_event("a\r"),
        ] {
            assert!(event_text(&event, b"\"a\"").is_err(), "{event:?}");
        }
    }

    #[actix_web::test]
    async fn a_comment_follows_each_silence() {
        let silent = stream::pending::<Result<Bytes, Problem>>();
        let mut stream = KeptAlive::new(silent, Duration::from_millis(1));
        for _ in 0..2 {
            let sent = stream.next().await.and_then(Result::ok);
            assert_eq!(sent.as_deref(), Some(COMMENT));
        }
        let loud = stream::iter([Ok(Bytes::from_static(b"data: a\n\n"))]);
        let mut stream = KeptAlive::new(loud, Duration::ZERO);
        let sent = stream.next().await.and_then(Result::ok);
        assert_eq!(sent.as_deref(), Some(&b"data: a\n\n"[..]));
        assert!(stream.next().await.is_none());
    }
}
