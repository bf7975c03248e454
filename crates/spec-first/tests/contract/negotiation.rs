//! Responses in several media types: which one is sent, and when none is acceptable.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::{Value, json};
use spec_first::contract::{Acceptable, Call, Respond, Settings, no_rules};
use spec_first::problem::Problem;

use crate::client::Answer;
use crate::files::{body, contract, get, media_type, operation, with};
use crate::log;
use crate::server::{Application, Server, application};

/// As they would be generated.
enum Pets {
    OkJson(Vec<String>),
    OkCsv(String),
}

#[derive(Clone, Copy, Debug)]
enum PetsAccept {
    Json,
    Csv,
}

impl Respond for Pets {
    fn respond(self, call: &Call) -> Result<HttpResponse, Problem> {
        match self {
            Self::OkJson(body) => call
                .response(StatusCode::OK)
                .media_types(&["application/json", "application/hal+json"])
                .body(no_rules, &body),
            Self::OkCsv(body) => call
                .response(StatusCode::OK)
                .media_types(&["text/csv"])
                .body(no_rules, &body),
        }
    }
}

impl Acceptable for PetsAccept {
    const MEDIA_TYPES: &'static [(&'static str, Self)] = &[
        ("application/json", Self::Json),
        ("application/hal+json", Self::Json),
        ("text/csv", Self::Csv),
    ];
}

fn server() -> Server {
    let pets = [
        media_type("application/json", "json", "names"),
        media_type("application/hal+json", "json", "names"),
        media_type("text/csv", "text", "text"),
    ];
    let name = [
        media_type("application/json", "json", "text"),
        media_type("text/plain", "text", "text"),
    ];
    let both = json!([
        { "status": "200", "content": [media_type("text/plain", "text", "count")] },
        { "status": "204", "content": [] },
        { "status": "404", "content": [media_type("application/problem+json", "json", "")] },
    ]);
    let gone = with(
        operation("gone", "DELETE", "/gone"),
        "responses",
        json!([{ "status": "204", "content": [] }]),
    );
    let saved = with(operation("saved", "POST", "/saved"), "body", body("text"));
    let head = json!([{ "status": "200", "content": pets }]);
    let head = with(operation("head", "HEAD", "/pets"), "responses", head);
    let schemas = json!({
        "names": { "type": "array", "items": { "type": "string" } },
        "text": { "type": "string", "minLength": 1 },
        "count": { "type": "integer", "maximum": 9 },
    });
    let operations = json!([
        get("pets", &pets),
        get("name", &name),
        with(operation("count", "GET", "/count"), "responses", both),
        gone,
        saved,
        head,
    ]);
    log::keep();
    Server::start(
        &contract(schemas, operations),
        Settings::default(),
        |routes| {
            routes.add("pets", &application(), pets_of);
            routes.add(
                "name",
                &application(),
                |_: Arc<Application>, call: Call| async move {
                    let name = async { Ok("Rex".to_owned()) };
                    call.respond(StatusCode::OK, no_rules, name).await
                },
            );
            routes.add(
                "count",
                &application(),
                |_: Arc<Application>, call: Call| async move {
                    call.respond(StatusCode::OK, no_rules, async { Ok(7) })
                        .await
                },
            );
            for id in ["gone", "head"] {
                routes.add(
                    id,
                    &application(),
                    move |_: Arc<Application>, call: Call| async move {
                        let status = if id == "gone" {
                            StatusCode::NO_CONTENT
                        } else {
                            StatusCode::OK
                        };
                        call.respond_empty(status, async { Ok(()) }).await
                    },
                );
            }
            routes.add(
                "saved",
                &application(),
                |_: Arc<Application>, call: Call| async move {
                    let saved: Value = call.body(no_rules)?;
                    call.respond(StatusCode::OK, no_rules, async { Ok(saved) })
                        .await
                },
            );
        },
    )
}

async fn pets_of(_: Arc<Application>, call: Call) -> Result<HttpResponse, Problem> {
    let accept = call.accept();
    call.respond_any(async move {
        Ok(match accept {
            PetsAccept::Json => Pets::OkJson(vec!["Rex".to_owned()]),
            PetsAccept::Csv => Pets::OkCsv("name\r\nRex\r\n".to_owned()),
        })
    })
    .await
}

impl Server {
    fn accepting(&self, path: &str, accept: &str) -> Answer {
        self.send("GET", path, &format!("Accept: {accept}\r\n"), "")
    }
}

const JSON: (&str, &str) = ("application/json", r#"["Rex"]"#);
const HAL: (&str, &str) = ("application/hal+json", r#"["Rex"]"#);
const CSV: (&str, &str) = ("text/csv; charset=utf-8", "name\r\nRex\r\n");

#[test]
fn the_preferred_representation_is_sent() {
    let server = server();
    let answer = server.get("/api/pets");
    answer.is(200, JSON.0, JSON.1);
    assert_eq!(answer.headers("Vary"), ["Accept"]);
    for (accept, (media_type, body)) in [
        ("*/*", JSON),
        ("text/csv", CSV),
        ("text/*", CSV),
        ("application/hal+json", HAL),
        ("application/*", JSON),
        ("application/json;q=0.1, text/csv;q=0.2", CSV),
        ("application/json;q=0, */*;q=0.1", HAL),
        ("application/*;q=0, */*;q=0.1", CSV),
        ("text/html, */*;q=0.8", JSON),
        ("nonsense", JSON),
        ("\u{e4}", JSON),
    ] {
        let answer = server.accepting("/api/pets", accept);
        answer.is(200, media_type, body);
        assert_eq!(answer.headers("Vary"), ["Accept"], "{accept}");
    }
}

#[test]
fn a_value_of_one_type_is_sent_as_the_client_prefers() {
    let server = server();
    server
        .get("/api/name")
        .is(200, "application/json", "\"Rex\"");
    let plain = server.accepting("/api/name", "text/plain");
    plain.is(200, "text/plain; charset=utf-8", "Rex");
    assert_eq!(plain.header("Content-Length"), "3");
}

#[test]
fn a_client_that_accepts_nothing_is_406_before_the_handler() {
    let server = server();
    let pets = r#"{"type":"about:blank","title":"Not Acceptable","status":406,"detail":"the header Accept allows no response of this operation; expected application/json or application/hal+json or text/csv"}"#;
    for accept in [
        "text/html",
        "*/*;q=0",
        "application/problem+json",
        "text/csv;q=0.000",
    ] {
        let answer = server.accepting("/api/pets", accept);
        answer.is_problem(406, pets);
        assert_eq!(answer.headers("Vary"), ["Accept"]);
    }
    let count = server.accepting("/api/count", "application/json");
    count.is_problem(406, r#"{"type":"about:blank","title":"Not Acceptable","status":406,"detail":"the header Accept allows no response of this operation; expected text/plain"}"#);
    let gone = server.send("DELETE", "/api/gone", "Accept: text/html\r\n", "");
    assert_eq!((gone.status, gone.header("Vary")), (204, ""));
}

#[test]
fn the_body_of_a_request_is_not_read_for_a_406() {
    let server = server();
    // The rest of the body would be waited for.
    let head = "POST /api/saved HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept: text/html\r\nContent-Type: text/csv\r\nContent-Length: 999\r\n\r\na";
    assert_eq!(server.raw(head).status, 406);
    let invalid = server.send(
        "POST",
        "/api/saved",
        "Accept: application/*\r\nContent-Type: application/json\r\n",
        "1",
    );
    assert_eq!(invalid.status, 400);
}

#[test]
fn a_scalar_is_plain_text_and_validated() {
    let server = server();
    server
        .get("/api/count")
        .is(200, "text/plain; charset=utf-8", "7");
}

#[test]
fn a_head_has_the_media_type_and_no_body() {
    let server = server();
    for (accept, media_type) in [
        ("*/*", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
    ] {
        let answer = server.send("HEAD", "/api/pets", &format!("Accept: {accept}\r\n"), "");
        answer.is(200, media_type, "");
        assert_eq!(answer.headers("Vary"), ["Accept"]);
    }
    assert_eq!(
        server
            .send("HEAD", "/api/pets", "Accept: image/png\r\n", "")
            .status,
        406
    );
}

#[test]
fn no_accept_is_a_failure_of_the_server() {
    let server = server();
    let pieces = [
        "text/csv", "*/*", ";q=", "0", "1", ".", ",", ";", "\"", "\\", "=", "a", " ", "/", "*",
        "\u{e9}",
    ];
    let mut seed = 1_usize;
    for _ in 0..300 {
        let pieces = (0..seed % 23).map(|_| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            pieces[(seed >> 33) % pieces.len()]
        });
        let accept: String = pieces.collect();
        seed = seed.wrapping_add(1);
        let status = server.accepting("/api/pets", &accept).status;
        assert!([200, 406].contains(&status), "{accept:?} is {status}");
    }
}
