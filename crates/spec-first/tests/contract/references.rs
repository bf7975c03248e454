//! References that go by name: what they mean, and where a violation says that it happened.

use std::sync::Arc;

use actix_web::http::StatusCode;
use serde_json::{Value, json};
use spec_first::contract::{Call, Settings, no_rules};

use crate::files::{body, contract, operation, with};
use crate::server::{Application, Server, application};

/// A contract of OpenAPI 3.1 with an operation that takes a body of one of these schemas.
fn taking(taken: &str, schemas: Value) -> Value {
    let operation = with(operation("new", "POST", "/new"), "body", body(taken));
    with(
        contract(schemas, json!([operation])),
        "dialect",
        json!("2020-12"),
    )
}

/// A server that sends the body back.
fn start(contract: &Value) -> Server {
    Server::start(contract, Settings::default(), |routes| {
        routes.add(
            "new",
            &application(),
            |_: Arc<Application>, call: Call| async move {
                let body: Value = call.body(no_rules)?;
                call.respond(StatusCode::OK, no_rules, async { Ok(body) })
                    .await
            },
        );
    })
}

#[test]
fn the_deepest_value_of_a_recursive_schema_fits_the_stack() {
    let reference = |name: &str| json!({ "$ref": format!("#/schemas/{name}") });
    let list = json!({ "type": "array", "items": reference("value") });
    let object = json!({ "type": "object", "additionalProperties": reference("value") });
    let schemas = json!({
        "value": { "oneOf": [reference("list"), reference("object"), { "type": "integer" }] },
        "list": { "allOf": [{ "anyOf": [list, { "type": "null" }] }] },
        "object": { "allOf": [{ "not": { "not": object } }] },
    });
    let server = start(&taking("value", schemas));
    // One more level is more than the server reads.
    let nested = |value: &str| format!("{}{value}{}", "[{\"a\":".repeat(63), "}]".repeat(63));
    let deepest = nested("[1]");
    server.post("/api/new", &deepest).is_json(200, &deepest);
    assert_eq!(server.post("/api/new", &nested("[[1]]")).status, 400);
    server.post("/api/new", "1").is_json(200, "1");
}

#[test]
fn a_deep_value_of_a_recursive_union_is_rejected_without_a_list_that_grows_exponentially() {
    let names = ["and", "or", "all", "any", "none", "not"];
    let branches = names.map(|name| {
        let list = json!({ "type": "array", "items": { "$ref": "#/schemas/filter" } });
        json!({ "type": "object", "required": [name], "properties": { name: list } })
    });
    let leaf = json!({ "type": "integer" });
    let union: Vec<_> = branches.into_iter().chain([leaf]).collect();
    let schemas = json!({ "filter": { "anyOf": union } });
    let server = start(&taking("filter", schemas));
    let nested = |leaf: &str| format!("{}{leaf}{}", r#"{"and":["#.repeat(30), "]}".repeat(30));
    server
        .post("/api/new", &nested("1"))
        .is_json(200, &nested("1"));
    server.post("/api/new", &nested(r#""one""#)).is_problem(
        400,
        r#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"body: it is invalid, and nested too deep to list where","errors":[{"in":"body","pointer":"","detail":"it is invalid, and nested too deep to list where"}]}"#,
    );
    let shallow = server.post("/api/new", r#"{"and":["one"]}"#);
    assert!(
        shallow.body.contains(r#""keyword":"anyOf""#),
        "{}",
        shallow.body
    );
}

#[test]
fn a_dynamic_reference_resolves_by_the_outermost_dynamic_anchor() {
    let schemas = json!({
        "list": {
            "$id": "spec:///api.yml?/schemas/list",
            "items": { "$dynamicRef": "spec:///api.yml?/schemas/list#item" },
            "$defs": { "anything": { "$dynamicAnchor": "item" } },
        },
        "names": {
            "$id": "spec:///api.yml?/schemas/names",
            "$ref": "spec:///api.yml?/schemas/list#",
            "$defs": { "name": { "$dynamicAnchor": "item", "type": "string" } },
        },
    });
    let resources = json!(["api.yml#/schemas/list", "api.yml#/schemas/names"]);
    let start = |taken| {
        let contract = taking(taken, schemas.clone());
        start(&with(contract, "resources", resources.clone()))
    };
    let names = start("names");
    names.post("/api/new", r#"["a"]"#).is_json(200, r#"["a"]"#);
    names.post("/api/new", "[1]").is_problem(
        400,
        concat!(
            r#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"body at /0: 1 is not of type \"string\"","#,
            r#""errors":[{"in":"body","pointer":"/0","keyword":"type","schema":"/schemas/names/$defs/name/type","#,
            r#""detail":"1 is not of type \"string\""}]}"#,
        ),
    );
    let list = start("list");
    list.post("/api/new", "[1]").is_json(200, "[1]");
}

#[test]
fn the_meta_schema_validates_schemas() {
    let meta = "https://json-schema.org/draft/2020-12/schema";
    let mut contract = taking("schema", json!({ "schema": { "$ref": meta } }));
    contract["requests"][meta] = json!({ "$ref": meta });
    let server = start(&contract);
    server
        .post("/api/new", r#"{"type":"object"}"#)
        .is_json(200, r#"{"type":"object"}"#);
    assert_eq!(server.post("/api/new", r#"{"type":1}"#).status, 400);
}
