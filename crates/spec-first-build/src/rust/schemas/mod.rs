//! The Rust types for schemas, which are the same translated schemas that the server checks values with.

mod array;
mod branch_names;
mod choice;
mod flattened;
mod gather;
mod inherited;
mod joint;
mod lossless;
mod object;
mod overlap;
mod recursive;
mod required;
mod rules;
mod same;
mod scalar;
mod type_names;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::slice;

use serde_json::{Map, Value};

use self::joint::Joint;
use self::lossless::Lossless;
use super::item::Item;
use super::kind::Type;
use super::rules::constants::Constants;
use super::union;
use super::views::{self, View, Views};
use crate::api::Response;
use crate::naming;
use crate::schema::types;
use crate::text::{Fault, Location};

/// Keywords that may name members of an object, without a type.
const MEMBERS: [&str; 5] = ["properties", "$ref", "allOf", "oneOf", "anyOf"];

/// Builds the items of a spec, one schema after another, in the order in which operations use them.
pub struct ItemBuilder<'a> {
    views: Views<'a>,
    pub items: Vec<Item>,
    /// What rules refer to.
    pub constants: Constants,
    pub faults: Vec<Fault>,
    known: HashMap<(View, Location), Type>,
    /// Schemas whose types are being derived. One that refers to itself, with no struct or union between, has no type of its
    /// own.
    open: HashSet<(View, Location)>,
    /// Those of them that have led back to themselves.
    reopened: HashSet<(View, Location)>,
    /// The schema of each type's name.
    named: HashMap<String, Location>,
    /// What must keep members that the spec does not name.
    lossless: Lossless,
    /// Names that are reserved for components.
    reserved: HashMap<String, Location>,
    /// The types of bases alone.
    alone: HashMap<(View, Location), Type>,
}

/// A schema whose type is being derived.
struct Shape<'s> {
    view: View,
    at: &'s Location,
    hint: &'s str,
    /// Whether null is accepted too.
    null: bool,
    /// Whether this is the type for the schema itself, and another one is used wherever the schema is.
    alone: bool,
}

impl Shape<'_> {
    fn wrap(&self, kind: Type) -> Type {
        if self.null { kind.nullable() } else { kind }
    }

    /// The name for the elements of this list, or the values of this map, that have none of their own.
    fn element(&self, word: &str) -> String {
        match self.at.is_component() || self.at.pointer.is_empty() {
            true => format!("{} {word}", self.hint),
            false => naming::element(self.hint, word),
        }
    }
}

impl<'a> ItemBuilder<'a> {
    pub fn new(views: Views<'a>) -> Self {
        Self {
            constants: Constants::new(views.contract()),
            reserved: views.component_names(),
            views,
            items: Vec::new(),
            faults: Vec::new(),
            known: HashMap::new(),
            open: HashSet::new(),
            reopened: HashSet::new(),
            named: HashMap::new(),
            lossless: Lossless::default(),
            alone: HashMap::new(),
        }
    }

    /// Whether an application may hold on to the bodies of a response while they are sent.
    pub fn is_shared(&self, response: &Response) -> bool {
        self.views.is_shared(&response.location)
    }

    /// The type for the schema at `at` of a parameter, a body or a response. What is not named by itself is named `hint`, which
    /// is the operation's title and `part`; what several operations share is not named by one of them.
    pub fn derive_part(&mut self, view: View, at: &Location, title: &str, part: &str) -> Type {
        let hint = views::shared(at, part).unwrap_or_else(|| format!("{title} {part}"));
        self.derive(view, at, &hint)
    }

    /// The type for the schema at `at`; `hint` names it if nothing in the spec does.
    pub fn derive(&mut self, view: View, at: &Location, hint: &str) -> Type {
        let (at, hint) = match self.views.rust_type(at) {
            Some(_) => (at.clone(), hint.to_owned()),
            None if self.is_narrowed(view, at) => (at.clone(), hint.to_owned()),
            None => self.views.follow(at, hint),
        };
        let view = self.views.view(view, &at);
        let key = (view, at);
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        if !self.open.insert(key.clone()) {
            // A struct that is known by now leads back here; what it leads to is found once more.
            return match self.reopened.insert(key.clone()) {
                true => self.fresh(view, &key.1, &hint),
                false => Type::VALUE,
            };
        }
        let derived = self.fresh(view, &key.1, &hint);
        self.open.remove(&key);
        self.reopened.remove(&key);
        self.known.insert(key, derived.clone());
        derived
    }

    /// Whether the schema at `at` has a `$ref` (OpenAPI 3.1) and makes more of the type than its target does.
    fn is_narrowed(&self, view: View, at: &Location) -> bool {
        let schema = self.views.schema(view, at).as_object();
        if !schema.is_some_and(|schema| schema.contains_key("$ref") && schema.len() > 1) {
            return false;
        }
        let joint = self.joint(view, at);
        joint.plain_kind().is_some() || self.same(view, at, &joint).is_some()
    }

    /// The author's own type for the schema at `at`.
    fn given(&self, view: View, at: &Location) -> Option<Type> {
        let given = Type::Given(self.views.rust_type(at)?);
        let takes_null = |schema| kinds(schema).1 || union::nullable_branch(schema).is_some();
        let schema = self.views.schema(view, at).as_object();
        Some(match schema.is_some_and(takes_null) {
            true => given.nullable(),
            false => given,
        })
    }

    fn fresh(&mut self, view: View, at: &Location, hint: &str) -> Type {
        if let Some(given) = self.given(view, at) {
            return given;
        }
        if self.views.is_file(at) {
            let schema = self.views.schema(view, at).as_object();
            let null = schema.is_some_and(|schema| kinds(schema).1);
            return if null {
                Type::File.nullable()
            } else {
                Type::File
            };
        }
        let Value::Object(schema) = self.views.schema(view, at) else {
            return Type::VALUE;
        };
        if let Some((keyword, index)) = union::nullable_branch(schema) {
            let branch = at.member(keyword).element(index);
            return self.derive(view, &branch, hint).nullable();
        }
        let joint = self.joint(view, at);
        if let Some(same) = self.same(view, at, &joint) {
            let kind = joint.adapt(self.derive(view, &same, hint));
            if kind != Type::VALUE || !joint.is_object() {
                return kind;
            }
        }
        let is_merged = joint.is_several() && joint.plain_kind().is_some();
        let schema = match is_merged {
            true => Cow::Owned(joint.merged()),
            false => constant_as_enum(schema).map_or(Cow::Borrowed(schema), Cow::Owned),
        };
        let null = match joint.is_several() && joint.is_object() {
            true => joint.null,
            false => kinds(&schema).1 || union::takes_null(&schema),
        };
        let shape = Shape {
            view,
            at,
            hint,
            null,
            alone: false,
        };
        if is_merged {
            return self.joined(&shape, &schema, &joint);
        }
        let family = self.family(&shape, &schema);
        family.unwrap_or_else(|| self.by_kind(&shape, &schema, &joint))
    }

    /// The type for a schema, by the JSON types that it allows.
    fn by_kind(&mut self, shape: &Shape, schema: &Map<String, Value>, joint: &Joint) -> Type {
        let kinds = joint.kinds.as_deref().unwrap_or_default();
        match kinds {
            [] | ["object"] if union::is_choice(schema) => self.union(shape, schema),
            ["object"] => self.object(shape),
            ["array"] => self.array(shape, schema, slice::from_ref(shape.at)),
            [kind] => self.scalar(shape, schema, kind),
            [] if MEMBERS.iter().any(|keyword| schema.contains_key(*keyword)) => self.object(shape),
            _ => Type::VALUE,
        }
    }

    /// Registers the type of an item before what it holds is derived, since that may refer to it.
    fn register(&mut self, shape: &Shape, index: usize, any: bool) -> Type {
        let named = Type::Named(index);
        let kind = shape.wrap(if any {
            Type::Any(Box::new(named))
        } else {
            named
        });
        if !shape.alone {
            self.known
                .insert((shape.view, shape.at.clone()), kind.clone());
        }
        kind
    }
}

/// The types that a schema names, without null, and whether it names null. A number may be an integer.
fn kinds(schema: &Map<String, Value>) -> (Vec<&'static str>, bool) {
    let mut kinds = match schema.get("type") {
        Some(Value::String(kind)) => known_type(kind).into_iter().collect(),
        Some(Value::Array(kinds)) => {
            let kinds = kinds.iter().filter_map(Value::as_str);
            kinds.filter_map(known_type).collect()
        }
        _ => listed_types(schema),
    };
    let null = kinds.contains(&"null");
    let is_number = kinds.contains(&"number");
    kinds.retain(|kind| *kind != "null" && !(is_number && *kind == "integer"));
    (kinds, null)
}

/// The types of the values that a schema lists, each once.
fn listed_types(schema: &Map<String, Value>) -> Vec<&'static str> {
    let values = schema.get("enum").and_then(Value::as_array);
    let names = values.into_iter().flatten().map(types::name);
    names.fold(Vec::new(), |mut known, name| {
        if !known.contains(&name) {
            known.push(name);
        }
        known
    })
}

fn known_type(name: &str) -> Option<&'static str> {
    let types = [
        "null", "boolean", "integer", "number", "string", "array", "object",
    ];
    types.into_iter().find(|known| *known == name)
}

/// A schema that has a `const`, with an enum of that value alone instead.
fn constant_as_enum(schema: &Map<String, Value>) -> Option<Map<String, Value>> {
    let value = schema.get("const")?.clone();
    let mut schema = schema.clone();
    schema.insert("enum".to_owned(), Value::Array(vec![value]));
    Some(schema)
}
