//! Which schemas inherit from which: by `$ref` in `allOf`, directly or over several.

use std::collections::{HashMap, HashSet};

use super::keyword::KEYWORD;
use crate::document::{Document, Kind, reference};
use crate::text::Location;

/// The children of each parent, and theirs.
#[derive(Default)]
pub(super) struct Inheritance {
    children: HashMap<Location, Vec<Location>>,
}

impl Inheritance {
    /// The inheritance between the named schemas of a document, if any schema has a discriminator.
    pub fn new(document: &Document) -> Inheritance {
        let mut inheritance = Inheritance::default();
        let schemas = document.places().iter();
        let schemas = schemas.filter(|place| place.kind == Kind::Schema);
        let mut schemas: Vec<_> = schemas.map(|place| &place.location).collect();
        let has_discriminator = |at: &&Location| {
            let schema = document.value(at);
            schema.is_some_and(|schema| schema.get(KEYWORD).is_some())
        };
        if schemas.iter().any(has_discriminator) {
            let main = document.root().file;
            schemas.retain(|at| at.is_component() || at.file != main);
            for child in schemas {
                inheritance.add(document, child);
            }
        }
        inheritance
    }

    /// The schemas with a name that inherit from the one at `parent`.
    pub fn children(&self, parent: &Location) -> &[Location] {
        self.children.get(parent).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, document: &Document, child: &Location) {
        let mut seen = HashSet::new();
        let mut ahead = vec![child.clone()];
        while let Some(here) = ahead.pop() {
            if !seen.insert(here.clone()) {
                continue;
            }
            ahead.extend(document.elements(&here.member("allOf")));
            let reference = document.value(&here).and_then(reference::of);
            let parent = reference.and_then(|reference| document.target(&here, reference).ok());
            if let Some(parent) = parent.filter(|parent| parent != child) {
                let children = self.children.entry(parent.clone()).or_default();
                if children.last() != Some(child) {
                    children.push(child.clone());
                }
                ahead.push(parent);
            }
        }
    }
}
