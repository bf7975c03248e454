//! What each media type of a response is in Rust and on the wire, found out by serving its example.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use spec_first::body::{Download, Event, Items};
use spec_first::contract::{Call, Settings, no_rules};
use spec_first::problem::Problem;
use spec_first_build::mock::Examples;
use spec_first_build::print::facts;
use spec_first_build::{Front, Model, contract, proof};

use crate::client::Answer;
use crate::log;
use crate::server::{Application, Server, application};

/// A media type, the schema of its content, and a remark.
type Case = (&'static str, &'static str, &'static str);

const STRING: &str = r#"{"type":"string"}"#;
const BINARY: &str = r#"{"type":"string","format":"binary"}"#;
const OBJECT: &str = r#"{"type":"object","required":["a"],"properties":{"a":{"type":"integer"}}}"#;
const LIST: &str = r#"{"type":"array","minItems":1,"items":{"type":"integer"}}"#;

const CASES: [Case; 24] = [
    ("application/json", OBJECT, ""),
    ("application/hal+json", OBJECT, "every `+json`"),
    ("*/*", OBJECT, "a range includes JSON where it can"),
    ("application/json", STRING, ""),
    (
        "text/plain",
        STRING,
        "text is UTF-8, and validated as a string",
    ),
    (
        "text/plain",
        r#"{"type":"integer"}"#,
        "a scalar has its own type",
    ),
    ("text/plain", OBJECT, "anything else is JSON"),
    ("text/plain", "", "without a schema any text"),
    ("text/*", STRING, ""),
    ("text/csv", STRING, ""),
    (
        "text/csv",
        LIST,
        "the application writes the text, which nobody checks; so for XML and YAML",
    ),
    (
        "text/csv",
        BINARY,
        "`format: binary` makes bytes of every text",
    ),
    (
        "text/html; charset=iso-8859-1",
        STRING,
        "another charset is not sent",
    ),
    ("application/xml", STRING, "every `+xml`"),
    ("application/xml", OBJECT, ""),
    ("application/yaml", OBJECT, ""),
    (
        "application/x-www-form-urlencoded",
        OBJECT,
        "the application writes the text",
    ),
    (
        "application/octet-stream",
        BINARY,
        "a file, a stream or bytes in memory; `type: file` in 2.0",
    ),
    ("application/pdf", "", "every other media type"),
    (
        "image/*",
        BINARY,
        "the body names its own media type within the range",
    ),
    (
        "multipart/mixed; boundary=b",
        OBJECT,
        "the application writes the bytes",
    ),
    (
        "application/x-ndjson",
        OBJECT,
        "also `application/ndjson`, `application/jsonl`, `application/json-lines`",
    ),
    (
        "application/jsonl",
        LIST,
        "a list has the schema of its items",
    ),
    (
        "text/event-stream",
        OBJECT,
        "a string is sent as it is, anything else as JSON",
    ),
];

/// The rows of the table.
pub fn rows() -> String {
    let of = |version| {
        let rows = rows_of(version);
        assert_eq!(rows.len(), CASES.len());
        rows
    };
    let (rows, newer) = (of("3.0.3"), of("3.1.0"));
    assert_eq!(rows, newer);
    rows.concat()
}

/// A row for each case in a version.
fn rows_of(version: &str) -> Vec<String> {
    let (contract, facts, examples) = read(&document(version));
    let kinds: Vec<String> = (0..CASES.len()).map(|index| kind(&facts, index)).collect();
    let server = serve(&contract, &kinds, &examples);
    let cases = CASES.iter().zip(&kinds).enumerate();
    let rows = cases.map(|(index, ((media_type, schema, note), kind))| {
        let answer = server.get(&format!("/{index}"));
        assert_eq!(answer.status, 200, "{media_type} {schema}: {}", answer.body);
        row([
            media_type,
            schema,
            kind,
            answer.header("Content-Type"),
            &body(&answer),
            note,
        ])
    });
    rows.collect()
}

fn row([media_type, schema, kind, sent, body, note]: [&str; 6]) -> String {
    let code = |text: &str| match text {
        "" => String::new(),
        text => format!("`{}`", text.replace('|', "\\|")),
    };
    let cells = [media_type, schema, kind, sent, body].map(code);
    format!("| {} | {note} |\n", cells.join(" | "))
}

/// The body without the frame of its chunks, as a literal.
fn body(answer: &Answer) -> String {
    let plain = match answer.header("Transfer-Encoding") {
        "chunked" => {
            let lines = answer.body.split_once("\r\n").map(|(_, rest)| rest);
            let chunk = lines.and_then(|rest| rest.strip_suffix("\r\n0\r\n\r\n"));
            chunk.expect("one chunk").to_owned()
        }
        _ => answer.body.clone(),
    };
    // A byte that is no text.
    if plain.contains(char::REPLACEMENT_CHARACTER) {
        return format!("{} bytes", answer.header("Content-Length"));
    }
    plain.escape_debug().to_string().replace("\\\"", "\"")
}

fn document(version: &str) -> Value {
    let paths = CASES
        .iter()
        .enumerate()
        .map(|(index, (media_type, schema, _))| {
            let schema: Option<Value> = serde_json::from_str(schema).ok();
            let content = schema.map_or(json!({}), |schema| json!({ "schema": schema }));
            let answer =
                json!({ "description": "An answer.", "content": { *media_type: content } });
            let operation =
                json!({ "operationId": format!("o{index}"), "responses": { "200": answer } });
            (format!("/{index}"), json!({ "get": operation }))
        });
    let paths: Map<_, _> = paths.collect();
    let info = json!({ "title": "Media types", "version": "1" });
    json!({ "openapi": version, "info": info, "paths": paths })
}

/// The contract, the facts that the templates read, and the examples.
fn read(document: &Value) -> (Value, Value, Value) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("swagger.yml");
    std::fs::write(&path, document.to_string()).expect("the document is written");
    let read = spec_first_build::document::Document::read(&path).expect("the document is right");
    let front = Front::new(&read).expect("the document is right");
    let Front {
        api, mut contract, ..
    } = front;
    let model = Model::new(&read, &api, &contract).expect("the names are distinct");
    contract["unions"] = proof::unions(&read, &model, &contract).into();
    contract::guard(&mut contract);
    let examples = Examples::new(&read, &contract, &api).find(&api);
    (contract, facts(&model), examples)
}

/// The type of a response.
fn kind(facts: &Value, index: usize) -> String {
    let method = &facts["paths"][format!("/{index}")]["get"]["x-rs-method"];
    let kind = method["success"]["type"].as_str().unwrap_or_default();
    kind.replace(&format!("O{index}Response"), "struct")
}

fn serve(contract: &Value, kinds: &[String], examples: &Value) -> Server {
    let operations: Vec<(String, String, Value)> = kinds
        .iter()
        .enumerate()
        .map(|(index, kind)| {
            let id = format!("o{index}");
            let example = examples[&id].clone();
            (id, kind.clone(), example)
        })
        .collect();
    log::keep();
    Server::start(contract, Settings::default(), move |routes| {
        for (id, kind, example) in operations.clone() {
            routes.add(
                &id,
                &application(),
                move |_: Arc<Application>, call: Call| respond(call, kind.clone(), example.clone()),
            );
        }
    })
}

/// Responds with an example as generated code would.
async fn respond(call: Call, kind: String, example: Value) -> Result<HttpResponse, Problem> {
    let ok = StatusCode::OK;
    match kind.as_str() {
        "body::Download" => {
            call.respond_download(ok, async { decoded::<Download>(example) })
                .await
        }
        kind if kind.starts_with("body::Items<body::Event<") => {
            let events = async { decoded::<Items<Event<Value>>>(example) };
            call.respond_events(ok, no_rules, events).await
        }
        kind if kind.starts_with("body::Items<") => {
            let items = async { decoded::<Items<Value>>(example) };
            call.respond_items(ok, no_rules, items).await
        }
        _ => call.respond(ok, no_rules, async { Ok(example) }).await,
    }
}

fn decoded<T: DeserializeOwned>(example: Value) -> Result<T, Problem> {
    serde_json::from_value(example).map_err(Problem::internal)
}
