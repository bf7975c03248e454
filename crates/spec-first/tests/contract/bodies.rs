//! Request bodies: their type, their length, their JSON, their schema.

use std::sync::Arc;

use std::time::Duration;

use actix_web::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use spec_first::contract::{Call, Routes, Settings, no_rules};
use validator::Validate;

use crate::client::Answer;
use crate::files::{body, content, contract, operation, parameter, with};
use crate::log;
use crate::server::{Application, Server, application};

#[derive(Debug, Deserialize, Serialize, Validate)]
struct Pet {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(range(max = 30))]
    age: Option<u8>,
}

fn pets() -> Value {
    let schemas = json!({
        "pet": {
            "type": "object",
            "required": ["name"],
            "properties": {
                "name": { "type": "string", "minLength": 1, "maxLength": 5, "pattern": "^(?!-)(\\w+\\s?)*$" },
                "age": { "type": "integer", "format": "int64" },
                "friends": { "type": "array", "items": { "$ref": "#/schemas/pet" } },
                "born": { "$ref": "more/dates.yml#/born%20at" },
            },
            "additionalProperties": false,
        },
        "alias": { "$ref": "#/schemas/pet" },
        "limit": { "type": "integer" },
    });
    let post = |id, path, declared: Value| with(operation(id, "POST", path), "body", declared);
    let optional = json!({ "required": false, "content": content("pet") });
    let range = json!({ "required": true, "content": [
        { "media_type": "text/csv", "format": "json", "schema": null },
        { "media_type": "application/*", "format": "json", "schema": "api.yml#/schemas/pet" },
        { "media_type": "application/vnd.pet+json;v=1", "format": "json", "schema": null },
    ]});
    let limit = json!([parameter("query", "limit", json!(["integer"]))]);
    let mut contract = contract(
        schemas,
        json!([
            post("create", "/pets", body("pet")),
            post("alias", "/alias", body("alias")),
            post("optional", "/optional", optional),
            post("range", "/range", range),
            with(post("ruled", "/ruled", body("pet")), "parameters", limit),
        ]),
    );
    contract["requests"]["more/dates.yml"] =
        json!({ "born at": { "type": "string", "format": "date-time" } });
    contract
}

fn mount(routes: &mut Routes) {
    for id in ["create", "alias", "range"] {
        routes.add(
            id,
            &application(),
            |_: Arc<Application>, call: Call| async move {
                let body: Value = call.body(no_rules)?;
                call.respond(StatusCode::OK, no_rules, async { Ok(body) })
                    .await
            },
        );
    }
    routes.add(
        "optional",
        &application(),
        |_: Arc<Application>, call: Call| async move {
            let pet: Option<Pet> = call.optional_body(no_rules)?;
            call.respond(StatusCode::OK, no_rules, async { Ok(pet) })
                .await
        },
    );
    routes.add(
        "ruled",
        &application(),
        |_: Arc<Application>, call: Call| async move {
            let pet: Pet = call.body(Validate::validate)?;
            call.respond(StatusCode::OK, no_rules, async { Ok(pet) })
                .await
        },
    );
}

fn server() -> Server {
    let settings = Settings {
        body_limit: 70_000,
        body_timeout: Duration::from_millis(300),
        ..Settings::default()
    };
    Server::start(&pets(), settings, mount)
}

/// The detail of a rejected body.
#[track_caller]
fn detail(answer: &Answer) -> String {
    assert_eq!(answer.status, 400, "{}", answer.body);
    assert_eq!(answer.header("Content-Type"), "application/problem+json");
    let problem: Value = serde_json::from_str(&answer.body).unwrap();
    problem["detail"].as_str().unwrap().to_owned()
}

#[test]
fn a_body_that_keeps_the_contract_reaches_the_application() {
    let server = server();
    server
        .post("/api/pets", r#" {"name":"Rex","age":3} "#)
        .is_json(200, r#"{"name":"Rex","age":3}"#);
    let friends = r#"{"friends":[{"name":"Tom"}],"name":"Rex"}"#;
    server.post("/api/alias", friends).is_json(200, friends);
}

#[test]
fn every_violation_is_told_with_its_pointers() {
    let bad = r#"{"age":"old","name":"","friends":[{"name":5,"born":"today"},{}],"x/~y":1}"#;
    server().post("/api/alias", bad).is_problem(
        400,
        concat!(
            r#"{"type":"about:blank","title":"Bad Request","status":400,"#,
            r#""detail":"body at /age: \"old\" is not of type \"integer\"","errors":["#,
            r#"{"in":"body","pointer":"/age","keyword":"type","schema":"/schemas/pet/properties/age/type","detail":"\"old\" is not of type \"integer\""},"#,
            r#"{"in":"body","pointer":"/name","keyword":"minLength","schema":"/schemas/pet/properties/name/minLength","detail":"\"\" is shorter than 1 character"},"#,
            r#"{"in":"body","pointer":"/friends/0/name","keyword":"type","schema":"/schemas/pet/properties/name/type","detail":"5 is not of type \"string\""},"#,
            r#"{"in":"body","pointer":"/friends/0/born","keyword":"format","schema":"more/dates.yml#/born at/format","detail":"\"today\" is not a \"date-time\""},"#,
            r#"{"in":"body","pointer":"/friends/1","keyword":"required","schema":"/schemas/pet/required","detail":"\"name\" is a required property"},"#,
            r#"{"in":"body","pointer":"","keyword":"additionalProperties","schema":"/schemas/pet/additionalProperties","detail":"Additional properties are not allowed ('x/~y' was unexpected)"}]}"#,
        ),
    );
}

#[test]
fn violations_and_the_values_in_them_are_bounded() {
    let server = server();
    let friends = vec![json!({ "name": 5 }); 300];
    let answer = server.post(
        "/api/pets",
        &json!({ "name": "Rex", "friends": friends }).to_string(),
    );
    let problem: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(problem["errors"].as_array().map(Vec::len), Some(100));

    let long = "é".repeat(15_000);
    let answer = server.post(
        "/api/pets",
        &json!({ "name": long, (long.clone()): 1 }).to_string(),
    );
    assert_eq!(answer.status, 400);
    assert!(answer.body.len() < 4000, "{}", answer.body.len());

    let friends = vec![json!({ "name": 5 }); 6000];
    let answer = server.post(
        "/api/pets",
        &json!({ "name": "Rex", "friends": friends }).to_string(),
    );
    let problem: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(
        problem["errors"].as_array().map(Vec::len),
        Some(1),
        "only the first of a long body"
    );
}

#[test]
fn malformed_json_is_400_with_line_and_column() {
    let server = server();
    let cases: [(&[u8], &str); 9] = [
        (
            b"{",
            "body: the text ends inside an object, at line 1 column 1",
        ),
        (
            b"{\n  \"name\": Rex}",
            "body: expected a value, at line 2 column 11",
        ),
        (
            b"{} {}",
            "body: more text follows the value, at line 1 column 4",
        ),
        (b"NaN", "body: expected a value, at line 1 column 1"),
        (
            b"\xEF\xBB\xBF{}",
            "body: JSON does not begin with a byte order mark, at line 1 column 1",
        ),
        (
            b"{\"name\":\"\xFF\"}",
            "body: the bytes are not UTF-8, at line 1 column 10",
        ),
        (
            br#"{"name":"\ud83d"}"#,
            r"body: a `\u` escape in a string is half of a character, at line 1 column 16",
        ),
        (
            br#"{"age":1e400}"#,
            "body: the number is too large for a double, at line 1 column 12",
        ),
        (
            br#"{"name":"a","name":"b"}"#,
            r#"body: the member "name" occurs twice in one object, at line 1 column 18"#,
        ),
    ];
    for (bytes, expected) in cases {
        let head = format!(
            "POST /api/pets HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            bytes.len()
        );
        let answer = server.raw([head.as_bytes(), bytes].concat());
        assert_eq!(detail(&answer), expected);
    }
}

#[test]
fn nesting_too_deep_is_400() {
    let deep = format!("{}{}", "[".repeat(30_000), "]".repeat(30_000));
    let detail = detail(&server().post("/api/pets", &deep));
    assert_eq!(
        detail,
        "body: nested deeper than 127 levels, at line 1 column 128"
    );
}

#[test]
fn an_integer_beyond_the_schemas_or_the_generated_type_is_400() {
    let server = server();
    let beyond = r#"{"name":"a","age":9223372036854775808}"#;
    assert_eq!(
        detail(&server.post("/api/pets", beyond)),
        r#"body at /age: 9223372036854775808 is not a "int64""#
    );
    assert_eq!(
        detail(&server.post("/api/optional", r#"{"name":"a","age":256}"#)),
        "body at /age: 256 is too large: at most 255"
    );
}

#[test]
fn a_pattern_for_names_that_runs_away_is_400() {
    let mut contract = pets();
    let evil = json!({ "patternProperties": { "^(?!b)(a|aa|(?=a)a)+$": { "type": "integer" } } });
    contract["requests"]["api.yml"]["schemas"]["alias"] = evil;
    let settings = Settings {
        body_limit: 1_000_000,
        ..Settings::default()
    };
    let server = Server::start(&contract, settings, mount);
    server
        .post("/api/alias", r#"{"aaa":1,"b":"x"}"#)
        .is_json(200, r#"{"aaa":1,"b":"x"}"#);
    assert_eq!(
        detail(&server.post("/api/alias", r#"{"aaa":"x"}"#)),
        r#"body at /aaa: "x" is not of type "integer""#
    );
    let names = (0..30_000).map(|number| format!("\"{}{number}\":1", "a".repeat(20)));
    let body = format!("{{{}}}", names.collect::<Vec<_>>().join(","));
    assert_eq!(
        detail(&server.post("/api/alias", &body)),
        "body: it takes too long to compare with a pattern"
    );
}

#[test]
fn formats_are_checked_unless_they_are_to_be_ignored() {
    let mut contract = pets();
    contract["requests"]["api.yml"]["schemas"]["alias"] = json!({ "format": "email" });
    let server = |formats| {
        let settings = Settings {
            formats,
            ..Settings::default()
        };
        Server::start(&contract, settings, mount)
    };
    assert_eq!(
        detail(&server(true).post("/api/alias", r#""nobody""#)),
        r#"body: "nobody" is not a "email""#
    );
    server(false)
        .post("/api/alias", r#""nobody""#)
        .is_json(200, r#""nobody""#);
}

#[test]
fn a_pattern_that_runs_away_is_400() {
    let evil = json!({ "type": "string", "pattern": "^(?!b)(a|aa|(?=a)a)+$" });
    let mut contract = pets();
    contract["requests"]["api.yml"]["schemas"]["pet"]["properties"]["name"] = evil.clone();
    contract["requests"]["api.yml"]["schemas"]["alias"] = json!({ "not": evil });
    let settings = Settings {
        body_limit: 1_000_000,
        ..Settings::default()
    };
    let server = Server::start(&contract, settings, mount);
    server
        .post("/api/pets", r#"{"name":"aaa"}"#)
        .is_json(200, r#"{"name":"aaa"}"#);

    let name = format!("{}!", "a".repeat(60));
    let sentence = format!("body at /name: \"{name}\" takes too long to compare with the pattern");
    assert_eq!(
        detail(&server.post("/api/pets", &json!({ "name": name }).to_string())),
        sentence
    );
    assert_eq!(
        detail(&server.post("/api/alias", &json!(name).to_string())),
        "body: it takes too long to compare with a pattern"
    );

    let friends = (0..20_000).map(|index| json!({ "name": format!("{}!{index}", "a".repeat(14)) }));
    let body = json!({ "name": "a", "friends": friends.collect::<Vec<_>>() }).to_string();
    // Each alone takes less than the limit, and all together longer than the client waits.
    assert_eq!(server.post("/api/pets", &body).status, 400);
}

#[test]
fn a_body_of_another_content_type_is_415() {
    let server = server();
    let body = r#"{"name":"Rex"}"#;
    let good = [
        "application/json",
        "APPLICATION/Json",
        "application/json; charset=utf-8",
        "application/json ;x",
    ];
    for name in good {
        let headers = format!("Content-Type: {name}\r\n");
        server
            .send("POST", "/api/pets", &headers, body)
            .is_json(200, body);
    }
    server.send("POST", "/api/pets", "Content-Type: text/plain\r\n", body).is_problem(
        415,
        r#"{"type":"about:blank","title":"Unsupported Media Type","status":415,"detail":"the Content-Type is \"text/plain\"; expected application/json"}"#,
    );
    server.send("POST", "/api/pets", "", body).is_problem(
        415,
        r#"{"type":"about:blank","title":"Unsupported Media Type","status":415,"detail":"the body has no Content-Type; expected application/json"}"#,
    );
    for bad in ["application/xml", "json", "application/json/x", "é"] {
        let headers = format!("Content-Type: {bad}\r\n");
        assert_eq!(
            server.send("POST", "/api/pets", &headers, body).status,
            415,
            "{bad}"
        );
    }
    let zipped = "Content-Type: application/json\r\nContent-Encoding: zstd\r\n";
    assert_eq!(server.send("POST", "/api/pets", zipped, body).status, 415);
}

#[test]
fn the_closest_content_type_of_the_spec_has_the_schema() {
    let server = server();
    let send = |name: &str| {
        let headers = format!("Content-Type: {name}\r\n");
        server.send("POST", "/api/range", &headers, "5")
    };
    assert_eq!(
        detail(&send("application/json")),
        r#"body: 5 is not of type "object""#
    );
    send("application/vnd.pet+json").is_json(200, "5");
    assert_eq!(
        send("image/png").body,
        r#"{"type":"about:blank","title":"Unsupported Media Type","status":415,"detail":"the Content-Type is \"image/png\"; expected text/csv or application/* or application/vnd.pet+json"}"#
    );
}

#[test]
fn a_body_that_is_too_long_is_413_before_it_is_sent() {
    let server = server();
    let head = "POST /api/pets HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 70001\r\n\r\n";
    let problem = r#"{"type":"about:blank","title":"Content Too Large","status":413,"detail":"the body is longer than 70000 bytes"}"#;
    server.raw(head).is_problem(413, problem);

    let head = "POST /api/pets HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    let chunk = format!("8000\r\n{}\r\n", " ".repeat(0x8000));
    server
        .raw(format!("{head}{chunk}{chunk}{chunk}0\r\n\r\n"))
        .is_problem(413, problem);
}

#[test]
fn a_chunked_body_is_a_body() {
    let server = server();
    let head = "HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n";
    let json = "Content-Type: application/json\r\n\r\n";
    let chunks = "7\r\n{\"name\"\r\n7\r\n:\"Rex\"}\r\n0\r\n\r\n";
    server
        .raw(format!("POST /api/pets {head}{json}{chunks}"))
        .is_json(200, r#"{"name":"Rex"}"#);
    let empty = server.raw(format!("POST /api/optional {head}\r\n0\r\n\r\n"));
    empty.is_json(200, "null");
    let untyped = server.raw(format!("POST /api/optional {head}\r\n{chunks}"));
    assert_eq!(untyped.status, 415);
}

#[test]
fn a_body_may_be_left_out_unless_it_is_required() {
    let server = server();
    server
        .send("POST", "/api/optional", "Content-Type: text/plain\r\n", "")
        .is_json(200, "null");
    server
        .post("/api/optional", r#"{"name":"Rex"}"#)
        .is_json(200, r#"{"name":"Rex"}"#);
    server.send("POST", "/api/pets", "", "").is_problem(
        400,
        r#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"body: it is required","errors":[{"in":"body","keyword":"required","detail":"it is required"}]}"#,
    );
}

#[test]
fn a_body_that_does_not_arrive_is_408() {
    let head = "POST /api/pets HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{";
    let answer = server().raw(head);
    answer.is_problem(
        408,
        r#"{"type":"about:blank","title":"Request Timeout","status":408,"detail":"the body did not arrive in time"}"#,
    );
    assert_eq!(answer.header("Connection"), "close");
}

#[test]
fn rules_that_reject_what_the_schema_accepts_are_a_500_in_debug_builds() {
    log::keep();
    let server = server();
    server
        .post("/api/ruled", r#"{"name":"Rex","age":30}"#)
        .is_json(200, r#"{"name":"Rex","age":30}"#);
    let answer = server.post("/api/ruled", r#"{"name":"Rex","age":31}"#);
    assert_eq!(answer.status, 500);
    let lines = log::about("ruled");
    assert!(
        lines[0].contains("the type's rules reject what the schema accepts: age"),
        "{lines:?}"
    );
}

#[test]
fn parameters_are_validated_before_the_content_type_and_that_before_the_length() {
    let server = server();
    let text = "Content-Type: text/plain\r\n";
    let long = " ".repeat(70_001);
    assert_eq!(
        server
            .send("POST", "/api/ruled?limit=x", text, &long)
            .status,
        400
    );
    assert_eq!(
        server
            .send("POST", "/api/ruled?limit=1", text, &long)
            .status,
        415
    );
    assert_eq!(server.post("/api/ruled?limit=1", &long).status, 413);
}

#[test]
fn an_undeclared_body_does_not_affect_the_next_request() {
    let get = |id| operation(id, "GET", "/pets");
    let contract = contract(json!({}), json!([get("get")]));
    let server = Server::start(&contract, Settings::default(), |routes| {
        routes.add(
            "get",
            &application(),
            |_: Arc<Application>, call: Call| async move {
                call.respond(StatusCode::OK, no_rules, async { Ok(1) })
                    .await
            },
        );
    });
    let first = "GET /api/pets HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody";
    let second = "GET /api/pets HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let answer = server.raw(format!("{first}{second}"));
    assert_eq!((answer.status, &answer.body[..1]), (200, "1"));
    assert!(
        answer.body[1..].starts_with("HTTP/1.1 200 OK"),
        "{}",
        answer.body
    );
}

#[test]
fn a_contract_of_openapi_3_1_has_its_own_dialect() {
    let tuple = json!({
        "prefixItems": [{ "$ref": "#/schemas/count", "maximum": 5 }, { "const": null }],
        "items": false,
    });
    let schemas = json!({ "tuple": tuple, "count": { "type": "integer" } });
    let mut contract = contract(
        schemas,
        json!([with(
            operation("new", "POST", "/new"),
            "body",
            body("tuple")
        )]),
    );
    contract["dialect"] = json!("2020-12");
    let server = Server::start(&contract, Settings::default(), |routes| {
        routes.add(
            "new",
            &application(),
            |_: Arc<Application>, call: Call| async move {
                let body: (u8, Option<()>) = call.body(no_rules)?;
                call.respond(StatusCode::OK, no_rules, async { Ok(body) })
                    .await
            },
        );
    });
    server
        .post("/api/new", "[5.0, null]")
        .is_json(200, "[5,null]");
    server.post("/api/new", "[6.0, 1, true]").is_problem(
        400,
        concat!(
            r#"{"type":"about:blank","title":"Bad Request","status":400,"#,
            r#""detail":"body at /2: true is not allowed here","errors":["#,
            r#"{"in":"body","pointer":"/2","schema":"/schemas/tuple/items","detail":"true is not allowed here"},"#,
            r#"{"in":"body","pointer":"/0","keyword":"maximum","schema":"/schemas/tuple/prefixItems/0/maximum","detail":"6 is greater than the maximum of 5"},"#,
            r#"{"in":"body","pointer":"/1","keyword":"const","schema":"/schemas/tuple/prefixItems/1/const","detail":"null was expected"}]}"#,
        ),
    );
}
