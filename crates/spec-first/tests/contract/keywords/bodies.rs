//! The table of bodies: what a handler gets of a body in a media type, in each version.

use std::sync::Arc;

use actix_web::http::StatusCode;
use futures_util::StreamExt;
use serde::Deserialize;
use serde_json::{Value, json};
use spec_first::body::File;
use spec_first::contract::{Call, Settings, no_rules};
use spec_first::problem::Problem;
use spec_first_build::contract;
use spec_first_build::document::Document;
use spec_first_build::print::facts;
use spec_first_build::{Front, Model};

use super::code;
use super::versions::VERSIONS;
use crate::server::{Application, Server, application};

/// One row.
#[derive(Deserialize)]
pub struct Case {
    media_type: String,
    /// Of the whole body.
    schema: Option<Value>,
    /// Of the property `a` of a form (OpenAPI 3).
    property: Option<Value>,
    /// Of that property.
    encoding: Option<Value>,
    /// A parameter `a` in a form (Swagger 2.0), without name and place.
    parameter: Option<Value>,
    /// The `Content-Type` of the request, if it is not the media type.
    content_type: Option<String>,
    /// The body; of a part of a multipart form what follows its name.
    request: String,
    /// What arrives; none where the request is rejected.
    value: Option<Value>,
    /// The status of a rejection.
    status: Option<u16>,
    #[serde(default)]
    note: String,
}

/// The field of a form that is a file.
#[derive(Deserialize)]
struct Form {
    a: Files,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Files {
    One(File),
    Many(Vec<File>),
}

/// The table.
pub fn table(cases: &[Case]) -> String {
    let head = format!(
        "\n| Media type | Described by | Request | Value | In Rust | 2.0 | 3.0 | 3.1 | Notes |\n{}|\n",
        "| --- ".repeat(9)
    );
    head + &cases.iter().map(row).collect::<String>()
}

fn row(case: &Case) -> String {
    let found = VERSIONS.map(|version| find(version, case));
    let kind = found.iter().flatten().next();
    let kind = kind.unwrap_or_else(|| panic!("no version has {}", case.media_type));
    let cells = found
        .iter()
        .map(|found| if found.is_some() { "yes" } else { "–" });
    let value = match (&case.value, case.status) {
        (Some(value), _) => code(value),
        (None, status) => format!("*{}*", status.unwrap_or(400)),
    };
    let name = match &case.content_type {
        Some(sent) => format!("`{}`, sent as `{sent}`", case.media_type),
        None => format!("`{}`", case.media_type),
    };
    let described = [&case.schema, &case.property, &case.parameter];
    let described = described.into_iter().flatten().map(code);
    let encoding = case
        .encoding
        .iter()
        .map(|it| format!("encoding {}", code(it)));
    format!(
        "| {} | {} | `{}` | {value} | `{kind}` | {} | {} |\n",
        name,
        described.chain(encoding).collect::<Vec<_>>().join(", "),
        case.request
            .replace('|', "\\|")
            .replace("\r\n", "⏎")
            .replace('\n', "⏎"),
        cells.collect::<Vec<_>>().join(" | "),
        case.note
    )
}

/// The type of the body, or of the field `a` of a form; none where the version does not have such a body.
fn find(version: &str, case: &Case) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("swagger.yml");
    std::fs::write(&file, document(version, case)?.to_string()).expect("the document is written");
    let document = Document::read(&file).ok()?;
    let front = Front::new(&document).ok()?;
    if !front.warnings.is_empty() {
        return None;
    }
    let mut contract = front.contract;
    let model = Model::new(&document, &front.api, &contract).ok()?;
    contract::guard(&mut contract);
    let facts = facts(&model);
    let argument = &facts["paths"]["/"]["post"]["x-rs-method"]["arguments"][0];
    let kind = argument["type"].as_str().unwrap_or_default().to_owned();
    let is_form = case.property.is_some() || case.parameter.is_some();
    let kind = match is_form {
        true => field_type(&facts, &kind),
        false => kind,
    };
    let function = argument["body"]["function"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let server = serve(&contract, function, kind.contains("body::File"));
    let (content_type, body) = request(case, is_form);
    let headers = format!("Content-Type: {content_type}\r\n");
    let answer = server.send("POST", "/", &headers, &body);
    match &case.value {
        Some(value) => answer.is_json(200, &value.to_string()),
        None => assert_eq!(answer.status, case.status.unwrap_or(400), "{}", answer.body),
    }
    Some(kind)
}

/// The type of the field `a` of the struct `name`.
fn field_type(facts: &Value, name: &str) -> String {
    let name = name.trim_start_matches("Option<").trim_end_matches('>');
    let types = facts["x-rs-types"].as_array().expect("types");
    let found = types
        .iter()
        .find(|kind| kind["name"] == name)
        .expect("the form's type");
    found["struct"]["fields"][0]["type"]
        .as_str()
        .expect("a type")
        .to_owned()
}

/// The `Content-Type` and the body of a request.
fn request(case: &Case, is_form: bool) -> (String, String) {
    let content_type = case.content_type.as_ref().unwrap_or(&case.media_type);
    if !is_form || !content_type.starts_with("multipart/") {
        return (content_type.clone(), case.request.clone());
    }
    let start = "--b\r\nContent-Disposition: form-data; name=\"a\"";
    let body = format!(
        "{start}{}\r\n--b--\r\n",
        case.request.replace("\n--\n", &format!("\r\n{start}"))
    );
    (format!("{content_type}; boundary=b"), body)
}

fn serve(contract: &Value, function: String, has_file: bool) -> Server {
    Server::start(contract, Settings::default(), move |routes| {
        let function = function.clone();
        routes.add(
            "post",
            &application(),
            move |_: Arc<Application>, call: Call| {
                let function = function.clone();
                async move {
                    let sent = received(&call, &function, has_file).await?;
                    call.respond(StatusCode::OK, no_rules, async { Ok(sent) })
                        .await
                }
            },
        );
    })
}

/// What arrives, as JSON.
async fn received(call: &Call, function: &str, has_file: bool) -> Result<Value, Problem> {
    let text = |file: &File| String::from_utf8(file.read().unwrap_or_default()).unwrap_or_default();
    match function {
        "upload" => {
            let bytes = call.upload()?.bytes().await?;
            Ok(json!({ "bytes": bytes.len() }))
        }
        "items" => {
            let items = call.items::<Value>(no_rules)?;
            let items: Vec<_> = items.collect().await;
            items.into_iter().collect()
        }
        _ if has_file => {
            let form: Form = call.body(no_rules)?;
            Ok(match form.a {
                Files::One(file) => json!({ "a": text(&file) }),
                Files::Many(files) => json!({ "a": files.iter().map(text).collect::<Vec<_>>() }),
            })
        }
        _ => call.body(no_rules),
    }
}

fn document(version: &str, case: &Case) -> Option<Value> {
    let is_swagger = version == "2.0";
    let mut operation = json!({ "operationId": "post" });
    let mut answer = json!({ "description": "An answer." });
    match (is_swagger, &case.parameter, &case.property) {
        (true, Some(parameter), _) => {
            let mut parameter = parameter.clone();
            parameter["name"] = json!("a");
            parameter["in"] = json!("formData");
            operation["parameters"] = json!([parameter]);
        }
        (true, None, None) => {
            let schema = case.schema.clone().unwrap_or_else(|| json!({}));
            operation["parameters"] =
                json!([{ "name": "body", "in": "body", "required": true, "schema": schema }]);
        }
        (false, None, property) => {
            let form = property
                .as_ref()
                .map(|it| json!({ "type": "object", "properties": { "a": it } }));
            let schema = form.or_else(|| case.schema.clone());
            let mut content = json!({});
            if let Some(schema) = schema {
                content["schema"] = schema;
            }
            if let Some(encoding) = &case.encoding {
                content["encoding"] = json!({ "a": encoding });
            }
            operation["requestBody"] =
                json!({ "required": true, "content": { &case.media_type: content } });
        }
        _ => return None,
    }
    let member = match is_swagger {
        true => {
            operation["consumes"] = json!([case.media_type]);
            answer["schema"] = json!({});
            "swagger"
        }
        false => {
            answer["content"] = json!({ "application/json": { "schema": {} } });
            "openapi"
        }
    };
    operation["responses"] = json!({ "200": answer });
    Some(json!({
        member: version,
        "info": { "title": "Bodies", "version": "1" },
        "paths": { "/": { "post": operation } },
    }))
}
