//! The copy of the document that openapi-generator reads.
//!
//! It says in `x-rs-*` extensions what mustache can't compute. A Rust type is a schema of its own, its fields or variants
//! are the schema's properties; an operation stays an operation. Keys are numbered, because the generator sorts by them.

use serde_json::{Map, Value, json};

use super::{answers, declare, imports};
use crate::rust::Model;
use crate::rust::module::{Argument, Method, Module, Source};

/// The prepared copy.
pub fn prepare(model: &Model) -> Value {
    let mut paths = Map::new();
    let mut tags = Vec::new();
    let mut count = 0;
    for (index, module) in model.modules.iter().enumerate() {
        let tag = tag(index);
        tags.push(json!({ "name": tag }));
        for method in &module.methods {
            count += 1;
            let operation = operation(method, model, &tag, count);
            let item = paths
                .entry(method.path.clone())
                .or_insert_with(|| json!({}));
            item[&method.http_method] = operation;
        }
    }
    let schemas: Map<_, _> = model
        .items
        .iter()
        .enumerate()
        .map(|(index, item)| (format!("T{index:05}"), declare::item(item, model)))
        .collect();
    json!({
        "openapi": "3.0.3",
        "info": { "title": "prepared", "version": "1" },
        "x-rs-modules": model.modules.iter().map(module_facts).collect::<Vec<_>>(),
        "x-rs-bounds": bounds(&model.modules),
        "x-rs-types-imports": imports::types(model),
        "x-rs-routes-imports": imports::routes(model),
        "x-rs-mock-imports": imports::mock(model),
        "x-rs-patterns": model.patterns.iter().map(|(name, regex)| json!({ "name": name, "regex": raw(regex) })).collect::<Vec<_>>(),
        "x-rs-unions": model.items.iter().filter_map(declare::union).collect::<Vec<_>>(),
        "x-rs-ruled-unions": model.items.iter().filter_map(declare::ruled_union).collect::<Vec<_>>(),
        "x-rs-droppers": model.items.iter().filter_map(|item| declare::drop_function(item, model)).collect::<Vec<_>>(),
        "x-rs-defaults": model.items.iter().flat_map(|item| declare::defaults(item, model)).collect::<Vec<_>>(),
        "tags": tags,
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

/// The tag, and so the file name, that stands for a module while the generator works.
pub fn tag(index: usize) -> String {
    format!("m{index:05}")
}

fn module_facts(module: &Module) -> Value {
    // The compiler looks for no file whose name is not ASCII, unless it is told of it.
    let file = match module.name.is_ascii() {
        true => Value::Bool(false),
        false => format!("{:?}", format!("{}.rs", module.name)).into(),
    };
    json!({ "name": module.name, "trait": module.trait_name, "file": file })
}

/// What a type must implement to answer every operation.
fn bounds(modules: &[Module]) -> String {
    let traits: Vec<_> = modules
        .iter()
        .map(|module| module.trait_name.as_str())
        .collect();
    if traits.is_empty() {
        "'static".to_owned()
    } else {
        traits.join(" + ")
    }
}

fn operation(method: &Method, model: &Model, tag: &str, number: usize) -> Value {
    let module = model
        .modules
        .iter()
        .find(|module| module.methods.iter().any(|other| other.id == method.id));
    let module = module.expect("a method belongs to a module");
    json!({
        "operationId": format!("o{number:05}"),
        "tags": [tag],
        "x-rs-id": format!("{:?}", method.id),
        "x-rs-trait": module.trait_name,
        "x-rs-module": module.spec_name,
        "x-rs-module-imports": imports::module(module, model),
        "x-rs-docs": method.docs,
        "x-rs-name": method.name,
        "x-rs-function": model.function(module, method),
        "x-rs-arguments": method.arguments.iter().map(|argument| argument_facts(argument, model)).collect::<Vec<_>>(),
        "x-rs-returns": method.success.text(&model.items),
        "x-rs-mock": answers::mock(method),
        "x-rs-answers": answers::ways(method, model),
        "x-rs-answer": answers::call(method, model),
        "responses": { "200": { "description": "" } },
    })
}

fn argument_facts(argument: &Argument, model: &Model) -> Value {
    let check = declare::rules(argument.decoded(), model);
    let decode = match &argument.source {
        Source::Parameter { part, wire } => format!("{part}({wire:?})"),
        Source::Body { required: true } => format!("body({check})"),
        Source::Body { required: false } => format!("optional_body({check})"),
    };
    json!({ "name": argument.name, "type": argument.kind.text(&model.items), "decode": decode })
}

/// The text as a raw string literal.
fn raw(text: &str) -> String {
    let mut hashes = String::new();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}
