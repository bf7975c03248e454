//! The documents of `tests/documents` that are accepted, joined to one for each version: clippy reports nothing about what they
//! become.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use spec_first_build::contract::spec_json;
use spec_first_build::document::{Document, Version};
use spec_first_build::text::report;

use crate::project::{Project, generator, succeeded, tests};

const FOLDERS: [&str; 3] = ["good", "warned", "examples"];

/// What can't be joined: references to other files or into paths, names that count as they are written.
const ALONE: [&str; 7] = [
    "#/paths/",
    ".yml#",
    ".json",
    "\"$id\"",
    "\"$dynamicRef\"",
    "\"mapping\"",
    "\"security\":",
];

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn documents_of_2_0_become_code_that_clippy_likes() {
    lint(Version::Swagger2);
}

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn documents_of_3_0_become_code_that_clippy_likes() {
    lint(Version::OpenApi30);
}

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn documents_of_3_1_become_code_that_clippy_likes() {
    lint(Version::OpenApi31);
}

fn lint(version: Version) {
    let project = Project::with_spec(&joined(version).to_string());
    succeeded(&project.lint(generator()));
}

/// All documents of a version in one.
fn joined(version: Version) -> Value {
    let mut whole = json!({ "info": { "title": "All", "version": "1" }, "paths": {} });
    let (key, number) = match version {
        Version::Swagger2 => ("swagger", "2.0"),
        Version::OpenApi30 => ("openapi", "3.0.3"),
        Version::OpenApi31 => ("openapi", "3.1.0"),
    };
    whole[key] = number.into();
    for path in paths() {
        let document = Document::read(&path).unwrap_or_else(|faults| panic!("{}", report(&faults)));
        let text = spec_json(&document);
        let is_joinable =
            !ALONE.iter().any(|sign| text.contains(sign)) && has_own_places(&text, version);
        if document.version() == version && is_joinable {
            join(&mut whole, &path, &text);
        }
    }
    whole
}

/// Whether the text has its named schemas in the place of its version.
fn has_own_places(text: &str, version: Version) -> bool {
    let has_definitions = text.contains("\"definitions\":");
    version == Version::Swagger2 || !has_definitions
}

fn paths() -> Vec<PathBuf> {
    let folders = FOLDERS.map(|folder| tests().join("documents").join(folder));
    let entries = folders.iter().flat_map(|folder| {
        let entries = fs::read_dir(folder).expect("the folder is read");
        entries.map(|entry| entry.expect("the entry is read").path())
    });
    let mut paths: Vec<_> = entries
        .filter(|path| path.extension().is_some_and(|kind| kind == "yml"))
        .collect();
    paths.sort();
    paths
}

/// Adds the document `text`, with everything that it names called after the file, too.
fn join(whole: &mut Value, path: &Path, text: &str) {
    let folder = path.parent().and_then(Path::file_name).expect("a folder");
    let file = path.file_stem().expect("a file has a name");
    let name = format!("{}_{}", folder.display(), file.display());
    let mut text = text.to_owned();
    for section in sections() {
        text = text.replace(&format!("\"#{section}/"), &format!("\"#{section}/{name}_"));
    }
    let document: Value = serde_json::from_str(&text).expect("the document is JSON");
    for section in sections() {
        let named = document.pointer(section).and_then(Value::as_object);
        for (key, value) in named.into_iter().flatten() {
            let key = format!("{name}_{key}");
            *slot(whole, section, &key) = value.clone();
            if let Some(operation) = user(section, &key) {
                *slot(whole, "/paths", &format!("/{key}")) = json!({ "post": operation });
            }
        }
    }
    let paths = document["paths"].as_object().cloned().unwrap_or_default();
    for (path, mut item) in paths {
        for operation in item.as_object_mut().into_iter().flat_map(Map::values_mut) {
            if let Some(Value::String(id)) = operation.get_mut("operationId") {
                *id = format!("{name}_{id}");
            }
        }
        *slot(whole, "/paths", &format!("/{name}{path}")) = item;
    }
}

/// An operation that takes and answers what is named in a section, if that is a schema: only what is used has a type.
fn user(section: &str, key: &str) -> Option<Value> {
    let schema = json!({ "$ref": format!("#{section}/{key}") });
    let content = json!({ "application/json": { "schema": schema } });
    let operation = match section {
        "/definitions" => json!({
            "parameters": [{ "name": "body", "in": "body", "schema": schema }],
            "responses": { "200": { "description": "The same.", "schema": schema } },
        }),
        "/components/schemas" => json!({
            "requestBody": { "content": content },
            "responses": { "200": { "description": "The same.", "content": content } },
        }),
        _ => return None,
    };
    Some(operation)
}

/// Where things have names, in one version or another.
fn sections() -> [&'static str; 8] {
    [
        "/definitions",
        "/parameters",
        "/responses",
        "/components/schemas",
        "/components/parameters",
        "/components/responses",
        "/components/requestBodies",
        "/components/headers",
    ]
}

/// The member `name` of the object at `place`, which may be new.
fn slot<'w>(whole: &'w mut Value, place: &str, name: &str) -> &'w mut Value {
    let steps = place.split('/').skip(1);
    let object = steps.fold(whole, |value, step| &mut value[step]);
    &mut object[name]
}
