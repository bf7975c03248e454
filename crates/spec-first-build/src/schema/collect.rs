//! Every schema of the document, translated, at its author's place: the same tree with nothing but schemas in it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::discriminator::Discriminators;
use super::form;
use super::translate::Translator;
use super::view::View;
use crate::document::{Document, Kind, Place, Version};
use crate::text::Location;

/// The files with their schemas, as `view` sees them.
pub(super) fn collect(document: &Document, discriminators: &Discriminators, view: View) -> Value {
    let translator = Translator::new(document, discriminators, view);
    let mut trees = Trees {
        document,
        files: Map::new(),
        filled: HashMap::new(),
    };
    for location in places(document) {
        trees.fill(&location, || translator.translate(&location));
    }
    for (location, schema) in form::schemas(document, &translator) {
        trees.fill(&location, || schema);
    }
    for location in owned(document) {
        trees.fill(&location, || Value::Object(Map::new()));
    }
    for uri in document.meta_schemas() {
        // A registry loads the meta-schemas that its files refer to, and no other.
        let reference = json!({ "$ref": uri.as_ref() });
        trees.files.insert(uri.to_string(), reference);
    }
    Value::Object(trees.files)
}

/// The schemas of media types and parameters, of which some have none: they accept everything.
fn owned(document: &Document) -> impl Iterator<Item = Location> {
    let owners = document.places().iter().filter(|place| match place.kind {
        Kind::MediaType => true,
        Kind::Parameter if document.version() == Version::Swagger2 => {
            is_body(document, &place.location)
        }
        Kind::Parameter => {
            let content = place.location.member("content");
            document.member_names(&content).next().is_none()
        }
        _ => false,
    });
    owners.map(|place| place.location.member("schema"))
}

/// The places of the schemas that are not part of others, and of those that `$ref`s name; the shorter pointers first.
fn places(document: &Document) -> Vec<Location> {
    let is_schema = |place: &&Place| match place.kind {
        Kind::Schema => !place.inner,
        Kind::Parameter | Kind::Header => {
            document.version() == Version::Swagger2 && !is_body(document, &place.location)
        }
        _ => false,
    };
    let places = document.places().iter().filter(is_schema);
    let mut places: Vec<Location> = places.map(|place| place.location.clone()).collect();
    // A dynamic reference may look for its anchor anywhere in them.
    places.extend(document.schema_ids().scopes());
    places.sort_by_key(|location| location.pointer.len());
    places
}

/// Whether this is a body parameter of Swagger 2.0, which is no schema but has one.
fn is_body(document: &Document, location: &Location) -> bool {
    document
        .value(location)
        .is_some_and(|value| value.get("in").is_some_and(|part| part == "body"))
}

struct Trees<'a> {
    document: &'a Document,
    files: Map<String, Value>,
    /// The pointers to whole schemas, per file.
    filled: HashMap<Arc<str>, HashSet<String>>,
}

impl Trees<'_> {
    /// Puts a schema at `location`, unless it is part of one that is there already.
    fn fill(&mut self, location: &Location, schema: impl FnOnce() -> Value) {
        if self.is_filled(location) {
            return;
        }
        self.filled
            .entry(location.file.clone())
            .or_default()
            .insert(location.pointer.clone());
        let mut here = Location::root(&location.file);
        let mut slot = self
            .files
            .entry(location.file.as_ref())
            .or_insert_with(|| empty(self.document, &here));
        for token in location.tokens() {
            here = here.member(&token);
            let Some(next) = step(slot, &token, empty(self.document, &here)) else {
                return;
            };
            slot = next;
        }
        *slot = schema();
    }

    fn is_filled(&self, location: &Location) -> bool {
        let pointer = location.pointer.as_str();
        let mut outer = pointer
            .match_indices('/')
            .map(|(end, _)| &pointer[..end])
            .chain([pointer]);
        let filled = self.filled.get(&location.file);
        filled.is_some_and(|filled| outer.any(|outer| filled.contains(outer)))
            && self
                .files
                .get(location.file.as_ref())
                .is_some_and(|tree| tree.pointer(pointer).is_some())
    }
}

/// An array where the author has one, else an object.
fn empty(document: &Document, location: &Location) -> Value {
    if document.value(location).is_some_and(Value::is_array) {
        return Value::Array(Vec::new());
    }
    Value::Object(Map::new())
}

/// The member or element `token`, made if it is missing; none if a schema that is true or false is in its place.
fn step<'a>(tree: &'a mut Value, token: &str, empty: Value) -> Option<&'a mut Value> {
    match tree {
        Value::Object(members) => Some(members.entry(token).or_insert(empty)),
        Value::Array(elements) => {
            let index: usize = token.parse().ok()?;
            while elements.len() <= index {
                elements.push(Value::Object(Map::new()));
            }
            if elements[index].as_object().is_some_and(Map::is_empty) {
                elements[index] = empty;
            }
            elements.get_mut(index)
        }
        _ => None,
    }
}
