//! What the text of a parameter may mean: the JSON types of its schema, and those of the parts of lists and objects.

use std::collections::HashSet;

use serde_json::Value;

use super::shape::{Delimiter, Shape};
use crate::document::{Document, Version};
use crate::schema::Schemas;
use crate::text::Location;

/// How many schemas the shape of one parameter is made of at most. What is beyond them may be anything.
const MOST: usize = 300;

/// Finds the shapes of schemas.
pub(super) struct Shapes<'a> {
    document: &'a Document,
    schemas: &'a Schemas<'a>,
    /// How many schemas are left.
    left: usize,
}

impl<'a> Shapes<'a> {
    /// The shape of the schema at `location`, with parts inside each other to this depth.
    pub fn of(
        document: &'a Document,
        schemas: &'a Schemas<'a>,
        location: &Location,
        depth: usize,
    ) -> Shape {
        let mut shapes = Shapes {
            document,
            schemas,
            left: MOST,
        };
        shapes.shape(location, depth)
    }

    /// The schema at `location`, and those that are applied to the same value.
    pub fn parts(
        document: &'a Document,
        schemas: &'a Schemas<'a>,
        location: &Location,
    ) -> Vec<Location> {
        let shapes = Shapes {
            document,
            schemas,
            left: MOST,
        };
        let mut parts = Vec::new();
        shapes.add_parts(location, &mut parts, &mut HashSet::new());
        parts
    }

    fn shape(&mut self, location: &Location, depth: usize) -> Shape {
        let mut shape = Shape {
            types: self.schemas.types(location),
            ..Shape::default()
        };
        if depth == 0 || self.left == 0 {
            return shape;
        }
        self.left -= 1;
        let mut parts = Vec::new();
        self.add_parts(location, &mut parts, &mut HashSet::new());
        let mut items = Vec::new();
        let mut members: Vec<(String, Location)> = Vec::new();
        let mut rest = Vec::new();
        for part in &parts {
            items.extend(self.items(part));
            let properties = part.member("properties");
            let names = self.document.member_names(&properties);
            members.extend(names.map(|name| (name.to_owned(), properties.member(name))));
            rest.extend(self.rest(part));
        }
        if !items.is_empty() {
            let mut union = self.union(&items, depth);
            union.delimiter = self.delimiter(&items);
            shape.items = Some(Box::new(union));
        }
        let names: Vec<_> = members.iter().map(|(name, _)| name.clone()).collect();
        for name in names {
            if shape.members.iter().any(|(known, _)| *known == name) {
                continue;
            }
            let places = members.iter().filter(|(other, _)| *other == name);
            let places: Vec<_> = places.map(|(_, place)| place.clone()).collect();
            let member = self.union(&places, depth);
            shape.members.push((name, member));
        }
        let is_map = members.is_empty() && shape.types.iter().any(|name| name == "object");
        if !rest.is_empty() || is_map && !parts.iter().any(|part| self.is_closed(part)) {
            shape.rest = Some(Box::new(self.union(&rest, depth)));
        }
        shape
    }

    /// What separates the items of a list that is an item itself: `collectionFormat` (2.0, Items Object), `csv` by default.
    fn delimiter(&self, items: &[Location]) -> Option<Delimiter> {
        let items = self.document.value(items.first()?)?;
        let is_list = items.get("type") == Some(&Value::from("array"));
        if self.document.version() != Version::Swagger2 || !is_list {
            return None;
        }
        Some(
            match items.get("collectionFormat").and_then(Value::as_str) {
                Some("ssv") => Delimiter::Space,
                Some("tsv") => Delimiter::Tab,
                Some("pipes") => Delimiter::Pipe,
                _ => Delimiter::Comma,
            },
        )
    }

    /// What a value may be that one of the schemas describes.
    fn union(&mut self, places: &[Location], depth: usize) -> Shape {
        let shapes = places.iter().map(|place| self.shape(place, depth - 1));
        shapes.reduce(merge).unwrap_or_default()
    }

    /// The schema at `location`, and those that are applied to the same value.
    fn add_parts(
        &self,
        location: &Location,
        parts: &mut Vec<Location>,
        seen: &mut HashSet<Location>,
    ) {
        if parts.len() >= MOST || !seen.insert(location.clone()) {
            return;
        }
        let Some(schema) = self.document.value(location) else {
            return;
        };
        if schema.get("$ref").is_some()
            && let Ok(target) = self.document.resolve(location)
        {
            self.add_parts(&target, parts, seen);
            if self.document.version() != Version::OpenApi31 {
                return;
            }
        }
        parts.push(location.clone());
        for keyword in ["allOf", "oneOf", "anyOf"] {
            for branch in self.document.elements(&location.member(keyword)) {
                self.add_parts(&branch, parts, seen);
            }
        }
        for keyword in ["then", "else"] {
            self.add_parts(&location.member(keyword), parts, seen);
        }
    }

    /// The schemas of the items of a list.
    fn items(&self, schema: &Location) -> Vec<Location> {
        let items = schema.member("items");
        let first = self.document.elements(&schema.member("prefixItems"));
        let listed = self.document.elements(&items);
        let is_schema = self.document.value(&items).is_some_and(Value::is_object);
        let single = is_schema.then(|| items.clone());
        first.chain(listed).chain(single).collect()
    }

    /// The schemas of the members that are not named, if others are provided for.
    fn rest(&self, schema: &Location) -> Vec<Location> {
        let additional = schema.member("additionalProperties");
        let is_open = |value: &Value| *value != Value::Bool(false);
        let additional =
            std::iter::once(additional).filter(|it| self.document.value(it).is_some_and(is_open));
        let patterns = schema.member("patternProperties");
        let names = self.document.member_names(&patterns);
        additional
            .chain(names.map(|name| patterns.member(name)))
            .collect()
    }

    fn is_closed(&self, schema: &Location) -> bool {
        let additional = schema.member("additionalProperties");
        self.document.value(&additional) == Some(&Value::Bool(false))
    }
}

fn merge(mut one: Shape, other: Shape) -> Shape {
    if one.types.is_empty() || other.types.is_empty() {
        one.types.clear();
    }
    let is_open = one.types.is_empty();
    for name in other.types {
        if !is_open && !one.types.contains(&name) {
            one.types.push(name);
        }
    }
    one.items = join(one.items, other.items);
    one.rest = join(one.rest, other.rest);
    for (name, shape) in other.members {
        match one.members.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = merge(std::mem::take(known), shape),
            None => one.members.push((name, shape)),
        }
    }
    one
}

fn join(one: Option<Box<Shape>>, other: Option<Box<Shape>>) -> Option<Box<Shape>> {
    match (one, other) {
        (Some(one), Some(other)) => Some(Box::new(merge(*one, *other))),
        (one, other) => one.or(other),
    }
}
