//! Names in `required` that no `properties` declares. Each becomes a member of any value, so that a slip is easily overlooked.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::document::{Document, Kind};
use crate::text::{Fault, Location, hint};

/// The keywords whose schemas describe the same object, whatever it is.
const ALWAYS: [&str; 1] = ["allOf"];

/// Those whose schemas may describe the same object.
const SOMETIMES: [&str; 6] = ["anyOf", "oneOf", "if", "then", "else", "dependentSchemas"];

/// A warning for each name that is required and not declared.
pub(super) fn warnings(document: &Document) -> Vec<Fault> {
    let family = Family::new(document);
    let mut warnings = Vec::new();
    for (location, schema) in schemas(document) {
        let names = schema.get("required").and_then(Value::as_array);
        let Some(names) = names.filter(|names| !names.is_empty()) else {
            continue;
        };
        let relatives = family.relatives(location);
        // What is excluded needs no declaration.
        if relatives.iter().any(|it| family.excluded.contains(it)) {
            continue;
        }
        let declared = Declared::new(document, &relatives);
        for (index, name) in names.iter().enumerate() {
            let place = location.member("required").element(index);
            let text = name.as_str().and_then(|name| declared.missing(name));
            warnings.extend(text.map(|text| document.fault(&place, text)));
        }
    }
    warnings
}

fn schemas(document: &Document) -> impl Iterator<Item = (&Location, &Map<String, Value>)> {
    let places = document.places().iter();
    let schemas = places.filter(|place| place.kind == Kind::Schema);
    schemas.filter_map(|place| {
        let schema = document.value(&place.location)?.as_object()?;
        Some((&place.location, schema))
    })
}

/// Which schemas describe the same object as others.
struct Family {
    /// By `allOf` or `$ref`.
    parts: HashMap<Location, Vec<Location>>,
    /// By any keyword.
    branches: HashMap<Location, Vec<Location>>,
    owners: HashMap<Location, Vec<Location>>,
    /// The schemas under `not`.
    excluded: HashSet<Location>,
}

impl Family {
    fn new(document: &Document) -> Family {
        let mut family = Family {
            parts: HashMap::new(),
            branches: HashMap::new(),
            owners: HashMap::new(),
            excluded: HashSet::new(),
        };
        for (location, schema) in schemas(document) {
            family.add(document, location, schema);
        }
        family
    }

    fn add(&mut self, document: &Document, location: &Location, schema: &Map<String, Value>) {
        if schema.contains_key("not") {
            self.excluded.insert(location.member("not"));
        }
        let reference = schema.get("$ref").and_then(Value::as_str);
        let target = reference.and_then(|it| document.target(location, it).ok());
        let parts = ALWAYS
            .iter()
            .flat_map(|keyword| inner(location, schema, keyword));
        let parts: Vec<_> = parts.chain(target).collect();
        let branches = SOMETIMES
            .iter()
            .flat_map(|keyword| inner(location, schema, keyword));
        let branches: Vec<_> = branches.chain(parts.iter().cloned()).collect();
        for branch in &branches {
            let owners = self.owners.entry(branch.clone()).or_default();
            owners.push(location.clone());
        }
        self.parts.insert(location.clone(), parts);
        self.branches.insert(location.clone(), branches);
    }

    /// The schemas that may declare what the one at `location` requires: all inside of it, all that it is part of, and theirs,
    /// except the other branches of a union.
    fn relatives(&self, location: &Location) -> HashSet<Location> {
        let own = closure(&self.branches, [location.clone()]);
        let owners = closure(&self.owners, [location.clone()]);
        let mut relatives = closure(&self.parts, owners);
        relatives.extend(own);
        relatives
    }
}

/// The schemas that the keyword holds.
fn inner(location: &Location, schema: &Map<String, Value>, keyword: &str) -> Vec<Location> {
    let place = location.member(keyword);
    match schema.get(keyword) {
        Some(Value::Array(schemas)) => (0..schemas.len())
            .map(|index| place.element(index))
            .collect(),
        Some(Value::Object(schemas)) if keyword == "dependentSchemas" => {
            schemas.keys().map(|name| place.member(name)).collect()
        }
        Some(Value::Object(_)) => vec![place],
        _ => Vec::new(),
    }
}

/// Everything that `start` leads to, itself included.
fn closure(
    edges: &HashMap<Location, Vec<Location>>,
    start: impl IntoIterator<Item = Location>,
) -> HashSet<Location> {
    let mut ahead: Vec<_> = start.into_iter().collect();
    let mut seen = HashSet::new();
    while let Some(here) = ahead.pop() {
        if seen.insert(here.clone()) {
            ahead.extend(edges.get(&here).into_iter().flatten().cloned());
        }
    }
    seen
}

/// What several schemas declare together.
struct Declared<'a> {
    names: Vec<&'a str>,
    /// Whether any name is described, by `additionalProperties` or by a pattern.
    is_open: bool,
    /// Whether no other name is allowed.
    is_closed: bool,
}

impl<'a> Declared<'a> {
    fn new(document: &'a Document, places: &HashSet<Location>) -> Declared<'a> {
        let mut declared = Declared {
            names: Vec::new(),
            is_open: false,
            is_closed: false,
        };
        for place in places {
            let Some(Value::Object(schema)) = document.value(place) else {
                // A place outside of the document may declare anything.
                declared.is_open |= document.value(place).is_none();
                continue;
            };
            let properties = schema.get("properties").and_then(Value::as_object);
            declared.names.extend(
                properties
                    .into_iter()
                    .flat_map(|it| it.keys().map(String::as_str)),
            );
            declared.is_open |= has_other_properties(schema);
            declared.is_closed |= schema.get("additionalProperties") == Some(&Value::Bool(false));
        }
        declared.names.sort_unstable();
        declared
    }

    /// What is wrong with a required name, if it is not declared.
    fn missing(&self, name: &str) -> Option<String> {
        if self.is_open || self.names.contains(&name) {
            return None;
        }
        let hint = hint(name, self.names.iter().copied());
        let advice = match hint.as_str() {
            "" => " Declare it under `properties`, or remove it.",
            hint => hint,
        };
        let effect = match self.is_closed {
            true => "no object is valid",
            false => "any value is accepted for it",
        };
        Some(format!(
            "`{name}` is required, but no `properties` declares it, so {effect}.{advice}"
        ))
    }
}

/// Whether a schema describes properties that it does not name, or takes them from a schema that is found at run time.
fn has_other_properties(schema: &Map<String, Value>) -> bool {
    let describes = |keyword: &str| {
        let value = schema.get(keyword);
        value.is_some_and(|value| value.is_object() || *value == Value::Bool(true))
    };
    [
        "additionalProperties",
        "unevaluatedProperties",
        "patternProperties",
    ]
    .iter()
    .any(|keyword| describes(keyword))
        || schema.contains_key("$dynamicRef")
}
