//! Validation ends: no schema leads back to itself without a step into a property or an item of the value.
//!
//! Validators follow such a circle until the stack overflows, whatever the value. A recursive schema that takes a step into
//! the value on its way ends with the value, whose depth is limited.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use serde_json::Value;

use crate::document::{Document, Kind, Shape, Version, members, reference};
use crate::text::{Fault, Location};

/// The keywords whose schemas apply to the very value that the schema around them applies to.
const IN_PLACE: &[&str] = &[
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "dependentSchemas",
    "dependencies",
];

/// A fault for each circle: the shortest one through each reference that is part of any.
pub(super) fn check(document: &Document) -> Vec<Fault> {
    let links = Links::new(document);
    let mut known = BTreeSet::new();
    let circles = (0..links.links.len()).filter_map(|link| links.circle(link));
    let new = circles.filter(|circle| {
        let members: BTreeSet<_> = circle.iter().copied().collect();
        known.insert(members)
    });
    new.map(|circle| links.fault(document, &circle)).collect()
}

/// A reference in a schema, and a place that it leads to.
struct Link {
    schema: Location,
    keyword: &'static str,
    target: Location,
}

/// The references of a document, and to which others each leads without a step into the value.
struct Links {
    links: Vec<Link>,
    next: Vec<Vec<usize>>,
}

impl Links {
    fn new(document: &Document) -> Links {
        let links = links(document);
        let mut at: HashMap<&Location, Vec<usize>> = HashMap::new();
        for (index, link) in links.iter().enumerate() {
            at.entry(&link.schema).or_default().push(index);
        }
        let mut from: HashMap<&Location, Vec<usize>> = HashMap::new();
        for link in &links {
            from.entry(&link.target).or_insert_with(|| {
                let schemas = in_place(document, &link.target).into_iter();
                let links = schemas.filter_map(|schema| at.get(&schema));
                links.flatten().copied().collect()
            });
        }
        let next = links.iter().map(|link| from[&link.target].clone());
        let mut next: Vec<_> = next.collect();
        drop_dead_ends(&mut next);
        Links { links, next }
    }

    /// The shortest way from a reference back to itself, if there is one.
    fn circle(&self, start: usize) -> Option<Vec<usize>> {
        let mut previous = HashMap::new();
        let mut ahead = VecDeque::from([start]);
        while let Some(here) = ahead.pop_front() {
            for &there in &self.next[here] {
                if there == start {
                    return Some(way(&previous, start, here));
                }
                if let Entry::Vacant(way) = previous.entry(there) {
                    way.insert(here);
                    ahead.push_back(there);
                }
            }
        }
        None
    }

    fn fault(&self, document: &Document, circle: &[usize]) -> Fault {
        let links = || circle.iter().map(|link| &self.links[*link]);
        let first = &self.links[circle[0]];
        let place = |schema: &Location| match schema.file == first.schema.file {
            true => schema.pointer.clone(),
            false => schema.to_string(),
        };
        let places: Vec<_> = links()
            .chain([first])
            .map(|link| format!("`{}`", place(&link.schema)))
            .collect();
        let text = format!(
            "This `{}` leads back to itself without a step into a property or an item, so that validation of a value would never end: {}. \
             Replace one reference of the circle by what it should mean.",
            first.keyword,
            places.join(" → ")
        );
        document.fault(&first.schema.member(first.keyword), text)
    }
}

/// The references from `start` to `end`.
fn way(previous: &HashMap<usize, usize>, start: usize, end: usize) -> Vec<usize> {
    let mut way = vec![end];
    while let Some(before) = way.last().filter(|last| **last != start) {
        way.push(previous[before]);
    }
    way.reverse();
    way
}

/// Drops the references after which every way ends, so that only circles and the ways to them remain.
fn drop_dead_ends(next: &mut [Vec<usize>]) {
    loop {
        let is_open: Vec<_> = next.iter().map(|there| !there.is_empty()).collect();
        let count = |next: &[Vec<usize>]| next.iter().map(Vec::len).sum::<usize>();
        let before = count(next);
        for there in next.iter_mut() {
            there.retain(|link| is_open[*link]);
        }
        if count(next) == before {
            return;
        }
    }
}

/// All references in schemas.
fn links(document: &Document) -> Vec<Link> {
    let places = document.places().iter();
    let schemas = places.filter(|place| place.kind == Kind::Schema);
    let mut schemas: Vec<_> = schemas.map(|place| &place.location).collect();
    schemas.sort_by_cached_key(|schema| document.fault(schema, "").position());
    schemas
        .into_iter()
        .flat_map(|schema| links_at(document, schema))
        .collect()
}

fn links_at(document: &Document, schema: &Location) -> Vec<Link> {
    let link = |keyword, target| Link {
        schema: schema.clone(),
        keyword,
        target,
    };
    let Some(value) = document.value(schema) else {
        return Vec::new();
    };
    let fixed = reference::of(value).and_then(|text| document.target(schema, text).ok());
    let fixed = fixed.filter(|target| !is_inherited(document, schema, target));
    let fixed = fixed.map(|target| link("$ref", target));
    let dynamic = dynamic_targets(document, schema, value).into_iter();
    let dynamic = dynamic.map(|target| link("$dynamicRef", target));
    fixed.into_iter().chain(dynamic).collect()
}

/// Whether a branch of a union with a discriminator inherits from that union here: the name in the value has chosen the branch
/// already, so that its validation ends.
fn is_inherited(document: &Document, schema: &Location, union: &Location) -> bool {
    let Some(value) = document.value(union) else {
        return false;
    };
    let keywords = ["oneOf", "anyOf"].into_iter();
    let branches = keywords.flat_map(|keyword| document.elements(&union.member(keyword)));
    let mut targets = branches.filter_map(|branch| {
        let reference = reference::of(document.value(&branch)?)?;
        document.target(&branch, reference).ok()
    });
    value.get("discriminator").is_some_and(Value::is_object)
        && targets.any(|branch| {
            let inner = schema.pointer.strip_prefix(&branch.pointer);
            branch.file == schema.file && inner.is_some_and(|inner| inner.starts_with("/allOf/"))
        })
}

/// The schemas that a `$dynamicRef` may lead to: which one depends on the references before it.
fn dynamic_targets(document: &Document, schema: &Location, value: &Value) -> Vec<Location> {
    let text = value.get("$dynamicRef").and_then(Value::as_str);
    let Some(text) = text.filter(|_| document.version() == Version::OpenApi31) else {
        return Vec::new();
    };
    let Ok(target) = document.target(schema, text) else {
        return Vec::new();
    };
    let anchor = |at: &Location| document.value(at)?.get("$dynamicAnchor")?.as_str();
    let Some(name) = anchor(&target).filter(|name| text.ends_with(&format!("#{name}"))) else {
        return vec![target];
    };
    let places = document.places().iter();
    let schemas = places.filter(|place| place.kind == Kind::Schema);
    let named = schemas.filter(|place| anchor(&place.location) == Some(name));
    named.map(|place| place.location.clone()).collect()
}

/// The schema at `location`, and those inside of it that apply to the same value.
fn in_place(document: &Document, location: &Location) -> Vec<Location> {
    let mut found = Vec::new();
    let mut seen = HashSet::from([location.clone()]);
    let mut ahead = vec![location.clone()];
    while let Some(here) = ahead.pop() {
        let parts = parts(document, &here).into_iter();
        ahead.extend(parts.filter(|part| seen.insert(part.clone())));
        found.push(here);
    }
    found
}

fn parts(document: &Document, schema: &Location) -> Vec<Location> {
    let Some(Value::Object(author)) = document.value(schema) else {
        return Vec::new();
    };
    // Draft 4 ignores the siblings of a `$ref`.
    if document.version() != Version::OpenApi31 && author.get("$ref").is_some_and(Value::is_string)
    {
        return Vec::new();
    }
    let mut parts = Vec::new();
    for member in members(Kind::Schema, document.version()) {
        let is_unused = matches!(member.name, "then" | "else") && !author.contains_key("if");
        let Some(value) = author.get(member.name).filter(|_| !is_unused) else {
            continue;
        };
        let location = schema.member(member.name);
        match (member.shape, value) {
            _ if !IN_PLACE.contains(&member.name) => {}
            (Shape::List(_), Value::Array(values)) => {
                parts.extend((0..values.len()).map(|index| location.element(index)));
            }
            (Shape::Map(_), Value::Object(values)) => {
                parts.extend(values.keys().map(|name| location.member(name)));
            }
            _ => parts.push(location),
        }
    }
    parts
}
