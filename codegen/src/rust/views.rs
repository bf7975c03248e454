//! The document as requests and as responses see it: what a schema says, and how its author names it.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{docs, names};
use crate::api::Api;
use crate::document::Document;
use crate::fault::Fault;
use crate::location::Location;
use crate::reference;
use crate::types;

/// Which way a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    Request,
    Response,
}

impl View {
    /// The contract's word for it.
    pub fn seen(self) -> &'static str {
        match self {
            Self::Request => "requests",
            Self::Response => "responses",
        }
    }
}

/// The author's document, and the contract made from it: the same tree, with every schema translated.
pub struct Views<'a> {
    document: &'a Document,
    contract: &'a Value,
    /// Where defaults are passed over.
    unfit_defaults: &'a [Location],
    /// Whether requests and responses see different documents at all.
    is_split: bool,
    /// The schemas that answers have, and those that their `$ref`s lead to; found only if `is_split`.
    answered: HashSet<Location>,
    /// Whether a schema reads otherwise in responses than in requests.
    differs: RefCell<HashMap<Location, bool>>,
}

impl<'a> Views<'a> {
    pub fn new(document: &'a Document, api: &'a Api, contract: &'a Value) -> Self {
        let mut views = Self {
            document,
            contract,
            unfit_defaults: &api.unfit_defaults,
            is_split: false,
            answered: HashSet::new(),
            differs: RefCell::default(),
        };
        views.is_split = !contract["responses"].is_null() || views.hides_anywhere();
        if views.is_split {
            views.answered = views.reach(api);
        }
        views
    }

    /// Every schema that an answer has, and every one that its `$ref`s lead to.
    fn reach(&self, api: &Api) -> HashSet<Location> {
        let operations = api.operations.iter();
        let responses = operations.flat_map(|operation| operation.successes());
        let mut ahead: Vec<_> = responses
            .flat_map(|response| {
                let contents = response.content.iter().map(|content| &content.schema);
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

    /// Whether an answer may have the schema at `at`, or one that it is part of.
    fn is_answered(&self, at: &Location) -> bool {
        let outer = std::iter::successors(Some(at.clone()), Location::parent);
        let mut outer = outer.filter(|outer| self.answered.contains(outer));
        outer.next().is_some()
    }

    /// The translated schema at `at`; null where there is none.
    pub fn schema(&self, view: View, at: &Location) -> &'a Value {
        let files = match view {
            View::Response if !self.contract["responses"].is_null() => &self.contract["responses"],
            _ => &self.contract["requests"],
        };
        files[&*at.file]
            .pointer(&at.pointer)
            .unwrap_or(&Value::Null)
    }

    /// Where the `$ref`s from `at` lead, and what the target is called there; `hint` where there is no `$ref`.
    pub fn follow(&self, at: &Location, hint: &str) -> (Location, String) {
        let schema = self.schema(View::Request, at);
        let target = self
            .reference(at, schema)
            .filter(|target| target != at && !adds_members(schema));
        match target {
            Some(target) => {
                let name = target.tokens().last().unwrap_or_else(|| hint.to_owned());
                (target, name)
            }
            None => (at.clone(), hint.to_owned()),
        }
    }

    /// Where the `$ref` leads that says only a part of what the schema at `at` says of an object.
    pub fn base(&self, at: &Location) -> Option<Location> {
        self.reference(at, self.schema(View::Request, at))
            .filter(|target| target != at)
    }

    /// Where the `$ref` in the schema at `at` leads at last. It may stand where the author's document has nothing: beside a
    /// null that the translation let in.
    fn reference(&self, at: &Location, schema: &Value) -> Option<Location> {
        let target = self
            .document
            .target(at, schema.get("$ref")?.as_str()?)
            .ok()?;
        self.document.value(&target)?;
        let next = self.schema(View::Request, &target);
        if adds_members(next) || reference::is_meta_schema(&target.file) {
            return Some(target);
        }
        // The build has made sure that no chain of references is endless.
        let further = self.reference(&target, next);
        Some(further.unwrap_or(target))
    }

    /// The view that matters for the schema at `at`: requests, unless responses see something else.
    pub fn view(&self, view: View, at: &Location) -> View {
        if self.is_split && self.differs(at, &mut HashSet::new()) {
            view
        } else {
            View::Request
        }
    }

    /// Whether the member whose schema is at `at` is left out of this view.
    pub fn is_hidden(&self, view: View, at: &Location) -> bool {
        let keyword = match view {
            View::Request => "readOnly",
            View::Response => "writeOnly",
        };
        let is_set = |at: &Location| self.author(at, keyword) == Some(&Value::Bool(true));
        self.is_split && (is_set(at) || is_set(&self.follow(at, "").0))
    }

    /// The name for the type of the schema at `at`: the author's `x-rust-name`, the component's name, the title, the hint.
    pub fn type_name(&self, view: View, at: &Location, hint: &str) -> String {
        // Only a schema that answers see otherwise has two types to tell apart.
        let is_request = view == View::Request
            && self.is_split
            && self.is_answered(at)
            && self.differs(at, &mut HashSet::new());
        if let Some(name) = self.rust_name(at) {
            let name = names::chosen_type(&name);
            return if is_request {
                format!("{name}Request")
            } else {
                name
            };
        }
        let title = self
            .author(at, "title")
            .and_then(Value::as_str)
            .filter(|title| title.split(' ').count() <= 4);
        let name = if is_component(at) {
            hint
        } else {
            title.unwrap_or(hint)
        };
        names::type_name(&if is_request {
            format!("{name} request")
        } else {
            name.to_owned()
        })
    }

    /// The names in Rust of the document's components; of several that would have one name, the first.
    pub fn component_names(&self) -> HashMap<String, Location> {
        let mut names = HashMap::new();
        let schemas = self.document.places().iter();
        for at in schemas
            .map(|place| &place.location)
            .filter(|at| is_component(at))
        {
            let chosen = self.rust_name(at).map(|name| names::chosen_type(&name));
            let name = at.tokens().last().unwrap_or_default();
            names
                .entry(chosen.unwrap_or_else(|| names::type_name(&name)))
                .or_insert_with(|| at.clone());
        }
        names
    }

    /// Whether the author gave the schema at `at` a name: as a component, or by `x-rust-name`.
    pub fn is_named(&self, at: &Location) -> bool {
        is_component(at) || self.rust_name(at).is_some()
    }

    /// The name that the author chose.
    pub fn rust_name(&self, at: &Location) -> Option<String> {
        self.author(at, "x-rust-name")
            .and_then(Value::as_str)
            .map(str::to_owned)
    }

    /// The names that the author chose for the values of an enum (`x-enum-varnames`), one for each in their order.
    pub fn variant_names(&self, at: &Location) -> HashMap<String, &'a str> {
        let list = |keyword| self.author(at, keyword).and_then(Value::as_array);
        let (Some(values), Some(names)) = (list("enum"), list("x-enum-varnames")) else {
            return HashMap::new();
        };
        if values.len() != names.len() {
            return HashMap::new();
        }
        let pairs = values.iter().zip(names);
        let pairs = pairs.filter_map(|(value, name)| {
            let word = value.as_str().map(str::to_owned);
            Some((word.unwrap_or_else(|| value.to_string()), name.as_str()?))
        });
        pairs.collect()
    }

    /// The type that the author chose.
    pub fn rust_type(&self, at: &Location) -> Option<String> {
        self.author(at, "x-rust-type")
            .and_then(Value::as_str)
            .map(str::to_owned)
    }

    /// The value that an absent one stands for.
    pub fn default(&self, at: &Location) -> Option<Value> {
        let (target, _) = self.follow(at, "");
        let mut places = [at, &target].into_iter();
        let default = places.find_map(|at| {
            let default = self.author(at, "default")?;
            (!self.unfit_defaults.contains(at)).then_some(default)
        })?;
        Some(types::read(default, self.document.version()))
    }

    /// The doc comment for the schema at `at`.
    pub fn docs(&self, at: &Location) -> Vec<String> {
        let text = ["description", "title"]
            .into_iter()
            .find_map(|keyword| self.author(at, keyword)?.as_str());
        docs::lines(text.unwrap_or_default())
    }

    pub fn fault(&self, at: &Location, found: String, remedy: &str) -> Fault {
        self.document.fault(at, format!("{found}. {remedy}"))
    }

    /// Whether anything in the document is for requests or for responses alone.
    fn hides_anywhere(&self) -> bool {
        let files = self.contract["requests"].as_object().into_iter().flatten();
        let mut files =
            files.map(|(file, schemas)| (Location::root(&file.as_str().into()), schemas));
        files.any(|(root, schemas)| self.hides(&root, schemas))
    }

    /// Whether something in the schema at `at` is for requests or for responses alone.
    fn hides(&self, at: &Location, schema: &Value) -> bool {
        let is_set = |keyword| self.author(at, keyword) == Some(&Value::Bool(true));
        match schema {
            Value::Object(members) => {
                is_set("readOnly")
                    || is_set("writeOnly")
                    || members
                        .iter()
                        .any(|(name, value)| self.hides(&at.member(name), value))
            }
            Value::Array(elements) => {
                let mut elements = elements.iter().enumerate();
                elements.any(|(index, value)| self.hides(&at.element(index), value))
            }
            _ => false,
        }
    }

    fn author(&self, at: &Location, keyword: &str) -> Option<&'a Value> {
        self.document.value(at)?.get(keyword)
    }

    fn differs(&self, at: &Location, seen: &mut HashSet<Location>) -> bool {
        if let Some(&known) = self.differs.borrow().get(at) {
            return known;
        }
        if !seen.insert(at.clone()) {
            return false;
        }
        let request = self.schema(View::Request, at);
        let differs = request != self.schema(View::Response, at)
            || self.hides(at, request)
            || self
                .references(at, request)
                .iter()
                .any(|target| self.differs(target, seen));
        self.differs.borrow_mut().insert(at.clone(), differs);
        differs
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

/// Whether what stands beside a `$ref` (OpenAPI 3.1) speaks of the members of an object, so that the target is not all.
fn adds_members(schema: &Value) -> bool {
    let keywords = [
        "properties",
        "patternProperties",
        "additionalProperties",
        "required",
        "allOf",
        "anyOf",
        "oneOf",
    ];
    keywords.iter().any(|keyword| schema.get(keyword).is_some())
}

/// Whether this is a schema that the document names: a component, or a definition.
fn is_component(at: &Location) -> bool {
    let parent = at.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
    matches!(parent, "/definitions" | "/components/schemas")
}
