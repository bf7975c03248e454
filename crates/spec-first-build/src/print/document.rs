//! The document that openapi-generator reads: what templates print, in `x-rs-*` extensions.
//!
//! Types and modules are lists of facts. Operations stay operations, since the generator writes a file for each tag; they are
//! numbered, since it sorts them and their tags by name.

use serde_json::{Map, Value, json};

use super::{imports, operations, security, spell, types};
use crate::rust::Model;
use crate::rust::module::Module;

/// The document for what `model` holds.
pub fn document(model: &Model) -> Value {
    let mut paths = Map::new();
    let mut tags = Vec::new();
    let mut count = 0;
    for (index, module) in model.modules.iter().enumerate() {
        let tag = tag(index);
        tags.push(json!({ "name": tag }));
        for method in &module.methods {
            let path = paths.entry(&method.path).or_insert_with(|| json!({}));
            path[&method.http_method] = json!({
                "operationId": format!("o{count:05}"),
                "tags": [tag],
                "x-rs-module": module_of(module, model),
                "x-rs-method": operations::method(module, method, model),
                "responses": {},
            });
            count += 1;
        }
    }
    json!({
        "openapi": "3.0.3",
        "info": { "title": "", "version": "" },
        "x-rs-modules": model.modules.iter().map(file_of).collect::<Vec<_>>(),
        "x-rs-security": security::security(model),
        "x-rs-types": types::types(model),
        "x-rs-body-rules": types::body_rules(model),
        "x-rs-types-imports": imports::types(model),
        "x-rs-routes-imports": imports::routes(model),
        "x-rs-mock-imports": imports::mock(model),
        "tags": tags,
        "paths": paths,
    })
}

/// The tag, and so the file name, of a module while the generator works: it knows only ASCII names.
pub fn tag(index: usize) -> String {
    format!("m{index:05}")
}

fn module_of(module: &Module, model: &Model) -> Value {
    json!({
        "name": spell::comment(&module.spec_name),
        "trait": module.trait_name,
        "secured": module.is_secured(),
        "imports": imports::module(module, model),
    })
}

fn file_of(module: &Module) -> Value {
    // The compiler finds no file whose name is not ASCII by the module's name alone.
    let path = match module.name.is_ascii() {
        true => Value::Bool(false),
        false => spell::literal(&format!("{}.rs", module.name)).into(),
    };
    json!({ "name": module.name, "trait": module.trait_name, "path": path })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::document::Document;
    use crate::front::Front;

    /// The document that is handed over for a spec.
    fn handed_over(spec: &str) -> Value {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("swagger.yml");
        fs::write(&path, spec).expect("the spec is written");
        let read = Document::read(&path).expect("the spec is right");
        let Front { api, contract, .. } = Front::new(&read).expect("the spec is right");
        document(&Model::new(&read, &api, &contract).expect("the names are distinct"))
    }

    fn spec(responses: &str) -> String {
        format!(
            "swagger: '2.0'\ninfo: {{title: A, version: '1'}}\npaths:\n  /a:\n    get:\n      operationId: a.read\n      responses:\n{responses}"
        )
    }

    const PLAIN: &str = "        200: {description: One, schema: {type: string}}\n";

    #[test]
    fn what_no_template_prints_is_not_handed_over() {
        let plain = handed_over(&spec(PLAIN));
        let commented = handed_over(&format!("# A comment.\n{}", spec(PLAIN)));
        assert_eq!(plain, commented);
        let titled = handed_over(&spec(PLAIN).replace("title: A", "title: B"));
        assert_eq!(plain, titled);
        let typed = handed_over(&spec(PLAIN).replace("type: string", "type: boolean"));
        assert_ne!(plain, typed);
    }

    #[test]
    fn no_text_of_the_author_turns_the_direction_of_the_source() {
        let turned = |text: &str| format!("\"a\u{202a}\u{2069}\\r{text}\"");
        let spec = json!({
            "openapi": "3.0.3",
            "info": { "title": turned("title"), "version": "1" },
            "paths": { "/a\u{202a}": { "post": {
                "operationId": turned("id"),
                "tags": [turned("tag")],
                "summary": turned("summary"),
                "description": format!("```\n{}\n```", turned("description")),
                "parameters": [
                    { "name": turned("query"), "in": "query", "description": turned("query"),
                      "schema": { "type": "string", "default": turned("default") } },
                ],
                "requestBody": { "content": { "application/json": {
                    "schema": { "$ref": "#/components/schemas/A" },
                } } },
                "responses": { "200": {
                    "description": turned("response"),
                    "headers": { "X-A": { "description": turned("header"), "schema": { "type": "string" } } },
                } },
            } } },
            "components": { "schemas": { "A": {
                "title": turned("title"),
                "description": turned("schema"),
                "type": "object",
                "properties": {
                    turned("property"): {
                        "description": turned("property"),
                        "type": "string",
                        "pattern": "^a\u{202a}\\d$",
                        "default": "a\u{202a}1",
                    },
                    "enum": { "type": "string", "enum": [turned("a"), turned("b")] },
                    "list": { "type": "array", "items": { "type": "string" }, "default": [turned("a")] },
                },
            } } },
        });
        let mut facts = handed_over(&spec.to_string());
        // No template prints the path itself.
        let path = facts["paths"].as_object_mut().expect("an object");
        let operations = path.values_mut().map(Value::take).collect::<Vec<_>>();
        for facts in [
            &facts["x-rs-types"],
            &facts["x-rs-modules"],
            &operations.into(),
        ] {
            for text in texts(facts) {
                let is_turning = |letter: char| {
                    letter.is_control()
                        || ('\u{202a}'..='\u{202e}').contains(&letter)
                        || letter == '\u{2069}'
                };
                assert!(!text.contains(is_turning), "{text:?}");
            }
        }
    }

    /// Every string in a value.
    fn texts(value: &Value) -> Vec<&str> {
        match value {
            Value::String(text) => vec![text],
            Value::Array(values) => values.iter().flat_map(texts).collect(),
            Value::Object(members) => members.values().flat_map(texts).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn the_mock_imports_the_status_that_it_chooses() {
        let imports = |responses| handed_over(&spec(responses))["x-rs-mock-imports"].to_string();
        let path = "actix_web::http::StatusCode";
        assert!(!imports(PLAIN).contains(path));
        let default = "        default: {description: One}\n";
        assert!(!imports(default).contains(path));
        let several = "        2XX: {description: One}\n        303: {description: Other}\n";
        let openapi = spec(several).replace("swagger: '2.0'", "openapi: 3.0.3");
        let imports = handed_over(&openapi)["x-rs-mock-imports"].to_string();
        assert!(imports.contains(path), "{imports}");
    }
}
