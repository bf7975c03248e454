//! Every response has a description, which OpenAPI requires and the server does not need.

use serde_json::Value;

use crate::document::{Document, Kind, reference};
use crate::text::Fault;

/// A warning for each response without a description.
pub(super) fn warnings(document: &Document) -> Vec<Fault> {
    let places = document.places().iter();
    let responses = places.filter(|place| place.kind == Kind::Response);
    let lacking = responses.filter(|place| {
        let response = document.value(&place.location);
        response.is_some_and(|it| {
            it.is_object()
                && reference::of(it).is_none()
                && it.get("description").is_none_or(Value::is_null)
        })
    });
    let text = "The response has no `description`, which OpenAPI requires. Say in a few words when it is sent.";
    lacking
        .map(|place| document.fault(&place.location, text))
        .collect()
}
