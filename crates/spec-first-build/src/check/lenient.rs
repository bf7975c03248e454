//! What OpenAPI or JSON Schema forbids, although it can only mean one thing: a warning for each.

use serde_json::Value;

use crate::document::{Document, Kind, Place, Version};
use crate::text::Fault;

pub(super) fn warnings(document: &Document) -> Vec<Fault> {
    let places = document.places().iter();
    places.flat_map(|place| found(document, place)).collect()
}

fn found(document: &Document, place: &Place) -> Vec<Fault> {
    let Some(value) = document.value(&place.location) else {
        return Vec::new();
    };
    let lacks = |name: &str| value.get(name).is_none_or(Value::is_null);
    if place.kind == Kind::Document && lacks("info") {
        let text =
            "`info` is missing, so the API has no title. Add it with a `title` and a `version`.";
        return vec![document.fault(&place.location, text)];
    }
    let holds = match place.kind {
        Kind::Schema => true,
        Kind::Parameter | Kind::Header => document.version() == Version::Swagger2,
        _ => false,
    };
    let empty = |name: &str, text: &str| {
        let is_empty = value.get(name)?.as_array()?.is_empty() && holds;
        is_empty.then(|| document.fault(&place.location.member(name), text))
    };
    let values = "The list is empty, so no value is valid. Add the valid values, or remove `enum`.";
    let schemas = "The list is empty, so `allOf` is ignored. Add a schema, or remove it.";
    [empty("enum", values), empty("allOf", schemas)]
        .into_iter()
        .flatten()
        .collect()
}
