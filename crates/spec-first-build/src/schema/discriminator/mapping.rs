//! The entries of `mapping`.

use serde_json::Value;

use super::keyword::KEYWORD;
use crate::document::Document;
use crate::text::Location;

/// One entry of `mapping`.
pub(crate) struct Mapped<'a> {
    pub name: &'a str,
    /// As it is written: a component's name or a reference.
    pub target: &'a str,
    /// Where the target is; none if it does not exist.
    pub place: Option<Location>,
}

/// The entries of the `mapping` of the schema at `location`.
pub(crate) fn mapping<'a>(document: &'a Document, location: &Location) -> Vec<Mapped<'a>> {
    let discriminator = location.member(KEYWORD);
    let mapping = document.value(&discriminator.member("mapping"));
    let entries = mapping.and_then(Value::as_object).into_iter().flatten();
    let entries = entries.filter_map(|(name, target)| Some((name, target.as_str()?)));
    entries
        .map(|(name, target)| Mapped {
            name,
            target,
            place: place(document, &discriminator, target),
        })
        .collect()
}

/// Where a target is: a component takes precedence over a file of that name.
fn place(document: &Document, location: &Location, target: &str) -> Option<Location> {
    let files = [Location::root(&location.file), document.root()];
    let components = files.map(|file| file.member("components").member("schemas").member(target));
    let referred = document.target(location, target).ok();
    let mut places = components.into_iter().chain(referred);
    places.find(|place| document.value(place).is_some())
}
