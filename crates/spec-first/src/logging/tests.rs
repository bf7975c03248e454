//! What is written of events, in both formats.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tracing::{error, info, info_span, warn};
use tracing_subscriber::fmt::MakeWriter;

use super::request::with_id_of;
use super::{LogFormat, LogLevel, subscriber};
use crate::request_id::RequestId;

/// What was written.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no panic").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Written {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// The lines that a function logs, without their times.
fn lines(format: LogFormat, has_colours: bool, log: impl FnOnce()) -> Vec<String> {
    let written = Written::default();
    let subscriber = subscriber(LogLevel::Info, format, has_colours, written.clone());
    tracing::subscriber::with_default(subscriber, log);
    let bytes = written.0.lock().expect("no panic").clone();
    let text = String::from_utf8(bytes).expect("UTF-8");
    text.lines().map(without_time).collect()
}

/// The line without the only time in it, which must be one.
fn without_time(line: &str) -> String {
    const TIME: &str = "0000-00-00T00:00:00.000000Z";
    let start = line.find(|it: char| it.is_ascii_digit()).expect("a time");
    let (time, rest) = line[start..].split_at(TIME.len());
    let shape = time.replace(|it: char| it.is_ascii_digit(), "0");
    assert_eq!(shape, TIME, "{line}");
    format!("{}{rest}", &line[..start])
}

fn text(log: impl FnOnce()) -> Vec<String> {
    lines(LogFormat::Text, false, log)
}

fn objects(log: impl FnOnce()) -> Vec<Value> {
    let lines = lines(LogFormat::Json, false, log);
    let objects = lines.iter().map(|line| serde_json::from_str(line));
    objects.collect::<Result<_, _>>().expect("JSON")
}

fn log_all_types() {
    let (yes, small, big, float) = (true, -1, u128::MAX, 0.5);
    let (none, some): (Option<&str>, _) = (None, Some("x"));
    let cause = io::Error::other("\"no\"\nfile");
    let error = &cause as &(dyn std::error::Error + 'static);
    let (r#type, list) = ("a", ["b"]);
    info!(
        target: "t",
        yes, small, big, float, nan = f64::NAN, none, some, error, r#type, ?list, %cause, "the {}", "text"
    );
}

#[test]
fn a_line_of_text_has_level_target_message_and_fields() {
    assert_eq!(
        text(log_all_types),
        [
            " INFO t: the text yes=true small=-1 big=340282366920938463463374607431768211455 float=0.5 nan=NaN some=\"x\" \
             error=\"no\"\\nfile type=\"a\" list=[\"b\"] cause=\"no\"\\nfile"
        ]
        .map(|line| format!(" {line}"))
    );
}

#[test]
fn an_object_has_level_target_message_and_fields() {
    let expected = json!({
        "timestamp": "", "level": "INFO", "message": "the text", "yes": true, "small": -1, "float": 0.5, "nan": null,
        "some": "x", "error": "\"no\"\nfile", "type": "a", "list": "[\"b\"]", "cause": "\"no\"\nfile", "target": "t"
    });
    let mut object = objects(log_all_types).remove(0);
    // Beyond what `Value` holds.
    object.as_object_mut().expect("an object").remove("big");
    assert_eq!(object, expected);
    let names: Vec<_> = object.as_object().expect("an object").keys().collect();
    assert_eq!(names[..3], ["timestamp", "level", "message"]);
}

#[test]
fn nothing_makes_a_second_line() {
    let text_of = "a\nb\u{1b}[31m\u{85}ü\"\\";
    let log = || {
        error!(target: "t", text_of, display = %text_of, "{text_of}");
        let span = info_span!("s", %text_of);
        span.in_scope(|| warn!(target: "t", "in a span"));
    };
    assert_eq!(
        text(log),
        [
            " ERROR t: a\\nb\\u{1b}[31m\\u{85}ü\"\\ text_of=\"a\\nb\\u{1b}[31m\\u{85}ü\\\"\\\\\" \
             display=a\\nb\\u{1b}[31m\\u{85}ü\"\\",
            "  WARN s{text_of=a\\nb\\u{1b}[31m\\u{85}ü\"\\}: t: in a span",
        ]
    );
    let [error, warn] = objects(log).try_into().expect("two objects");
    assert_eq!(
        [&error["message"], &error["text_of"], &error["display"]],
        [text_of; 3]
    );
    assert_eq!(warn["span"]["name"], "s");
}

#[test]
fn events_of_a_request_have_its_id() {
    let log = || {
        let id = || RequestId::given("id-1");
        with_id_of(id(), || info!(target: "t", number = 1, "one"));
        with_id_of(id(), || info!(target: "t", request_id = "its own", "two"));
        with_id_of(None, || info!(target: "t", "three"));
    };
    assert_eq!(
        text(log),
        [
            "  INFO t: one number=1 request_id=\"id-1\"",
            "  INFO t: two request_id=\"its own\"",
            "  INFO t: three",
        ]
    );
    let ids: Vec<_> = objects(log)
        .iter()
        .map(|it| it["request_id"].clone())
        .collect();
    assert_eq!(ids, [json!("id-1"), json!("its own"), Value::Null]);
}

#[test]
fn events_in_spans_of_the_application_have_their_fields() {
    let log = || {
        let outer = info_span!("outer", a = 1);
        let _outer = outer.enter();
        info_span!("inner", b = "x", c = true).in_scope(|| info!(target: "t", "text"));
        info_span!("bare").in_scope(|| info!(target: "t", "text"));
    };
    assert_eq!(
        text(log),
        [
            "  INFO outer{a=1}: inner{b=\"x\" c=true}: t: text",
            "  INFO outer{a=1}: bare: t: text",
        ]
    );
    let spans: Vec<_> = objects(log).iter().map(|it| it["span"].clone()).collect();
    assert_eq!(
        spans,
        [
            json!({"name": "inner", "b": "x", "c": true}),
            json!({"name": "bare"})
        ]
    );
}

#[test]
fn a_terminal_sees_the_level_in_colour() {
    let line = lines(LogFormat::Text, true, || warn!(target: "t", "text"));
    assert_eq!(line, ["  \u{1b}[33mWARN\u{1b}[0m t: text"]);
}

#[test]
fn the_level_decides_what_is_written() {
    let log = || {
        tracing::debug!(target: "t", "no");
        info!(target: "actix_server::worker", "no");
        error!(target: "actix_http::h1", "no");
        warn!(target: "actix_server::worker", "yes");
    };
    assert_eq!(text(log), ["  WARN actix_server::worker: yes"]);
}
