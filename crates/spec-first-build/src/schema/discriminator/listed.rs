//! The values that a schema itself lists for a property.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::document::{Document, reference};
use crate::text::Location;

/// A schema and a property of it.
type Key = (Location, String);

/// The listed values that are known: unions of large documents share their branches, and parents their children.
pub(super) struct Listed<'a> {
    document: &'a Document,
    known: RefCell<HashMap<Key, Option<Vec<Value>>>>,
}

impl<'a> Listed<'a> {
    /// An empty cache for `document`.
    pub fn new(document: &'a Document) -> Listed<'a> {
        Listed {
            document,
            known: RefCell::default(),
        }
    }

    /// The values that the schema at `location`, with all that it is composed of, lists for `property`; none if it lists none.
    pub fn values(&self, location: &Location, property: &str) -> Option<Vec<Value>> {
        let schema = self.document.value(location).and_then(Value::as_object);
        let is_reference = schema.is_some_and(|schema| schema.len() == 1);
        let place = match is_reference {
            true => self
                .document
                .resolve(location)
                .unwrap_or_else(|_| location.clone()),
            false => location.clone(),
        };
        let key = (place, property.to_owned());
        if let Some(known) = self.known.borrow().get(&key) {
            return known.clone();
        }
        let found = self.find(&key.0, property);
        self.known.borrow_mut().insert(key, found.clone());
        found
    }

    fn find(&self, location: &Location, property: &str) -> Option<Vec<Value>> {
        let mut seen = HashSet::new();
        let mut ahead = vec![location.clone()];
        let mut listed: Option<Vec<Value>> = None;
        while let Some(here) = ahead.pop() {
            let schema = self.document.value(&here).and_then(Value::as_object);
            let Some(schema) = schema.filter(|_| seen.insert(here.clone())) else {
                continue;
            };
            if schema.contains_key("allOf") {
                ahead.extend(self.document.elements(&here.member("allOf")));
            }
            let reference = schema.get("$ref").and_then(Value::as_str);
            ahead.extend(reference.and_then(|it| self.document.target(&here, it).ok()));
            let own = self.own(&here, schema, property);
            listed = match (listed, own) {
                (Some(known), Some(own)) => {
                    Some(known.into_iter().filter(|it| own.contains(it)).collect())
                }
                (known, own) => known.or(own),
            };
        }
        listed
    }

    /// The values that a schema lists for a property that it describes.
    fn own(
        &self,
        at: &Location,
        schema: &Map<String, Value>,
        property: &str,
    ) -> Option<Vec<Value>> {
        let described = schema.get("properties")?.get(property)?;
        let place = at.member("properties").member(property);
        let value = match reference::of(described) {
            Some(_) => self.document.resolved(&place)?.1,
            None => described,
        };
        let listed = value.get("enum").and_then(Value::as_array).cloned();
        let only = value.get("const").map(|value| vec![value.clone()]);
        listed.or(only)
    }
}
