//! The document as requests and as responses see it: its translated schemas, and the author's names for them.

mod owner;
mod split;

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use serde_json::Value;

pub(crate) use self::owner::shared;
use crate::api::Api;
use crate::document::{Document, reference};
use crate::naming;
use crate::rust::{docs, union};
use crate::schema;
pub(crate) use crate::schema::View;
use crate::text::{Fault, Location};

/// The author's document, and the contract made from it: the same tree, with every schema translated.
pub struct Views<'a> {
    document: &'a Document,
    contract: &'a Value,
    /// The schemas whose defaults are ignored.
    unfit_defaults: &'a [Location],
    /// The schemas of the files in forms.
    files: HashSet<&'a Location>,
    /// Whether requests and responses see different documents at all.
    is_split: bool,
    /// The schemas that `$ref`s lead to and that differ; found only if `is_split`.
    split: HashSet<Location>,
    /// The schemas of responses, and those that their `$ref`s lead to; found only if `is_split`.
    in_responses: HashSet<Location>,
    /// What is known of schemas: whether they read otherwise in responses than in requests.
    differs: RefCell<HashMap<Location, bool>>,
}

impl<'a> Views<'a> {
    pub fn new(document: &'a Document, api: &'a Api, contract: &'a Value) -> Self {
        let mut views = Self {
            document,
            contract,
            unfit_defaults: &api.ignored_defaults,
            files: files(api),
            is_split: !contract["responses"].is_null(),
            split: HashSet::new(),
            in_responses: HashSet::new(),
            differs: RefCell::default(),
        };
        if views.is_split {
            views.split = views.split();
            views.in_responses = views.reach(api);
        }
        views
    }

    /// Whether the schema at `at` is that of a file in a form.
    pub fn is_file(&self, at: &Location) -> bool {
        self.files.contains(at)
    }

    /// The contract.
    pub fn contract(&self) -> &'a Value {
        self.contract
    }

    /// Where the author describes the schema at `at`: elsewhere, if the translation has added the schema.
    pub fn described(&self, at: Location) -> Location {
        match self.document.value(&at) {
            Some(_) => at,
            None => self.follow(&at, "").0,
        }
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
                // An element of a list of parameters has no name.
                let name = owner::name_at(&target);
                let is_number = name.parse::<usize>().is_ok();
                let name = if is_number { hint.to_owned() } else { name };
                (target, name)
            }
            None => (at.clone(), hint.to_owned()),
        }
    }

    /// The schema that the one at `at` accepts beside null, if it means no more than that.
    pub fn nullable(&self, view: View, at: &Location) -> Option<Location> {
        let schema = self.schema(view, at).as_object()?;
        let (keyword, index) = union::nullable_branch(schema)?;
        Some(at.member(keyword).element(index))
    }

    /// The schemas that each accept what the schema at `at` does, apart from null: itself, and those of its `$ref` and `allOf`, and
    /// the only branch of a union.
    pub fn joined(&self, view: View, at: &Location) -> Vec<Location> {
        let mut joined = vec![at.clone()];
        let mut index = 0;
        while let Some(at) = joined.get(index).cloned() {
            let new = self.parts(view, &at).into_iter();
            let new: Vec<_> = new.filter(|at| !joined.contains(at)).collect();
            joined.extend(new);
            index += 1;
        }
        joined
    }

    /// The schemas that the schema at `at` itself is joined with.
    pub fn parts(&self, view: View, at: &Location) -> Vec<Location> {
        let Value::Object(schema) = self.schema(view, at) else {
            return Vec::new();
        };
        let target = schema.get("$ref").and_then(Value::as_str);
        let target = target.and_then(|it| self.document.target(at, it).ok());
        let target = target.filter(|target| target != at);
        let all = schema.get("allOf").and_then(Value::as_array);
        let all = (0..all.map_or(0, Vec::len)).map(|index| at.member("allOf").element(index));
        let mut branches = union::only_branches(schema);
        let nullable = union::nullable_branch(schema);
        branches.extend(nullable.filter(|branch| !branches.contains(branch)));
        let branches = branches.into_iter();
        let branches = branches.map(|(keyword, index)| at.member(keyword).element(index));
        target.into_iter().chain(all).chain(branches).collect()
    }

    /// The last target of the `$ref` in the schema at `at`. The author's document may have nothing there, since the translation
    /// adds a null to some schemas.
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

    /// The name for the type of the schema at `at`: the author's `x-rust-name`, else `hint`, which is the component's or
    /// the file's name, or is made of its owner's.
    pub fn type_name(&self, view: View, at: &Location, hint: &str) -> String {
        // Only a schema that is different in responses has two types.
        let is_request = view == View::Request && self.is_in_responses(at) && self.differs(at);
        if let Some(name) = self.rust_name(at) {
            let name = naming::chosen_type(&name);
            return if is_request {
                format!("{name}Request")
            } else {
                name
            };
        }
        // A type of requests has given its name to what it holds.
        let owner = hint.split_once(' ').map(|(owner, _)| owner);
        let is_named = owner.is_some_and(|owner| owner.ends_with("Request"));
        naming::type_name(&if is_request && !is_named {
            format!("{hint} request")
        } else {
            hint.to_owned()
        })
    }

    /// The author's title for the schema at `at`, unless it is too long for a name.
    pub fn title(&self, at: &Location) -> Option<&'a str> {
        let title = self.author(at, "title").and_then(Value::as_str);
        title.filter(|title| (1..=4).contains(&title.split_whitespace().count()))
    }

    /// The names in Rust of the document's components; of several that would have one name, the first.
    pub fn component_names(&self) -> HashMap<String, Location> {
        let mut names = HashMap::new();
        let schemas = self.document.places().iter();
        for at in schemas
            .map(|place| &place.location)
            .filter(|at| at.is_component())
        {
            let chosen = self.rust_name(at).map(|name| naming::chosen_type(&name));
            let name = at.tokens().last().unwrap_or_default();
            names
                .entry(chosen.unwrap_or_else(|| naming::type_name(&name)))
                .or_insert_with(|| at.clone());
        }
        names
    }

    /// The name that the author chose.
    pub fn rust_name(&self, at: &Location) -> Option<String> {
        self.author(at, "x-rust-name")
            .and_then(Value::as_str)
            .map(str::to_owned)
    }

    /// The names that the author chose for the values of the enum at `at`, and of those that it is joined with.
    pub fn variant_names(&self, view: View, at: &Location) -> HashMap<String, &'a str> {
        let joined = self.joined(view, at).into_iter().rev();
        joined.flat_map(|at| self.listed_names(&at)).collect()
    }

    /// The names that the author chose for the values of an enum (`x-enum-varnames`), one for each in their order.
    fn listed_names(&self, at: &Location) -> HashMap<String, &'a str> {
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

    /// Whether an application may hold on to the elements of the list at `at`, or to the bodies of the response there, while they are
    /// sent.
    pub fn is_shared(&self, at: &Location) -> bool {
        self.author(at, "x-rust-shared") == Some(&Value::Bool(true))
    }

    /// The default of the schema at `at`, which is the value of an absent member.
    pub fn default(&self, at: &Location) -> Option<Value> {
        schema::default(self.document, self.unfit_defaults, at)
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

    fn author(&self, at: &Location, keyword: &str) -> Option<&'a Value> {
        self.document.value(at)?.get(keyword)
    }
}

/// The schemas of the files in forms.
fn files(api: &Api) -> HashSet<&Location> {
    let bodies = api.operations.iter().filter_map(|it| it.body.as_ref());
    let contents = bodies.flat_map(|body| &body.content);
    let fields = contents.flat_map(|content| &content.decoding.fields);
    fields.flat_map(|field| &field.files).collect()
}

/// Whether other keywords than `$ref` (OpenAPI 3.1) describe members of an object, too.
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
