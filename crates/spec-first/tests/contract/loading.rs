//! A contract that does not match the runtime or the generated code is an error at start.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::{Map, Value, json};
use spec_first::Spec;
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
    contract(json!({}), json!([operation]))
}

#[test]
fn a_contract_of_another_version_is_no_contract() {
    let written = r#"{"version":"0.0.1","dialect":"draft4","about":{"heading":"A","title":"A","version":"","file_name":"a","sha256":""},"base_paths":[],"operations":[]}"#;
    let spec = Box::leak(Box::new(Spec::new(written, "{}", "{}")));
    let message = Contract::load(spec, &Settings::default()).unwrap_err();
    let start = "contract.json is of version 0.0.1 of spec-first-build, and this is version ";
    assert!(message.starts_with(start), "{message}");
}

/// The build compiles every schema, so that none of these is embedded. Nothing passes unchecked if one is.
#[test]
fn a_schema_that_cannot_be_compiled_accepts_nothing() {
    let schemas = json!({ "bad": { "type": "cat" }, "lost": { "$ref": "#/schemas/none" }, "wild": { "pattern": "(" } });
    let names = [("bad", "bad"), ("lost", "none"), ("wild", "wild")];
    let operations = names.map(|(name, _)| {
        let id = format!("loading_{name}");
        with(
            operation(&id, "POST", &format!("/{name}")),
            "body",
            body(name),
        )
    });
    let contract = contract(schemas, operations.to_vec().into());
    let server = Server::start(&contract, Settings::default(), |routes| {
        for (name, _) in [("bad", ""), ("lost", ""), ("wild", "")] {
            let read = |_: Arc<Application>, call: Call| async move {
                let _: Value = call.body(no_rules)?;
                Ok(HttpResponse::Ok().finish())
            };
            routes.add(&format!("loading_{name}"), &application(), read);
        }
    });
    for (name, at) in names {
        let answer = server.post(&format!("/api/{name}"), "1");
        assert_eq!(answer.status, 400);
        let start = format!("body: the schema cannot be compiled: api.yml#/schemas/{at}: ");
        let problem: Value = serde_json::from_str(&answer.body).unwrap();
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.starts_with(&start), "{detail}");
    }
}

#[test]
fn an_unusable_contract_is_reported_with_its_place() {
    assert!(load_error(&json!({})).starts_with("missing field"));
    let get = || operation("get", "GET", "/");
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

/// That one validator is built for all of them, the library's own tests count.
#[test]
fn schemas_that_lead_to_each_other_validate_in_every_operation() {
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
    let good = r#"{"a~b":{"c":{"leaf":"123456789"}}}"#;
    for number in 0..100 {
        server
            .post(&format!("/api/{number}"), good)
            .is_json(200, good);
    }
    server.post("/api/499", r#"{"a~b":{"c":{"leaf":"0123456789"}}}"#).is_problem(
        400,
        r#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"body at /a~0b/c/leaf: \"0123456789\" is longer than 9 characters","errors":[{"in":"body","pointer":"/a~0b/c/leaf","keyword":"maxLength","schema":"/schemas/type507/properties/leaf/maxLength","detail":"\"0123456789\" is longer than 9 characters"}]}"#,
    );
}
