//! `discriminator`: the property whose value names the branch of a union, or the heir of a base, that an object is.

mod family;
mod listed;
mod names;

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use self::family::Families;
use self::listed::Listed;
pub(crate) use self::names::Mapped;
use crate::document::Document;
use crate::text::Location;

/// The keyword.
pub(crate) const KEYWORD: &str = "discriminator";

/// The discriminators of a document.
pub(crate) struct Discriminators<'a> {
    document: &'a Document,
    families: Families,
    /// What the mappings of the whole document call a schema: the property, and its value.
    called: HashMap<Location, Vec<(String, Value)>>,
    listed: Listed,
}

/// What the discriminator of one schema says.
#[derive(Debug, PartialEq)]
pub(crate) struct Discriminator {
    /// The name of the property.
    pub property: String,
    pub names: Names,
}

/// The values that the property may have.
#[derive(Debug, PartialEq)]
pub(crate) enum Names {
    /// Those of each branch; a branch without any takes what no other does.
    Branches(Vec<Vec<Value>>),
    /// Those of a base and of all that inherit from it.
    Family(Vec<Value>),
}

impl<'a> Discriminators<'a> {
    pub fn new(document: &'a Document) -> Discriminators<'a> {
        let mut discriminators = Discriminators {
            document,
            families: Families::new(document),
            called: HashMap::new(),
            listed: Listed::default(),
        };
        for place in document.places() {
            discriminators.note(&place.location);
        }
        discriminators
    }

    /// Notes what the schema at `location` calls others.
    fn note(&mut self, location: &Location) {
        let schema = self.document.value(location).and_then(Value::as_object);
        let Some(property) = schema.and_then(property) else {
            return;
        };
        for mapped in self.mapping(location) {
            let place = mapped
                .place
                .and_then(|place| self.document.resolve(&place).ok());
            if let Some(place) = place {
                let names = self.called.entry(place).or_default();
                names.push((property.to_owned(), mapped.name.into()));
            }
        }
    }

    /// What the discriminator of the schema at `location` says; none if there is none, or none that decides anything.
    pub fn at(&self, location: &Location) -> Option<Discriminator> {
        let schema = self.document.value(location)?.as_object()?;
        let property = property(schema)?.to_owned();
        let names = match union(schema) {
            Some(keyword) => Names::Branches(self.branch_names(location, keyword, &property)),
            None => Names::Family(self.family_names(location, &property)?),
        };
        Some(Discriminator { property, names })
    }
}

impl Discriminator {
    /// As the translated schema has it: no check by itself, until guards are made of it.
    pub fn annotation(&self) -> Value {
        match &self.names {
            Names::Branches(names) => json!({ "propertyName": self.property, "branches": names }),
            Names::Family(names) => json!({ "propertyName": self.property, "names": names }),
        }
    }
}

/// The property that decides: Swagger 2.0 writes its name alone.
pub(crate) fn property(schema: &Map<String, Value>) -> Option<&str> {
    match schema.get(KEYWORD)? {
        Value::String(name) => Some(name),
        discriminator => discriminator.get("propertyName")?.as_str(),
    }
}

/// The keyword whose branches a discriminator in the schema chooses from.
pub(crate) fn union(schema: &Map<String, Value>) -> Option<&'static str> {
    ["oneOf", "anyOf"]
        .into_iter()
        .find(|keyword| schema.contains_key(*keyword))
}
