//! What the application answers, good and bad, in each mode.

use std::sync::Arc;

use actix_web::http::StatusCode;
use serde::Serialize;
use serde_json::{Value, json};
use spec_first::contract::{Call, Responses, Routes, Settings, no_rules};
use spec_first::problem::{Part, Problem};
use validator::Validate;

use crate::files::{contract, operation, parameter, with};
use crate::log;
use crate::server::{Application, Server, application};

const FAILED: &str = r#"{"type":"about:blank","title":"Internal Server Error","status":500,"detail":"the server failed; its log says why"}"#;

/// Members in an order that is not the alphabet's.
#[derive(Serialize, Validate)]
struct Pet {
    name: Value,
    #[validate(range(max = 30))]
    age: u8,
}

/// A server of one operation with this id; its query parameter `case` chooses the answer.
fn server(id: &'static str, responses: Responses) -> Server {
    let problem = json!([{ "media_type": "application/problem+json", "format": "json", "schema": "api.yml#/schemas/problem" }]);
    let both = json!([
        { "media_type": "application/problem+json", "format": "json", "schema": "api.yml#/schemas/problem" },
        { "media_type": "application/vnd.pet+json", "format": "json", "schema": "api.yml#/schemas/pet" },
    ]);
    let declared = json!([
        { "status": "200", "content": both },
        { "status": "2XX", "content": [{ "media_type": "*/*", "format": "json", "schema": "api.yml#/schemas/pet" }] },
        { "status": "204", "content": [] },
        { "status": "404", "content": problem },
        { "status": "409", "content": [] },
        { "status": "410", "content": [{ "media_type": "text/plain", "format": "text", "schema": null }] },
        { "status": "5XX", "content": [{ "media_type": "application/json", "format": "json", "schema": "api.yml#/schemas/pet" }] },
    ]);
    let schemas = json!({
        "case": { "type": "string" },
        "pet": { "type": "object", "required": ["name"], "properties": { "name": { "type": "string" } } },
        "problem": { "type": "object", "properties": { "detail": { "enum": ["no such pet"] } } },
    });
    let get = with(operation(id, "GET", "/pet"), "responses", declared);
    let get = with(
        get,
        "parameters",
        json!([parameter("query", "case", json!(["string"]))]),
    );
    let settings = Settings {
        responses,
        ..Settings::default()
    };
    log::keep();
    Server::start(&contract(schemas, json!([get])), settings, move |routes| {
        mount(id, routes)
    })
}

fn mount(id: &str, routes: &mut Routes) {
    routes.add(
        id,
        &application(),
        |_: Arc<Application>, call: Call| async move {
            let case: String = call.parameter(Part::Query, "case")?;
            let status = match case.as_str() {
                "range" => 202,
                "undeclared" => 302,
                "content" => 204,
                "reset" => 205,
                _ => 200,
            };
            let status = StatusCode::from_u16(status).unwrap();
            match case.as_str() {
                "empty" => {
                    call.respond_empty(StatusCode::NO_CONTENT, async { Ok(()) })
                        .await
                }
                "bodiless" => call.respond_empty(status, async { Ok(()) }).await,
                "early" => panic!("before the application"),
                _ => call.respond(status, Validate::validate, pet(&case)).await,
            }
        },
    );
}

async fn pet(case: &str) -> Result<Pet, Problem> {
    let pet = |name, age| Ok(Pet { name, age });
    match case {
        "bad" => pet(json!(5), 3),
        "old" => pet(json!("Rex"), 31),
        "missing" => Err(Problem::not_found("no such pet")),
        "wordy" => Err(Problem::not_found("no such pet, sorry")),
        "bodyless problem" => Err(Problem::conflict("taken")),
        "text problem" => Err(Problem::new(StatusCode::GONE, "gone")),
        "undeclared problem" => Err(Problem::bad_request("no")),
        "wrong problem" => Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "later")),
        "failure" => Err(Problem::internal("disk full")),
        "panic" => panic!("the {} is on fire", "server"),
        _ => pet(json!("Rex"), 3),
    }
}

/// What is logged about an operation, without the warnings at the start.
fn errors(operation: &str) -> Vec<String> {
    let mut lines = log::about(operation);
    lines.retain(|line| line.contains("ERROR"));
    lines
}

fn get(server: &Server, case: &str) -> crate::client::Answer {
    server.get(&format!("/api/pet?case={}", case.replace(' ', "%20")))
}

#[test]
fn an_answer_that_keeps_the_contract_is_sent_in_the_order_of_its_type() {
    let server = server("good", Responses::Enforce);
    let answer = get(&server, "good");
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (200, r#"{"name":"Rex","age":3}"#)
    );
    assert_eq!(answer.header("Content-Type"), "application/vnd.pet+json");
    get(&server, "range").is_json(202, r#"{"name":"Rex","age":3}"#);
    let reset = get(&server, "reset");
    assert_eq!((reset.status, reset.body.as_str()), (205, ""));
    assert_eq!(reset.header("Content-Type"), "");
    let empty = get(&server, "empty");
    assert_eq!((empty.status, empty.body.as_str()), (204, ""));
    assert_eq!(empty.header("Content-Type"), "");
    get(&server, "missing").is_problem(
        404,
        r#"{"type":"about:blank","title":"Not Found","status":404,"detail":"no such pet"}"#,
    );
    get(&server, "bodyless%20problem").is_problem(
        409,
        r#"{"type":"about:blank","title":"Conflict","status":409,"detail":"taken"}"#,
    );
    assert_eq!(errors("good"), [""; 0]);
}

#[test]
fn a_response_that_breaks_the_contract_is_500_with_the_cause_in_the_log() {
    let server = server("enforced", Responses::Enforce);
    let breach = "the response breaks the contract: status";
    let cases = [
        (
            "bad",
            r#"200: body at "/name": 5 is not of type "string" (/schemas/pet/properties/name/type)"#,
        ),
        (
            "undeclared",
            "302: the status is not declared: declare 302 or default among the responses of \"enforced\" in the spec",
        ),
        ("content", "204: a body is sent that is not declared"),
        ("bodiless", "200: no body is sent where one is declared"),
        (
            "wordy",
            r#"404: body at "/detail": "no such pet, sorry" is not one of "no such pet" (/schemas/problem/properties/detail/enum)"#,
        ),
        (
            "text problem",
            "410: a problem is sent where no JSON is declared",
        ),
        (
            "undeclared problem",
            "400: the status is not declared: declare 400 or default among the responses of \"enforced\" in the spec",
        ),
        (
            "wrong problem",
            r#"503: body at "": "name" is a required property (/schemas/pet/required)"#,
        ),
    ];
    for (index, (case, why)) in cases.iter().enumerate() {
        get(&server, case).is_problem(500, FAILED);
        let cause = format!("cause={:?}", format!("{breach} {why}"));
        let lines = errors("enforced");
        assert_eq!(lines.len(), index + 1);
        assert!(lines[index].contains(&cause), "{}\n{cause}", lines[index]);
        assert!(lines[index].contains("ERROR"));
    }
}

#[test]
fn a_breach_that_is_only_reported_goes_out() {
    let server = server("reported", Responses::Report);
    let bad = get(&server, "bad");
    assert_eq!(
        (bad.status, bad.body.as_str()),
        (200, r#"{"name":5,"age":3}"#)
    );
    get(&server, "undeclared").is_json(302, r#"{"name":"Rex","age":3}"#);
    assert_eq!(get(&server, "wordy").status, 404);
    get(&server, "undeclared problem").is_problem(
        400,
        r#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"no"}"#,
    );
    let lines = errors("reported");
    assert_eq!(lines.len(), 4);
    for (line, status) in [(&lines[1], 302), (&lines[3], 400)] {
        let violation = format!(
            r#"status={status} violations="the status is not declared: declare {status} or default among the responses of \"reported\" in the spec""#
        );
        assert!(line.contains(&violation), "{line}");
    }
    assert!(
        lines[0].contains("the response breaks the contract"),
        "{}",
        lines[0]
    );
    assert!(lines[0].contains("status=200"), "{}", lines[0]);
    assert!(lines[2].contains("no such pet, sorry"), "{}", lines[2]);
}

#[test]
fn nothing_is_checked_if_checks_are_off() {
    let server = server("unchecked", Responses::Off);
    assert_eq!(get(&server, "bad").body, r#"{"name":5,"age":3}"#);
    assert_eq!(get(&server, "undeclared").status, 302);
    assert_eq!(get(&server, "undeclared problem").status, 400);
    assert_eq!(get(&server, "bodiless").status, 200);
    assert_eq!(errors("unchecked"), [""; 0]);
}

#[test]
fn the_cause_of_a_failure_is_in_the_log_alone() {
    let server = server("failing", Responses::Enforce);
    get(&server, "failure").is_problem(500, FAILED);
    let lines = errors("failing");
    assert!(
        lines[0].contains(r#"route="/api/pet" cause="disk full""#),
        "{lines:?}"
    );
}

#[test]
fn a_panic_is_500_and_the_server_lives() {
    let server = server("panicking", Responses::Off);
    get(&server, "panic").is_problem(500, FAILED);
    get(&server, "early").is_problem(500, FAILED);
    assert_eq!(get(&server, "good").status, 200);
    let lines = errors("panicking");
    assert!(
        lines[0].contains(r#"cause="panicked: the server is on fire""#),
        "{lines:?}"
    );
    assert!(
        lines[1].contains(r#"cause="panicked: before the application""#),
        "{lines:?}"
    );
}

#[test]
fn rules_that_reject_what_the_schema_accepts_are_a_500_in_debug_builds() {
    let server = server("disagreeing", Responses::Enforce);
    get(&server, "old").is_problem(500, FAILED);
    assert!(errors("disagreeing")[0].contains("rules reject what the schema accepts"));
}

#[test]
fn the_default_response_is_for_every_status() {
    let any = json!([{ "status": "default", "content": [{ "media_type": "application/json", "format": "json", "schema": null }] }]);
    let any = with(operation("any", "GET", "/any"), "responses", any);
    let contract = contract(json!({}), json!([any]));
    let server = Server::start(&contract, Settings::default(), |routes| {
        routes.add(
            "any",
            &application(),
            |_: Arc<Application>, call: Call| async move {
                let answer = async { Err::<(), _>(Problem::new(StatusCode::IM_A_TEAPOT, "short")) };
                call.respond(StatusCode::OK, no_rules, answer).await
            },
        );
    });
    server.get("/api/any").is_json(
        418,
        r#"{"type":"about:blank","title":"I'm a teapot","status":418,"detail":"short"}"#,
    );
}

#[test]
fn a_response_has_a_view_of_its_own() {
    let read_only = json!({ "pet": { "required": ["id"] } });
    let mut contract = contract(
        json!({ "pet": {} }),
        json!([with(
            operation("viewed", "GET", "/viewed"),
            "responses",
            json!([{ "status": "200", "content": crate::files::content("pet") }]),
        )]),
    );
    contract["responses"] = json!({ "api.yml": { "schemas": read_only } });
    let server = Server::start(&contract, Settings::default(), |routes| {
        routes.add(
            "viewed",
            &application(),
            |_: Arc<Application>, call: Call| async move {
                call.respond(StatusCode::OK, no_rules, async { Ok(json!({})) })
                    .await
            },
        );
    });
    server.get("/api/viewed").is_problem(500, FAILED);
}
