//! Where requests and responses see different schemas (`readOnly`, `writeOnly`), so that there are two types.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{View, Views};
use crate::api::Api;
use crate::text::Location;

impl Views<'_> {
    /// The view that matters for the schema at `at`: requests, unless responses see something else.
    pub fn view(&self, view: View, at: &Location) -> View {
        if self.differs(at) {
            view
        } else {
            View::Request
        }
    }

    /// Whether the member whose schema is at `at` is left out of this view.
    pub fn is_hidden(&self, view: View, at: &Location) -> bool {
        let author = self.document.value(at).filter(|_| self.is_split);
        author.is_some_and(|author| view.hides(self.document, at, author))
    }

    /// The schemas of responses, and those that their `$ref`s lead to.
    pub(super) fn reach(&self, api: &Api) -> HashSet<Location> {
        let operations = api.operations.iter();
        let responses = operations.flat_map(|operation| {
            let successes = operation.successes().into_iter();
            successes.chain(operation.own_failures())
        });
        let mut ahead: Vec<_> = responses
            .flat_map(|response| {
                let contents = response.content.iter().filter(|it| it.is_described);
                let contents = contents.map(|content| &content.schema);
                contents.chain(response.headers.iter().map(|header| &header.schema))
            })
            .cloned()
            .collect();
        let mut reached = HashSet::new();
        while let Some(at) = ahead.pop() {
            if reached.insert(at.clone()) {
                ahead.extend(self.references(&at, self.schema(View::Response, &at)));
            }
        }
        reached
    }

    /// Whether a response has the schema at `at`, or one that it is part of.
    pub(super) fn is_in_responses(&self, at: &Location) -> bool {
        let outer = std::iter::successors(Some(at.clone()), Location::parent);
        let mut outer = outer.filter(|outer| self.in_responses.contains(outer));
        outer.next().is_some()
    }

    /// Whether the schema at `at`, or one that it refers to, is different in responses and in requests.
    pub(super) fn differs(&self, at: &Location) -> bool {
        if !self.is_split {
            return false;
        }
        let known = self.differs.borrow().get(at).copied();
        known.unwrap_or_else(|| {
            let request = self.schema(View::Request, at);
            let mut targets = self.references(at, request).into_iter();
            let differs = request != self.schema(View::Response, at)
                || targets.any(|target| self.split.contains(&target));
            self.differs.borrow_mut().insert(at.clone(), differs);
            differs
        })
    }

    /// The schemas that `$ref`s lead to and that differ, or lead to others that do.
    pub(super) fn split(&self) -> HashSet<Location> {
        let files = self.contract["requests"].as_object().into_iter().flatten();
        let targets = files.flat_map(|(file, schemas)| {
            let root = Location::root(&file.as_str().into());
            self.references(&root, schemas)
        });
        let targets: HashSet<Location> = targets.collect();
        let mut leading: HashMap<Location, Vec<Location>> = HashMap::new();
        let mut ahead = Vec::new();
        for at in targets {
            let request = self.schema(View::Request, &at);
            for target in self.references(&at, request) {
                leading.entry(target).or_default().push(at.clone());
            }
            if request != self.schema(View::Response, &at) {
                ahead.push(at);
            }
        }
        let mut split = HashSet::new();
        while let Some(at) = ahead.pop() {
            if split.insert(at.clone()) {
                ahead.extend(leading.remove(&at).unwrap_or_default());
            }
        }
        split
    }

    /// Where the `$ref`s inside a schema lead.
    fn references(&self, at: &Location, schema: &Value) -> Vec<Location> {
        match schema {
            Value::Object(members) => {
                let own = self.reference(at, schema);
                let inner = members
                    .iter()
                    .flat_map(|(name, value)| self.references(&at.member(name), value));
                own.into_iter().chain(inner).collect()
            }
            Value::Array(elements) => elements
                .iter()
                .enumerate()
                .flat_map(|(index, value)| self.references(&at.element(index), value))
                .collect(),
            _ => Vec::new(),
        }
    }
}
