//! One document per version, with two operations for each case: one takes the value, one answers it.

use std::sync::Arc;

use actix_web::http::StatusCode;
use serde_json::{Map, Value, json};
use spec_first::contract::{Call, Routes, Settings, no_rules};
use spec_first_build::contract;
use spec_first_build::document::Document;
use spec_first_build::print::facts;
use spec_first_build::{Front, Model};

use super::cases::Case;
use crate::log;
use crate::server::{Application, Server, application};

/// The versions, as the columns have them.
pub const VERSIONS: [&str; 3] = ["2.0", "3.0.3", "3.1.0"];

/// What was found of one case in one version.
#[derive(Clone, Default)]
pub struct Found {
    /// The Rust type; none where the build rejects the schema.
    pub kind: Option<String>,
    /// Whether the keyword changes what a request may hold.
    counts_in: bool,
    counts_out: bool,
}

impl Found {
    pub fn is_checked(&self) -> bool {
        self.counts_in || self.counts_out
    }

    pub fn cell(&self) -> &'static str {
        match (&self.kind, self.counts_in, self.counts_out) {
            (None, ..) => "error",
            (_, true, true) => "in, out",
            (_, true, false) => "in",
            (_, false, true) => "out",
            (_, false, false) => "–",
        }
    }
}

/// What a version makes of each case.
pub fn find(version: &str, cases: &[Case]) -> Vec<Found> {
    let served = cases.iter().enumerate();
    let served = served.filter(|(_, case)| read(&document(version, &[(0, case)])).is_some());
    let served: Vec<_> = served.collect();
    let (contract, prepared) = read(&document(version, &served)).expect("each case alone is read");
    let server = serve(&contract);
    let mut found = vec![Found::default(); cases.len()];
    for (index, case) in served {
        let counts = |way, refusal| counts(&server, &format!("/{way}/{index}"), case, refusal);
        found[index] = Found {
            kind: Some(kind(&prepared, index)),
            counts_in: counts("in", 400),
            counts_out: counts("out", 500),
        };
    }
    found
}

/// Whether the keyword of a case changes what may pass.
fn counts(server: &Server, path: &str, case: &Case, refusal: u16) -> bool {
    let passes = |value: &Value| {
        let status = server.post(path, &value.to_string()).status;
        assert!(
            [200, refusal].contains(&status),
            "{}: {value} is {status}",
            case.name
        );
        status == 200
    };
    let Some(refused) = &case.refused else {
        return passes(&case.accepted);
    };
    assert!(
        passes(&case.accepted),
        "{path} rejects {} of {}",
        case.accepted,
        case.name
    );
    !passes(refused)
}

fn serve(contract: &Value) -> Server {
    let operations = contract["operations"].as_array().into_iter().flatten();
    let ids = operations.filter_map(|it| it["id"].as_str().map(str::to_owned));
    let ids: Vec<_> = ids.collect();
    log::keep();
    Server::start(contract, Settings::default(), move |routes| {
        mount(&ids, routes)
    })
}

/// Answers with the body that came.
fn mount(ids: &[String], routes: &mut Routes) {
    for id in ids {
        routes.add(
            id,
            &application(),
            |_: Arc<Application>, call: Call| async move {
                let body: Value = call.body(no_rules)?;
                let answer = async { Ok(body) };
                call.respond(StatusCode::OK, no_rules, answer).await
            },
        );
    }
}

/// The contract of a document and what the generator prints of it; none if the document is rejected.
fn read(document: &Value) -> Option<(Value, Value)> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("swagger.yml");
    std::fs::write(&path, document.to_string()).expect("the document is written");
    let document = Document::read(&path).ok()?;
    let Front {
        api, mut contract, ..
    } = Front::new(&document).ok()?;
    let model = Model::new(&document, &api, &contract).ok()?;
    contract::guard(&mut contract);
    Some((contract, facts(&model)))
}

fn document(version: &str, cases: &[(usize, &Case)]) -> Value {
    let place = match version {
        "2.0" => "#/definitions/",
        _ => "#/components/schemas/",
    };
    let mut schemas = named();
    let mut paths = Map::new();
    for (index, case) in cases {
        let schema = case
            .schema
            .to_string()
            .replace("#/components/schemas/", place);
        let schema: Value = serde_json::from_str(&schema).expect("a schema");
        let holder =
            json!({ "type": "object", "required": ["value"], "properties": { "value": schema } });
        schemas.insert(format!("Case{index}"), schema);
        schemas.insert(format!("Holder{index}"), holder);
        let [own, held] =
            ["Case", "Holder"].map(|name| json!({ "$ref": format!("{place}{name}{index}") }));
        for (way, body, answer) in [
            ("in", &own, &json!({})),
            ("out", &json!({}), &own),
            ("held", &held, &held),
        ] {
            let id = format!("{way}.{index}");
            paths.insert(
                format!("/{way}/{index}"),
                json!({ "post": operation(version, &id, body, answer) }),
            );
        }
    }
    let info = json!({ "title": "Keywords", "version": "1" });
    match version {
        "2.0" => {
            json!({ "swagger": version, "info": info, "definitions": schemas, "paths": paths })
        }
        _ => {
            json!({ "openapi": version, "info": info, "components": { "schemas": schemas }, "paths": paths })
        }
    }
}

/// The components that the cases refer to.
fn named() -> Map<String, Value> {
    let kind = json!({ "type": "string" });
    let pet = json!({ "type": "object", "required": ["kind"], "properties": { "kind": kind } });
    let named = [("Name", kind), ("Cat", pet.clone()), ("Dog", pet)];
    let named = named.map(|(name, schema)| (name.to_owned(), schema));
    named.into_iter().collect()
}

fn operation(version: &str, id: &str, body: &Value, answer: &Value) -> Value {
    if version == "2.0" {
        let body = json!({ "name": "body", "in": "body", "required": true, "schema": body });
        let answer = json!({ "description": "An answer.", "schema": answer });
        return json!({ "operationId": id, "parameters": [body], "responses": { "200": answer } });
    }
    let content = |schema: &Value| json!({ "application/json": { "schema": schema } });
    let body = json!({ "required": true, "content": content(body) });
    let answer = json!({ "description": "An answer.", "content": content(answer) });
    json!({ "operationId": id, "requestBody": body, "responses": { "200": answer } })
}

/// The type of the member `value` that has the schema of a case, with its rules, from the facts that the templates read.
fn kind(facts: &Value, index: usize) -> String {
    let items = || facts["x-rs-types"].as_array().into_iter().flatten();
    let holder = items().find(|item| item["name"] == format!("Holder{index}"));
    let holder = holder.expect("the holder is generated");
    let field = &holder["struct"]["fields"][0];
    let mut kind = text(&field["type"]);
    for item in items() {
        let forms = ["struct", "string_enum", "integer_enum", "union"];
        let form = forms.iter().find(|form| item[**form].is_object());
        if kind.split(['<', '>']).any(|part| item["name"] == part) {
            let keyword = if form == Some(&"struct") {
                "struct"
            } else {
                "enum"
            };
            kind = kind.replace(&text(&item["name"]), keyword);
        }
    }
    let rules = field["validate"]["rules"].as_array().into_iter().flatten();
    let functions = holder["rules"].as_array().map(Vec::as_slice);
    let rules = rules.filter_map(|it| rule(it, functions.unwrap_or_default()));
    let rules: Vec<_> = rules.collect();
    match rules.is_empty() {
        true => format!("`{kind}`"),
        false => format!("`{kind}`, `{}`", rules.join(", ")),
    }
}

/// A rule as the template writes it, with the condition of its function instead of its name; none for a nested one.
fn rule(rule: &Value, functions: &[Value]) -> Option<String> {
    let bounds = |name: &str| {
        let bounds = rule[name]["bounds"].as_array()?.iter();
        let bounds = bounds.map(|it| format!("{} = {}", text(&it["name"]), text(&it["value"])));
        Some(format!("{name}({})", bounds.collect::<Vec<_>>().join(", ")))
    };
    let custom = || {
        let mut functions = functions.iter();
        let function = functions.find(|function| function["name"] == rule["custom"])?;
        let constants = function["constants"].as_array().into_iter().flatten();
        let condition = constants.fold(text(&function["condition"]), |condition, constant| {
            condition.replace(
                &text(&constant["name"]),
                &text(&constant["type"]).to_uppercase(),
            )
        });
        Some(format!("custom({condition})"))
    };
    bounds("length").or_else(|| bounds("range")).or_else(custom)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
