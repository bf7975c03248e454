//! One schema, from OpenAPI's words to those of JSON Schema: draft 4 for 2.0 and 3.0, 2020-12 for 3.1.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::discriminator::{self, Discriminators};
use super::view::View;
use super::{ecma, null, older};
use crate::document::{Document, Kind, Member, Shape, Version, members, reference};
use crate::text::Location;

/// The keywords of both dialects that hold no schemas.
const PLAIN: &[&str] = &[
    "type",
    "enum",
    "multipleOf",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "maxProperties",
    "minProperties",
    "required",
    "format",
];

/// Those that came later.
const PLAIN_2020: &[&str] = &[
    "$ref",
    "$dynamicRef",
    "$dynamicAnchor",
    "const",
    "minContains",
    "maxContains",
    "dependentRequired",
];

/// Translates schemas as one view sees them.
pub(crate) struct Translator<'a> {
    document: &'a Document,
    view: View,
    /// Whether the view hides anything at all.
    hides: bool,
    discriminators: &'a Discriminators<'a>,
}

impl<'a> Translator<'a> {
    /// A translator for the schemas of `document` as `view` sees them.
    pub fn new(
        document: &'a Document,
        discriminators: &'a Discriminators<'a>,
        view: View,
    ) -> Translator<'a> {
        Translator {
            document,
            view,
            hides: view.matters(document),
            discriminators,
        }
    }

    /// The schema at `location`.
    pub fn translate(&self, location: &Location) -> Value {
        let author = self.document.value(location).unwrap_or(&Value::Null);
        self.schema(location, author, &HashSet::new())
    }

    /// The schema `author` at `location`; `hidden` are the properties that the schema around it hides.
    fn schema(&self, location: &Location, author: &Value, hidden: &HashSet<String>) -> Value {
        let Value::Object(author) = author else {
            return author.clone();
        };
        if let (Some(reference @ Value::String(_)), true) = (author.get("$ref"), self.is_draft4()) {
            let reference = ("$ref".to_owned(), escaped(reference));
            return self.nullable(location, author, Map::from_iter([reference]));
        }
        let mut hidden = hidden.clone();
        let has_parts = |keyword: &String| keyword == "required" || is_composition(keyword);
        if self.hides && author.keys().any(has_parts) {
            hidden.extend(self.view.hidden(self.document, location));
        }
        let keywords = author.iter();
        let keywords = keywords.filter_map(|(name, value)| {
            Some((name.clone(), self.keyword(location, name, value, &hidden)?))
        });
        let mut schema = self.addressed(location, keywords.collect());
        if !self.is_draft4() {
            older::modernize(self.document.json_schema(location), &mut schema);
        }
        if let Some(annotation) = self.discriminators.annotation(location) {
            schema.insert(discriminator::KEYWORD.to_owned(), annotation);
        }
        let mut schema = self.nullable(location, author, schema);
        if self.is_draft4() {
            without_empty_lists(&mut schema);
        }
        schema
    }

    /// The schema with its URI as `$id`, where a validator has to keep track of the resources that it goes through.
    fn addressed(&self, location: &Location, mut schema: Map<String, Value>) -> Map<String, Value> {
        let identifiers = self.document.schema_ids();
        if identifiers.is_dynamic() && identifiers.scope(location).as_ref() == Some(location) {
            let address = reference::resource_address(location);
            schema.insert("$id".to_owned(), Value::String(address));
        }
        schema
    }

    /// A reference as a URI; validators take no other. Names are replaced by what they mean.
    fn reference(&self, location: &Location, value: &Value) -> Value {
        let document = self.document;
        let is_moved = !document.schema_ids().is_empty() || document.has_older_schemas();
        let (Some(text), true) = (value.as_str(), is_moved) else {
            return escaped(value);
        };
        match self.document.target(location, text) {
            Ok(target) if !reference::is_meta_schema(&target.file) => {
                self.address(location, &target).into()
            }
            _ => escaped(value),
        }
    }

    /// A `$ref` from a schema at `location` to the one at `target`.
    pub fn reference_to(&self, location: &Location, target: &Location) -> String {
        reference::escaped(&self.address(location, target))
    }

    fn address(&self, location: &Location, target: &Location) -> String {
        let target = &older::moved(self.document, target);
        let identifiers = self.document.schema_ids();
        let scope = identifiers.scope(target);
        match scope.filter(|_| identifiers.is_dynamic()) {
            Some(scope) => reference::address_in(&scope, target),
            None if identifiers.is_dynamic() || location.file != target.file => {
                reference::address(target)
            }
            None => reference::pointer(target),
        }
    }

    /// `$dynamicRef` goes by name where the name is a dynamic one.
    fn dynamic_reference(&self, location: &Location, value: &Value) -> Value {
        let named = || {
            let text = value.as_str()?;
            let (_, name) = text.split_once('#')?;
            let target = self.document.target(location, text).ok()?;
            let anchor = self.document.value(&target)?.get("$dynamicAnchor")?;
            let scope = self.document.schema_ids().scope(&target)?;
            (anchor == name).then(|| format!("{}#{name}", reference::resource_address(&scope)))
        };
        named().map_or_else(|| self.reference(location, value), Value::String)
    }

    fn is_draft4(&self) -> bool {
        self.document.version() != Version::OpenApi31
    }

    fn nullable(
        &self,
        location: &Location,
        author: &Map<String, Value>,
        schema: Map<String, Value>,
    ) -> Value {
        // OpenAPI 3.1 writes null as JSON Schema does.
        if self.is_draft4() && null::is_nullable(author) {
            return null::admit(self.document, location, schema);
        }
        Value::Object(schema)
    }

    /// One keyword; none if it is no check.
    fn keyword(
        &self,
        location: &Location,
        name: &str,
        value: &Value,
        hidden: &HashSet<String>,
    ) -> Option<Value> {
        let known = members(Kind::Schema, self.document.version())
            .iter()
            .find(|member| member.name == name);
        if let Some(member) = known {
            return Some(self.inner(&location.member(name), member, value, hidden));
        }
        let is_plain = PLAIN.contains(&name) || !self.is_draft4() && PLAIN_2020.contains(&name);
        if is_plain {
            self.plain(location, name, value, hidden)
        } else {
            None
        }
    }

    fn plain(
        &self,
        location: &Location,
        name: &str,
        value: &Value,
        hidden: &HashSet<String>,
    ) -> Option<Value> {
        match (name, value) {
            ("required", Value::Array(names)) => required(names, hidden),
            ("dependentRequired", Value::Object(lists)) => {
                let lists = lists.iter().filter_map(|(name, names)| {
                    Some((name.clone(), required(names.as_array()?, hidden)?))
                });
                Some(Value::Object(lists.collect()))
            }
            // In a parameter or header of Swagger 2.0 it is a flag of the parameter, not a list of the schema.
            ("required", _) => None,
            // A file of Swagger 2.0 is not JSON.
            ("type", Value::String(name)) if name == "file" => None,
            ("pattern", Value::String(pattern)) => Some(engine_pattern(pattern).into()),
            ("$ref", reference) => Some(self.reference(location, reference)),
            ("$dynamicRef", reference) => Some(self.dynamic_reference(location, reference)),
            // Without a dynamic reference the anchor has no effect.
            ("$dynamicAnchor", _) if !self.document.schema_ids().is_dynamic() => None,
            ("enum", Value::Array(values)) if self.is_draft4() => Some(distinct(values)),
            _ => Some(value.clone()),
        }
    }

    fn inner(
        &self,
        location: &Location,
        member: &Member,
        value: &Value,
        hidden: &HashSet<String>,
    ) -> Value {
        let nothing = HashSet::new();
        // The parts of a composition describe the same object: no part may require what another one hides.
        let hidden = if is_composition(member.name) {
            hidden
        } else {
            &nothing
        };
        match (member.shape, value) {
            (Shape::Map(_), Value::Object(values)) => {
                let schemas = values.iter().map(|(name, value)| {
                    let key = match member.name {
                        "patternProperties" => {
                            spec_first::schema::name_pattern(&engine_pattern(name))
                        }
                        _ => name.clone(),
                    };
                    (key, self.named(&location.member(name), member.name, value))
                });
                Value::Object(schemas.collect())
            }
            (Shape::List(_) | Shape::OneOrList(_), Value::Array(values)) => {
                let values = values.iter().enumerate();
                values
                    .map(|(index, value)| self.schema(&location.element(index), value, hidden))
                    .collect()
            }
            _ => self.schema(location, value, hidden),
        }
    }

    /// The schema `author` at `location`, under `properties` or the like.
    fn named(&self, location: &Location, keyword: &str, author: &Value) -> Value {
        // `dependencies` of draft 4 may be lists of names, which are no schemas and stay what they are.
        let mut schema = self.schema(location, author, &HashSet::new());
        let may_hide = self.hides && keyword == "properties";
        if may_hide && self.view.hides(self.document, location, author) {
            match self.view {
                View::Request => self.mark(&mut schema),
                View::Response => forbid(&mut schema),
            }
        }
        schema
    }

    /// Marks a member as one for responses alone, so that the server can reject it in a request.
    fn mark(&self, schema: &mut Value) {
        if self.is_draft4() && schema.get("$ref").is_some() {
            *schema = json!({ "allOf": [schema.take()] });
        }
        if let Value::Object(members) = schema {
            members.insert("readOnly".to_owned(), Value::Bool(true));
        }
    }
}

/// Draft 4 has no empty lists: `allOf` without schemas accepts everything, `enum` without values nothing.
fn without_empty_lists(schema: &mut Value) {
    let Value::Object(members) = schema else {
        return;
    };
    let is_empty = |value: &Value| value.as_array().is_some_and(Vec::is_empty);
    if members.get("allOf").is_some_and(is_empty) {
        members.remove("allOf");
    }
    if members.get("enum").is_some_and(is_empty) {
        members.remove("enum");
        members.insert("not".to_owned(), json!({}));
    }
}

/// The pattern as the engine takes it; one that is wrong is a fault elsewhere.
fn engine_pattern(pattern: &str) -> String {
    ecma::translate(pattern).unwrap_or_else(|_| pattern.to_owned())
}

/// Makes the schema accept nothing, and keeps the parts that other schemas may refer to.
fn forbid(schema: &mut Value) {
    match schema {
        Value::Object(members) if !members.contains_key("$ref") => {
            members.insert("not".to_owned(), json!({}));
        }
        _ => *schema = json!({ "not": {} }),
    }
}

/// Whether the schemas under the keyword describe the same object and have to match it; `if` does not have to.
fn is_composition(keyword: &str) -> bool {
    matches!(keyword, "allOf" | "anyOf" | "oneOf" | "then" | "else")
}

/// `required` without the hidden names; draft 4 allows neither an empty list nor a name twice.
fn required(names: &[Value], hidden: &HashSet<String>) -> Option<Value> {
    let shown = names
        .iter()
        .filter(|name| !name.as_str().is_some_and(|name| hidden.contains(name)));
    let names = distinct(&shown.cloned().collect::<Vec<_>>());
    names
        .as_array()
        .is_some_and(|names| !names.is_empty())
        .then_some(names)
}

fn escaped(reference: &Value) -> Value {
    reference.as_str().map_or(Value::Null, |reference| {
        Value::String(reference::escaped(reference))
    })
}

/// The values, each once, as draft 4 requires.
fn distinct(values: &[Value]) -> Value {
    let mut seen = HashSet::new();
    values
        .iter()
        .filter(|value| seen.insert(value.to_string()))
        .cloned()
        .collect()
}
