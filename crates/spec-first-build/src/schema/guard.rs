//! What a discriminator means, as JSON Schema: each branch of its union has a guard, which rejects an object that names another one.
//!
//! So every branch stays where its author put it, and an object without a name is validated as without a discriminator.

use serde_json::{Map, Value, json};

use super::discriminator::union;
use super::inherit;

/// Puts the guards into a contract whose schemas have been translated.
pub fn guard(contract: &mut Value) {
    for view in ["requests", "responses"] {
        add(&mut contract[view]);
    }
}

/// Puts the guards into the schemas of all files.
pub(crate) fn add(files: &mut Value) {
    walk(files);
    inherit::add(files);
}

fn walk(schemas: &mut Value) {
    match schemas {
        Value::Object(schema) => {
            schema.values_mut().for_each(walk);
            let discriminator = schema.get("discriminator").cloned();
            discriminator
                .into_iter()
                .for_each(|discriminator| discriminate(schema, &discriminator));
        }
        Value::Array(values) => values.iter_mut().for_each(walk),
        _ => {}
    }
}

fn discriminate(schema: &mut Map<String, Value>, discriminator: &Value) {
    let Some(property) = discriminator["propertyName"].as_str() else {
        return;
    };
    if let Some(names) = discriminator["names"].as_array() {
        append(schema, one_of(property, names));
    }
    let Some(names) = discriminator["branches"].as_array() else {
        return;
    };
    let known: Vec<Value> = names
        .iter()
        .filter_map(Value::as_array)
        .flatten()
        .cloned()
        .collect();
    let branches = union(schema).and_then(|keyword| schema[keyword].as_array_mut());
    for (index, branch) in branches.into_iter().flatten().enumerate() {
        let guard = match names.get(index).and_then(Value::as_array) {
            Some(names) if names.is_empty() => none_of(property, &known),
            Some(names) => one_of(property, names),
            // The branch that accepts null has no name.
            None => json!({ "not": object_with(property, json!({})) }),
        };
        join(branch, guard);
    }
}

fn join(branch: &mut Value, guard: Value) {
    match branch {
        Value::Object(schema) => append(schema, guard),
        Value::Bool(true) => *branch = guard,
        _ => {}
    }
}

/// Appends to `allOf`. Draft 4 ignores the siblings of a `$ref`, so the `$ref` moves into `allOf` too.
fn append(schema: &mut Map<String, Value>, guard: Value) {
    let reference = schema.shift_remove("$ref");
    let reference = reference.map(|reference| json!({ "$ref": reference }));
    let parts = schema.entry("allOf").or_insert_with(|| json!([]));
    if let Value::Array(parts) = parts {
        parts.push(guard);
        parts.extend(reference);
    }
}

/// Rejects an object whose property has none of these values. `not` does it, because `properties` would mark the property as evaluated.
fn one_of(property: &str, names: &[Value]) -> Value {
    json!({ "not": object_with(property, json!({ "not": { "enum": names } })) })
}

/// Rejects an object whose property has one of these values.
fn none_of(property: &str, names: &[Value]) -> Value {
    match names {
        [] => json!({}),
        names => json!({ "not": object_with(property, json!({ "enum": names })) }),
    }
}

/// An object whose property matches the schema; marked, so that the server recognises a guard.
fn object_with(property: &str, schema: Value) -> Value {
    json!({
        "discriminator": property,
        "type": "object",
        "required": [property],
        "properties": { property: schema },
    })
}
