//! Arrays made from schemas.

use serde_json::Value;

use super::make::Maker;
use super::node::Node;
use crate::text::Location;

/// How many elements are made at most.
const MOST_ELEMENTS: u64 = 1_000;

impl Maker<'_> {
    /// Up to `wanted` arrays: the one that the strategy wants, shorter ones, and such as differ in the first element.
    pub(super) fn arrays(&self, node: &Node, wanted: usize, depth: usize) -> Vec<Value> {
        let least = node
            .at_least("minItems")
            .unwrap_or(0)
            .max(self.contained(node));
        let most = node.at_most("maxItems").unwrap_or(u64::MAX);
        let listed = (0..).take_while(|index| is_listed(node, *index)).count() as u64;
        let preferred = match self.makes_optional(depth) {
            true => least.max(1),
            false => least,
        };
        let mut counts = vec![preferred.max(listed), preferred, least];
        counts.retain(|count| *count <= most.max(least));
        counts.push(least);
        counts.dedup();
        let counts = counts
            .into_iter()
            .map(|count| count.min(MOST_ELEMENTS) as usize);
        let mut arrays: Vec<_> = counts
            .filter_map(|count| self.array(node, count, depth))
            .collect();
        if wanted > 1
            && let Some(first) = arrays.first().filter(|first| !first.is_empty()).cloned()
        {
            let others = self.several(&self.element(node, 0), wanted, depth + 1);
            arrays.extend(others.into_iter().map(|element| {
                let mut array = first.clone();
                array[0] = element;
                array
            }));
        }
        if wanted > arrays.len() {
            let longer = (1..=wanted).map(|more| least as usize + more);
            arrays.extend(longer.filter_map(|count| self.array(node, count, depth)));
        }
        arrays.into_iter().map(Value::Array).collect()
    }

    /// An array of `count` elements; none if one of them has no value.
    fn array(&self, node: &Node, count: usize, depth: usize) -> Option<Vec<Value>> {
        let is_set = node.is_set("uniqueItems");
        let mut array: Vec<Value> = Vec::with_capacity(count);
        let mut last: (Vec<Location>, Vec<Value>) = Default::default();
        for index in 0..count {
            let places = self.element(node, index);
            if places != last.0 || last.1.is_empty() {
                let wanted = if is_set { count } else { 1 };
                let values = self.several(&places, wanted, depth + 1);
                last = (places, values);
            }
            let mut values = last.1.iter();
            let value = values.find(|value| !is_set || !array.contains(value))?;
            array.push(value.clone());
        }
        Some(array)
    }

    /// How many elements have to follow `contains`.
    fn contained(&self, node: &Node) -> u64 {
        let contains = node.all("contains").next();
        contains.map_or(0, |_| node.at_least("minContains").unwrap_or(1))
    }

    /// The schemas of the element at `index`: the first ones follow `contains`, too.
    fn element(&self, node: &Node, index: usize) -> Vec<Location> {
        let mut places = node.element(index);
        if (index as u64) < self.contained(node) {
            let contains = node.parts.iter().map(|(at, _)| at.member("contains"));
            places.extend(contains.filter(|at| !node.schemas.at(at).is_null()));
        }
        places
    }
}

/// Whether a list of schemas has one for the element at `index`.
fn is_listed(node: &Node, index: usize) -> bool {
    let lists = ["prefixItems", "items"].into_iter();
    let mut lists = lists
        .flat_map(|keyword| node.all(keyword))
        .filter_map(Value::as_array);
    lists.any(|list| index < list.len())
}
