//! Random documents.

use serde_json::{Map, Value, json};
use spec_first_build::document::Version;

use super::random::Random;
use super::schemas::{COMPONENTS, Schemas, place};

/// How many levels a schema has at most, references apart.
const DEPTH: usize = 3;

/// A document with so many operations, each of which takes and answers a schema of its own.
pub fn random(version: Version, operations: usize, random: &mut Random) -> Value {
    let mut schemas = Schemas { version, random };
    let referred = COMPONENTS.iter().enumerate();
    let referred = referred.map(|(index, name)| {
        let schema = match index % 2 {
            0 => schemas.object(DEPTH, index + 1),
            _ => schemas.schema(DEPTH, index + 1),
        };
        ((*name).to_owned(), schema)
    });
    let mut components: Map<_, _> = referred.collect();
    for index in 0..operations {
        components.insert(format!("S{index}"), schemas.schema(DEPTH, 0));
    }
    let paths = (0..operations).map(|index| {
        (
            format!("/s{index}"),
            json!({ "post": operation(version, index) }),
        )
    });
    let paths: Map<_, _> = paths.collect();
    let info = json!({ "title": "Echo", "version": "1" });
    if version == Version::Swagger2 {
        return json!({ "swagger": "2.0", "info": info, "definitions": components, "paths": paths });
    }
    let number = match version {
        Version::OpenApi30 => "3.0.3",
        _ => "3.1.0",
    };
    let components = json!({ "schemas": components });
    json!({ "openapi": number, "info": info, "components": components, "paths": paths })
}

/// An operation that takes and answers the same.
fn operation(version: Version, index: usize) -> Value {
    let id = format!("echo.s{index}");
    let schema = json!({ "$ref": format!("#{}/S{index}", place(version)) });
    if version == Version::Swagger2 {
        let body = json!({ "name": "body", "in": "body", "required": true, "schema": schema });
        let answer = json!({ "description": "The same.", "schema": schema });
        return json!({ "operationId": id, "parameters": [body], "responses": { "200": answer } });
    }
    let content = json!({ "application/json": { "schema": schema } });
    let body = json!({ "required": true, "content": content });
    let answer = json!({ "description": "The same.", "content": content });
    json!({ "operationId": id, "requestBody": body, "responses": { "200": answer } })
}
