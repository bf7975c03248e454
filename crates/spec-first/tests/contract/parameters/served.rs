//! A document, served by an application that answers with the values that arrive in its handlers.

use std::path::PathBuf;
use std::sync::Arc;

use actix_web::http::StatusCode;
use serde_json::{Map, Value};
use spec_first::contract::{Call, Routes, Settings, no_rules};
use spec_first::problem::Part;
use spec_first_build::Front;
use spec_first_build::contract;
use spec_first_build::document::Document;

use crate::server::{Application, Server, application};

/// Serves the document of this name beside this file.
pub fn serve(name: &str, settings: Settings) -> Server {
    let document = Document::read(&folder().join(name)).expect("the document is read");
    let Front {
        mut contract,
        warnings,
        ..
    } = Front::new(&document).expect("the document keeps the rules");
    let warnings: Vec<_> = warnings.iter().map(ToString::to_string).collect();
    assert!(warnings.is_empty(), "{warnings:?}");
    contract::guard(&mut contract);
    serve_contract(&contract, settings)
}

/// Serves a contract in the same way.
pub fn serve_contract(contract: &Value, settings: Settings) -> Server {
    let operations = contract["operations"].as_array().into_iter().flatten();
    let operations: Vec<_> = operations.map(declared).collect();
    Server::start(contract, settings, move |routes| {
        for (id, parameters) in &operations {
            echo(routes, id, parameters);
        }
    })
}

/// The folder of the documents.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/contract/parameters")
}

type Parameters = Vec<(Part, String)>;

/// The id of an operation, and its parameters.
fn declared(operation: &Value) -> (String, Parameters) {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let parameters = parameters.map(|it| {
        let part = serde_json::from_value(it["in"].clone()).expect("a part");
        (part, text(&it["name"]))
    });
    (text(&operation["id"]), parameters.collect())
}

/// Answers with the values of all parameters that are present.
fn echo(routes: &mut Routes, id: &str, parameters: &Parameters) {
    let parameters = Arc::new(parameters.clone());
    let handle = move |_: Arc<Application>, call: Call| {
        let parameters = Arc::clone(&parameters);
        async move {
            let mut values = Map::new();
            for (part, name) in parameters.iter() {
                let value: Option<Value> = call.parameter(*part, name)?;
                values.extend(value.map(|value| (name.clone(), value)));
            }
            let answer = async { Ok(Value::Object(values)) };
            call.respond(StatusCode::OK, no_rules, answer).await
        }
    };
    routes.add(id, &application(), handle);
}
