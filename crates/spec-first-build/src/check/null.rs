//! `nullable` in a part of an `allOf` whose other parts reject null: nothing accepts null then.

use crate::document::{Document, Kind, Version};
use crate::schema::null;
use crate::text::{Fault, Location};

/// A warning for each `nullable` that has no effect.
pub(super) fn warnings(document: &Document) -> Vec<Fault> {
    if document.version() == Version::OpenApi31 {
        return Vec::new();
    }
    let places = document.places().iter();
    let schemas = places.filter(|place| place.kind == Kind::Schema);
    let warnings = schemas.filter_map(|place| {
        let schema = document.value(&place.location)?.as_object()?;
        let whole = whole(&place.location).filter(|_| null::is_nullable(schema))?;
        let keyword = ["nullable", "x-nullable"].into_iter();
        let keyword = keyword.into_iter().find(|it| schema.contains_key(*it))?;
        let text = format!(
            "`{keyword}` has no effect: another part of the `allOf` rejects null. Write it beside the `allOf`."
        );
        let is_rejected = !null::accepts(document, &whole);
        is_rejected.then(|| document.fault(&place.location.member(keyword), text))
    });
    warnings.collect()
}

/// The schema whose `allOf` has the schema at `location`, if there is one.
fn whole(location: &Location) -> Option<Location> {
    let list = location.parent()?;
    list.pointer.ends_with("/allOf").then(|| list.parent())?
}
