//! What `readOnly` and `writeOnly` mean for a request and for a response.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::document::{Document, Version, reference};
use crate::text::Location;

/// The side from which schemas are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    /// The server reads.
    Request,
    /// The server writes.
    Response,
}

impl View {
    /// The name of the view in the contract.
    pub fn name(self) -> &'static str {
        match self {
            View::Request => "requests",
            View::Response => "responses",
        }
    }

    /// The keyword that hides a property from this side.
    fn keyword(self) -> &'static str {
        match self {
            View::Request => "readOnly",
            View::Response => "writeOnly",
        }
    }

    /// Whether anything in the document may be hidden from this side; in most documents nothing is.
    pub fn matters(self, document: &Document) -> bool {
        let files = document.files().map(Location::root);
        files
            .filter_map(|file| document.value(&file))
            .any(|root| mentions(root, self.keyword()))
    }

    /// Whether a property with the schema `value` at `location` is not for this side.
    pub fn hides(self, document: &Document, location: &Location, value: &Value) -> bool {
        // Swagger 2.0 has no `writeOnly`.
        let known = self == View::Request || document.version() != Version::Swagger2;
        known && self.is_flagged(document, location, value)
    }

    fn is_flagged(self, document: &Document, location: &Location, value: &Value) -> bool {
        let refers = reference::of(value).is_some();
        // OpenAPI 3.1 reads the flag next to a `$ref`; the versions before read it only at the target.
        let counts = !refers || document.version() == Version::OpenApi31;
        if counts && value.get(self.keyword()) == Some(&Value::Bool(true)) {
            return true;
        }
        if !refers && value.get("allOf").is_none() {
            return false;
        }
        parts(document, location)
            .iter()
            .any(|(_, schema)| schema.get(self.keyword()) == Some(&Value::Bool(true)))
    }

    /// The properties that are not for this side, of the schema at `location` and of all that it is composed of.
    pub fn hidden(self, document: &Document, location: &Location) -> HashSet<String> {
        let mut names = HashSet::new();
        for (location, schema) in parts(document, location) {
            let list = location.member("properties");
            let properties = schema
                .get("properties")
                .and_then(Value::as_object)
                .into_iter()
                .flatten();
            let hidden =
                properties.filter(|(name, value)| self.hides(document, &list.member(name), value));
            names.extend(hidden.map(|(name, _)| name.clone()));
        }
        names
    }
}

/// The schema at `location` and all that `$ref` and `allOf` join to it, each once.
fn parts<'a>(
    document: &'a Document,
    location: &Location,
) -> Vec<(Location, &'a Map<String, Value>)> {
    let mut seen = HashSet::new();
    let mut ahead = vec![location.clone()];
    let mut parts = Vec::new();
    while let Some(next) = ahead.pop() {
        let Some((location, Value::Object(schema))) = document.resolved(&next) else {
            continue;
        };
        if seen.insert(location.clone()) {
            ahead.extend(document.elements(&location.member("allOf")));
            parts.push((location, schema));
        }
    }
    parts
}

/// Whether an object anywhere in `value` has a member `name`.
fn mentions(value: &Value, name: &str) -> bool {
    match value {
        Value::Object(members) => members
            .iter()
            .any(|(member, value)| member == name || mentions(value, name)),
        Value::Array(values) => values.iter().any(|value| mentions(value, name)),
        _ => false,
    }
}
