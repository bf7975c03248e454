//! The parameters of an operation.

use serde_json::Value;

use super::{Parameter, Part, content, flag, text};
use crate::document::Document;
use crate::document::grammar::Version;
use crate::schema::types;
use crate::text::Location;

/// The parameters of the operation at `operation` in the path item `item`; the operation's override the item's.
pub(super) fn read(document: &Document, item: &Location, operation: &Location) -> Vec<Parameter> {
    let own = listed(document, operation);
    let mut parameters = listed(document, item);
    parameters.retain(|inherited| {
        !own.iter()
            .any(|own| own.part == inherited.part && own.is_named(&inherited.name))
    });
    parameters.extend(own);
    parameters.retain(|parameter| !is_told_elsewhere(document, parameter));
    parameters
}

/// Headers that OpenAPI 3 describes by media types and security, and ignores as parameters (3.1, section 4.8.12.2).
fn is_told_elsewhere(document: &Document, parameter: &Parameter) -> bool {
    let elsewhere = ["Accept", "Content-Type", "Authorization"];
    document.version().is_openapi3()
        && parameter.part == Part::Header
        && elsewhere.iter().any(|name| parameter.is_named(name))
}

fn listed(document: &Document, owner: &Location) -> Vec<Parameter> {
    places(document, owner)
        .iter()
        .filter_map(|location| parameter(document, location))
        .collect()
}

/// Where the parameter objects in the list of `owner` stand, at the ends of their `$ref`s.
pub(crate) fn places(document: &Document, owner: &Location) -> Vec<Location> {
    let list = owner.member("parameters");
    document
        .elements(&list)
        .filter_map(|entry| document.resolve(&entry).ok())
        .collect()
}

/// What `in` means; a body is no parameter here.
pub(crate) fn part(parameter: &Value) -> Option<Part> {
    match parameter.get("in")?.as_str()? {
        "path" => Some(Part::Path),
        "query" => Some(Part::Query),
        "header" => Some(Part::Header),
        "cookie" => Some(Part::Cookie),
        "formData" => Some(Part::FormData),
        _ => None,
    }
}

fn parameter(document: &Document, location: &Location) -> Option<Parameter> {
    let value = document.value(location)?;
    let content = content::media_types(document, location);
    let schema = match (document.version(), content.first()) {
        (Version::Swagger2, _) => location.clone(),
        (_, Some(content)) => content.schema.clone(),
        _ => location.member("schema"),
    };
    let resolved = document.resolved(&schema);
    Some(Parameter {
        name: text(Some(value), "name")?,
        part: part(value)?,
        required: flag(value, "required"),
        description: text(Some(value), "description"),
        deprecated: flag(value, "deprecated"),
        types: types::of(document, &schema),
        default: resolved
            .and_then(|(_, schema)| schema.get("default"))
            // Null is how many write that there is no default.
            .filter(|default| !default.is_null())
            .map(|default| types::read(default, document.version())),
        style: text(Some(value), "style"),
        explode: value.get("explode").and_then(Value::as_bool),
        collection_format: text(Some(value), "collectionFormat"),
        allow_empty: flag(value, "allowEmptyValue"),
        location: location.clone(),
        schema,
        content,
    })
}
