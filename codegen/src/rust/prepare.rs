//! The copy of the document that openapi-generator reads.
//!
//! It says in `x-rs-*` extensions what mustache can't compute. A Rust type is a schema of its own, its fields or variants
//! are the schema's properties; an operation stays an operation. Keys are numbered, because the generator sorts by them.

use serde_json::{Map, Value, json};

use super::item::{Item, Kind, Member, Type};
use super::module::{Argument, Method, Module, Source, is_ruled};
use super::{Model, imports};

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
        .map(|(index, item)| (format!("T{index:05}"), schema(item, model)))
        .collect();
    json!({
        "openapi": "3.0.3",
        "info": { "title": "prepared", "version": "1" },
        "x-rs-modules": model.modules.iter().map(module_facts).collect::<Vec<_>>(),
        "x-rs-bounds": bounds(&model.modules),
        "x-rs-types-imports": imports::types(model),
        "x-rs-routes-imports": imports::routes(model),
        "x-rs-patterns": model.patterns.iter().map(|(name, regex)| json!({ "name": name, "regex": raw(regex) })).collect::<Vec<_>>(),
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
    json!({ "name": module.name, "trait": module.trait_name })
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
        "x-rs-returns": method.success.kind.text(&model.items),
        "x-rs-answer": answer(method, model),
        "responses": { "200": { "description": "" } },
    })
}

fn argument_facts(argument: &Argument, model: &Model) -> Value {
    let check = if is_ruled(&argument.kind, &model.items) {
        "Validate::validate"
    } else {
        "unruled"
    };
    let decode = match &argument.source {
        Source::Parameter { part, wire } => format!("{part}({wire:?})"),
        Source::Body { required: true } => format!("body({check})"),
        Source::Body { required: false } => format!("optional_body({check})"),
    };
    json!({ "name": argument.name, "type": argument.kind.text(&model.items), "decode": decode })
}

/// The call that sends a method's success.
fn answer(method: &Method, model: &Model) -> String {
    let status = format!("StatusCode::{}", method.success.status);
    match &method.success.kind {
        Type::Unit => format!("empty_answer({status}, answer)"),
        kind if is_ruled(kind, &model.items) => {
            format!("answer({status}, Validate::validate, answer)")
        }
        _ => format!("answer({status}, unruled, answer)"),
    }
}

fn schema(item: &Item, model: &Model) -> Value {
    let (keyword, closed, properties) = match &item.kind {
        Kind::Struct { members, closed } => (
            "struct",
            *closed,
            members
                .iter()
                .map(|member| (member.name.clone(), field(item, member, model)))
                .collect(),
        ),
        Kind::Enum { variants } => (
            "enum",
            false,
            variants
                .iter()
                .map(|variant| {
                    (
                        variant.name.clone(),
                        variant_facts(&variant.wire, &variant.name),
                    )
                })
                .collect::<Map<_, _>>(),
        ),
    };
    // The generator drops a schema without properties; this one is told apart by having no name.
    let properties = if properties.is_empty() {
        json!({ "none": { "type": "string" } })
    } else {
        Value::Object(properties)
    };
    json!({
        "type": "object",
        "x-rs-name": item.name,
        "x-rs-docs": item.docs,
        "x-rs-attributes": attributes(item, closed),
        "x-rs-keyword": keyword,
        "properties": properties,
    })
}

fn attributes(item: &Item, closed: bool) -> Vec<String> {
    let is_enum = matches!(item.kind, Kind::Enum { .. });
    let derives: Vec<_> = [
        ("Clone", true),
        ("Copy", is_enum),
        ("Debug", true),
        ("PartialEq", true),
        ("Eq", is_enum),
        ("Hash", is_enum),
        ("Deserialize", item.decoded),
        ("Serialize", item.encoded),
        ("Validate", item.ruled),
    ]
    .into_iter()
    .filter_map(|(name, is_used)| is_used.then_some(name))
    .collect();
    let mut attributes = vec![format!("derive({})", derives.join(", "))];
    if closed && item.decoded {
        attributes.push("serde(deny_unknown_fields)".to_owned());
    }
    attributes
}

fn variant_facts(wire: &str, name: &str) -> Value {
    let attributes = if wire == name {
        vec![]
    } else {
        vec![format!("serde(rename = {wire:?})")]
    };
    json!({ "type": "string", "x-rs-attributes": attributes, "x-rs-declaration": name })
}

fn field(item: &Item, member: &Member, model: &Model) -> Value {
    let mut attributes = Vec::new();
    let serde = serde_arguments(item, member);
    if !serde.is_empty() {
        attributes.push(format!("serde({})", serde.join(", ")));
    }
    if !member.rules.is_empty() {
        attributes.push(format!("validate({})", member.rules.join(", ")));
    }
    let declaration = format!("pub {}: {}", member.name, member.kind.text(&model.items));
    json!({
        "type": "string",
        "x-rs-docs": member.docs,
        "x-rs-attributes": attributes,
        "x-rs-declaration": declaration,
    })
}

/// How serde reads and writes a field.
fn serde_arguments(item: &Item, member: &Member) -> Vec<String> {
    let Some(wire) = &member.wire else {
        return vec!["flatten".to_owned()];
    };
    let mut arguments = Vec::new();
    if member.name.trim_start_matches("r#") != wire {
        arguments.push(format!("rename = {wire:?}"));
    }
    let is_field = matches!(member.kind, Type::Field(_));
    if item.decoded && member.optional {
        arguments.push("default".to_owned());
        if !is_field {
            arguments.push("deserialize_with = \"not_null\"".to_owned());
        }
    }
    if item.decoded && !member.optional && matches!(member.kind, Type::Optional(_)) {
        arguments.push("deserialize_with = \"nullable\"".to_owned());
    }
    if item.encoded && member.optional {
        let absent = if is_field {
            "Field::is_absent"
        } else {
            "Option::is_none"
        };
        arguments.push(format!("skip_serializing_if = {absent:?}"));
    }
    arguments
}

/// The text as a raw string literal.
fn raw(text: &str) -> String {
    let mut hashes = String::new();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}
