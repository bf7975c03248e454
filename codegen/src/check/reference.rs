//! No chain of `$ref`s leads back to itself. Those that lead nowhere were found when the document was read.

use crate::document::Document;
use crate::fault::Fault;
use crate::reference::ENDLESS;

pub(super) fn check(document: &Document) -> Vec<Fault> {
    let places = document.places().iter().map(|place| &place.location);
    let endless = places.filter(|location| document.is_endless(location));
    endless
        .map(|location| document.fault(location, ENDLESS))
        .collect()
}
