//! Arrays made from schemas.

use serde_json::Value;

use super::make::Maker;
use super::node::Node;
use crate::text::Location;

/// How many elements are made at most.
const MOST_ELEMENTS: u64 = 1_000;

/// Of how many values an array consists at most, those in its elements counted.
const MOST_PARTS: usize = 20_000;

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
        counts.sort_by_key(|count| std::cmp::Reverse(*count));
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

    /// An array of `count` elements; none if one of them has no value, or if the array gets too large.
    fn array(&self, node: &Node, count: usize, depth: usize) -> Option<Vec<Value>> {
        let is_set = node.is_set("uniqueItems");
        let mut array: Vec<Value> = Vec::with_capacity(count);
        let mut choice = Choice::default();
        let mut size = 0;
        for index in 0..count {
            let places = self.element(node, index);
            if index == 0 || places != choice.places {
                let wanted = if is_set { count } else { 1 };
                let values = self.several(&places, wanted, depth + 1);
                choice = Choice {
                    sizes: values.iter().map(size_of).collect(),
                    values,
                    places,
                    before: index,
                    next: 0,
                };
            }
            let number = match is_set {
                true => choice.take(&array)?,
                false => 0,
            };
            size += choice.sizes.get(number)?;
            if size > MOST_PARTS {
                return None;
            }
            array.push(choice.values[number].clone());
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

/// Values that elements with the same schemas are chosen from.
#[derive(Default)]
struct Choice {
    places: Vec<Location>,
    /// Different from each other.
    values: Vec<Value>,
    sizes: Vec<usize>,
    /// How many elements of the array have other schemas.
    before: usize,
    next: usize,
}

impl Choice {
    /// The number of the next value that no element is.
    fn take(&mut self, array: &[Value]) -> Option<usize> {
        let others = &array[..self.before];
        let mut ahead = self.next..self.values.len();
        let number = ahead.find(|number| !others.contains(&self.values[*number]))?;
        self.next = number + 1;
        Some(number)
    }
}

/// How many values a value consists of.
fn size_of(value: &Value) -> usize {
    match value {
        Value::Array(values) => 1 + values.iter().map(size_of).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(size_of).sum::<usize>(),
        _ => 1,
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
