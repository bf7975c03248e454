//! Objects made from schemas.

use serde_json::{Map, Value};

use super::kept::keeps_unnamed;
use super::make::Maker;
use super::node::Node;
use super::text;
use crate::text::Location;

/// Keywords that name what an object needs if it has a member.
const DEPENDENCIES: [&str; 2] = ["dependentRequired", "dependencies"];

/// How many members are made at most because of `minProperties`.
const MOST_MEMBERS: u64 = 1_000;

impl Maker<'_> {
    /// Up to `wanted` objects; the first of them has what the strategy wants, the others differ in one member.
    pub(super) fn objects(&self, node: &Node, wanted: usize, depth: usize) -> Vec<Value> {
        let Some(first) = self.object(node, depth) else {
            return Vec::new();
        };
        let mut objects = vec![first.clone()];
        if wanted > 1 {
            for name in first.keys() {
                let values = self.member(node, name, wanted, depth);
                let varied = values.into_iter().map(|value| {
                    let mut object = first.clone();
                    object.insert(name.clone(), value);
                    object
                });
                objects.extend(varied);
            }
        }
        objects.into_iter().map(Value::Object).collect()
    }

    /// An object with its required members, and others as far as the strategy wants them; none if a required one has no value.
    fn object(&self, node: &Node, depth: usize) -> Option<Map<String, Value>> {
        let required = required(node);
        let most = node.at_most("maxProperties").unwrap_or(u64::MAX);
        let optional = most.saturating_sub(required.len() as u64);
        let mut optional = usize::try_from(optional).unwrap_or(usize::MAX);
        let mut object = Map::new();
        for name in node.declared() {
            let is_required = required.contains(&name);
            let is_wanted = self.makes_optional(depth) && optional > 0;
            if !is_required && !is_wanted {
                continue;
            }
            match self.member(node, &name, 1, depth).pop() {
                Some(value) => {
                    optional = optional.saturating_sub(usize::from(!is_required));
                    object.insert(name, value);
                }
                None if is_required => return None,
                None => {}
            }
        }
        let needed = |object: &Map<String, Value>| dependents(node, object);
        for name in required.iter().cloned().chain(needed(&object)) {
            if !object.contains_key(&name) {
                let value = self.member(node, &name, 1, depth).pop()?;
                object.insert(name, value);
            }
        }
        self.fill(node, &mut object, depth);
        Some(ordered(node, object))
    }

    /// Values of the member `name`; the name that a discriminator demands is one.
    fn member(&self, node: &Node, name: &str, wanted: usize, depth: usize) -> Vec<Value> {
        let places = node.member(name);
        let mut names = node.names.iter().filter(|(property, _)| property == name);
        let Some((_, first)) = names.next() else {
            return self.several(&places, wanted, depth + 1);
        };
        let common = first.iter().filter(|value| {
            let mut others = node.names.iter().filter(|(property, _)| property == name);
            others.all(|(_, names)| names.contains(value))
        });
        common.take(wanted).cloned().collect()
    }

    /// Adds members until there are as many as `minProperties` demands: declared ones first, then such as `patternProperties`,
    /// `propertyNames` and `additionalProperties` allow.
    fn fill(&self, node: &Node, object: &mut Map<String, Value>, depth: usize) {
        let least = node
            .at_least("minProperties")
            .unwrap_or(0)
            .min(MOST_MEMBERS) as usize;
        if object.len() >= least {
            return;
        }
        let missing = least + object.len();
        for name in node.declared().into_iter().chain(free_names(node, missing)) {
            if object.len() >= least {
                return;
            }
            if !object.contains_key(&name)
                && let Some(value) = self.member(node, &name, 1, depth).pop()
            {
                object.insert(name, value);
            }
        }
    }
}

/// The object with its members in the order in which its type writes them.
fn ordered(node: &Node, object: Map<String, Value>) -> Map<String, Value> {
    let declared = node.order(&object);
    let is_sorted = keeps_unnamed(node);
    let mut members: Vec<_> = object.into_iter().collect();
    members.sort_by_key(|(name, _)| {
        let position = declared.iter().position(|known| known == name);
        let name = name.clone();
        let name = Some(name).filter(|_| is_sorted && position.is_none());
        (position.unwrap_or(usize::MAX), name)
    });
    members.into_iter().collect()
}

/// The members that the schemas require.
fn required(node: &Node) -> Vec<String> {
    let lists = node.all("required").filter_map(Value::as_array);
    distinct(lists.flatten().filter_map(Value::as_str).map(str::to_owned))
}

/// What the members of an object need beside them, and what that needs.
fn dependents(node: &Node, object: &Map<String, Value>) -> Vec<String> {
    let lists = DEPENDENCIES.iter().flat_map(|keyword| node.all(keyword));
    let lists: Vec<_> = lists.filter_map(Value::as_object).collect();
    let mut names: Vec<String> = object.keys().cloned().collect();
    let mut index = 0;
    while let Some(name) = names.get(index).cloned() {
        let needed = lists
            .iter()
            .filter_map(|lists| lists.get(&name)?.as_array());
        let needed = needed.flatten().filter_map(Value::as_str);
        let new: Vec<_> = needed
            .filter(|it| !names.iter().any(|name| name == it))
            .collect();
        names.extend(new.into_iter().map(str::to_owned));
        index += 1;
    }
    names.split_off(object.len())
}

/// Names for members that no schema describes.
fn free_names(node: &Node, wanted: usize) -> Vec<String> {
    let patterns = node.all("patternProperties").filter_map(Value::as_object);
    let patterns = patterns.flat_map(Map::keys);
    let matching = patterns.flat_map(|pattern| text::of_pattern(pattern, wanted));
    let places = node.parts.iter().map(|(at, _)| at.member("propertyNames"));
    let places: Vec<Location> = places.filter(|at| !node.schemas.at(at).is_null()).collect();
    let named = Node::new(node.schemas, &places).filter(|_| !places.is_empty());
    let named = named.map(|named| names(&named, wanted)).unwrap_or_default();
    let plain = (1..=wanted).map(|index| format!("member{index}"));
    distinct(matching.chain(named).chain(plain))
}

/// Names that `propertyNames` accepts.
fn names(node: &Node, wanted: usize) -> Vec<String> {
    let listed = node.all("enum").filter_map(Value::as_array).flatten();
    let listed = listed.cloned().chain(text::candidates(node, wanted));
    listed
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect()
}

fn distinct(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut known = Vec::new();
    for name in names {
        if !known.contains(&name) {
            known.push(name);
        }
    }
    known
}
