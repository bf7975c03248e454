//! Parameters in query, header and cookie.

use std::sync::Arc;

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use serde_json::{Value, json};
use spec_first::contract::{Call, Routes, Settings, no_rules};
use spec_first::problem::Part;

use crate::client::Answer;
use crate::files::{contract, operation, parameter, with};
use crate::server::{Application, Server, application};

const NAMES: [&str; 7] = ["limit", "ratio", "tame", "word", "mixed", "maybe", "day"];

fn server(strict: bool) -> Server {
    let settings = Settings {
        strict,
        ..Settings::default()
    };
    Server::start(&pets(), settings, mount)
}

fn pets() -> Value {
    let mut limit = parameter("query", "limit", json!(["integer"]));
    limit["default"] = json!(10);
    let mut trace = parameter("header", "X-Trace", json!(["integer"]));
    trace["required"] = json!(true);
    let parameters = json!([
        parameter("cookie", "session", json!(["string"])),
        trace,
        limit,
        parameter("query", "ratio", json!(["number"])),
        parameter("query", "tame", json!(["boolean"])),
        parameter("query", "word", json!(["string"])),
        parameter("query", "mixed", json!([])),
        parameter("query", "maybe", json!(["string", "null"])),
        parameter("query", "day", json!(["string"])),
    ]);
    let schemas = json!({
        "limit": { "type": "integer", "minimum": 1, "maximum": 100 },
        "ratio": { "type": "number", "multipleOf": 0.01 },
        "tame": { "type": "boolean" },
        "word": { "type": "string", "minLength": 2, "pattern": "^[a-z &+é]*$" },
        "mixed": { "anyOf": [{ "type": "integer" }, { "type": "string", "maxLength": 3 }] },
        "maybe": { "type": ["string", "null"] },
        "day": { "type": "string", "format": "date" },
        "X-Trace": { "type": "integer" },
        "session": { "type": "string", "maxLength": 3 },
    });
    let list = operation("list", "GET", "/pets");
    let one = with(
        operation("narrow", "GET", "/narrow"),
        "parameters",
        json!([with(
            parameter("query", "limit", json!(["integer"])),
            "allows_empty",
            json!(true)
        )]),
    );
    let mut maybe = parameter("query", "maybe", json!(["string", "null"]));
    maybe["default"] = json!("a");
    let noted = with(
        operation("noted", "GET", "/noted"),
        "parameters",
        json!([maybe]),
    );
    contract(
        schemas,
        json!([with(list, "parameters", parameters), one, noted]),
    )
}

fn mount(routes: &mut Routes) {
    routes.add(
        "list",
        &application(),
        |_: Arc<Application>, call: Call| async move {
            let mut values = BTreeMap::new();
            for name in NAMES {
                values.insert(name.to_owned(), call.parameter(Part::Query, name)?);
            }
            values.retain(|_, value: &mut Value| !value.is_null());
            let trace: i64 = call.parameter(Part::Header, "X-Trace")?;
            let session: Option<String> = call.parameter(Part::Cookie, "session")?;
            let answer = async { Ok(json!([values, trace, session])) };
            call.respond(StatusCode::OK, no_rules, answer).await
        },
    );
    routes.add(
        "narrow",
        &application(),
        |_: Arc<Application>, call: Call| async move {
            let limit: Option<i8> = call.parameter(Part::Query, "limit")?;
            call.respond(StatusCode::OK, no_rules, async { Ok(json!(limit)) })
                .await
        },
    );
    routes.add(
        "noted",
        &application(),
        |_: Arc<Application>, call: Call| async move {
            let maybe: Option<String> = call.parameter(Part::Query, "maybe")?;
            call.respond(StatusCode::OK, no_rules, async { Ok(json!(maybe)) })
                .await
        },
    );
}

fn list(server: &Server, query: &str) -> Answer {
    server.send("GET", &format!("/api/pets?{query}"), "X-Trace: 7\r\n", "")
}

/// The values of a good query, besides the header's and the default.
#[track_caller]
fn accepts(query: &str, values: &str) {
    let body = format!("[{values},7,null]");
    list(&server(true), query).is_json(200, &body);
}

/// The detail of a bad query.
#[track_caller]
fn rejects(query: &str, detail: &str) {
    let answer = list(&server(false), query);
    assert_eq!(answer.status, 400, "{}", answer.body);
    let problem: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(problem["detail"], detail);
}

#[test]
fn an_absent_parameter_has_its_default_and_null_stays_null() {
    let server = server(true);
    server.get("/api/noted").is_json(200, r#""a""#);
    server.get("/api/noted?maybe=null").is_json(200, "null");
    server.get("/api/noted?maybe=b").is_json(200, r#""b""#);
}

#[test]
fn an_empty_value_counts_as_none_where_the_spec_allows_it() {
    let server = server(false);
    for query in ["limit", "limit=", "limit=5&limit"] {
        server
            .get(&format!("/api/narrow?{query}"))
            .is_json(200, "null");
    }
    server.get("/api/narrow?limit=5").is_json(200, "5");
    let answer = server.get("/api/narrow?limit=+");
    assert_eq!(answer.status, 400);
    let answer = list(&server, "limit=");
    assert_eq!(answer.status, 400);
}

#[test]
fn a_value_has_the_type_of_its_schema() {
    accepts("", r#"{"limit":10}"#);
    accepts("limit=100", r#"{"limit":100}"#);
    accepts("ratio=19.99", r#"{"limit":10,"ratio":19.99}"#);
    accepts("ratio=5", r#"{"limit":10,"ratio":5}"#);
    accepts("tame=true", r#"{"limit":10,"tame":true}"#);
    accepts("mixed=12345", r#"{"limit":10,"mixed":12345}"#);
    accepts("mixed=abc", r#"{"limit":10,"mixed":"abc"}"#);
    accepts("maybe=nul", r#"{"limit":10,"maybe":"nul"}"#);
    accepts("maybe=null", r#"{"limit":10}"#);
    accepts("day=2024-02-29", r#"{"day":"2024-02-29","limit":10}"#);
}

#[test]
fn a_query_is_decoded_once() {
    accepts("word=a+b", r#"{"limit":10,"word":"a b"}"#);
    accepts("w%6Frd=a%2Bb%26", r#"{"limit":10,"word":"a+b&"}"#);
    accepts("word=%C3%A9%C3%A9", r#"{"limit":10,"word":"éé"}"#);
    rejects(
        "word=%C3",
        r#"query parameter "word": the bytes are not UTF-8"#,
    );
    rejects(
        "word=%4",
        r#"query parameter "word": a % is not followed by two hexadecimal digits"#,
    );
    rejects("%FF=1", "query: the bytes are not UTF-8");
}

#[test]
fn of_several_values_the_last_wins_unless_it_is_strict() {
    list(&server(false), "limit=0&limit=5").is_json(200, r#"[{"limit":5},7,null]"#);
    list(&server(true), "limit=0&limit=5").is_problem(
        400,
        concat!(
            r#"{"type":"about:blank","title":"Bad Request","status":400,"#,
            r#""detail":"query parameter \"limit\": it has 2 values; expected one","errors":["#,
            r#"{"in":"query","name":"limit","detail":"it has 2 values; expected one"}]}"#,
        ),
    );
    rejects(
        "limit=5&limit=0",
        r#"query parameter "limit": 0 is less than the minimum of 1"#,
    );
}

#[test]
fn a_value_of_another_type_is_400() {
    for bad in [
        "", "abc", "+5", "%205", "05", "1_0", "1.0", "1e1", "%D9%A3", "true",
    ] {
        let answer = list(&server(false), &format!("limit={bad}"));
        assert_eq!(answer.status, 400, "{bad}");
        assert!(
            answer.body.contains(r#"is not of type \"integer\""#),
            "{}",
            answer.body
        );
    }
    rejects(
        "ratio=NaN",
        r#"query parameter "ratio": "NaN" is not of type "number""#,
    );
    rejects(
        "ratio=1e400",
        r#"query parameter "ratio": "1e400" is not of type "number""#,
    );
    rejects(
        "ratio=0.005",
        r#"query parameter "ratio": 0.005 is not a multiple of 0.01"#,
    );
    rejects(
        "tame=True",
        r#"query parameter "tame": "True" is not of type "boolean""#,
    );
    rejects(
        "tame",
        r#"query parameter "tame": "" is not of type "boolean""#,
    );
    rejects(
        "word=A%0A",
        r#"query parameter "word": "A\n" does not match "^[a-z &+é]*$""#,
    );
    rejects(
        "day=2023-02-29",
        r#"query parameter "day": "2023-02-29" is not a "date""#,
    );
}

#[test]
fn an_integer_beyond_all_types_is_400() {
    rejects(
        "limit=18446744073709551616",
        r#"query parameter "limit": 18446744073709551616 is too large: at most 18446744073709551615"#,
    );
    rejects(
        "limit=18446744073709551615",
        r#"query parameter "limit": 18446744073709551615 is greater than the maximum of 100"#,
    );
}

#[test]
fn an_integer_beyond_the_generated_type_is_400() {
    let mut contract = pets();
    contract["requests"]["api.yml"]["schemas"]["limit"] = json!({ "type": "integer" });
    let server = Server::start(&contract, Settings::default(), mount);
    server.get("/api/narrow?limit=127").is_json(200, "127");
    server.get("/api/narrow").is_json(200, "null");
    server.get("/api/narrow?limit=128").is_problem(
        400,
        r#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"query parameter \"limit\": 128 is too large: at most 127","errors":[{"in":"query","name":"limit","detail":"128 is too large: at most 127"}]}"#,
    );
}

#[test]
fn all_violations_are_told_in_the_order_of_query_header_cookie() {
    let cookie = "Cookie: other=1; session=long\r\n";
    server(false).send("GET", "/api/pets?word=A&limit=0", cookie, "").is_problem(
        400,
        concat!(
            r#"{"type":"about:blank","title":"Bad Request","status":400,"#,
            r#""detail":"query parameter \"limit\": 0 is less than the minimum of 1","errors":["#,
            r#"{"in":"query","name":"limit","keyword":"minimum","schema":"/schemas/limit/minimum","detail":"0 is less than the minimum of 1"},"#,
            r#"{"in":"query","name":"word","keyword":"minLength","schema":"/schemas/word/minLength","detail":"\"A\" is shorter than 2 characters"},"#,
            r#"{"in":"query","name":"word","keyword":"pattern","schema":"/schemas/word/pattern","detail":"\"A\" does not match \"^[a-z &+é]*$\""},"#,
            r#"{"in":"header","name":"X-Trace","keyword":"required","schema":"/schemas/X-Trace/required","detail":"it is required"},"#,
            r#"{"in":"cookie","name":"session","keyword":"maxLength","schema":"/schemas/session/maxLength","detail":"\"long\" is longer than 3 characters"}]}"#,
        ),
    );
}

#[test]
fn headers_and_cookies_have_types() {
    let server = server(false);
    let headers = "x-trace: -1\r\nCookie: a=b; session=abc\r\n";
    server
        .send("GET", "/api/pets", headers, "")
        .is_json(200, r#"[{"limit":10},-1,"abc"]"#);
    let answer = server.send("GET", "/api/pets", "X-Trace: one\r\n", "");
    assert!(
        answer
            .body
            .contains(r#"header parameter \"X-Trace\": \"one\" is not of type \"integer\""#)
    );
}

#[test]
fn an_unknown_query_parameter_is_rejected_if_strict() {
    list(&server(false), "x=1").is_json(200, r#"[{"limit":10},7,null]"#);
    list(&server(true), "zoo&x=1&limit=0&x=2").is_problem(
        400,
        concat!(
            r#"{"type":"about:blank","title":"Bad Request","status":400,"#,
            r#""detail":"unknown query parameters: \"x\", \"zoo\"","errors":["#,
            r#"{"in":"query","name":"x","detail":"the operation has no such parameter"},"#,
            r#"{"in":"query","name":"zoo","detail":"the operation has no such parameter"}]}"#,
        ),
    );
}

#[test]
fn unknown_names_are_told_within_bounds() {
    let names: String = (0..300)
        .map(|index| format!("&{index}{}", "x".repeat(100)))
        .collect();
    let answer = list(&server(true), &names);
    let problem: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(problem["errors"].as_array().map(Vec::len), Some(100));
    assert!(answer.body.len() < 40_000, "{}", answer.body.len());
}
