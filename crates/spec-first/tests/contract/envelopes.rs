//! An API whose errors are an envelope of its own, which one function of the application writes: in each version of OpenAPI.

mod notes;

use std::collections::HashMap;
use std::time::Duration;

use serde_json::json;
use spec_first::Api;
use spec_first::contract::{Responses, Settings};
use spec_first::problem::{Context, Problem};

use self::notes::{api, envelope, offered, send, serve};
use crate::log;
use crate::server::Server as Service;

const VERSIONS: [&str; 3] = ["2.0", "3.0.3", "3.1.0"];

/// Each rejection of the server: the request, the status, the envelope without its status.
const REJECTIONS: [(&str, u16, &str); 22] = [
    (
        "GET /api/notes/one",
        400,
        r#"{"message":"path parameter \"number\": \"one\" is not of type \"integer\"","code":400,"details":["\"one\" is not of type \"integer\""],"operation":"notes.read"}"#,
    ),
    (
        "POST /api/notes?page=x\nAuthorization: Bearer root\nContent-Type: application/json\nContent-Length: 12\n\n{\"text\":\"a\"}",
        400,
        r#"{"message":"query parameter \"page\": \"x\" is not of type \"integer\"","code":400,"details":["\"x\" is not of type \"integer\""],"operation":"notes.create"}"#,
    ),
    (
        "POST /api/notes\nAuthorization: Bearer root\nX-Page: x\nContent-Type: application/json\nContent-Length: 12\n\n{\"text\":\"a\"}",
        400,
        r#"{"message":"header parameter \"X-Page\": \"x\" is not of type \"integer\"","code":400,"details":["\"x\" is not of type \"integer\""],"operation":"notes.create"}"#,
    ),
    (
        "POST /api/notes\nAuthorization: Bearer root\nContent-Type: application/json\nContent-Length: 17\n\n{\"text\":\"abcdef\"}",
        400,
        r#"{"message":"body at /text: \"abcdef\" is longer than 5 characters","code":400,"details":["\"abcdef\" is longer than 5 characters"],"operation":"notes.create"}"#,
    ),
    (
        "POST /api/notes\nAuthorization: Bearer root\nContent-Type: application/json\nContent-Length: 1\n\n{",
        400,
        "",
    ),
    (
        "POST /api/notes\n",
        401,
        r#"{"message":"credentials are required: token","code":401,"operation":"notes.create"}"#,
    ),
    (
        "POST /api/notes\nAuthorization: Bearer wrong\n",
        401,
        r#"{"message":"the token is wrong","code":401,"operation":"notes.create"}"#,
    ),
    (
        "POST /api/notes\nAuthorization: Bearer reader\n",
        403,
        r#"{"message":"these scopes are required: \"write\"","code":403,"operation":"notes.create"}"#,
    ),
    (
        "POST /api/notes\nAuthorization: Bearer down\n",
        503,
        r#"{"message":"credentials cannot be checked now","code":503,"operation":"notes.create"}"#,
    ),
    (
        "GET /api/notes/1\nAccept: text/csv\n",
        406,
        r#"{"message":"the header Accept allows no response of this operation; expected SUCCESS","code":406,"operation":"notes.read"}"#,
    ),
    (
        "GET /api/nothing",
        404,
        r#"{"message":"there is nothing at this address","code":404}"#,
    ),
    (
        "GET /nothing",
        404,
        r#"{"message":"there is nothing at this address","code":404}"#,
    ),
    (
        "DELETE /api/notes/1",
        405,
        r#"{"message":"this resource answers GET, HEAD, OPTIONS","code":405}"#,
    ),
    (
        "POST /api/ui/",
        405,
        r#"{"message":"this resource answers GET, HEAD, OPTIONS","code":405}"#,
    ),
    (
        "POST /api/notes\nAuthorization: Bearer root\nContent-Type: text/csv\nContent-Length: 1\n\na",
        415,
        r#"{"message":"the Content-Type is \"text/csv\"; expected application/json","code":415,"operation":"notes.create"}"#,
    ),
    (
        "POST /api/notes\nAuthorization: Bearer root\nContent-Type: application/json\nContent-Length: 9999999\n\n",
        413,
        r#"{"message":"the body is longer than 1048576 bytes","code":413,"operation":"notes.create"}"#,
    ),
    (
        "GET /api/notes/2",
        500,
        r#"{"message":"the server failed; its log says why","code":500,"operation":"notes.read"}"#,
    ),
    (
        "GET /api/notes/3",
        500,
        r#"{"message":"the server failed; its log says why","code":500,"operation":"notes.read"}"#,
    ),
    (
        "GET /api/notes/4",
        500,
        r#"{"message":"the server failed; its log says why","code":500,"operation":"notes.read"}"#,
    ),
    (
        "GET /api/notes/5",
        503,
        r#"{"message":"later","code":503,"operation":"notes.read"}"#,
    ),
    (
        "GET /api/notes/1?rejected",
        500,
        r#"{"message":"the server failed; its log says why","code":500}"#,
    ),
    (
        "GET /own",
        409,
        r#"{"message":"not this route","code":409}"#,
    ),
];

#[test]
fn every_rejection_is_in_the_envelope() {
    for version in VERSIONS {
        let address = serve(api(version, "notes").problems(envelope));
        let mut differing = Vec::new();
        for (request, status, body) in REJECTIONS {
            let answer = send(address, request);
            let has_operation = answer.body.contains("operation");
            let declared = "application/vnd.notes+json; v=1";
            let media_type = if has_operation {
                declared
            } else {
                "application/json"
            };
            let found = (
                answer.status,
                answer.header("Content-Type"),
                answer.body.as_str(),
            );
            let body = if body.is_empty() { &answer.body } else { body };
            let body = &body.replace("SUCCESS", offered(version));
            if found != (status, media_type, body.as_str()) {
                differing.push(format!("{version}: {request}: {found:?}"));
            }
        }
        assert!(differing.is_empty(), "{}", differing.join("\n"));
    }
}

const VERSION: &str = "3.1.0";

fn settings(responses: Responses) -> Settings {
    Settings {
        responses,
        body_timeout: Duration::from_millis(300),
        ..Settings::default()
    }
}

fn serve_alone(api: &Api, responses: Responses) -> Service {
    log::keep();
    Service::serve(api, settings(responses))
}

const JSON: &str = "application/vnd.notes+json; v=1";

#[test]
fn the_response_to_a_head_has_no_body() {
    let service = serve_alone(
        &api(VERSION, "heads").problems(envelope),
        Responses::Enforce,
    );
    let answer = service.send("HEAD", "/api/notes/one", "", "");
    answer.is(400, JSON, "");
}

#[test]
fn a_body_that_does_not_arrive_is_a_408_in_the_envelope() {
    let service = serve_alone(&api(VERSION, "slow").problems(envelope), Responses::Enforce);
    let head = "POST /api/notes HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer root\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{";
    service.raw(head).is(
        408,
        JSON,
        r#"{"message":"the body did not arrive in time","code":408,"operation":"slow.create"}"#,
    );
}

#[test]
fn the_function_knows_the_operation_and_the_request() {
    let write = |problem: &Problem, context: &Context<'_>| {
        let (operation, id) = (context.operation(), context.request_id());
        json!({ "code": problem.status().as_u16(), "message": format!("{operation:?} {id:?}") })
    };
    let address = serve(api(VERSION, "known").problems(write));
    send(address, "GET /api/notes/one").is(
        400,
        JSON,
        r#"{"code":400,"message":"Some(\"known.read\") Some(\"r-1\")"}"#,
    );
    send(address, "GET /api/nothing").is(
        404,
        "application/json",
        r#"{"code":404,"message":"None Some(\"r-1\")"}"#,
    );
    let rejected = send(address, "GET /api/notes/1?rejected");
    rejected.is(
        500,
        "application/json",
        r#"{"code":500,"message":"None Some(\"r-1\")"}"#,
    );
    assert_eq!(rejected.header("X-Request-Id"), "r-1");
    let lines = log::lines("the middleware is down");
    assert!(lines[0].contains(r#"request_id="r-1""#), "{lines:?}");
}

#[test]
fn an_envelope_that_breaks_the_contract_is_a_500_in_the_envelope() {
    let service = serve_alone(
        &api(VERSION, "broken").problems(envelope),
        Responses::Enforce,
    );
    assert_eq!(log::about("broken.read"), [""; 0]);
    service.get("/api/notes/6").is(
        500,
        JSON,
        r#"{"message":"the server failed; its log says why","code":500,"operation":"broken.read"}"#,
    );
    let lines = log::about("broken.read");
    let cause = r#"the response breaks the contract: status 409: body at \"/message\": "#;
    assert!(lines[0].contains(cause), "{lines:?}");
    assert!(
        lines[0].contains("is longer than 300 characters"),
        "{lines:?}"
    );
    assert_eq!(lines.len(), 1);
    let answer = service.get("/api/notes/429");
    answer.is(
        429,
        JSON,
        r#"{"message":"no","code":429,"operation":"broken.read"}"#,
    );
    assert_eq!(answer.header("Retry-After"), "60");
}

#[test]
fn an_envelope_that_breaks_the_contract_is_sent_if_that_is_only_reported() {
    let long = "a".repeat(301);
    let body =
        |module: &str| format!(r#"{{"message":"{long}","code":409,"operation":"{module}.read"}}"#);
    let reported = serve_alone(
        &api(VERSION, "reported").problems(envelope),
        Responses::Report,
    );
    reported
        .get("/api/notes/6")
        .is(409, JSON, &body("reported"));
    let lines = log::about("reported.read");
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains("status=409"), "{lines:?}");
    let unchecked = serve_alone(
        &api(VERSION, "unchecked").problems(envelope),
        Responses::Off,
    );
    unchecked
        .get("/api/notes/6")
        .is(409, JSON, &body("unchecked"));
    assert_eq!(log::about("unchecked.read"), [""; 0]);
}

#[test]
fn a_function_that_fails_is_asked_once_more_for_a_500() {
    let failing = |problem: &Problem, context: &Context<'_>| {
        assert_ne!(problem.status().as_u16(), 409, "no conflicts, please");
        envelope(problem, context)
    };
    let service = serve_alone(&api(VERSION, "panicking").problems(failing), Responses::Off);
    service.get("/api/notes/6").is(
        500,
        JSON,
        r#"{"message":"the server failed; its log says why","code":500,"operation":"panicking.read"}"#,
    );
    let lines = log::about("panicking.read");
    assert!(lines[0].contains("no conflicts, please"), "{lines:?}");

    let unwritten = |_: &Problem, _: &Context<'_>| HashMap::from([([1], 2)]);
    let service = serve_alone(
        &api(VERSION, "unwritten").problems(unwritten),
        Responses::Off,
    );
    service.get("/api/notes/one").is_problem(500, FAILED);
    let lines = log::about("unwritten.read");
    let cause = "the body of a problem cannot be written: key must be a string";
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines.iter().all(|line| line.contains(cause)), "{lines:?}");
}

const FAILED: &str = r#"{"type":"about:blank","title":"Internal Server Error","status":500,"detail":"the server failed; its log says why"}"#;

#[test]
fn a_function_that_never_keeps_the_contract_is_named_at_the_start_and_still_sent() {
    let wrong = |_: &Problem, _: &Context<'_>| json!({ "code": 1 });
    let service = serve_alone(&api(VERSION, "wrong").problems(wrong), Responses::Enforce);
    let violation = r#"body at \"\": \"message\" is a required property"#;
    let lines = log::about("wrong.read");
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains("WARN"), "{lines:?}");
    for text in [
        "the function of Api::problems breaks the contract",
        violation,
        "400: body at",
        " | 406: body at",
        " | 500: body at",
    ] {
        assert!(lines[0].contains(text), "{text}: {lines:?}");
    }
    let statuses = [400, 401, 403, 503, 406, 408, 413, 415, 500];
    let lines = log::about("wrong.create");
    for status in statuses {
        assert!(
            lines[0].contains(&format!("{status}: body at")),
            "{status}: {lines:?}"
        );
    }
    service.get("/api/notes/one").is(500, JSON, r#"{"code":1}"#);
    let lines = log::about("wrong.read");
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(
        lines[1].contains("the response breaks the contract: status 400"),
        "{lines:?}"
    );
    let sent = "the response for a failure breaks the contract, and is sent";
    assert!(lines[2].contains(sent), "{lines:?}");
}

#[test]
fn an_api_without_the_function_is_told_so_at_the_start() {
    let service = serve_alone(&api(VERSION, "plain"), Responses::Enforce);
    let lines = log::about("plain.read");
    assert_eq!(lines.len(), 1, "{lines:?}");
    let text = "unless Api::problems writes them";
    assert!(lines[0].contains(text), "{lines:?}");
    let answer = service.get("/api/notes/one");
    assert_eq!(answer.status, 400);
    assert_eq!(answer.header("Content-Type"), "application/problem+json");
}

/// The build validates examples of the problems, and the server those that a function writes.
#[test]
fn the_build_finds_what_the_server_would_find_at_the_start() {
    for version in VERSIONS {
        let digits = version.replace('.', "");
        let (built, same) = (format!("built{digits}"), format!("same{digits}"));
        let _ = serve_alone(&api(version, built.clone().leak()), Responses::Enforce);
        let written = |problem: &Problem, _: &Context<'_>| {
            serde_json::to_value(problem.body()).expect("it is JSON")
        };
        let own = api(version, same.clone().leak()).problems(written);
        let _ = serve_alone(&own, Responses::Enforce);
        for operation in ["read", "create"] {
            let [by_build, by_server] = [&built, &same].map(|module| {
                let lines = log::about(&format!("{module}.{operation}"));
                let (_, violations) = lines[0].split_once("violations").expect("it lists them");
                violations.to_owned()
            });
            assert!(by_build.contains("500: body at"), "{by_build}");
            assert_eq!(by_build, by_server, "{version} {operation}");
        }
    }
}
