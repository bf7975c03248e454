//! What several schemas demand of one value: those joined by `$ref`, `allOf` and the chosen branches of unions.

use std::slice;

use serde_json::{Map, Value, json};
use spec_first::schema::{Checks, Schema};

use super::subtypes::Subtypes;
use crate::document::Document;
use crate::text::Location;

/// The translated schemas of a document, by file.
#[derive(Clone, Copy)]
pub struct Schemas<'a> {
    pub document: &'a Document,
    pub files: &'a Value,
    pub subtypes: &'a Subtypes,
}

impl<'a> Schemas<'a> {
    /// The schema at `at`; null where there is none.
    pub fn at(self, at: &Location) -> &'a Value {
        let schema = self.files[&*at.file].pointer(&at.pointer);
        schema.unwrap_or(&Value::Null)
    }
}

/// Alternatives of which one is chosen.
#[derive(Clone, Debug)]
pub struct Union {
    /// The schemas of each branch.
    pub branches: Vec<Vec<Location>>,
    /// The discriminator's property, and the names of each branch.
    pub names: Option<(String, Vec<Value>)>,
}

impl Union {
    /// Whether the discriminator allows the branch for `value`; without one, every branch.
    pub fn may_choose(&self, index: usize, value: &Value) -> bool {
        let Some((property, names)) = &self.names else {
            return true;
        };
        let names = names.get(index).and_then(Value::as_array);
        let (Some(names), Some(name)) = (names, value.get(property)) else {
            return true;
        };
        names.is_empty() || names.contains(name)
    }
}

/// Schemas that one value has to follow, without those of unions that are still to be chosen from.
#[derive(Clone)]
pub struct Node<'a> {
    pub schemas: Schemas<'a>,
    /// The schemas, those that others refer to first, as the members of a generated struct are ordered.
    pub parts: Vec<(Location, &'a Map<String, Value>)>,
    pub unions: Vec<Union>,
    /// Names that discriminators demand: the property, and the names that it may have.
    pub names: Vec<(String, Vec<Value>)>,
}

impl<'a> Node<'a> {
    /// The node of the schemas at `places`; none if one of them accepts nothing.
    pub fn new(schemas: Schemas<'a>, places: &[Location]) -> Option<Self> {
        let mut node = Node {
            schemas,
            parts: Vec::new(),
            unions: Vec::new(),
            names: Vec::new(),
        };
        node.join_all(places).then_some(node)
    }

    /// Adds schemas; false if one of them accepts nothing.
    pub fn join_all(&mut self, places: &[Location]) -> bool {
        let mut open = Vec::new();
        places.iter().all(|at| self.join(at, &mut open))
    }

    /// Adds the schema at `at`; `open` are those that lead to it.
    fn join(&mut self, at: &Location, open: &mut Vec<Location>) -> bool {
        let schema = match self.schemas.at(at) {
            Value::Object(schema) => schema,
            other => return other != &Value::Bool(false),
        };
        if open.contains(at) || self.parts.iter().any(|(known, _)| known == at) {
            return true;
        }
        open.push(at.clone());
        let target = schema.get("$ref").and_then(Value::as_str);
        let target = target.and_then(|it| self.schemas.document.target(at, it).ok());
        let all = elements(schema, "allOf").map(|index| at.member("allOf").element(index));
        let mut places = target.into_iter().chain(all);
        let joined = places.all(|place| self.join(&place, open));
        open.pop();
        self.unions.extend(unions(at, schema));
        let discriminator = schema.get("discriminator");
        if let Some(names) = discriminator.and_then(|it| it["names"].as_array())
            && let Some(property) = discriminator.and_then(|it| it["propertyName"].as_str())
        {
            self.names.push((property.to_owned(), names.clone()));
        }
        self.parts.push((at.clone(), schema));
        joined
    }

    /// The values of a keyword in all schemas.
    pub fn all(&self, keyword: &str) -> impl Iterator<Item = &'a Value> {
        let values = self.parts.iter().map(|(_, schema)| schema.get(keyword));
        values.collect::<Vec<_>>().into_iter().flatten()
    }

    /// The greatest of the lower bounds that a keyword gives.
    pub fn at_least(&self, keyword: &str) -> Option<u64> {
        self.all(keyword).filter_map(count).max()
    }

    /// The least of the upper bounds that a keyword gives.
    pub fn at_most(&self, keyword: &str) -> Option<u64> {
        self.all(keyword).filter_map(count).min()
    }

    /// Whether a flag is set in any of the schemas.
    pub fn is_set(&self, keyword: &str) -> bool {
        self.all(keyword).any(|value| value == &Value::Bool(true))
    }

    /// The types that all schemas admit, null last; those that the keywords suggest if none is written.
    pub fn types(&self) -> Vec<&'static str> {
        let written: Vec<_> = self.all("type").map(names).collect();
        if written.is_empty() {
            return self.implied();
        }
        let admits = |name: &&str| {
            written.iter().all(|names| {
                names.contains(name) || *name == "integer" && names.contains(&"number")
            })
        };
        TYPES.into_iter().filter(admits).collect()
    }

    fn implied(&self) -> Vec<&'static str> {
        let has = |keywords: &[&str]| {
            let mut keywords = keywords.iter();
            keywords.any(|keyword| self.all(keyword).next().is_some())
        };
        let implied = [
            (
                "object",
                has(&[
                    "properties",
                    "required",
                    "additionalProperties",
                    "minProperties",
                    "patternProperties",
                ]),
            ),
            (
                "array",
                has(&["items", "prefixItems", "minItems", "contains"]),
            ),
            (
                "string",
                has(&["pattern", "format", "minLength", "maxLength"]),
            ),
            ("number", has(&["minimum", "maximum", "multipleOf"])),
        ];
        let suggested = implied.iter().filter(|(_, is_implied)| *is_implied);
        let others = ["null", "string", "integer", "boolean", "object", "array"];
        let mut types: Vec<_> = suggested.map(|(name, _)| *name).collect();
        types.extend(others);
        types
    }

    /// The members that the schemas describe, in the order in which a generated type writes them: a member that a branch of a
    /// union names, too, is written with the branch.
    pub fn declared(&self) -> Vec<String> {
        let mut declared: Vec<String> = Vec::new();
        let mut last: Vec<String> = Vec::new();
        for (at, schema) in &self.parts {
            let described = schema.get("properties").and_then(Value::as_object);
            let of_branches = described.map(|_| self.of_branches(at, schema));
            for name in described.into_iter().flat_map(Map::keys) {
                let is_shared = of_branches.iter().flatten().any(|other| other == name);
                let list = if is_shared { &mut last } else { &mut declared };
                if !list.contains(name) {
                    list.push(name.clone());
                }
            }
        }
        let last = last.into_iter().filter(|name| !declared.contains(name));
        let last: Vec<_> = last.collect();
        declared.extend(last);
        declared
    }

    /// The members in the order in which the type for `object` writes them: first those of the subtype that it names, if it names one.
    pub fn order(&self, object: &Map<String, Value>) -> Vec<String> {
        let mut parts = self.parts.iter();
        let subtype = parts.find_map(|(at, _)| self.schemas.subtypes.named(at, object));
        let subtype = subtype.and_then(|at| Node::new(self.schemas, slice::from_ref(at)));
        let mut order = subtype
            .map(|subtype| subtype.declared())
            .unwrap_or_default();
        let declared = self.declared().into_iter();
        let others = declared.filter(|name| !order.contains(name));
        let others: Vec<_> = others.collect();
        order.extend(others);
        order
    }

    /// The members that the branches of a schema's union describe or require; none if they do nothing but require some.
    fn of_branches(&self, at: &Location, schema: &Map<String, Value>) -> Vec<String> {
        let lists = ["oneOf", "anyOf"].into_iter();
        let branches = lists.flat_map(|keyword| {
            let list = at.member(keyword);
            elements(schema, keyword).map(move |index| list.element(index))
        });
        let nodes: Vec<_> = branches
            .filter_map(|branch| Node::new(self.schemas, &[branch]))
            .collect();
        let described = nodes.iter().flat_map(|node| node.all("properties"));
        let described = described.filter_map(Value::as_object).flat_map(Map::keys);
        let mut names: Vec<_> = described.cloned().collect();
        if !names.is_empty() {
            let required = nodes.iter().flat_map(|node| node.all("required"));
            let required = required.filter_map(Value::as_array).flatten();
            names.extend(required.filter_map(Value::as_str).map(str::to_owned));
        }
        names
    }

    /// The schemas of the member `name`; none if no such member is allowed.
    pub fn member(&self, name: &str) -> Vec<Location> {
        let parts = self.parts.iter();
        parts
            .flat_map(|(at, schema)| member(at, schema, name))
            .collect()
    }

    /// The schemas of the element at `index`.
    pub fn element(&self, index: usize) -> Vec<Location> {
        let parts = self.parts.iter();
        parts
            .flat_map(|(at, schema)| element(at, schema, index))
            .collect()
    }
}

/// From the most informative to the least.
const TYPES: [&str; 7] = [
    "object", "array", "string", "integer", "number", "boolean", "null",
];

fn names(value: &Value) -> Vec<&str> {
    match value {
        Value::String(name) => vec![name.as_str()],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn count(value: &Value) -> Option<u64> {
    let double = || value.as_f64().filter(|it| *it >= 0.0).map(|it| it as u64);
    value.as_u64().or_else(double)
}

/// The indices of a list of schemas.
fn elements(schema: &Map<String, Value>, keyword: &str) -> std::ops::Range<usize> {
    0..schema
        .get(keyword)
        .and_then(Value::as_array)
        .map_or(0, Vec::len)
}

/// The unions of a schema. `if` is one of two: with `then`, or with `else`.
fn unions(at: &Location, schema: &Map<String, Value>) -> Vec<Union> {
    let discriminator = schema.get("discriminator");
    let property = discriminator.and_then(|it| it["propertyName"].as_str());
    let names = discriminator.and_then(|it| it["branches"].as_array());
    let mut names = property.map(str::to_owned).zip(names.cloned());
    let mut unions = Vec::new();
    for keyword in ["oneOf", "anyOf"] {
        let branches = elements(schema, keyword);
        let branches = branches.map(|index| vec![at.member(keyword).element(index)]);
        let branches: Vec<_> = branches.collect();
        if !branches.is_empty() {
            unions.push(Union {
                branches,
                names: names.take(),
            });
        }
    }
    if schema.contains_key("if") {
        let with = |keywords: &[&str]| keywords.iter().map(|keyword| at.member(keyword)).collect();
        unions.push(Union {
            branches: vec![with(&["if", "then"]), with(&["else"])],
            names: None,
        });
    }
    unions
}

fn member(at: &Location, schema: &Map<String, Value>, name: &str) -> Vec<Location> {
    let mut places = Vec::new();
    let described = schema.get("properties").and_then(|it| it.get(name));
    if described.is_some() {
        places.push(at.member("properties").member(name));
    }
    let patterns = schema.get("patternProperties").and_then(Value::as_object);
    for pattern in patterns.into_iter().flat_map(Map::keys) {
        if matches(pattern, name) {
            places.push(at.member("patternProperties").member(pattern));
        }
    }
    if places.is_empty() && schema.contains_key("additionalProperties") {
        places.push(at.member("additionalProperties"));
    }
    places
}

fn element(at: &Location, schema: &Map<String, Value>, index: usize) -> Option<Location> {
    let items = at.member("items");
    let lists = ["prefixItems", "items"].into_iter();
    let mut lists = lists.filter(|keyword| schema.get(*keyword).is_some_and(Value::is_array));
    let listed = lists.find(|keyword| elements(schema, keyword).contains(&index));
    if let Some(keyword) = listed {
        return Some(at.member(keyword).element(index));
    }
    match schema.get("items")? {
        Value::Array(_) => schema
            .contains_key("additionalItems")
            .then(|| at.member("additionalItems")),
        _ => Some(items),
    }
}

/// Whether a pattern of ECMA-262 matches a text, by the server's own check.
pub fn matches(pattern: &str, text: &str) -> bool {
    let schema = json!({ "pattern": pattern });
    let dialect = crate::document::Version::OpenApi31.dialect();
    let compiled = Schema::compile(&schema, dialect, Checks::default());
    compiled.is_ok_and(|schema| schema.validate(text.into()).is_ok())
}
