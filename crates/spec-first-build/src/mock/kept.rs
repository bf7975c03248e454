//! Whether the type that is generated for a schema writes a value as it was read: with all of its members, in their order.

use std::cell::Cell;

use serde_json::{Map, Value};

use super::node::{Node, Schemas};
use crate::schema::KEEPS_UNNAMED;
use crate::text::Location;

/// How many values inside each other are looked at; what is deeper counts as kept.
const DEEPEST: usize = 20;

/// How many choices from unions are looked at. Their number grows exponentially with the unions that a value is of, so what is
/// still undecided then counts as kept.
const MOST_CHOICES: usize = 5_000;

/// Whether the type for the schemas at `places` keeps `value`, as far as the schemas show it.
pub fn is_kept(schemas: Schemas, places: &[Location], value: &Value) -> bool {
    let search = Search {
        schemas,
        choices: Cell::new(0),
    };
    search.keeps(places, value, 0)
}

struct Search<'a> {
    schemas: Schemas<'a>,
    /// How many choices have been looked at.
    choices: Cell<usize>,
}

impl Search<'_> {
    fn keeps(&self, places: &[Location], value: &Value, depth: usize) -> bool {
        let node = Node::new(self.schemas, places).filter(|_| depth < DEEPEST);
        node.is_none_or(|node| self.node_keeps(node, value, depth))
    }

    fn node_keeps(&self, mut node: Node, value: &Value, depth: usize) -> bool {
        self.choices.set(self.choices.get() + 1);
        if self.choices.get() > MOST_CHOICES {
            return true;
        }
        if let Some(union) = node.unions.pop() {
            let mut branches = union.branches.iter().enumerate();
            return branches.any(|(index, branch)| {
                let mut chosen = node.clone();
                union.may_choose(index, value)
                    && chosen.join_all(branch)
                    && self.node_keeps(chosen, value, depth)
            });
        }
        match value {
            Value::Object(members) => self.object_is_kept(&node, members, depth),
            Value::Array(elements) => elements
                .iter()
                .enumerate()
                .all(|(index, element)| self.keeps(&node.element(index), element, depth + 1)),
            _ => true,
        }
    }

    fn object_is_kept(&self, node: &Node, members: &Map<String, Value>, depth: usize) -> bool {
        let declared = node.order(members);
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
            && members.all(|(name, value)| self.keeps(&node.member(name), value, depth + 1))
    }
}

/// Whether the type has a map for the members that the spec does not name, or is one.
pub fn keeps_unnamed(node: &Node) -> bool {
    let is_present = |keyword: &str| node.all(keyword).next().is_some();
    node.declared().is_empty()
        || is_present("additionalProperties")
        || KEEPS_UNNAMED.iter().any(|keyword| is_present(keyword))
}
