//! The contract that the server embeds: the operations, and every schema in pure JSON Schema at its author's place.

use serde_json::{Value, json};

use crate::api::{Api, Body, Content, Header, Operation, Parameter, Response};
use crate::document::Document;
use crate::document::grammar::Version;
use crate::schema::{View, collect, guard};

pub use crate::schema::guard::guard;

/// The contract of `api`, which was read from `document`.
///
/// `requests` and `responses` hold the schemas as each sees them (`readOnly`, `writeOnly`); where the two are the same,
/// `responses` is null. What discriminators say stands in them as an annotation, until [`guard`] makes checks of it. `resources` are the schemas that are resources of their own, if any are. Places are `FILE#POINTER`, the pointer not percent-encoded; the `$ref`s are the author's.
pub fn emit(document: &Document, api: &Api) -> Value {
    let contents = contents(api);
    let requests = collect::collect(document, &contents, View::Request);
    let split = View::Request.matters(document) || View::Response.matters(document);
    let responses = split.then(|| collect::collect(document, &contents, View::Response));
    let responses = responses.filter(|responses| *responses != requests);
    let mut contract = json!({
        "dialect": dialect(document.version()),
        "base_paths": api.base_paths,
        "requests": requests,
        "responses": responses,
        "operations": api.operations.iter().map(operation).collect::<Vec<_>>(),
    });
    let resources = document.identifiers().scopes();
    if !resources.is_empty() {
        let resources = resources.iter().map(ToString::to_string);
        contract["resources"] = resources.collect();
    }
    contract
}

/// The schemas of all files as requests see them.
pub(crate) fn requests(document: &Document) -> Value {
    let mut files = collect::collect(document, &[], View::Request);
    guard::files(&mut files);
    files
}

/// The document as its author wrote it, in JSON, the members in the author's order.
///
/// Of a document in several files this is the main one; its references to the others stay as they are.
pub fn spec_json(document: &Document) -> String {
    document
        .value(&document.root())
        .map(Value::to_string)
        .unwrap_or_default()
}

/// Every body that is described.
fn contents(api: &Api) -> Vec<&Content> {
    let operations = api.operations.iter();
    let contents = operations.flat_map(|operation| {
        let responses = operation
            .responses
            .iter()
            .flat_map(|response| &response.content);
        operation
            .body
            .iter()
            .flat_map(|body| &body.content)
            .chain(responses)
    });
    contents.collect()
}

fn dialect(version: Version) -> &'static str {
    match version {
        Version::Swagger2 | Version::OpenApi30 => "draft4",
        Version::OpenApi31 => "2020-12",
    }
}

fn operation(operation: &Operation) -> Value {
    let mut value = json!({
        "id": operation.id,
        "method": operation.method,
        "path": operation.path,
        "pointer": operation.location.to_string(),
        "parameters": operation.parameters.iter().map(parameter).collect::<Vec<_>>(),
        "body": operation.body.as_ref().map(body),
        "responses": operation.responses.iter().map(response).collect::<Vec<_>>(),
    });
    if !operation.unread.is_empty() {
        value["unread"] = json!(operation.unread);
    }
    if let Some(reason) = &operation.unserved {
        value["unserved"] = json!(reason);
    }
    value
}

fn parameter(parameter: &Parameter) -> Value {
    let mut value = json!({
        "name": parameter.name,
        "in": parameter.part.name(),
        "required": parameter.required,
        "schema": parameter.schema.to_string(),
        "types": parameter.types,
    });
    if let Some(default) = &parameter.default {
        value["default"] = default.clone();
    }
    value
}

fn body(body: &Body) -> Value {
    json!({ "required": body.required, "content": body.content.iter().map(content).collect::<Vec<_>>() })
}

fn response(response: &Response) -> Value {
    json!({
        "status": response.status,
        "content": response.content.iter().map(content).collect::<Vec<_>>(),
        "headers": response.headers.iter().map(header).collect::<Vec<_>>(),
    })
}

fn header(header: &Header) -> Value {
    json!({ "name": header.name, "required": header.required, "schema": header.schema.to_string() })
}

fn content(content: &Content) -> Value {
    json!({ "media_type": content.media_type, "schema": content.schema.to_string() })
}
