//! Headers of responses: lists, objects, cookies, and what no header can contain.

use std::sync::Arc;

use actix_web::http::StatusCode;
use serde_json::{Value, json};
use spec_first::body::Download;
use spec_first::contract::{Call, Settings, no_rules};

use crate::client::Answer;
use crate::files::{contract, media_type, operation, parameter, with};
use crate::log;
use crate::server::{Application, Server, application};

fn header(name: &str, more: Value) -> Value {
    let mut header = json!({ "name": name, "required": false, "schema": "api.yml#/schemas/any" });
    for (name, value) in more.as_object().into_iter().flatten() {
        header[name] = value.clone();
    }
    header
}

/// Answers with the header that the query names.
fn answer(id: &'static str, name: &'static str, value: Value, more: Value) -> Answer {
    let responses = json!([{ "status": "200", "content": [], "headers": [header(name, more)] }]);
    let get = with(operation(id, "GET", "/it"), "responses", responses);
    let contract = contract(json!({ "any": {} }), json!([get]));
    log::keep();
    let server = Server::start(&contract, Settings::default(), move |routes| {
        let value = value.clone();
        routes.add(
            id,
            &application(),
            move |_: Arc<Application>, call: Call| {
                let value = value.clone();
                async move { call.response(StatusCode::OK).header(name, &value)?.empty() }
            },
        );
    });
    server.get("/api/it")
}

#[test]
fn a_list_is_one_line_but_for_cookies() {
    let list = json!(["a b", 1, "c"]);
    let found = answer("list", "X-List", list.clone(), json!({}));
    assert_eq!(found.headers("X-List"), ["a b,1,c"]);
    let pipes = json!({ "separators": ["|"] });
    assert_eq!(
        answer("pipes", "X-List", list, pipes).headers("X-List"),
        ["a b|1|c"]
    );
    let cookies = json!(["a=1; Path=/; Expires=Sat, 28 Nov 2026 00:00:00 GMT", "b=2"]);
    let found = answer("cookies", "set-cookie", cookies, json!({}));
    assert_eq!(
        found.headers("Set-Cookie"),
        ["a=1; Path=/; Expires=Sat, 28 Nov 2026 00:00:00 GMT", "b=2"]
    );
    assert_eq!(
        answer("none", "Set-Cookie", json!([]), json!({})).headers("Set-Cookie"),
        [""; 0]
    );
    assert_eq!(
        answer("empty", "X-List", json!([]), json!({})).headers("X-List"),
        [""]
    );
}

#[test]
fn an_object_is_simple_exploded_or_json() {
    let object = json!({ "a": 1, "b": "x" });
    for (id, more, expected) in [
        ("simple", json!({}), "a,1,b,x"),
        ("exploded", json!({ "explode": true }), "a=1,b=x"),
        ("json", json!({ "json": true }), r#"{"a":1,"b":"x"}"#),
    ] {
        let found = answer(id, "X-Object", object.clone(), more);
        assert_eq!(found.headers("X-Object"), [expected]);
    }
}

#[test]
fn no_value_ends_a_header() {
    for (id, value) in [
        ("newline", json!("a\r\nSet-Cookie: b=1")),
        ("feed", json!("a\nb")),
        ("nul", json!("a\0")),
        ("item", json!(["a", "b\r\n\r\n<html>"])),
        ("name", json!({ "a\n": 1 })),
    ] {
        let found = answer(id, "Location", value, json!({}));
        assert_eq!(found.status, 500, "{id}");
        assert_eq!(found.header("Location"), "");
        assert_eq!(found.header("Set-Cookie"), "");
        let lines = log::about(id);
        let cause = "the header Location of the response contains a control character";
        assert!(lines.iter().any(|line| line.contains(cause)), "{lines:?}");
    }
    let text = answer("text", "X-Name", json!("Jörg"), json!({}));
    assert_eq!(text.headers("X-Name"), ["Jörg"]);
}

#[test]
fn a_header_of_the_application_takes_the_place_of_the_servers() {
    let responses = json!([{
        "status": "200",
        "content": [media_type("text/csv", "binary", "")],
        "headers": [header("Content-Disposition", json!({}))],
    }]);
    let get = with(operation("named", "GET", "/it"), "responses", responses);
    let get = with(
        get,
        "parameters",
        json!([parameter("query", "any", json!([]))]),
    );
    let contract = contract(json!({ "any": {} }), json!([get]));
    let server = Server::start(&contract, Settings::default(), |routes| {
        routes.add(
            "named",
            &application(),
            |_: Arc<Application>, call: Call| async move {
                let response = call.response(StatusCode::OK);
                let response = response.header("Content-Disposition", &"inline")?;
                response.download(Download::from("a").attachment("a.csv"))
            },
        );
    });
    let found = server.get("/api/it");
    found.is(200, "text/csv", "a");
    assert_eq!(found.headers("Content-Disposition"), ["inline"]);
}

#[test]
fn a_text_is_a_header_and_none_is_not() {
    let text = json!({});
    let responses = json!([{
        "status": "204",
        "content": [],
        "headers": [header("X-Name", text.clone()), header("X-Other", text.clone()), header("X-Last", text)],
    }]);
    let get = with(operation("texts", "GET", "/it"), "responses", responses);
    let contract = contract(json!({ "any": {} }), json!([get]));
    let server = Server::start(&contract, Settings::default(), |routes| {
        routes.add(
            "texts",
            &application(),
            |_: Arc<Application>, call: Call| async move {
                call.response(StatusCode::NO_CONTENT)
                    .text_header("X-Name", "first".to_owned())
                    .text_header("X-Other", None)
                    .text_header("X-Last", Some("Jörg".to_owned()))
                    .text_header("x-name", "second".to_owned())
                    .empty()
            },
        );
    });
    let found = server.get("/api/it");
    found.is(204, "", "");
    assert_eq!(found.headers("X-Name"), ["second"]);
    assert_eq!(found.headers("X-Other"), [""; 0]);
    assert_eq!(found.headers("X-Last"), ["Jörg"]);
}

#[test]
fn a_head_can_tell_the_length_of_what_it_does_not_send() {
    let responses = json!([{
        "status": "200",
        "content": [media_type("application/zip", "binary", "")],
        "headers": [header("Content-Length", json!({}))],
    }]);
    let head = with(operation("sized", "HEAD", "/it"), "responses", responses);
    let contract = contract(json!({ "any": {} }), json!([head]));
    let server = Server::start(&contract, Settings::default(), |routes| {
        routes.add(
            "sized",
            &application(),
            |_: Arc<Application>, call: Call| async move {
                call.response(StatusCode::OK)
                    .header("Content-Length", &1234)?
                    .empty()
            },
        );
    });
    let found = server.send("HEAD", "/api/it", "", "");
    found.is(200, "application/zip", "");
    assert_eq!(found.headers("Content-Length"), ["1234"]);
}

#[test]
fn statuses_without_a_body_have_none() {
    for (id, status) in [("no_content", 204), ("reset", 205), ("unmodified", 304)] {
        let range = json!([{ "status": format!("{}XX", status / 100), "content": [media_type("application/json", "json", "any")] }]);
        let get = with(operation(id, "GET", "/it"), "responses", range);
        let contract = contract(json!({ "any": {} }), json!([get]));
        let server = Server::start(&contract, Settings::default(), move |routes| {
            routes.add(
                id,
                &application(),
                move |_: Arc<Application>, call: Call| async move {
                    let status = StatusCode::from_u16(status).expect("a status");
                    call.response(status).body(no_rules, &json!({ "a": 1 }))
                },
            );
        });
        let found = server.get("/api/it");
        found.is(status, "", "");
        let lengths: &[&str] = if status == 205 { &["0"] } else { &[] };
        assert_eq!(found.headers("Content-Length"), lengths, "{id}");
    }
}
