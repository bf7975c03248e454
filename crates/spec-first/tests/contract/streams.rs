//! Bodies that are sent item by item: lines of JSON, and events.

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use futures_util::stream;
use serde::Serialize;
use serde_json::{Value, json};
use spec_first::body::{Event, Items};
use spec_first::contract::{Call, Responses, Settings, no_rules};
use spec_first::problem::Problem;
use validator::Validate;

use crate::client::Answer;
use crate::files::{contract, get, media_type};
use crate::log;
use crate::server::{Application, Server, application};

/// A server of one operation with this id, which sends items or events.
fn server(
    id: &'static str,
    responses: Responses,
    items: fn() -> Vec<Result<Value, Problem>>,
) -> Server {
    log::keep();
    let schemas = json!({ "pet": { "type": "object", "required": ["name"] } });
    let lines = get(id, &[media_type("application/x-ndjson", "lines", "pet")]);
    let events = get(
        "events",
        &[media_type("text/event-stream", "events", "pet")],
    );
    let settings = Settings {
        responses,
        ..Settings::default()
    };
    Server::start(
        &contract(schemas, json!([lines, events])),
        settings,
        move |routes| {
            routes.add(
                id,
                &application(),
                move |_: Arc<Application>, call: Call| async move {
                    let items = async move { Ok(Items::new(stream::iter(items()))) };
                    call.respond_items(StatusCode::OK, no_rules, items).await
                },
            );
            routes.add(
                "events",
                &application(),
                move |_: Arc<Application>, call: Call| async move {
                    let events = items().into_iter().map(|item| item.map(event));
                    let events = async move { Ok(Items::new(stream::iter(events))) };
                    call.respond_events(StatusCode::OK, no_rules, events).await
                },
            );
        },
    )
}

fn event(data: Value) -> Event<Value> {
    let id = data["name"].as_str().unwrap_or_default().to_owned();
    Event::new(data)
        .with_event("pet")
        .with_id(id)
        .with_retry(Duration::from_millis(1500))
}

fn good() -> Vec<Result<Value, Problem>> {
    vec![
        Ok(json!({ "name": "Rex" })),
        Ok(json!({ "name": "Max", "age": 3 })),
    ]
}

fn bad() -> Vec<Result<Value, Problem>> {
    vec![
        Ok(json!({ "name": "Rex" })),
        Ok(json!({ "age": 3 })),
        Ok(json!({ "name": "Max" })),
    ]
}

fn failing() -> Vec<Result<Value, Problem>> {
    vec![
        Ok(json!({ "name": "Rex" })),
        Err(Problem::not_found("the rest is lost")),
    ]
}

/// The chunks of a body as they are on the wire.
fn chunked(chunks: &[&str]) -> String {
    let chunks = chunks
        .iter()
        .map(|chunk| format!("{:X}\r\n{chunk}\r\n", chunk.len()));
    chunks.collect()
}

const END: &str = "0\r\n\r\n";

fn is_stream(answer: &Answer, media_type: &str) {
    assert_eq!(answer.header("Transfer-Encoding"), "chunked");
    assert_eq!(
        (answer.status, answer.header("Content-Type")),
        (200, media_type)
    );
}

#[test]
fn each_item_is_a_line() {
    let answer = server("lines", Responses::Enforce, good).get("/api/lines");
    is_stream(&answer, "application/x-ndjson");
    let lines = chunked(&["{\"name\":\"Rex\"}\n", "{\"name\":\"Max\",\"age\":3}\n"]);
    assert_eq!(answer.body, lines + END);
    let none = server("no_lines", Responses::Enforce, Vec::new).get("/api/no_lines");
    assert_eq!(none.body, END);
}

#[test]
fn each_event_has_its_lines() {
    let answer = server("lines_beside", Responses::Enforce, good).get("/api/events");
    is_stream(&answer, "text/event-stream");
    let events = chunked(&[
        "event: pet\nid: Rex\nretry: 1500\ndata: {\"name\":\"Rex\"}\n\n",
        "event: pet\nid: Max\nretry: 1500\ndata: {\"name\":\"Max\",\"age\":3}\n\n",
    ]);
    assert_eq!(answer.body, events + END);
}

#[test]
fn an_item_that_breaks_the_contract_ends_the_stream() {
    let rex = chunked(&["{\"name\":\"Rex\"}\n"]);
    let answer = server("broken_lines", Responses::Enforce, bad).get("/api/broken_lines");
    assert_eq!(answer.body, rex);
    let lines = log::about("broken_lines");
    let cause = r#"cause="the response breaks the contract: status 200: item 2 at \"\": \"name\" is a required property (/schemas/pet/required)""#;
    assert!(lines.iter().any(|line| line.contains(cause)), "{lines:?}");
    let answer = server("lost_lines", Responses::Enforce, failing).get("/api/lost_lines");
    assert_eq!(answer.body, rex);
    let lines = log::about("lost_lines");
    let cause = r#"cause="404 Not Found: the rest is lost""#;
    assert!(lines.iter().any(|line| line.contains(cause)), "{lines:?}");
}

#[test]
fn an_item_that_breaks_the_contract_is_reported_or_ignored() {
    let all = chunked(&[
        "{\"name\":\"Rex\"}\n",
        "{\"age\":3}\n",
        "{\"name\":\"Max\"}\n",
    ]) + END;
    let answer = server("reported_lines", Responses::Report, bad).get("/api/reported_lines");
    assert_eq!(answer.body, all);
    let lines = log::about("reported_lines");
    assert!(
        lines.iter().any(|line| line.contains("item 2 at")),
        "{lines:?}"
    );
    let answer = server("lax_lines", Responses::Off, bad).get("/api/lax_lines");
    assert_eq!(answer.body, all);
    assert_eq!(log::about("lax_lines"), [""; 0]);
}

/// A type whose rules are stricter than the schema.
#[derive(Serialize, Validate)]
struct Young {
    #[validate(range(max = 1))]
    age: u8,
}

#[test]
fn rules_that_reject_what_the_schema_accepts_end_the_stream_in_debug_builds() {
    log::keep();
    let old = get("old", &[media_type("application/jsonl", "lines", "")]);
    let server = Server::start(
        &contract(json!({}), json!([old])),
        Settings::default(),
        |routes| {
            routes.add(
                "old",
                &application(),
                |_: Arc<Application>, call: Call| async move {
                    let items = async { Ok(Items::from(vec![Young { age: 1 }, Young { age: 2 }])) };
                    call.respond_items(StatusCode::OK, Validate::validate, items)
                        .await
                },
            );
        },
    );
    assert_eq!(server.get("/api/old").body, chunked(&["{\"age\":1}\n"]));
    assert!(log::about("old")[0].contains("rules reject what the schema accepts"));
}

#[test]
fn an_event_cannot_add_lines_to_the_stream() {
    let split = || vec![Ok(json!({ "name": "a\ndata: b" }))];
    let answer = server("split_events", Responses::Enforce, split).get("/api/events");
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    let lines = log::about("events");
    let cause = "the id of an event contains a line break or NUL";
    assert!(lines.iter().any(|line| line.contains(cause)), "{lines:?}");
}
