//! No chain of `$ref`s leads back to itself, and every `$dynamicRef` has a target. `$ref`s without one were found when the document
//! was read. Circles of schemas are found with those that pass through other keywords.

use crate::document::reference::{self, ENDLESS, dangling};
use crate::document::{Document, Kind, Version};
use crate::text::{Fault, Location};

pub(super) fn check(document: &Document) -> Vec<Fault> {
    let places = document.places().iter();
    let others = places.filter(|place| place.kind != Kind::Schema);
    let endless = others.map(|place| &place.location);
    let endless = endless.filter(|location| document.is_endless(location));
    let mut faults: Vec<_> = endless
        .map(|location| document.fault(location, ENDLESS))
        .collect();
    if document.version() == Version::OpenApi31 {
        let places = document.places().iter();
        let schemas = places.filter(|place| place.kind == Kind::Schema);
        faults.extend(schemas.filter_map(|place| lost(document, &place.location)));
    }
    faults
}

/// A `$dynamicRef` without a target.
fn lost(document: &Document, location: &Location) -> Option<Fault> {
    let reference = document.value(location)?.get("$dynamicRef")?;
    let reference = reference.as_str().unwrap_or_default();
    let text = match document.target(location, reference) {
        Ok(there) => document
            .value(&there)
            .is_none()
            .then(|| dangling(reference)),
        Err(text) => Some(text),
    };
    text.map(|text| document.fault(&location.member("$dynamicRef"), text))
}

/// A warning for each `$ref` to a place where another version has its components: the server finds it, but no other tool does.
pub(super) fn warnings(document: &Document) -> Vec<Fault> {
    let places = document.places().iter().map(|place| &place.location);
    let misplaced = places.filter_map(|location| {
        let reference = reference::of(document.value(location)?)?;
        let target = document.target(location, reference).ok()?;
        let is_main = target.file == document.root().file;
        document.value(&target).filter(|_| is_main)?;
        let home = reference::home(&target.pointer, document.version())?;
        let text = format!(
            "`{reference}` is not where this version of OpenAPI has its components. Move it, and refer to `#{home}`."
        );
        Some(document.fault(&location.member("$ref"), text))
    });
    misplaced.collect()
}
