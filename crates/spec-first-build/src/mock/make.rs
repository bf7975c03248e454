//! Values made from schemas. A quick search does without checks of its own; a thorough one validates every part that it makes.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Value, json};
use spec_first::schema::Schema;

use super::node::{Node, Schemas, Union};
use super::{number, text};
use crate::schema::Validators;
use crate::text::Location;

/// How deep members are made that are not required.
const OPTIONAL_DEPTH: usize = 5;

/// Up to how many values of a search members are made that are not required.
const OPTIONAL_VALUES: usize = 500;

/// How many values one search makes at most.
const MOST_VALUES: usize = 5_000;

/// How many values a thorough search makes at most, since each is validated.
const MOST_VALIDATED: usize = 1_000;

/// How deep each thorough search goes. The first that finds a value ends at the least depth.
const DEPTHS: [usize; 4] = [3, 6, 12, 40];

/// Makes values from translated schemas.
pub struct Maker<'a> {
    pub(super) schemas: Schemas<'a>,
    validators: &'a Validators<'a>,
    compiled: RefCell<HashMap<Location, Option<Arc<Schema>>>>,
    strategy: Cell<Strategy>,
    /// How many values were made for the present search.
    made: Cell<usize>,
    /// The schemas of the values that the present one is in.
    open: RefCell<Vec<Location>>,
}

/// How a value is made.
#[derive(Clone, Copy, Default)]
struct Strategy {
    /// Whether the author's examples are taken on the way.
    examples: bool,
    /// Whether members are made that are not required.
    all: bool,
    /// Whether every part is validated.
    thorough: bool,
    /// How many values inside each other are made.
    depth: usize,
}

impl<'a> Maker<'a> {
    /// A maker for translated schemas.
    pub fn new(schemas: Schemas<'a>, validators: &'a Validators<'a>) -> Self {
        Self {
            schemas,
            validators,
            compiled: RefCell::default(),
            strategy: Cell::default(),
            made: Cell::new(0),
            open: RefCell::default(),
        }
    }

    /// Values for the schema at `at`, the most informative first; some may not be valid.
    pub fn values(&self, at: &Location) -> impl Iterator<Item = Value> + use<'_, 'a> {
        let quick = [(true, true), (false, true), (true, false), (false, false)];
        let quick = quick.map(|(examples, all)| Strategy {
            examples,
            all,
            thorough: false,
            depth: 24,
        });
        let thorough = DEPTHS.into_iter().flat_map(|depth| {
            [true, false].map(|all| Strategy {
                examples: all,
                all,
                thorough: true,
                depth,
            })
        });
        let places = [at.clone()];
        quick
            .into_iter()
            .chain(thorough)
            .filter_map(move |strategy| {
                self.strategy.set(strategy);
                self.made.set(0);
                self.several(&places, 1, 0).into_iter().next()
            })
    }

    /// Whether to make what is not required.
    pub(super) fn makes_optional(&self, depth: usize) -> bool {
        let strategy = self.strategy.get();
        let deepest = OPTIONAL_DEPTH.min(strategy.depth.div_ceil(2));
        strategy.all && depth < deepest && self.made.get() < OPTIONAL_VALUES
    }

    /// Whether the schemas at `places` all accept a value; a quick search does not validate.
    fn accept(&self, places: &[Location], value: &Value) -> bool {
        let accepts = |at: &Location| {
            let mut compiled = self.compiled.borrow_mut();
            let schema = compiled
                .entry(at.clone())
                .or_insert_with(|| self.validators.one(at));
            let schema = schema.as_ref();
            schema.is_none_or(|schema| schema.validate(value.clone()).is_ok())
        };
        !self.strategy.get().thorough || places.iter().all(accepts)
    }

    /// Up to `wanted` different values that follow all schemas at `places`; `depth` is how many values they are in.
    pub(super) fn several(&self, places: &[Location], wanted: usize, depth: usize) -> Vec<Value> {
        let mut found = Found {
            places,
            wanted,
            values: Vec::new(),
        };
        if depth <= self.strategy.get().depth
            && let Some(node) = Node::new(self.schemas, places)
        {
            let outer = self.open.borrow().len();
            let parts = node.parts.iter().map(|(at, _)| at.clone());
            self.open.borrow_mut().extend(parts);
            self.search(node, depth, &mut found);
            self.open.borrow_mut().truncate(outer);
        }
        found.values
    }

    /// Chooses from the unions of a node, and makes values of each choice until enough are found.
    fn search(&self, mut node: Node<'a>, depth: usize, found: &mut Found) {
        self.made.set(self.made.get() + 1);
        let most = match self.strategy.get().thorough {
            true => MOST_VALIDATED,
            false => MOST_VALUES,
        };
        if self.made.get() > most || found.is_complete() {
            return;
        }
        if self.examples(&node, found) {
            return;
        }
        let Some(union) = node.unions.pop() else {
            return self.offer(&node, depth, found);
        };
        for index in self.order(&union, depth) {
            let mut chosen = node.clone();
            if let Some((property, names)) = &union.names
                && let Some(names) = names.get(index).and_then(Value::as_array)
                && !names.is_empty()
            {
                chosen.names.push((property.clone(), names.clone()));
            }
            if chosen.join_all(&union.branches[index]) {
                self.search(chosen, depth, found);
            }
            if found.is_complete() {
                return;
            }
        }
    }

    /// The branches in the order in which they are tried. Null shows least, but ends a recursion; a branch that contains the value
    /// that it is in comes last, except near the top, where it shows that there is one.
    fn order(&self, union: &Union, depth: usize) -> Vec<usize> {
        let rank = |index: &usize| {
            let schemas = union.branches[*index].iter().map(|at| self.schemas.at(at));
            let is_null =
                |schema: &Value| schema["type"] == "null" || schema["enum"] == json!([null]);
            let mut schemas = schemas.map(is_null);
            let is_recursive = depth > 1 && self.is_recursive(&union.branches[*index]);
            (is_recursive, schemas.any(|is_null| is_null))
        };
        let mut indices: Vec<_> = (0..union.branches.len()).collect();
        indices.sort_by_key(rank);
        indices
    }

    /// Whether a branch is a schema whose value is being made already.
    fn is_recursive(&self, branch: &[Location]) -> bool {
        let node = Node::new(self.schemas, branch);
        let open = self.open.borrow();
        node.is_some_and(|node| node.parts.iter().any(|(at, _)| open.contains(at)))
    }

    /// Offers the author's examples; whether that was enough.
    fn examples(&self, node: &Node<'a>, found: &mut Found) -> bool {
        if !self.strategy.get().examples {
            return false;
        }
        // The whole comes after its parts.
        for (at, _) in node.parts.iter().rev() {
            let author = self.schemas.document.value(at);
            let example = author.and_then(|author| author.get("example"));
            if let Some(example) = example
                && self.add(found, example.clone())
            {
                return true;
            }
        }
        false
    }

    /// Makes values of a node without unions, until enough are found.
    fn offer(&self, node: &Node<'a>, depth: usize, found: &mut Found) {
        let chosen: Vec<_> = node.all("const").cloned().map(|it| vec![it]).collect();
        let listed = node.all("enum").filter_map(Value::as_array).cloned();
        let lists: Vec<_> = chosen.into_iter().chain(listed).collect();
        if let Some((first, others)) = lists.split_first() {
            let common = first
                .iter()
                .filter(|value| others.iter().all(|list| list.contains(value)));
            // Null shows least.
            let (null, other): (Vec<_>, Vec<_>) = common.partition(|value| value.is_null());
            let _ = other
                .into_iter()
                .chain(null)
                .any(|value| self.add(found, value.clone()));
            return;
        }
        for kind in node.types() {
            let wanted = found.wanted;
            let values = match kind {
                "object" => self.objects(node, wanted, depth),
                "array" => self.arrays(node, wanted, depth),
                "string" => text::candidates(node, wanted),
                "integer" => number::candidates(node, true, wanted),
                "number" => number::candidates(node, false, wanted),
                "boolean" => vec![true.into(), false.into()],
                _ => vec![Value::Null],
            };
            if values.into_iter().any(|value| self.add(found, value)) {
                return;
            }
        }
    }

    /// Adds a value if it is a new one and the schemas accept it; whether there are enough now.
    fn add(&self, found: &mut Found, value: Value) -> bool {
        if !found.is_complete()
            && !found.values.contains(&value)
            && self.accept(found.places, &value)
        {
            found.values.push(value);
        }
        found.is_complete()
    }
}

/// The values that a search has found.
struct Found<'p> {
    /// The schemas that they follow.
    places: &'p [Location],
    wanted: usize,
    values: Vec<Value>,
}

impl Found<'_> {
    fn is_complete(&self) -> bool {
        self.values.len() >= self.wanted
    }
}
