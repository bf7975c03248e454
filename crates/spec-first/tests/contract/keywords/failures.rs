//! What each kind of failure is in Rust, and what becomes of a problem with its status, found out by serving one.

use std::sync::Arc;

use actix_web::http::StatusCode;
use serde_json::{Map, Value, json};
use spec_first::contract::{Call, Settings, no_rules};
use spec_first::problem::Problem;
use spec_first_build::document::Document;
use spec_first_build::print::facts;
use spec_first_build::{Front, Model};

use super::versions::VERSIONS;
use crate::server::{Application, Server, application};

/// A status, a media type (or none), its schema, whether a header is required, and a remark.
type Case = (&'static str, &'static str, &'static str, bool, &'static str);

const PROBLEM: &str = "application/problem+json";
const JSON: &str = "application/json";
const PLAIN: &str = r#"{"type":"object","properties":{"title":{"type":"string"}}}"#;
const EXTENDED: &str =
    r#"{"type":"object","required":["a"],"properties":{"a":{"type":"integer"}}}"#;
const STRING: &str = r#"{"type":"string"}"#;

const CASES: [Case; 14] = [
    ("409", PROBLEM, PLAIN, false, ""),
    (
        "409",
        JSON,
        PLAIN,
        false,
        "its media type is the declared one",
    ),
    ("409", JSON, r#"{"type":"object"}"#, false, "any object"),
    (
        "409",
        PROBLEM,
        EXTENDED,
        false,
        "a member that only the application knows",
    ),
    ("409", JSON, EXTENDED, false, "an envelope"),
    (
        "409",
        JSON,
        r#"{"type":"object","properties":{"a":{"type":"integer"}}}"#,
        false,
        "an envelope that requires nothing accepts a problem as well",
    ),
    ("409", PROBLEM, PLAIN, true, "no header of 2.0 is required"),
    ("409", "text/plain", STRING, false, ""),
    ("409", "text/html", STRING, false, ""),
    (
        "409",
        "application/xml",
        EXTENDED,
        false,
        "the application writes the text",
    ),
    (
        "409",
        "application/octet-stream",
        r#"{"type":"string","format":"binary"}"#,
        false,
        "",
    ),
    (
        "4XX",
        JSON,
        EXTENDED,
        false,
        "the application chooses the status; 2.0 has no ranges",
    ),
    ("default", JSON, EXTENDED, false, "beside a success"),
    ("409", "", "", false, "a problem is sent; the build warns"),
];

/// The rows of the table.
pub fn rows() -> String {
    let found: [Vec<String>; 3] = VERSIONS.map(rows_of);
    let cases = CASES.iter().enumerate();
    let rows = cases.map(|(index, (status, media_type, schema, header, note))| {
        let cells = found.each_ref().map(|found| found[index].clone());
        let header = if *header { "`X-A`, required" } else { "" };
        format!(
            "| {status} | {} | {} | {header} | {} | {note} |\n",
            code(media_type),
            code(schema),
            cells.join(" | ")
        )
    });
    rows.collect()
}

fn code(text: &str) -> String {
    match text {
        "" => "–".to_owned(),
        text => format!("`{text}`"),
    }
}

/// What a version makes of each case.
fn rows_of(version: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("swagger.yml");
    std::fs::write(&file, document(version).to_string()).expect("it is written");
    let document = Document::read(&file).expect("it is a document");
    let front = Front::new(&document).expect("the spec is right");
    let model = Model::new(&document, &front.api, &front.contract).expect("the names differ");
    let facts = facts(&model);
    let served = CASES.iter().enumerate();
    let served = served.filter(|(_, case)| is_of(version, case));
    let served: Vec<_> = served.map(|(index, _)| index).collect();
    let server = Server::start(&front.contract, Settings::default(), move |routes| {
        for index in &served {
            let handle = |_: Arc<Application>, call: Call| async move {
                let returned = async { Err::<Value, _>(Problem::conflict("taken")) };
                call.respond(StatusCode::OK, no_rules, returned).await
            };
            routes.add(&format!("get{index}"), &application(), handle);
        }
    });
    let cells = CASES.iter().enumerate().map(|(index, case)| {
        if !is_of(version, case) {
            return "–".to_owned();
        }
        let path = format!("/{index}");
        let kind = kind(&facts["paths"][&path]["get"]["x-rs-method"]["failure"]);
        let answer = server.get(&path);
        match answer.status {
            409 => format!("{kind}; 409 `{}`", answer.header("Content-Type")),
            status => format!("{kind}; {status}"),
        }
    });
    cells.collect()
}

fn is_of(version: &str, (status, ..): &Case) -> bool {
    version != "2.0" || !status.ends_with("XX")
}

/// The variant of a failure, or the problem that it is.
fn kind(failure: &Value) -> String {
    let Some(variants) = failure["variants"].as_array() else {
        return "`Problem`".to_owned();
    };
    assert_eq!(variants.len(), 1);
    let variant = &variants[0];
    let name = variant["name"].as_str().unwrap_or_default();
    let fields = variant["fields"].as_array().into_iter().flatten();
    let fields = fields.map(|field| {
        let (name, kind) = (&field["name"], &field["type"]);
        let (name, kind) = (name.as_str().unwrap_or_default(), kind.as_str());
        (name.to_owned(), kind.unwrap_or_default().to_owned())
    });
    let fields: Vec<_> = fields.collect();
    if variant["tuple"] == true {
        return format!("`{name}({})`", fields[0].1);
    }
    let fields = fields
        .into_iter()
        .map(|(name, kind)| format!("{name}: {kind}"));
    format!("`{name} {{ {} }}`", fields.collect::<Vec<_>>().join(", "))
}

fn document(version: &str) -> Value {
    let cases = CASES.iter().enumerate();
    let cases = cases.filter(|(_, case)| is_of(version, case));
    let paths = cases.map(|(index, case)| {
        let (status, media_type, ..) = case;
        let mut operation = json!({
            "operationId": format!("get{index}"),
            "responses": { "200": { "description": "It" }, *status: response(version, case) },
        });
        if version == "2.0" && !media_type.is_empty() {
            operation["produces"] = json!([media_type]);
        }
        (format!("/{index}"), json!({ "get": operation }))
    });
    let paths: Map<String, Value> = paths.collect();
    let (key, version) = if version == "2.0" {
        ("swagger", version)
    } else {
        ("openapi", version)
    };
    json!({ key: version, "info": { "title": "Cases", "version": "1" }, "paths": paths })
}

fn response(version: &str, (_, media_type, schema, header, _): &Case) -> Value {
    let mut response = json!({ "description": "No" });
    let schema = serde_json::from_str(schema).unwrap_or(Value::Null);
    let text = json!({ "type": "string" });
    match (version, media_type.is_empty()) {
        (_, true) => {}
        ("2.0", _) => {
            let is_file = schema["format"] == "binary";
            response["schema"] = if is_file {
                json!({ "type": "file" })
            } else {
                schema
            };
        }
        _ => response["content"] = json!({ *media_type: { "schema": schema } }),
    }
    match (version, header) {
        (_, false) => {}
        ("2.0", _) => response["headers"] = json!({ "X-A": text }),
        _ => response["headers"] = json!({ "X-A": { "required": true, "schema": text } }),
    }
    response
}
