//! Whether the type that is generated for a schema writes a value as it was read: with all of its members, in their order.

use serde_json::{Map, Value};

use super::node::{Node, Schemas};
use crate::schema::KEEPS_UNNAMED;
use crate::text::Location;

/// How many values inside each other are looked at; what is deeper counts as kept.
const DEEPEST: usize = 20;

/// Whether the type for the schemas at `places` keeps `value`, as far as the schemas show it.
pub fn is_kept(schemas: Schemas, places: &[Location], value: &Value) -> bool {
    keeps(schemas, places, value, 0)
}

fn keeps(schemas: Schemas, places: &[Location], value: &Value, depth: usize) -> bool {
    let node = Node::new(schemas, places).filter(|_| depth < DEEPEST);
    node.is_none_or(|node| node_keeps(node, value, depth))
}

fn node_keeps(mut node: Node, value: &Value, depth: usize) -> bool {
    if let Some(union) = node.unions.pop() {
        return union.branches.iter().any(|branch| {
            let mut chosen = node.clone();
            chosen.join_all(branch) && node_keeps(chosen, value, depth)
        });
    }
    match value {
        Value::Object(members) => object_is_kept(&node, members, depth),
        Value::Array(elements) => elements
            .iter()
            .enumerate()
            .all(|(index, element)| keeps(node.schemas, &node.element(index), element, depth + 1)),
        _ => true,
    }
}

fn object_is_kept(node: &Node, members: &Map<String, Value>, depth: usize) -> bool {
    let declared = node.declared();
    let position = |name: &str| declared.iter().position(|known| known == name);
    // A struct has its fields first, as they are declared; the map for all others is sorted.
    let order = |name: &'_ String| match position(name) {
        Some(position) => (position, String::new()),
        None => (usize::MAX, name.clone()),
    };
    let is_typed = !declared.is_empty() || node.all("type").any(|kind| kind == "object");
    let is_ordered = !is_typed || members.keys().map(order).is_sorted();
    let mut names = members.keys();
    let has_all = keeps_unnamed(node) || names.all(|name| position(name).is_some());
    let mut members = members.iter();
    is_ordered
        && has_all
        && members.all(|(name, value)| keeps(node.schemas, &node.member(name), value, depth + 1))
}

/// Whether the type has a map for the members that the spec does not name, or is one.
pub fn keeps_unnamed(node: &Node) -> bool {
    let is_present = |keyword: &str| node.all(keyword).next().is_some();
    node.declared().is_empty()
        || is_present("additionalProperties")
        || KEEPS_UNNAMED.iter().any(|keyword| is_present(keyword))
}
