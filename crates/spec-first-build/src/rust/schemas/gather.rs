//! The object that several schemas, joined by `allOf` and `$ref`, describe together.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{ItemBuilder, kinds};
use crate::rust::union;
use crate::rust::views::View;
use crate::schema::KEEPS_UNNAMED;
use crate::text::Location;

/// What several schemas joined by `allOf` describe.
#[derive(Default)]
pub(super) struct Object {
    /// The members, each with the places where a part of the object describes it.
    pub properties: Vec<(String, Vec<Location>)>,
    pub required: Vec<String>,
    pub additional: Additional,
    /// Whether nothing but an object is accepted.
    pub typed: bool,
}

/// How members that the spec does not name are treated.
#[derive(Default)]
pub(super) enum Additional {
    /// Accepted and not kept.
    #[default]
    Ignored,
    /// Rejected.
    Rejected,
    /// Kept; each follows one of these schemas.
    Typed(Vec<Location>),
    /// Kept as they are.
    Kept,
}

impl Object {
    /// Members that are required but not described, and that nothing else keeps.
    pub fn undescribed(&self) -> Vec<&str> {
        let is_kept = !matches!(self.additional, Additional::Ignored);
        let names = self.required.iter().filter(|_| !is_kept);
        let is_described = |name: &String| self.properties.iter().any(|(wire, _)| wire == name);
        let names = names.filter(|name| !is_described(name));
        names.map(String::as_str).collect()
    }

    /// Keeps the members that the spec does not name.
    fn keep(&mut self) {
        if matches!(self.additional, Additional::Ignored) {
            self.additional = Additional::Kept;
        }
    }

    /// Adds the properties that the schema at `at` describes.
    fn describe(
        &mut self,
        at: &Location,
        schema: &Map<String, Value>,
        author: impl Fn(Location) -> Location,
    ) {
        let list = at.member("properties");
        let described = schema.get("properties").and_then(Value::as_object);
        for name in described.into_iter().flat_map(Map::keys) {
            let place = author(list.member(name));
            let mut known = self.properties.iter_mut();
            match known.find(|(known, _)| known == name) {
                Some((_, places)) => places.push(place),
                None => self.properties.push((name.clone(), vec![place])),
            }
        }
    }

    /// Adds the members that a schema requires.
    fn require(&mut self, schema: &Map<String, Value>) {
        let names = schema.get("required").and_then(Value::as_array);
        for name in names.into_iter().flatten().filter_map(Value::as_str) {
            if !self.required.iter().any(|known| known == name) {
                self.required.push(name.to_owned());
            }
        }
    }
}

impl ItemBuilder<'_> {
    /// The object that the schema at `at` and all that it is joined with describe; none if they also describe something else.
    pub(super) fn gathered(&self, view: View, at: &Location) -> Option<Object> {
        let mut object = Object::default();
        let is_object = self.gather(view, at, &mut object, &mut HashSet::new());
        is_object.then_some(object)
    }

    /// Adds what the schema at `at` describes; false if that is no object.
    fn gather(
        &self,
        view: View,
        at: &Location,
        object: &mut Object,
        seen: &mut HashSet<Location>,
    ) -> bool {
        let (at, _) = self.views.follow(at, "");
        if !seen.insert(at.clone()) {
            return true;
        }
        let Value::Object(schema) = self.views.schema(view, &at) else {
            return true;
        };
        if let Some((keyword, index)) = union::nullable_branch(schema) {
            return self.gather(view, &at.member(keyword).element(index), object, seen);
        }
        // Null is added where the type is used.
        let (kinds, _) = kinds(schema);
        if !matches!(kinds.as_slice(), [] | ["object"]) {
            return false;
        }
        object.typed |= !kinds.is_empty();
        let mut joined = self.views.parts(view, &at).into_iter();
        if !joined.all(|part| self.gather(view, &part, object, seen)) {
            return false;
        }
        object.describe(&at, schema, |place| self.views.described(place));
        object.require(schema);
        match additional(&at, schema) {
            Additional::Ignored if constrains_unnamed(schema) => object.keep(),
            Additional::Ignored => {}
            additional => object.additional = additional,
        }
        true
    }
}

/// How a schema by itself treats members that it does not name.
fn additional(at: &Location, schema: &Map<String, Value>) -> Additional {
    let patterns = schema.get("patternProperties").and_then(Value::as_object);
    let place = at.member("patternProperties");
    let patterns = patterns.into_iter().flatten();
    // A pattern whose members are forbidden has none.
    let patterns = patterns.filter(|(_, schema)| **schema != Value::Bool(false));
    let mut schemas: Vec<_> = patterns.map(|(name, _)| place.member(name)).collect();
    match schema.get("additionalProperties") {
        Some(Value::Bool(false)) if schemas.is_empty() => Additional::Rejected,
        Some(Value::Bool(false)) => Additional::Typed(schemas),
        Some(Value::Object(_)) => {
            schemas.push(at.member("additionalProperties"));
            Additional::Typed(schemas)
        }
        Some(_) => Additional::Kept,
        None => Additional::Ignored,
    }
}

/// Whether a schema constrains members by other means than their names.
fn constrains_unnamed(schema: &Map<String, Value>) -> bool {
    let only = union::only_branches(schema);
    let is_only = |keyword: &str| only.iter().any(|(only, _)| *only == keyword);
    let mut keywords = KEEPS_UNNAMED.iter();
    keywords.any(|keyword| schema.contains_key(*keyword) && !is_only(keyword))
}
