//! The contract that the server embeds: the operations, and every schema in pure JSON Schema at its author's place.

mod about;
mod embedded;
mod load;
mod rejections;
mod security;

use serde_json::{Value, json};

use crate::api::{Api, Body, Content, Field, Header, Operation, Parameter, Response, Shape};
use crate::document::Document;
use crate::schema::Schemas;

pub use self::embedded::{Embedded, embedded};
pub(crate) use self::load::load;
pub use crate::schema::guard::guard;

/// The contract of `api`, which was read from `document`.
///
/// `requests` and `responses` hold the schemas as each sees them (`readOnly`, `writeOnly`); where the two are the same,
/// `responses` is null. Discriminators are annotations in them, until [`guard`] makes checks of them. `resources` are the schemas that are resources of their own, if any are. Places are `FILE#POINTER`, the pointer not percent-encoded; the `$ref`s are the author's.
pub fn emit(document: &Document, schemas: &Schemas, api: &Api) -> Value {
    let rejections = rejections::violations(document, schemas, api);
    let operations = api.operations.iter().zip(rejections);
    let operations = operations.map(|(it, rejections)| operation(it, rejections));
    let mut contract = json!({
        "dialect": document.version().dialect(),
        "about": about::about(document),
        "base_paths": api.base_paths,
        "requests": schemas.requests(),
        "responses": schemas.responses(),
        "operations": operations.collect::<Vec<_>>(),
    });
    let resources = document.schema_ids().scopes();
    if !resources.is_empty() {
        let resources = resources.iter().map(ToString::to_string);
        contract["resources"] = resources.collect();
    }
    if let Some(security) = security::schemes(api) {
        contract["security"] = security;
    }
    contract
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

fn operation(operation: &Operation, rejections: Option<String>) -> Value {
    let mut value = json!({
        "id": operation.id,
        "method": operation.method,
        "path": operation.path,
        "pointer": operation.location.to_string(),
        "parameters": operation.parameters.iter().map(parameter).collect::<Vec<_>>(),
        "body": operation.body.as_ref().map(body),
        "responses": operation.responses.iter().map(response).collect::<Vec<_>>(),
    });
    if let Some(base_paths) = &operation.base_paths {
        value["base_paths"] = json!(base_paths);
    }
    if let Some(alternatives) = security::alternatives(operation) {
        value["security"] = alternatives;
    }
    let ignored = operation.ignored_parameters();
    let ignored: Vec<_> = ignored
        .map(|(name, limit)| json!({ "name": name, "cause": limit.reason() }))
        .collect();
    if !ignored.is_empty() {
        value["ignored_parameters"] = json!(ignored);
    }
    if let Some(violations) = rejections {
        value["rejections"] = json!(violations);
    }
    if let Some(limit) = operation.unsupported() {
        value["unsupported"] = json!(limit.reason());
    }
    value
}

fn parameter(parameter: &Parameter) -> Value {
    let mut value = json!({
        "name": parameter.name,
        "in": parameter.part.name(),
        "required": parameter.required,
        "schema": parameter.schema.to_string(),
        "style": parameter.serialization.style.name(),
        "explode": parameter.serialization.explode,
        "shape": parameter.shape.json(),
    });
    if let Some(content) = parameter.content.first() {
        value["style"] = json!("content");
        value["media_type"] = json!(content.media_type);
    }
    if let Some(default) = &parameter.default {
        value["default"] = default.clone();
    }
    if parameter.allow_empty {
        value["allows_empty"] = json!(true);
    }
    value
}

fn body(body: &Body) -> Value {
    let content: Vec<_> = body.content.iter().map(request_content).collect();
    let mut value = json!({ "required": body.required, "content": content });
    if let Some(limit) = body.limit {
        value["limit"] = json!(limit);
    }
    value
}

fn response(response: &Response) -> Value {
    json!({
        "status": response.status,
        "content": response.content.iter().map(content).collect::<Vec<_>>(),
        "headers": response.headers.iter().map(header).collect::<Vec<_>>(),
    })
}

fn header(header: &Header) -> Value {
    let mut value = json!({
        "name": header.name,
        "required": header.required,
        "schema": header.schema.to_string(),
    });
    for (member, is_set) in [("explode", header.explode), ("json", header.is_json)] {
        if is_set {
            value[member] = json!(true);
        }
    }
    if !header.separators.is_empty() {
        value["separators"] = json!(header.separators);
    }
    value
}

fn request_content(content: &Content) -> Value {
    let mut value = self::content(content);
    let decoding = &content.decoding;
    if !content.is_described {
        value["schema"] = Value::Null;
    }
    if let Some(length) = decoding.max_length {
        value["max_length"] = json!(length);
    }
    if decoding.shape != Shape::default() {
        value["shape"] = decoding.shape.json();
    }
    if !decoding.fields.is_empty() {
        value["fields"] = decoding.fields.iter().map(field).collect();
    }
    value
}

fn field(field: &Field) -> Value {
    let mut value = json!({
        "name": field.name,
        "kind": field.kind.name(),
        "style": field.serialization.style.name(),
        "explode": field.serialization.explode,
        "shape": field.shape.json(),
    });
    for (name, is_set) in [("many", field.many), ("allows_empty", field.allow_empty)] {
        if is_set {
            value[name] = json!(true);
        }
    }
    if !field.media_types.is_empty() {
        value["media_types"] = json!(field.media_types);
    }
    if !field.headers.is_empty() {
        value["headers"] = field.headers.iter().map(header).collect();
    }
    let bounds = [
        ("min_length", field.min_length),
        ("max_length", field.max_length),
    ];
    for (name, bound) in bounds {
        if let Some(bound) = bound {
            value[name] = json!(bound);
        }
    }
    value
}

fn content(content: &Content) -> Value {
    json!({
        "media_type": content.media_type,
        "format": content.format,
        "schema": content.is_described.then(|| content.schema.to_string()),
    })
}
