//! `nullable` and `x-nullable`: null is accepted as well, and every other pointer into the schema stays what it was.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::discriminator;
use crate::document::{Document, Version};
use crate::text::Location;

/// How deep schemas inside each other, over `$ref`s, are searched for one that rejects null.
const DEEPEST: usize = 100;

/// Whether OpenAPI's own words let null in beside what the schema says.
pub(crate) fn is_nullable(schema: &Map<String, Value>) -> bool {
    ["nullable", "x-nullable"]
        .iter()
        .any(|name| schema.get(*name) == Some(&Value::Bool(true)))
}

/// Makes the translated schema at `location` of `document` accept null.
pub(super) fn admit(document: &Document, location: &Location, schema: Map<String, Value>) -> Value {
    if schema.contains_key("$ref") {
        return json!({ "anyOf": [only_null(), schema] });
    }
    let mut schema = schema;
    admit_type(&mut schema);
    admit_value(&mut schema);
    admit_everywhere(document, location, &mut schema);
    admit_branch(document, location, &mut schema);
    Value::Object(schema)
}

fn only_null() -> Value {
    json!({ "enum": [null] })
}

fn admit_type(schema: &mut Map<String, Value>) {
    let names = match schema.get_mut("type") {
        Some(Value::String(name)) => json!([name, "null"]),
        Some(Value::Array(names)) if !names.iter().any(|name| name == "null") => {
            names.push(json!("null"));
            return;
        }
        _ => return,
    };
    schema.insert("type".to_owned(), names);
}

fn admit_value(schema: &mut Map<String, Value>) {
    if let Some(Value::Array(values)) = schema.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
}

/// `allOf`: each part has to accept null.
fn admit_everywhere(document: &Document, location: &Location, schema: &mut Map<String, Value>) {
    let list = location.member("allOf");
    let Some(Value::Array(parts)) = schema.get_mut("allOf") else {
        return;
    };
    for (index, part) in parts.iter_mut().enumerate() {
        if let Value::Object(members) = part {
            *part = admit(document, &list.element(index), std::mem::take(members));
        }
    }
}

/// `anyOf`: one more branch; `oneOf`: one more, unless a branch takes null already.
fn admit_branch(document: &Document, location: &Location, schema: &mut Map<String, Value>) {
    if let Some(Value::Array(branches)) = schema.get_mut("anyOf") {
        branches.push(only_null());
    }
    let taken = NullTakers::new(document).count(&location.member("oneOf"));
    let Some(Value::Array(branches)) = schema.get_mut("oneOf") else {
        return;
    };
    if taken == 0 {
        branches.push(only_null());
    }
    if taken > 1 {
        let branches = std::mem::take(branches);
        schema.remove("oneOf");
        let mut union = json!({ "oneOf": branches });
        if let Some(discriminator) = schema.shift_remove(discriminator::KEYWORD) {
            union[discriminator::KEYWORD] = discriminator;
        }
        let either = json!({ "anyOf": [only_null(), union] });
        let parts = schema.entry("allOf").or_insert_with(|| json!([]));
        if let Value::Array(parts) = parts {
            parts.push(either);
        }
    }
}

/// Whether the schema at `location` accepts null.
pub(crate) fn accepts(document: &Document, location: &Location) -> bool {
    NullTakers::new(document).accepts(location)
}

/// Which schemas, as their author wrote them, accept null.
struct NullTakers<'a> {
    document: &'a Document,
    /// Whether a schema accepts null. One that contains itself does, as far as that part is concerned.
    known: HashMap<Location, bool>,
    depth: usize,
}

impl NullTakers<'_> {
    fn new(document: &Document) -> NullTakers<'_> {
        NullTakers {
            document,
            known: HashMap::new(),
            depth: 0,
        }
    }

    /// How many schemas of the list accept null.
    fn count(&mut self, list: &Location) -> usize {
        self.document
            .elements(list)
            .filter(|branch| self.accepts(branch))
            .count()
    }

    fn accepts(&mut self, location: &Location) -> bool {
        let written = self.document.value(location).and_then(Value::as_object);
        if written.is_some_and(is_nullable) && self.document.version() != Version::OpenApi31 {
            return true;
        }
        let Some((location, value)) = self.document.resolved(location) else {
            return true;
        };
        let Value::Object(schema) = value else {
            return value != &Value::Bool(false);
        };
        if let Some(known) = self.known.get(&location) {
            return *known;
        }
        if self.depth >= DEEPEST {
            return true;
        }
        self.known.insert(location.clone(), true);
        self.depth += 1;
        let accepts = is_nullable(schema) || self.keywords_accept(&location, schema);
        self.depth -= 1;
        self.known.insert(location, accepts);
        accepts
    }

    fn keywords_accept(&mut self, location: &Location, schema: &Map<String, Value>) -> bool {
        let typed = match schema.get("type") {
            Some(Value::String(name)) => name == "null",
            Some(Value::Array(names)) => names.iter().any(|name| name == "null"),
            _ => true,
        };
        let listed = schema
            .get("enum")
            .and_then(Value::as_array)
            .is_none_or(|values| values.contains(&Value::Null));
        let size = |keyword: &str| schema.get(keyword).and_then(Value::as_array).map(Vec::len);
        typed
            && listed
            && size("allOf").is_none_or(|all| self.count(&location.member("allOf")) == all)
            && size("anyOf").is_none_or(|_| self.count(&location.member("anyOf")) > 0)
            && size("oneOf").is_none_or(|_| self.count(&location.member("oneOf")) == 1)
            && !(schema.contains_key("not") && self.accepts(&location.member("not")))
    }
}
