//! Request bodies.

use super::media_types;
use super::member::{flag, text};
use super::model::Body;
use crate::document::{Document, Version, parameters};
use crate::text::Location;

/// The body of the operation at `operation` in the path item `item`.
pub(super) fn read(document: &Document, item: &Location, operation: &Location) -> Option<Body> {
    if document.version() == Version::Swagger2 {
        return swagger_body(document, item, operation);
    }
    let location = document.resolve(&operation.member("requestBody")).ok()?;
    let value = document.value(&location)?;
    let content = media_types::described(document, &location);
    let schemas = content
        .iter()
        .filter_map(|content| document.value(&content.schema));
    let mut named = std::iter::once(value)
        .chain(schemas)
        .chain(document.value(operation));
    let name = named.find_map(|value| text(value, "x-body-name"));
    Some(Body {
        name: name.unwrap_or_else(|| "body".to_owned()),
        required: flag(value, "required"),
        description: text(value, "description"),
        location,
        content,
    })
}

fn swagger_body(document: &Document, item: &Location, operation: &Location) -> Option<Body> {
    let places = [operation, item].map(|owner| parameters(document, owner));
    let is_body = |place: &Location| {
        document
            .value(place)
            .is_some_and(|value| value.get("in") == Some(&"body".into()))
    };
    let location = places.into_iter().flatten().find(is_body)?;
    let value = document.value(&location)?;
    Some(Body {
        name: text(value, "name").unwrap_or_default(),
        required: flag(value, "required"),
        description: text(value, "description"),
        content: media_types::listed(document, operation, "consumes", &location.member("schema")),
        location,
    })
}
