//! Contracts as the build would write them.

use serde_json::{Value, json};

/// A contract of one file `api.yml`, which holds `schemas`.
pub fn contract(schemas: Value, operations: Value) -> Value {
    json!({
        "dialect": "draft4",
        "base_paths": ["/api"],
        "requests": { "api.yml": { "schemas": schemas } },
        "responses": null,
        "operations": operations,
    })
}

/// An operation without parameters and body, which answers 200 with any JSON.
pub fn operation(id: &str, method: &str, path: &str) -> Value {
    json!({
        "id": id,
        "method": method,
        "path": path,
        "pointer": "api.yml#/paths",
        "parameters": [],
        "body": null,
        "responses": [{ "status": "200", "content": [{ "media_type": "application/json", "format": "json", "schema": null }] }],
    })
}

/// The operation with another member.
pub fn with(mut operation: Value, member: &str, value: Value) -> Value {
    operation[member] = value;
    operation
}

/// A parameter whose schema is the one of its name.
pub fn parameter(part: &str, name: &str, types: Value) -> Value {
    json!({
        "name": name,
        "in": part,
        "required": part == "path",
        "schema": format!("api.yml#/schemas/{name}"),
        "style": if matches!(part, "path" | "header") { "simple" } else { "form" },
        "explode": matches!(part, "query" | "cookie"),
        "shape": { "types": types },
    })
}

/// A required body of JSON with the schema of this name.
pub fn body(schema: &str) -> Value {
    json!({ "required": true, "content": content(schema) })
}

/// Content of JSON with the schema of this name.
pub fn content(schema: &str) -> Value {
    json!([{ "media_type": "application/json", "format": "json", "schema": format!("api.yml#/schemas/{schema}") }])
}

/// One media type of a body in a format; `schema` is the name of a schema, or empty.
pub fn media_type(name: &str, format: &str, schema: &str) -> Value {
    let schema = match schema {
        "" => Value::Null,
        schema => format!("api.yml#/schemas/{schema}").into(),
    };
    json!({ "media_type": name, "format": format, "schema": schema })
}

/// An operation that answers GET on the path of its id with 200 and this content.
pub fn get(id: &str, content: &[Value]) -> Value {
    let responses = json!([{ "status": "200", "content": content }]);
    with(
        operation(id, "GET", &format!("/{id}")),
        "responses",
        responses,
    )
}
