//! Who inherits from whom: by `$ref` in `allOf`, directly or over several.

use std::collections::{HashMap, HashSet};

use crate::document::Document;
use crate::document::grammar::Kind;
use crate::document::reference;
use crate::text::Location;

/// The heirs of each base.
#[derive(Default)]
pub(super) struct Families {
    heirs: HashMap<Location, Vec<Location>>,
}

impl Families {
    pub fn new(document: &Document) -> Families {
        let mut families = Families::default();
        let schemas = document.places().iter();
        let schemas = schemas.filter(|place| place.kind == Kind::Schema);
        let schemas: Vec<_> = schemas.map(|place| &place.location).collect();
        let says = |at: &&Location| {
            let schema = document.value(at);
            schema.is_some_and(|schema| schema.get(super::KEYWORD).is_some())
        };
        if schemas.iter().any(says) {
            let main = document.root().file;
            let mut named = schemas;
            named.retain(|at| at.is_component() || at.file != main);
            named.iter().for_each(|heir| families.add(document, heir));
        }
        families
    }

    /// The schemas with a name that inherit from the one at `base`.
    pub fn heirs(&self, base: &Location) -> &[Location] {
        self.heirs.get(base).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, document: &Document, heir: &Location) {
        let mut seen = HashSet::new();
        let mut ahead = vec![heir.clone()];
        while let Some(here) = ahead.pop() {
            if !seen.insert(here.clone()) {
                continue;
            }
            ahead.extend(document.elements(&here.member("allOf")));
            let reference = document.value(&here).and_then(reference::of);
            let base = reference.and_then(|reference| document.target(&here, reference).ok());
            if let Some(base) = base.filter(|base| base != heir) {
                let heirs = self.heirs.entry(base.clone()).or_default();
                if heirs.last() != Some(heir) {
                    heirs.push(heir.clone());
                }
                ahead.push(base);
            }
        }
    }
}
