//! The table of styles: what a handler gets of a request, in each version.

use serde::Deserialize;
use serde_json::{Value, json};
use spec_first::contract::Settings;
use spec_first_build::contract;
use spec_first_build::document::Document;
use spec_first_build::print::facts;
use spec_first_build::{Front, Model};

use super::code;
use super::versions::VERSIONS;
use crate::parameters::serve_contract;

/// One row.
#[derive(Deserialize)]
pub struct Case {
    /// A parameter `a`, without its name.
    parameter: Value,
    /// A query, a segment of a path, or the line of a header.
    request: String,
    /// What arrives; none where the request is rejected.
    value: Option<Value>,
    #[serde(default)]
    note: String,
}

/// The table.
pub fn table(cases: &[Case]) -> String {
    let head = format!(
        "\n| Parameter | Request | Value | In Rust | 2.0 | 3.0 | 3.1 | Notes |\n{}|\n",
        "| --- ".repeat(8)
    );
    head + &cases.iter().map(row).collect::<String>()
}

fn row(case: &Case) -> String {
    let found = VERSIONS.map(|version| find(version, case));
    let kind = found.iter().flatten().next();
    let kind = kind.unwrap_or_else(|| panic!("no version has {}", case.parameter));
    let cells = found
        .iter()
        .map(|found| if found.is_some() { "yes" } else { "–" });
    let value = case.value.as_ref().map_or("*400*".to_owned(), code);
    format!(
        "| {} | `{}` | {value} | `{kind}` | {} | {} |\n",
        code(&case.parameter),
        case.request.replace('|', "\\|"),
        cells.collect::<Vec<_>>().join(" | "),
        case.note
    )
}

/// The type of the argument; none where the version does not have such a parameter.
fn find(version: &str, case: &Case) -> Option<String> {
    let (path, target, header) = target(case);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("swagger.yml");
    let text = document(version, &path, case).to_string();
    std::fs::write(&file, text).expect("the document is written");
    let document = Document::read(&file).ok()?;
    let front = Front::new(&document).ok()?;
    if !front.warnings.is_empty() {
        return None;
    }
    let mut contract = front.contract;
    let model = Model::new(&document, &front.api, &contract).ok()?;
    contract::guard(&mut contract);
    let answer = serve_contract(&contract, Settings::default()).send("GET", &target, &header, "");
    let expected = case
        .value
        .as_ref()
        .map(|value| json!({ "a": value }).to_string());
    match expected {
        Some(expected) => answer.is_json(200, &expected),
        None => assert_eq!(answer.status, 400, "{}", answer.body),
    }
    let facts = facts(&model);
    let argument = &facts["paths"][&path]["get"]["x-rs-method"]["arguments"][0];
    argument["type"].as_str().map(str::to_owned)
}

/// The path's template, and the target and headers of the request.
fn target(case: &Case) -> (String, String, String) {
    let request = &case.request;
    match case.parameter["in"].as_str() {
        Some("path") => ("/{a}".to_owned(), format!("/{request}"), String::new()),
        Some("query") => ("/".to_owned(), format!("/{request}"), String::new()),
        _ => ("/".to_owned(), "/".to_owned(), format!("{request}\r\n")),
    }
}

fn document(version: &str, path: &str, case: &Case) -> Value {
    let mut parameter = case.parameter.clone();
    parameter["name"] = json!("a");
    if parameter["in"] == "path" {
        parameter["required"] = json!(true);
    }
    let (member, answer) = match version {
        "2.0" => (
            "swagger",
            json!({ "description": "An answer.", "schema": {} }),
        ),
        _ => {
            let content = json!({ "application/json": { "schema": {} } });
            (
                "openapi",
                json!({ "description": "An answer.", "content": content }),
            )
        }
    };
    let operation = json!({
        "operationId": "get",
        "parameters": [parameter],
        "responses": { "200": answer },
    });
    json!({
        member: version,
        "info": { "title": "Styles", "version": "1" },
        "paths": { path: { "get": operation } },
    })
}
