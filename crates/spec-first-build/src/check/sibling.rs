//! Keywords beside a `$ref`, which OpenAPI 2.0 and 3.0 ignore.

use crate::document::{Document, Kind, has_siblings, reference};
use crate::text::Fault;

/// The keywords that an author expects to be checked. `type` is left out: most often it only repeats the target's.
const CHECKED: [&str; 21] = [
    "enum",
    "format",
    "pattern",
    "multipleOf",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "items",
    "maxItems",
    "minItems",
    "uniqueItems",
    "properties",
    "required",
    "maxProperties",
    "minProperties",
    "allOf",
    "anyOf",
    "oneOf",
];

/// A warning for each keyword that is ignored.
pub(super) fn warnings(document: &Document) -> Vec<Fault> {
    let places = document.places().iter();
    let schemas = places.filter(|place| {
        place.kind == Kind::Schema && !has_siblings(place.kind, document.version())
    });
    let references = schemas.filter(|place| {
        let value = document.value(&place.location);
        value.is_some_and(|value| reference::of(value).is_some())
    });
    references
        .flat_map(|place| {
            let names = document.member_names(&place.location);
            let ignored = names.filter(|name| CHECKED.contains(name));
            ignored.map(|name| {
                let text = format!(
                    "`{name}` is ignored beside `$ref`. Write an `allOf` of the reference and of a schema with `{name}`."
                );
                document.fault(&place.location.member(name), text)
            })
        })
        .collect()
}
