//! The JSON types that a schema admits, as far as its keywords name them.

use std::cell::RefCell;
use std::collections::HashMap;

use serde_json::Value;

use crate::document::{Document, Version};
use crate::text::Location;

/// How deep schemas inside each other, over `$ref`s, are read; a deeper one leaves the types open.
const DEEPEST: usize = 100;

/// The types of the schemas of a document.
pub(crate) struct Types<'a> {
    document: &'a Document,
    known: RefCell<HashMap<Location, Vec<String>>>,
}

impl<'a> Types<'a> {
    /// An empty cache for `document`.
    pub fn new(document: &'a Document) -> Types<'a> {
        Types {
            document,
            known: RefCell::default(),
        }
    }

    /// The types that the schema at `location` admits; none if it does not name any.
    pub fn of(&self, location: &Location) -> Vec<String> {
        if let Some(known) = self.known.borrow().get(location) {
            return known.clone();
        }
        let mut search = Search {
            document: self.document,
            known: HashMap::new(),
            depth: 0,
        };
        let types = search.of(location);
        self.known
            .borrow_mut()
            .insert(location.clone(), types.clone());
        types
    }
}

/// A search for the types of one schema. A schema that leads back to itself has none on the way, so that what is known of it
/// holds for this search alone.
struct Search<'a> {
    document: &'a Document,
    known: HashMap<Location, Vec<String>>,
    depth: usize,
}

impl Search<'_> {
    fn of(&mut self, location: &Location) -> Vec<String> {
        let Some((location, schema)) = self.document.resolved(location) else {
            return Vec::new();
        };
        if let Some(known) = self.known.get(&location) {
            return known.clone();
        }
        if self.depth >= DEEPEST {
            return Vec::new();
        }
        self.known.insert(location.clone(), Vec::new());
        self.depth += 1;
        let types = self.admitted(&location, schema);
        self.depth -= 1;
        self.known.insert(location, types.clone());
        types
    }

    fn admitted(&mut self, location: &Location, schema: &Value) -> Vec<String> {
        let own = written(schema);
        if !own.is_empty() {
            return own;
        }
        if let Some(types) = self
            .branches(location, "allOf")
            .into_iter()
            .find(|types| !types.is_empty())
        {
            return types;
        }
        for keyword in ["oneOf", "anyOf"] {
            let branches = self.branches(location, keyword);
            if !branches.is_empty() && branches.iter().all(|types| !types.is_empty()) {
                return union(branches.into_iter().flatten());
            }
        }
        let values = schema
            .get("enum")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .chain(schema.get("const"));
        union(values.map(|value| name(value).to_owned()))
    }

    fn branches(&mut self, location: &Location, keyword: &str) -> Vec<Vec<String>> {
        self.document
            .elements(&location.member(keyword))
            .map(|branch| self.of(&branch))
            .collect()
    }
}

/// The value of `type`, with `null` where `nullable` or `x-nullable` adds it.
fn written(schema: &Value) -> Vec<String> {
    let mut types = match schema.get("type") {
        Some(Value::String(name)) => vec![name.clone()],
        Some(Value::Array(names)) => names
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        _ => return Vec::new(),
    };
    let nullable = ["nullable", "x-nullable"]
        .iter()
        .any(|name| schema.get(name) == Some(&Value::Bool(true)));
    if nullable && !types.iter().any(|name| name == "null") {
        types.push("null".to_owned());
    }
    types
}

fn union(types: impl Iterator<Item = String>) -> Vec<String> {
    types.fold(Vec::new(), |mut known, name| {
        if !known.contains(&name) {
            known.push(name);
        }
        known
    })
}

/// The JSON type of a value: `integer` for a whole number that is written without a point.
pub(crate) fn name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// The value as the server reads it: from OpenAPI 3.1 on, a whole number is an integer, however it is written.
pub(crate) fn read(value: &Value, version: Version) -> Value {
    match value {
        Value::Number(number) if number.is_f64() => {
            let double = number.as_f64();
            double.map_or(Value::Null, |double| version.dialect().number(double))
        }
        Value::Array(values) => values.iter().map(|value| read(value, version)).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), read(value, version)))
            .collect(),
        _ => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::read;
    use crate::document::Version;

    #[test]
    fn a_whole_double_is_an_integer_by_version() {
        let written = json!([1.0, { "a": -2.0 }, 1.5, 1e300, "1.0"]);
        assert_eq!(read(&written, Version::OpenApi30), written);
        let expected = json!([1, { "a": -2 }, 1.5, 1e300, "1.0"]);
        assert_eq!(read(&written, Version::OpenApi31), expected);
    }
}
