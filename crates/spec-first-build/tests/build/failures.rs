//! What becomes of failures that are no problems: the generated files, an application that fails in each way, and the mock.

use std::fs;

use crate::project::{Project, generator, succeeded, tests};
use crate::server::Server;

/// Refreshes the golden files when it is set.
const REFRESH: &str = "REFRESH_GOLDEN";

const FAILED: &str = r#"{"type":"about:blank","title":"Internal Server Error","status":500,"detail":"the server failed; its log says why"}"#;

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn a_failure_is_answered_as_the_spec_declares_it() {
    let project = Project::with_spec(&golden("swagger.yml"));
    project.write("src/main.rs", &golden("main.rs"));
    assert_eq!(succeeded(&project.lint(generator())), "");
    for name in ["accounts.rs", "plain.rs", "routes.rs", "mock.rs"] {
        let text = project.read(&format!("generated/{name}"));
        compare(name, text.split_once("\n\n").expect("a head").1);
    }
    fails(&Server::start(&project));
    fails_in_envelopes(&Server::start_with(&project, &[("ENVELOPE", "1")]));

    let mock = Server::start_mock(&project);
    for (method, path, status) in [
        ("GET", "/v1/accounts/1", 200),
        ("DELETE", "/v1/accounts/1", 204),
        ("PUT", "/v1/accounts/1", 200),
        ("GET", "/v1/accounts/1/statement", 200),
        ("GET", "/v1/accounts/1/bookings", 200),
        ("GET", "/v1/accounts/1/events", 200),
        ("GET", "/v1/plain", 200),
    ] {
        assert_eq!(mock.call(method, path), status, "{method} {path}");
    }
}

/// Each block of code in the documentation is a part of what these tests compile.
#[test]
fn the_documentation_is_what_is_compiled() {
    let guide = include_str!("../../../../docs/errors.md");
    let compiled = [
        include_str!("failures/main.rs"),
        include_str!("failures/swagger.yml"),
    ];
    let compiled = compiled.map(unindented);
    let blocks = ["```rust\n", "```yaml\n"].map(|mark| guide.split(mark).skip(1));
    let blocks = blocks.into_iter().flatten();
    let blocks: Vec<_> = blocks.filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(blocks.len(), 4);
    for block in blocks {
        let block = unindented(block);
        let mut compiled = compiled.iter();
        assert!(compiled.any(|text| text.contains(&block)), "{block}");
    }
}

fn unindented(text: &str) -> String {
    let lines = text.lines().map(str::trim_start);
    lines.collect::<Vec<_>>().join("\n")
}

/// Calls each operation, once for each way in which it fails.
fn fails(server: &Server) {
    for (request, status, media_type, body) in [
        (
            "GET /accounts/200",
            200,
            "application/json",
            r#"{"balance":7}"#,
        ),
        (
            "GET /accounts/404",
            404,
            "application/json",
            r#"{"code":1,"message":"nobody has it"}"#,
        ),
        ("GET /accounts/405", 500, "application/problem+json", FAILED),
        (
            "GET /accounts/409",
            409,
            "application/problem+json",
            r#"{"type":"about:blank","title":"Conflict","status":409,"detail":"it is locked","holder":"ann"}"#,
        ),
        (
            "GET /accounts/410",
            410,
            "text/plain; charset=utf-8",
            "long ago",
        ),
        ("GET /accounts/411", 500, "application/problem+json", FAILED),
        (
            "GET /accounts/422",
            422,
            "application/problem+json",
            r#"{"detail":"spend less","balance":30}"#,
        ),
        ("GET /accounts/429", 429, "application/problem+json", "{}"),
        ("GET /accounts/430", 500, "application/problem+json", FAILED),
        ("GET /accounts/431", 500, "application/problem+json", FAILED),
        ("GET /accounts/500", 500, "application/problem+json", FAILED),
        (
            "GET /accounts/503",
            503,
            "application/vnd.bank+json",
            r#"{"code":2,"message":"tomorrow"}"#,
        ),
        (
            "GET /accounts/418",
            418,
            "application/json",
            r#"{"code":3,"message":"short and stout"}"#,
        ),
        ("GET /accounts/1", 500, "application/problem+json", FAILED),
        ("DELETE /accounts/204", 204, "", ""),
        (
            "DELETE /accounts/1",
            404,
            "text/html; charset=utf-8",
            "<p>None</p>",
        ),
        ("DELETE /accounts/2", 404, "application/xml", "<none/>"),
        (
            "DELETE /accounts/3",
            404,
            "application/json",
            r#"{"code":1,"message":"none"}"#,
        ),
        (
            "DELETE /accounts/4",
            500,
            "application/problem+json",
            FAILED,
        ),
        ("HEAD /accounts/200", 200, "", ""),
        ("HEAD /accounts/404", 404, "application/json", ""),
        (
            "PUT /accounts/200",
            200,
            "application/json",
            r#"{"balance":0}"#,
        ),
        ("PUT /accounts/201", 201, "", ""),
        (
            "PUT /accounts/409",
            409,
            "application/json",
            r#"{"code":4}"#,
        ),
        (
            "GET /accounts/200/statement",
            200,
            "application/pdf",
            "%PDF",
        ),
        (
            "GET /accounts/404/statement",
            404,
            "application/octet-stream",
            "none",
        ),
        (
            "GET /accounts/200/bookings",
            200,
            "application/x-ndjson",
            "1\n2\n",
        ),
        (
            "GET /accounts/404/bookings",
            404,
            "application/json",
            r#"{"code":1,"message":"none"}"#,
        ),
        (
            "GET /accounts/200/events",
            200,
            "text/event-stream",
            "data: 1\n\n",
        ),
        (
            "GET /accounts/404/events",
            404,
            "application/json",
            r#"{"code":1,"message":"none"}"#,
        ),
        (
            "GET /plain",
            409,
            "application/json",
            r#"{"type":"about:blank","title":"Conflict","status":409,"detail":"nothing is plain"}"#,
        ),
    ] {
        let (method, path) = request.split_once(' ').expect("a method and a path");
        let answer = server.whole(method, &format!("/v1{path}"));
        let text = without_id(&answer.2);
        let found = (answer.0, answer.1.as_str(), text.as_str());
        assert_eq!(found, (status, media_type, body), "{request}");
    }
    assert_eq!(server.header("/v1/accounts/429", "Retry-After"), "60");
    assert_eq!(server.header("/v1/accounts/429", "X-Hint"), "");
}

/// What the server rejects, and a handler's problem, as the envelope that the spec declares.
fn fails_in_envelopes(server: &Server) {
    for (request, status, media_type, body) in [
        (
            "GET /v1/accounts/one",
            400,
            "application/json",
            r#"{"code":400,"message":"path parameter \"number\": \"one\" is not of type \"integer\""}"#,
        ),
        (
            "GET /v1/accounts/1",
            403,
            "application/json",
            r#"{"code":403,"message":"not yours"}"#,
        ),
        (
            "GET /v1/accounts/405",
            500,
            "application/vnd.bank+json",
            r#"{"code":500,"message":"the server failed; its log says why"}"#,
        ),
        (
            "GET /v1/accounts/503",
            503,
            "application/vnd.bank+json",
            r#"{"code":2,"message":"tomorrow"}"#,
        ),
        (
            "PATCH /v1/plain",
            405,
            "application/json",
            r#"{"code":405,"message":"this resource answers GET, HEAD, OPTIONS"}"#,
        ),
        (
            "GET /v1/nothing",
            404,
            "application/json",
            r#"{"code":404,"message":"there is nothing at this address"}"#,
        ),
    ] {
        let (method, path) = request.split_once(' ').expect("a method and a path");
        let answer = server.whole(method, path);
        let text = without_id(&answer.2);
        let found = (answer.0, answer.1.as_str(), text.as_str());
        assert_eq!(found, (status, media_type, body), "{request}");
    }
}

/// A body without the id of the request, which is another one each time.
fn without_id(body: &str) -> String {
    let found = body.split_once(",\"request_id\":\"");
    let rest = found.and_then(|(start, rest)| Some((start, rest.split_once('"')?.1)));
    rest.map_or_else(|| body.to_owned(), |(start, end)| format!("{start}{end}"))
}

fn golden(name: &str) -> String {
    fs::read_to_string(tests().join("build/failures").join(name)).unwrap_or_default()
}

fn compare(name: &str, text: &str) {
    if std::env::var_os(REFRESH).is_some() {
        let path = tests().join("build/failures").join(name);
        fs::write(path, text).expect("the golden file is written");
    }
    assert_eq!(golden(name), text, "{name}; {REFRESH}=1 takes it over");
}
