//! Schemas that no value follows because each would contain another one of them, without end.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::schemas::{own_types, schemas};
use crate::document::{Document, Kind, has_siblings};
use crate::text::{Fault, Location};

/// A warning for each required member, or number of elements, that has no end.
pub(super) fn warnings(document: &Document) -> Vec<Fault> {
    let finite = Finite::find(document);
    let found = schemas(document).filter_map(|(location, schema)| {
        // Only what contains a value is reported, not what refers to it.
        let (place, what) = finite.endless_part(location, schema)?;
        let text = format!(
            "No value is valid: {what} contains another value of this schema, without end. Allow a value without it."
        );
        Some(document.fault(&place, text))
    });
    found.collect()
}

/// The schemas that have a value of finite depth, as far as recursion decides it.
struct Finite<'a> {
    document: &'a Document,
    schemas: HashSet<Location>,
}

impl<'a> Finite<'a> {
    /// Finds them by their depth: first those that need no other schema, then those that need only known ones, and so on.
    fn find(document: &'a Document) -> Self {
        let schemas = document.places().iter();
        let schemas = schemas.filter(|place| place.kind == Kind::Schema);
        let mut left: Vec<_> = schemas.map(|place| &place.location).collect();
        let mut finite = Self {
            document,
            schemas: HashSet::new(),
        };
        loop {
            let (found, others): (Vec<_>, Vec<_>) = left
                .into_iter()
                .partition(|location| finite.follows(location));
            if found.is_empty() {
                return finite;
            }
            finite.schemas.extend(found.into_iter().cloned());
            left = others;
        }
    }

    /// Whether the schema at `location` has a finite value because those that it needs have one.
    fn follows(&self, location: &Location) -> bool {
        let Some(Value::Object(schema)) = self.document.value(location) else {
            return true;
        };
        let is_set = |keyword: &str| schema.get(keyword) == Some(&Value::Bool(true));
        if is_set("nullable") || is_set("x-nullable") {
            return true;
        }
        if schema.get("$ref").is_some_and(Value::is_string) {
            let target = self.document.resolve(location);
            let is_finite = target.is_ok_and(|target| self.schemas.contains(&target));
            if !is_finite || !has_siblings(Kind::Schema, self.document.version()) {
                return is_finite;
            }
        }
        if schema.contains_key("enum") || schema.contains_key("const") {
            return true;
        }
        let branches = |keyword| self.document.elements(&location.member(keyword));
        let has_any = |keyword| {
            let mut branches = branches(keyword).peekable();
            branches.peek().is_none() || branches.any(|it| self.schemas.contains(&it))
        };
        branches("allOf").all(|part| self.schemas.contains(&part))
            && has_any("oneOf")
            && has_any("anyOf")
            && self.endless_part(location, schema).is_none()
    }

    /// The required member, or the number of elements, for which the schema at `location` has no finite value.
    fn endless_part(
        &self,
        location: &Location,
        schema: &Map<String, Value>,
    ) -> Option<(Location, String)> {
        match own_types(schema).as_slice() {
            ["object"] => {
                let mut names = self.document.elements(&location.member("required"));
                names.find_map(|place| {
                    let name = self.document.value(&place)?.as_str()?;
                    let member = location.member("properties").member(name);
                    let is_declared = self.document.value(&member).is_some();
                    (is_declared && !self.schemas.contains(&member))
                        .then(|| (place, format!("the required `{name}`")))
                })
            }
            ["array"] => {
                let least = schema.get("minItems")?.as_u64()?;
                let items = location.member("items");
                let is_schema = self.document.value(&items)?.is_object();
                let is_endless = is_schema && !self.schemas.contains(&items);
                (least > 0 && is_endless && !schema.contains_key("prefixItems"))
                    .then(|| (location.member("minItems"), "each element".to_owned()))
            }
            _ => None,
        }
    }
}
