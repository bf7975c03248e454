//! Forms, urlencoded: how the fields are read, and what of them is rejected.

use std::sync::Arc;

use actix_web::http::StatusCode;
use serde_json::{Value, json};
use spec_first::contract::{Call, Settings, no_rules};

use crate::client::Answer;
use crate::files::{contract, operation, with};
use crate::server::{Application, Server, application};

/// A field of text; `more` overrides what it is otherwise.
pub fn field(name: &str, shape: Value, more: Value) -> Value {
    let mut field = json!({ "name": name, "style": "form", "explode": true, "shape": shape });
    for (name, value) in more.as_object().into_iter().flatten() {
        field[name] = value.clone();
    }
    field
}

/// A required body in one media type, whose schema is `form`.
pub fn form(media_type: &str, format: &str, fields: Value) -> Value {
    json!({ "required": true, "content": [{
        "media_type": media_type, "format": format, "schema": "api.yml#/schemas/form", "fields": fields,
    }] })
}

fn server(strict: bool, closed: bool) -> Server {
    let schemas = json!({ "form": {
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": { "type": "string", "minLength": 1 },
            "age": { "type": "integer", "maximum": 99 },
            "tags": { "type": "array", "items": { "type": "string" }, "maxItems": 3 },
            "ids": { "type": "array", "items": { "type": "integer" } },
            "color": { "type": "object", "properties": { "r": { "type": "integer" } } },
            "filter": { "type": "object", "properties": { "min": { "type": "integer" } } },
            "meta": { "type": "object", "required": ["a"] },
            "points": { "type": "array", "items": { "type": "object" } },
        },
        "additionalProperties": !closed,
    } });
    let strings = json!({ "types": ["array"], "items": { "types": ["string"] } });
    let integers = json!({ "types": ["array"], "items": { "types": ["integer"] } });
    let object =
        |name: &str| json!({ "types": ["object"], "members": { name: { "types": ["integer"] } } });
    let fields = json!([
        field("name", json!({ "types": ["string"] }), json!({})),
        field(
            "age",
            json!({ "types": ["integer"] }),
            json!({ "allows_empty": true })
        ),
        field("tags", strings, json!({ "many": true })),
        field(
            "ids",
            integers,
            json!({ "many": true, "style": "pipe", "explode": false })
        ),
        field("color", object("r"), json!({})),
        field("filter", object("min"), json!({ "style": "deepObject" })),
        field(
            "meta",
            json!({ "types": ["object"] }),
            json!({ "kind": "json" })
        ),
        field(
            "points",
            json!({ "types": ["array"] }),
            json!({ "kind": "json", "many": true })
        ),
    ]);
    let body = form("application/x-www-form-urlencoded", "form", fields);
    let operations = json!([with(operation("form", "POST", "/form"), "body", body)]);
    let settings = Settings {
        strict,
        body_limit: 300_000,
        ..Settings::default()
    };
    Server::start(&contract(schemas, operations), settings, |routes| {
        routes.add(
            "form",
            &application(),
            |_: Arc<Application>, call: Call| async move {
                let body: Value = call.body(no_rules)?;
                let sent = async { Ok(body) };
                call.respond(StatusCode::OK, no_rules, sent).await
            },
        );
    })
}

const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";

fn send(server: &Server, body: &str) -> Answer {
    server.send("POST", "/api/form", FORM, body)
}

#[track_caller]
fn detail(answer: &Answer) -> (u16, String) {
    let problem: Value = serde_json::from_str(&answer.body).expect(&answer.body);
    let detail = problem["detail"].as_str().unwrap_or_default();
    (answer.status, detail.to_owned())
}

#[test]
fn each_field_is_read_by_its_style() {
    let server = server(false, false);
    for (body, value) in [
        ("name=Rex", r#"{"name":"Rex"}"#),
        ("name=a%2Cb+c%26", r#"{"name":"a,b c&"}"#),
        ("name=5&age=5", r#"{"name":"5","age":5}"#),
        ("name=a&age=", r#"{"name":"a"}"#),
        ("name=a&name=b", r#"{"name":"b"}"#),
        ("name=a&tags=1", r#"{"name":"a","tags":["1"]}"#),
        (
            "name=a&tags=1,2&tags=3",
            r#"{"name":"a","tags":["1,2","3"]}"#,
        ),
        ("name=a&ids=1|2%7C3", r#"{"name":"a","ids":[1,2,3]}"#),
        ("name=a&r=7", r#"{"name":"a","color":{"r":7}}"#),
        (
            "name=a&color=%7B%22r%22:7%7D",
            r#"{"name":"a","color":{"r":7}}"#,
        ),
        (
            "name=a&filter[min]=1&filter%5Bx%5D=y",
            r#"{"name":"a","filter":{"min":1,"x":"y"}}"#,
        ),
        (
            "name=a&meta=%7B%22a%22:%5B1%5D%7D",
            r#"{"name":"a","meta":{"a":[1]}}"#,
        ),
        (
            "name=a&points={}&points=%7B%22x%22:1%7D",
            r#"{"name":"a","points":[{},{"x":1}]}"#,
        ),
        ("name=a&points=[{}]", r#"{"name":"a","points":[{}]}"#),
        ("name=a&other=1&other=2", r#"{"name":"a","other":"2"}"#),
        ("&&name=a&", r#"{"name":"a"}"#),
    ] {
        send(&server, body).is_json(200, value);
    }
}

#[test]
fn what_the_schema_rejects_is_400_with_its_place() {
    let server = server(false, true);
    for (body, sentence) in [
        ("age=5", r#"body: "name" is a required property"#),
        ("name=", r#"body at /name: "" is shorter than 1 character"#),
        (
            "name=a&age=old",
            r#"body at /age: "old" is not of type "integer""#,
        ),
        (
            "name=a&age=100",
            "body at /age: 100 is greater than the maximum of 99",
        ),
        (
            "name=a&age=99999999999999999999",
            "body at /age: 99999999999999999999 is too large: at most 18446744073709551615",
        ),
        (
            "name=a&ids=1|x",
            r#"body at /ids/1: "x" is not of type "integer""#,
        ),
        (
            "name=a&tags=1&tags=2&tags=3&tags=4",
            r#"body at /tags: ["1","2","3","4"] has more than 3 items"#,
        ),
        (
            "name=a&meta=%7B%7D",
            r#"body at /meta: "a" is a required property"#,
        ),
        (
            "name=a&meta={",
            "body at /meta: the text ends inside an object, at line 1 column 1",
        ),
        (
            "name=a&other=1",
            "body: Additional properties are not allowed ('other' was unexpected)",
        ),
        ("name=%FF", "body at /name: it is not UTF-8"),
        ("%FF=1", "body: it is not UTF-8"),
    ] {
        let (status, found) = detail(&send(&server, body));
        assert_eq!(status, 400, "{body}: {found}");
        let is_same = found == sentence
            || sentence.contains("UTF-8") && found.contains("UTF-8")
            || sentence.contains("items") && found.contains("/tags");
        assert!(is_same, "{body}: {found}");
    }
}

#[test]
fn strict_mode_rejects_unknown_and_repeated_fields() {
    let server = server(true, false);
    send(&server, "name=a&x=1&x=2&y=3").is_problem(
        400,
        concat!(
            r#"{"type":"about:blank","title":"Bad Request","status":400,"#,
            r#""detail":"unknown form fields: \"x\", \"y\"","errors":["#,
            r#"{"in":"body","name":"x","detail":"the form has no such field"},"#,
            r#"{"in":"body","name":"y","detail":"the form has no such field"}]}"#,
        ),
    );
    send(&server, "name=a&name=b").is_problem(
        400,
        concat!(
            r#"{"type":"about:blank","title":"Bad Request","status":400,"#,
            r#""detail":"body at /name: it has 2 values; expected one","errors":["#,
            r#"{"in":"body","pointer":"/name","detail":"it has 2 values; expected one"}]}"#,
        ),
    );
    let all = "name=a&tags=1&tags=2&filter[min]=1&r=1&points={}&points={}";
    assert_eq!(send(&server, all).status, 200);
}

#[test]
fn another_charset_is_415_and_too_many_fields_are_400() {
    let server = server(false, false);
    let latin = "Content-Type: application/x-www-form-urlencoded; charset=iso-8859-1\r\n";
    let answer = server.send("POST", "/api/form", latin, "name=a");
    let sentence = r#"the charset is "iso-8859-1"; expected utf-8"#;
    assert_eq!(detail(&answer), (415, sentence.to_owned()));
    let utf8 = "Content-Type: Application/X-WWW-Form-Urlencoded;charset=\"UTF-8\"\r\n";
    server
        .send("POST", "/api/form", utf8, "name=a")
        .is_json(200, r#"{"name":"a"}"#);
    let many = "tags=1&".repeat(10_001);
    let sentence = "body: it has more than 10000 fields".to_owned();
    assert_eq!(detail(&send(&server, &many)), (400, sentence));
    assert_eq!(send(&server, &"a".repeat(300_001)).status, 413);
}
