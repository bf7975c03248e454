//! What a base means to those that inherit from it, as JSON Schema: an object that names an heir has all that the heir adds.

use serde_json::{Map, Value, json};
use spec_first::schema::uri;

use crate::text::Location;

/// The discriminator's list of those that inherit from a base.
const HEIRS: &str = "heirs";

/// Makes checks of the lists of heirs in the schemas of all files. The guards are in them already.
pub(super) fn add(files: &mut Value) {
    if has_heirs(files) {
        let before = files.clone();
        walk(files, &before);
    }
}

fn has_heirs(schemas: &Value) -> bool {
    match schemas {
        Value::Object(schema) => heirs(schema).is_some() || schema.values().any(has_heirs),
        Value::Array(values) => values.iter().any(has_heirs),
        _ => false,
    }
}

fn heirs(schema: &Map<String, Value>) -> Option<&Vec<Value>> {
    schema.get("discriminator")?.get(HEIRS)?.as_array()
}

fn walk(schemas: &mut Value, before: &Value) {
    match schemas {
        Value::Object(schema) => {
            let checks = checks(schema, before);
            if let Some(Value::Object(discriminator)) = schema.get_mut("discriminator")
                && discriminator.contains_key("propertyName")
            {
                discriminator.shift_remove(HEIRS);
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

/// A check for each heir that adds something. A base that has its discriminator from its own base is checked there.
fn checks(schema: &Map<String, Value>, before: &Value) -> Vec<Value> {
    let discriminator = schema.get("discriminator");
    let has_names = discriminator.is_some_and(|it| it.get("names").is_some());
    let property = discriminator.and_then(|it| it.get("propertyName")?.as_str());
    let (Some(property), true) = (property, has_names) else {
        return Vec::new();
    };
    let heirs = heirs(schema).into_iter().flatten();
    heirs
        .filter_map(|heir| check(property, heir, before))
        .collect()
}

/// Either the object names another schema, or it has all that the heir adds.
fn check(property: &str, heir: &Value, before: &Value) -> Option<Value> {
    let whole = places(heir, "places").map(|(file, pointer)| {
        let reference = uri::place(file, pointer);
        json!({ "$ref": reference })
    });
    let own = places(heir, "own");
    let own = own.filter_map(|(file, pointer)| own_keywords(file, pointer, before));
    let parts: Vec<_> = whole.chain(own).collect();
    let named = json!({
        "discriminator": property,
        "type": "object",
        "required": [property],
        "properties": { property: { "enum": heir["all"] } },
    });
    let other = json!({ "allOf": [{ "not": named }] });
    (!parts.is_empty()).then(|| json!({ "anyOf": [other, { "allOf": parts }] }))
}

fn places<'h>(heir: &'h Value, list: &str) -> impl Iterator<Item = (&'h str, &'h str)> {
    let places = heir[list].as_array().into_iter().flatten();
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
