//! A contract that does not match the runtime or the generated code is an error at start.

use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::{Map, Value, json};
use spec_first::contract::{Call, Contract, Routes, Settings, no_rules};

use crate::files::{body, contract, operation, with};
use crate::server::{Application, Server, application, spec};

fn load(contract: &Value) -> Result<Contract, String> {
    Contract::load(spec(contract), &Settings::default())
}

fn load_error(contract: &Value) -> String {
    load(contract).unwrap_err()
}

fn one(operation: Value) -> Value {
    contract(
        json!({ "bad": { "type": "cat" }, "lost": { "$ref": "#/schemas/none" }, "wild": { "pattern": "(" } }),
        json!([operation]),
    )
}

#[test]
fn an_unusable_contract_is_reported_with_its_place() {
    assert!(load_error(&json!({})).starts_with("missing field"));
    let get = || operation("get", "GET", "/");
    for (schema, at) in [("bad", "bad"), ("lost", "none"), ("wild", "wild")] {
        let message = load_error(&one(with(get(), "body", body(schema))));
        let start = format!("api.yml#/schemas/{at}: ");
        assert!(message.starts_with(&start), "{message}");
    }
    let message = load_error(&one(with(get(), "path", json!("/{a"))));
    assert_eq!(message, r#"operation get: the path "/{a" is malformed"#);
    let message = load_error(&one(with(
        get(),
        "responses",
        json!([{ "status": "6XX", "content": [] }]),
    )));
    assert_eq!(message, r#"operation get: "6XX" is no status"#);
    let message = load_error(&contract(
        json!({}),
        json!([get(), operation("again", "GET", "/")]),
    ));
    assert_eq!(message, "operation again: another one is GET /, too");
}

#[test]
fn generated_code_and_contract_have_to_match() {
    let names = contract(
        json!({}),
        json!([operation("one", "GET", "/1"), operation("two", "GET", "/2")]),
    );
    let contract = load(&names).unwrap();
    let mut routes = Routes::new(Arc::new(contract), Settings::default());
    let answer = |_: Arc<Application>, _: Call| async { Ok(HttpResponse::Ok().finish()) };
    routes.add("two", &application(), answer);
    routes.add("three", &application(), answer);
    assert_eq!(
        routes.check().unwrap_err(),
        "generated code and contract.json differ: no handler for [one], and no operation [three]; build again"
    );
}

/// As large as big public specs: 600 types that lead to each other.
fn big() -> Value {
    let name = |index: usize| format!("type{}", index % 600);
    let to = |index: usize| json!({ "$ref": format!("#/schemas/{}", name(index)) });
    let schema = |index| {
        let leaf = json!({ "type": "string", "maxLength": 9 });
        let properties = json!({ "a~b": to(index + 1), "c": to(index + 7), "leaf": leaf });
        (
            name(index),
            json!({ "type": "object", "properties": properties }),
        )
    };
    let schemas: Map<_, _> = (0..600).map(schema).collect();
    let operations = (0..500).map(|index| {
        let id = format!("post{index}");
        let post = operation(&id, "POST", &format!("/{index}"));
        with(post, "body", body(&name(index)))
    });
    contract(schemas.into(), operations.collect())
}

#[test]
fn schemas_that_lead_to_each_other_are_compiled_once() {
    let mut contract = big();
    contract["operations"][0]["body"] = body("missing");
    assert!(load_error(&contract).starts_with("api.yml#/schemas/missing: "));

    let start = Instant::now();
    let server = Server::start(&big(), Settings::default(), |routes| {
        for index in 0..500 {
            routes.add(
                &format!("post{index}"),
                &application(),
                |_: Arc<Application>, call: Call| async move {
                    let body: Value = call.body(no_rules)?;
                    let answer = async { Ok(body) };
                    call.respond(StatusCode::OK, no_rules, answer).await
                },
            );
        }
    });
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "each for itself took minutes"
    );
    let good = r#"{"a~b":{"c":{"leaf":"123456789"}}}"#;
    server.post("/api/499", good).is_json(200, good);
    server.post("/api/499", r#"{"a~b":{"c":{"leaf":"0123456789"}}}"#).is_problem(
        400,
        r#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"body at /a~0b/c/leaf: \"0123456789\" is longer than 9 characters","errors":[{"in":"body","pointer":"/a~0b/c/leaf","keyword":"maxLength","schema":"/schemas/type507/properties/leaf/maxLength","detail":"\"0123456789\" is longer than 9 characters"}]}"#,
    );
}
