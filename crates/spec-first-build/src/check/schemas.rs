//! Every object of a document whose members are keywords of a schema.

use serde_json::{Map, Value};

use crate::document::{Document, Kind, Place, Version, has_siblings, reference};
use crate::text::Location;

/// The schemas; in Swagger 2.0 also the parameters and headers, which are restricted schemas.
pub(super) fn schemas(
    document: &Document,
) -> impl Iterator<Item = (&Location, &Map<String, Value>)> {
    let places = document.places().iter();
    places.filter_map(|place| {
        let value = document.value(&place.location)?;
        let schema = value.as_object()?;
        is_schema(document, place, value).then_some((&place.location, schema))
    })
}

/// Whether keywords count here: most versions ignore the siblings of a `$ref`.
fn is_schema(document: &Document, place: &Place, value: &Value) -> bool {
    let holds = match place.kind {
        Kind::Schema => true,
        Kind::Parameter | Kind::Header => document.version() == Version::Swagger2,
        _ => false,
    };
    holds && (reference::of(value).is_none() || has_siblings(Kind::Schema, document.version()))
}

/// The types that the keyword `type` names, and `null` where `nullable` adds it; none if there is no `type`.
pub(super) fn own_types(schema: &Map<String, Value>) -> Vec<&str> {
    let mut types: Vec<&str> = match schema.get("type") {
        Some(Value::String(name)) => vec![name],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => return Vec::new(),
    };
    let is_set = |keyword: &&str| schema.get(*keyword) == Some(&Value::Bool(true));
    if ["nullable", "x-nullable"].iter().any(is_set) {
        types.push("null");
    }
    types
}
