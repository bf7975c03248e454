//! What a base means to those that inherit from it, as JSON Schema: an object that names a subtype has all that the subtype adds.

use serde_json::{Map, Value, json};
use spec_first::schema::uri;

use crate::text::Location;

/// The discriminator's list of those that inherit from a base.
const SUBTYPES: &str = "subtypes";

/// Makes checks of the lists of subtypes in the schemas of all files. The guards are in them already.
pub(super) fn add(files: &mut Value) {
    if has_subtypes(files) {
        let before = files.clone();
        walk(files, &before);
    }
}

fn has_subtypes(schemas: &Value) -> bool {
    match schemas {
        Value::Object(schema) => subtypes(schema).is_some() || schema.values().any(has_subtypes),
        Value::Array(values) => values.iter().any(has_subtypes),
        _ => false,
    }
}

fn subtypes(schema: &Map<String, Value>) -> Option<&Vec<Value>> {
    schema.get("discriminator")?.get(SUBTYPES)?.as_array()
}

fn walk(schemas: &mut Value, before: &Value) {
    match schemas {
        Value::Object(schema) => {
            let checks = checks(schema, before);
            if let Some(Value::Object(discriminator)) = schema.get_mut("discriminator")
                && discriminator.contains_key("propertyName")
            {
                discriminator.shift_remove(SUBTYPES);
            }
            schema.values_mut().for_each(|value| walk(value, before));
            if checks.is_empty() {
                return;
            }
            let parts = schema.entry("allOf").or_insert_with(|| json!([]));
            if let Value::Array(parts) = parts {
                parts.extend(checks);
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| walk(value, before)),
        _ => {}
    }
}

/// A check for each subtype that adds something. A base that has its discriminator from its own base is checked there.
fn checks(schema: &Map<String, Value>, before: &Value) -> Vec<Value> {
    let discriminator = schema.get("discriminator");
    let has_names = discriminator.is_some_and(|it| it.get("names").is_some());
    let property = discriminator.and_then(|it| it.get("propertyName")?.as_str());
    let (Some(property), true) = (property, has_names) else {
        return Vec::new();
    };
    let subtypes = subtypes(schema).into_iter().flatten();
    subtypes
        .filter_map(|subtype| check(property, subtype, before))
        .collect()
}

/// Either the object names another schema, or it has all that the subtype adds.
fn check(property: &str, subtype: &Value, before: &Value) -> Option<Value> {
    let whole = places(subtype, "places").map(|(file, pointer)| {
        let reference = uri::place(file, pointer);
        json!({ "$ref": reference })
    });
    let own = places(subtype, "own");
    let own = own.filter_map(|(file, pointer)| own_keywords(file, pointer, before));
    let parts: Vec<_> = whole.chain(own).collect();
    let named = json!({
        "discriminator": property,
        "type": "object",
        "required": [property],
        "properties": { property: { "enum": subtype["all"] } },
    });
    let other = json!({ "allOf": [{ "not": named }] });
    (!parts.is_empty()).then(|| json!({ "anyOf": [other, { "allOf": parts }] }))
}

fn places<'h>(subtype: &'h Value, list: &str) -> impl Iterator<Item = (&'h str, &'h str)> {
    let places = subtype[list].as_array().into_iter().flatten();
    places
        .filter_map(Value::as_str)
        .filter_map(|place| place.split_once('#'))
}

/// The keywords of the schema at a place without those that include its base, and without its annotations. Its members are
/// referred to, so that errors in them are reported at their author's places.
fn own_keywords(file: &str, pointer: &str, before: &Value) -> Option<Value> {
    let schema = before[file].pointer(pointer)?;
    let ignored = [
        "allOf",
        "$ref",
        "$id",
        "id",
        "discriminator",
        "title",
        "description",
    ];
    let mut own = schema.as_object()?.clone();
    own.retain(|keyword, _| !ignored.contains(&keyword.as_str()));
    if let Some(Value::Object(members)) = own.get_mut("properties") {
        let list = Location {
            file: file.into(),
            pointer: pointer.to_owned(),
        };
        let list = list.member("properties");
        for (name, member) in members {
            *member = json!({ "$ref": uri::place(file, &list.member(name).pointer) });
        }
    }
    (!own.is_empty()).then(|| own.into())
}
