//! Operations that require more than is supported: rejected by a server, served by a mock. And the paths of other services.

use std::sync::Arc;

use actix_web::HttpResponse;
use serde_json::{Value, json};
use spec_first::contract::{Call, Settings};

use crate::files::{contract, operation, parameter, with};
use crate::log;
use crate::server::{Application, Server, application};

const REASON: &str = "the body is `text/csv`, and only JSON is served yet";

fn server(settings: Settings) -> Server {
    let upload = with(
        operation("upload", "POST", "/pets/{age}"),
        "unsupported",
        json!(REASON),
    );
    let age = json!([parameter("path", "age", json!(["integer"]))]);
    let list = operation("list", "GET", "/pets");
    let schemas = json!({ "age": { "type": "integer" } });
    let operations = json!([with(upload, "parameters", age), list]);
    Server::start(&contract(schemas, operations), settings, |routes| {
        routes.add("upload", &application(), empty);
        routes.add("list", &application(), empty);
    })
}

async fn empty(_: Arc<Application>, _: Call) -> Result<HttpResponse, spec_first::problem::Problem> {
    Ok(HttpResponse::Ok().finish())
}

#[test]
fn an_unsupported_operation_is_501_before_any_other_check() {
    log::keep();
    let server = server(Settings::default());
    let answer = server.send("POST", "/api/pets/old", "Content-Type: text/csv\r\n", "a,b");
    answer.is_problem(
        501,
        r#"{"type":"about:blank","title":"Not Implemented","status":501,"detail":"the body is `text/csv`, and only JSON is served yet"}"#,
    );
    assert_eq!(answer.header("x-operation"), "upload");
    let lines = log::about("upload");
    assert!(lines.iter().any(|line| line.contains(REASON)), "{lines:?}");
}

#[test]
fn its_path_is_routed_as_any_other() {
    let server = server(Settings::default());
    let answer = server.get("/api/pets/1");
    assert_eq!(
        (answer.status, answer.header("Allow")),
        (405, "POST, OPTIONS")
    );
    assert_eq!(server.send("OPTIONS", "/api/pets/1", "", "").status, 204);
}

#[test]
fn a_mock_answers_it_and_checks_the_rest() {
    let server = server(Settings {
        partial: true,
        ..Settings::default()
    });
    let csv = "Content-Type: text/csv\r\n";
    assert_eq!(server.send("POST", "/api/pets/1", csv, "a,b").status, 200);
    let answer = server.send("POST", "/api/pets/old", csv, "a,b");
    let problem: Value = serde_json::from_str(&answer.body).unwrap();
    let detail = r#"path parameter "age": "old" is not of type "integer""#;
    assert_eq!(
        (answer.status, problem["detail"].as_str()),
        (400, Some(detail))
    );
}

#[test]
fn files_go_before_templates_but_not_before_literal_paths() {
    let operations = json!([
        operation("any", "GET", "/{file}"),
        operation("put", "PUT", "/{file}"),
        operation("own", "GET", "/openapi.json"),
    ]);
    let contract = contract(json!({}), operations);
    let server = Server::start(&contract, Settings::default(), |routes| {
        for id in ["any", "put", "own"] {
            routes.add(id, &application(), empty);
        }
    });
    let body = r#"{"info":{"title":"A contract","version":"1"}}"#;
    assert_eq!(server.get("/api/swagger.json").body, body);
    let head = server.send("HEAD", "/api/swagger.json", "", "");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    for (method, path, id) in [
        ("PUT", "/api/swagger.json", "put"),
        ("GET", "/api/openapi.json", "own"),
        ("GET", "/api/swagger.json5", "any"),
    ] {
        let answer = server.send(method, path, "", "");
        assert_eq!((answer.status, answer.header("x-operation")), (200, id));
    }
}

#[test]
fn what_is_not_supported_is_in_the_log_at_the_start() {
    log::keep();
    let ignored = json!([{ "name": "tags", "cause": "the parameter `tags` is a list, which is not served yet" }]);
    let search = with(
        operation("start.search", "GET", "/search"),
        "ignored_parameters",
        ignored,
    );
    let upload = with(
        operation("start.upload", "POST", "/upload"),
        "unsupported",
        json!(REASON),
    );
    let start = |partial| {
        let settings = Settings {
            partial,
            ..Settings::default()
        };
        let operations = json!([search, upload]);
        Server::start(&contract(json!({}), operations), settings, |routes| {
            routes.add("start.search", &application(), empty);
            routes.add("start.upload", &application(), empty);
        });
    };
    start(false);
    start(true);
    let message = |line: &String| line.split_once(": ").map(|(_, message)| message.to_owned());
    let messages = |operation| {
        log::about(operation)
            .iter()
            .filter_map(message)
            .collect::<Vec<_>>()
    };
    let ignored = "the parameter is neither checked nor passed to the handler \
                   operation=\"start.search\" parameter=\"tags\" \
                   cause=\"the parameter `tags` is a list, which is not served yet\"";
    assert_eq!(messages("start.search"), [ignored, ignored]);
    let cause = format!("operation=\"start.upload\" cause={REASON:?}");
    let unsupported = [
        format!("the operation answers 501 {cause}"),
        format!("only a mock serves this operation: others answer 501 {cause}"),
    ];
    assert_eq!(messages("start.upload"), unsupported);
}
