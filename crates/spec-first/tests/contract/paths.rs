//! Which operation a request reaches, and the values in its path.

use std::sync::Arc;

use actix_web::http::StatusCode;
use serde_json::{Value, json};
use spec_first::contract::{Call, Routes, Settings, no_rules};
use spec_first::problem::Part;

use crate::files::{contract, operation, parameter, with};
use crate::server::{Application, Server, application};

fn server() -> Server {
    let path = |id, method, path, names: &[&str]| {
        let names = names
            .iter()
            .map(|name| parameter("path", name, json!(["string"])));
        with(operation(id, method, path), "parameters", names.collect())
    };
    let schemas = json!({
        "name": { "type": "string", "maxLength": 9 },
        "kind": { "type": "string" },
        "id": { "type": "string" },
    });
    // Templated paths come first here; in the server they come last.
    let operations = json!([
        path("read", "GET", "/pets/{name}", &["name"]),
        path("remove", "DELETE", "/pets/{name}", &["name"]),
        path("mine", "GET", "/pets/mine", &[]),
        path("list", "GET", "/pets", &[]),
        path("ask", "OPTIONS", "/pets", &[]),
        path("two", "GET", "/pets/{name}/{kind}", &["name", "kind"]),
        path("deep", "GET", "/pets/mine/deep/er", &[]),
        path("json", "GET", "/pets/{id}.json", &["id"]),
        path("span", "GET", "/span/{id}-{name}", &["id", "name"]),
        path("root", "GET", "/", &[]),
        path("free", "GET", "/free/{any}", &[]),
        with(
            path("own", "GET", "/own", &[]),
            "base_paths",
            json!(["/archive", ""])
        ),
    ]);
    let mut contract = contract(schemas, operations);
    contract["base_paths"] = json!(["/api", "/v2/api/"]);
    Server::start(&contract, Settings::default(), mount)
}

fn mount(routes: &mut Routes) {
    let say = |id: &'static str, names: &'static [&'static str]| {
        move |_: Arc<Application>, call: Call| async move {
            let values = names
                .iter()
                .map(|name| call.parameter::<Value>(Part::Path, name));
            let values = values.collect::<Result<Vec<_>, _>>()?;
            let answer = async { Ok(json!([id, values])) };
            call.respond(StatusCode::OK, no_rules, answer).await
        }
    };
    routes.add("read", &application(), say("read", &["name"]));
    routes.add("remove", &application(), say("remove", &["name"]));
    routes.add("mine", &application(), say("mine", &[]));
    routes.add("list", &application(), say("list", &[]));
    routes.add("ask", &application(), say("ask", &[]));
    routes.add("two", &application(), say("two", &["kind", "name"]));
    routes.add("deep", &application(), say("deep", &[]));
    routes.add("json", &application(), say("json", &["id"]));
    routes.add("span", &application(), say("span", &["name", "id"]));
    routes.add("root", &application(), say("root", &[]));
    routes.add("free", &application(), say("free", &[]));
    routes.add("own", &application(), say("own", &[]));
}

#[test]
fn a_literal_segment_goes_before_a_parameter() {
    let server = server();
    server.get("/api/pets").is_json(200, r#"["list",[]]"#);
    server.get("/api/pets/mine").is_json(200, r#"["mine",[]]"#);
    server
        .get("/api/pets/m%69ne")
        .is_json(200, r#"["mine",[]]"#);
    server
        .get("/api/pets/mines")
        .is_json(200, r#"["read",["mines"]]"#);
    server
        .get("/api/pets/mine/deep")
        .is_json(200, r#"["two",["deep","mine"]]"#);
    server
        .get("/api/pets/mine/deep/er")
        .is_json(200, r#"["deep",[]]"#);
    server.get("/api/").is_json(200, r#"["root",[]]"#);
}

#[test]
fn text_beside_a_parameter_is_not_its_value() {
    let server = server();
    server
        .get("/api/pets/a.json")
        .is_json(200, r#"["json",["a"]]"#);
    server
        .get("/api/pets/.json")
        .is_json(200, r#"["read",[".json"]]"#);
    server
        .get("/api/span/1-2-3")
        .is_json(200, r#"["span",["2-3","1"]]"#);
}

#[test]
fn every_base_path_is_served() {
    let server = server();
    server.get("/v2/api/pets").is_json(200, r#"["list",[]]"#);
    server
        .get("/v2/api/pets/x")
        .is_json(200, r#"["read",["x"]]"#);
}

#[test]
fn an_operation_with_base_paths_of_its_own_is_under_no_other() {
    let server = server();
    server.get("/archive/own").is_json(200, r#"["own",[]]"#);
    server.get("/own").is_json(200, r#"["own",[]]"#);
    assert_eq!(server.get("/api/own").status, 404);
    assert_eq!(server.get("/archive/pets").status, 404);
}

#[test]
fn a_part_of_the_path_that_is_no_parameter_may_be_any_text() {
    let server = server();
    server.get("/api/free/x%2Fy").is_json(200, r#"["free",[]]"#);
    assert_eq!(server.get("/api/free").status, 404);
}

#[test]
fn a_path_value_is_decoded_once_and_a_slash_in_it_is_its_own() {
    let server = server();
    let cases = [
        ("a%2Fb", "a/b"),
        ("a%252Fb", "a%2Fb"),
        ("a+b", "a+b"),
        ("%3F%23%20", "?# "),
        ("%22%5C", "\"\\"),
        ("%E2%98%83", "☃"),
        ("%00", "\0"),
        ("%0A", "\n"),
        ("..", ".."),
        ("%2E%2E", ".."),
        ("a;b=c", "a;b=c"),
    ];
    for (raw, value) in cases {
        let body = json!(["read", [value]]).to_string();
        server.get(&format!("/api/pets/{raw}")).is_json(200, &body);
    }
}

#[test]
fn a_malformed_path_value_is_400() {
    let server = server();
    server.get("/api/pets/%zz").is_problem(
        400,
        r#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"path parameter \"name\": a % is not followed by two hexadecimal digits","errors":[{"in":"path","name":"name","detail":"a % is not followed by two hexadecimal digits"}]}"#,
    );
    server.get("/api/pets/%FF").is_problem(
        400,
        r#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"path parameter \"name\": the bytes are not UTF-8","errors":[{"in":"path","name":"name","detail":"the bytes are not UTF-8"}]}"#,
    );
}

#[test]
fn a_path_value_that_breaks_its_schema_is_400() {
    server().get("/api/pets/0123456789").is_problem(
        400,
        r#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"path parameter \"name\": \"0123456789\" is longer than 9 characters","errors":[{"in":"path","name":"name","keyword":"maxLength","schema":"/schemas/name/maxLength","detail":"\"0123456789\" is longer than 9 characters"}]}"#,
    );
}

#[test]
fn other_paths_are_left_to_other_services() {
    let server = server();
    for target in [
        "/",
        "/api",
        "/pets",
        "/api/pets/",
        "/api//pets",
        "/api/Pets",
        "/api/pets/a/b/c",
        "/api/span/1",
    ] {
        let answer = server.get(target);
        assert_eq!(
            (answer.status, answer.body),
            (404, format!("another service has {target}"))
        );
    }
}

#[test]
fn another_method_is_405_with_all_that_are_allowed() {
    let server = server();
    let answer = server.send("PUT", "/api/pets/x", "", "");
    answer.is_problem(
        405,
        r#"{"type":"about:blank","title":"Method Not Allowed","status":405,"detail":"this resource answers GET, HEAD, DELETE, OPTIONS"}"#,
    );
    assert_eq!(answer.header("Allow"), "GET, HEAD, DELETE, OPTIONS");
    assert_eq!(server.send("BREW", "/api/pets/x", "", "").status, 405);
}

#[test]
fn options_lists_the_allowed_methods_unless_the_spec_declares_it() {
    let server = server();
    let answer = server.send("OPTIONS", "/api/pets/x", "", "");
    assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    assert_eq!(answer.header("Allow"), "GET, HEAD, DELETE, OPTIONS");
    server
        .send("OPTIONS", "/api/pets", "", "")
        .is_json(200, r#"["ask",[]]"#);
}

#[test]
fn head_is_get_without_the_body() {
    let server = server();
    let (get, head) = (
        server.get("/api/pets"),
        server.send("HEAD", "/api/pets", "", ""),
    );
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    for name in ["Content-Type", "Content-Length"] {
        assert_eq!(head.header(name), get.header(name));
    }
    assert_eq!(head.header("Content-Length"), "11");
    assert_eq!(
        server.send("HEAD", "/api/pets/0123456789", "", "").status,
        400
    );
}

#[test]
fn the_content_type_of_a_request_without_a_body_is_ignored() {
    let headers = "Content-Type: text/plain\r\n";
    server()
        .send("DELETE", "/api/pets/x", headers, "")
        .is_json(200, r#"["remove",["x"]]"#);
}

#[test]
fn the_log_can_learn_operation_and_route() {
    let server = server();
    let said = |method, target| {
        let answer = server.send(method, target, "", "");
        (
            answer.header("x-operation").to_owned(),
            answer.header("x-route").to_owned(),
        )
    };
    let pair = |operation: &str, route: &str| (operation.to_owned(), route.to_owned());
    assert_eq!(
        said("GET", "/v2/api/pets/x"),
        pair("read", "/v2/api/pets/{name}")
    );
    assert_eq!(said("HEAD", "/api/pets"), pair("list", "/api/pets"));
    assert_eq!(said("PUT", "/api/pets"), pair("", "/api/pets"));
    assert_eq!(said("GET", "/else"), pair("", ""));
}
