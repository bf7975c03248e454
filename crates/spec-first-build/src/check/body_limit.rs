//! The limits of the lengths of bodies are such.

use serde_json::Value;

use super::wording::expected;
use crate::document::{Document, Kind};
use crate::text::Fault;

/// The member of an operation, a request body or a body parameter that limits the length of a body.
const LIMIT: &str = "x-body-limit";

pub(super) fn check(document: &Document) -> Vec<Fault> {
    let places = document.places().iter();
    let owners = places.filter(|place| {
        matches!(
            place.kind,
            Kind::Operation | Kind::RequestBody | Kind::Parameter
        )
    });
    let faults = owners.filter_map(|place| {
        let limit = document.value(&place.location)?.get(LIMIT)?;
        let text = wrong(limit)?;
        Some(document.fault(&place.location.member(LIMIT), text))
    });
    faults.collect()
}

fn wrong(limit: &Value) -> Option<String> {
    let found = expected("a number of bytes", limit);
    let is_length = limit.as_u64().is_some();
    (!is_length).then(|| format!("{found} Write a whole number without a unit."))
}
