//! What an application adds to its problems is on the wire, and checked by the spec.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use serde_json::{Value, json};
use spec_first::contract::{Call, Settings, no_rules};
use spec_first::problem::{Part, Problem};

use crate::files::{contract, media_type, operation, parameter, with};
use crate::log;
use crate::server::{Application, Server, application};

const FAILED: &str = r#"{"type":"about:blank","title":"Internal Server Error","status":500,"detail":"the server failed; its log says why"}"#;

/// A server of one operation with this id, whose 403 has a type and an integer of its own.
fn server(id: &'static str) -> Server {
    let problem = media_type("application/problem+json", "json", "credit");
    let declared =
        json!([{ "status": "204", "content": [] }, { "status": "403", "content": [problem] }]);
    let schemas = json!({
        "case": { "type": "string" },
        "credit": {
            "type": "object",
            "required": ["balance"],
            "properties": {
                "type": { "enum": ["/problems/out-of-credit"] },
                "balance": { "type": "integer" },
            },
        },
    });
    let operation = with(operation(id, "GET", "/credit"), "responses", declared);
    let case = json!([parameter("query", "case", json!(["string"]))]);
    let contract = contract(schemas, json!([with(operation, "parameters", case)]));
    log::keep();
    Server::start(&contract, Settings::default(), move |routes| {
        let handle = |_: Arc<Application>, call: Call| async move {
            let case: String = call.parameter(Part::Query, "case")?;
            let returned = async { Err::<Value, _>(refused(&case)) };
            call.respond(StatusCode::NO_CONTENT, no_rules, returned)
                .await
        };
        routes.add(id, &application(), handle);
    })
}

fn refused(case: &str) -> Problem {
    let problem = Problem::forbidden("that costs 50");
    let typed = problem.clone().with_type("/problems/out-of-credit");
    match case {
        "good" => typed
            .with_title("You do not have enough credit")
            .with("balance", 30)
            .with("accounts", ["/12345", "/67890"])
            .with_header(RETRY_AFTER, HeaderValue::from_static("60")),
        "missing" => typed,
        "wrong" => typed.with("balance", "30"),
        "untyped" => problem.with("balance", 30),
        "reserved" => typed.with("status", 402),
        other => unreachable!("{other}"),
    }
}

#[test]
fn a_type_and_extension_members_are_on_the_wire() {
    let answer = server("credit.good").get("/api/credit?case=good");
    answer.is_problem(
        403,
        r#"{"type":"/problems/out-of-credit","title":"You do not have enough credit","status":403,"detail":"that costs 50","balance":30,"accounts":["/12345","/67890"]}"#,
    );
    assert_eq!(answer.header("Retry-After"), "60");
    assert_eq!(log::about("credit.good"), [""; 0]);
}

#[test]
fn a_type_and_extension_members_are_checked() {
    let server = server("credit.bad");
    let breach = "the response breaks the contract: status 403: body at";
    let cases = [
        (
            "missing",
            format!(r#"{breach} "": "balance" is a required property (/schemas/credit/required)"#),
        ),
        (
            "wrong",
            format!(
                r#"{breach} "/balance": "30" is not of type "integer" (/schemas/credit/properties/balance/type)"#
            ),
        ),
        (
            "untyped",
            format!(
                r#"{breach} "/type": "about:blank" is not one of "/problems/out-of-credit" (/schemas/credit/properties/type/enum)"#
            ),
        ),
        (
            "reserved",
            r#"the member "status" of a problem was given as an extension; it is set by the status that it is made of"#.to_owned(),
        ),
    ];
    for (index, (case, cause)) in cases.iter().enumerate() {
        let target = format!("/api/credit?case={case}");
        server.get(&target).is_problem(500, FAILED);
        let lines = log::about("credit.bad");
        let cause = format!("cause={cause:?}");
        assert!(lines[index].contains(&cause), "{}\n{cause}", lines[index]);
    }
}

/// A server of an operation that fails with a text that the request has, where this schema describes the detail of a failure.
fn server_of_details(id: &'static str, detail: Value) -> Server {
    let problem = media_type("application/problem+json", "json", "problem");
    let declared =
        json!([{ "status": "204", "content": [] }, { "status": "403", "content": [problem] }]);
    let problem = json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "type": { "type": "string" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": detail,
        },
    });
    let schemas = json!({ "detail": { "type": "string" }, "problem": problem });
    let operation = with(operation(id, "GET", "/denied"), "responses", declared);
    let parameters = json!([parameter("query", "detail", json!(["string"]))]);
    let contract = contract(schemas, json!([with(operation, "parameters", parameters)]));
    Server::start(&contract, Settings::default(), move |routes| {
        let handle = |_: Arc<Application>, call: Call| async move {
            let detail: String = call.parameter(Part::Query, "detail")?;
            let returned = async { Err::<Value, _>(Problem::forbidden(detail)) };
            call.respond(StatusCode::NO_CONTENT, no_rules, returned)
                .await
        };
        routes.add(id, &application(), handle);
    })
}

#[test]
fn each_text_of_a_problem_is_checked_where_the_spec_has_rules_for_it() {
    let rules = [
        json!({ "type": "string", "maxLength": 5 }),
        json!({ "type": "string", "pattern": "^.{0,5}$" }),
        json!({ "enum": ["short"] }),
    ];
    for rules in rules {
        let server = server_of_details("denied.rules", rules);
        for (detail, status) in [("short", 403), ("too-long", 500), ("short", 403)] {
            let answer = server.get(&format!("/api/denied?detail={detail}"));
            assert_eq!(answer.status, status, "{detail}");
        }
    }
}

#[test]
fn any_text_of_a_problem_is_sent_where_the_spec_has_no_rules_for_it() {
    let server = server_of_details("denied.any", json!({ "type": "string" }));
    for detail in ["short", "quite-long", "", "short"] {
        let answer = server.get(&format!("/api/denied?detail={detail}"));
        answer.is_problem(
            403,
            &format!(
                r#"{{"type":"about:blank","title":"Forbidden","status":403,"detail":"{detail}"}}"#
            ),
        );
    }
}
