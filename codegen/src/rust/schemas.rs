//! Rust types from schemas: the same translated schemas that the server will check values with.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::item::{Item, Kind, Member, Type, Variant};
use super::views::{View, Views};
use super::{integer, names, pattern, rules};
use crate::fault::Fault;
use crate::location::Location;

/// The types of a spec, found one use after another.
pub struct Schemas<'a> {
    views: Views<'a>,
    pub items: Vec<Item>,
    /// Patterns that `validator` checks: the constant's name and the regular expression.
    pub patterns: Vec<(String, String)>,
    pub faults: Vec<Fault>,
    /// The module whose operations are read.
    pub module: String,
    known: HashMap<(View, Location), Type>,
    /// Who has a type's name already.
    named: HashMap<String, Location>,
}

/// What several schemas joined by `allOf` say of one object.
#[derive(Default)]
struct Object {
    properties: Vec<(String, Location)>,
    required: HashSet<String>,
    additional: Additional,
}

/// What becomes of members that the spec does not name.
#[derive(Default)]
enum Additional {
    /// Accepted and not kept.
    #[default]
    Ignored,
    /// Refused.
    Refused,
    /// Kept as this type.
    Typed(Location),
    /// Kept as they are.
    Kept,
}

impl<'a> Schemas<'a> {
    pub fn new(views: Views<'a>) -> Self {
        Self {
            views,
            items: Vec::new(),
            patterns: Vec::new(),
            faults: Vec::new(),
            module: String::new(),
            known: HashMap::new(),
            named: HashMap::new(),
        }
    }

    /// The type for the schema at `at`; `hint` names it if nothing in the spec does.
    pub fn derive(&mut self, view: View, at: &Location, hint: &str) -> Type {
        let (at, hint) = self.views.follow(at, hint);
        let view = self.views.view(view, &at);
        let key = (view, at);
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let derived = self.fresh(view, &key.1, &hint);
        self.known.entry(key).or_insert(derived).clone()
    }

    /// The rules for a member of type `kind` whose schema is at `at`.
    fn rules(&mut self, view: View, at: &Location, kind: &Type, hint: &str) -> Vec<String> {
        let (at, _) = self.views.follow(at, hint);
        let Value::Object(schema) = self.views.schema(view, &at) else {
            return Vec::new();
        };
        let patterns = &mut self.patterns;
        rules::rules(schema, kind, |ecma| {
            constant(patterns, &pattern::translate(ecma)?, hint)
        })
    }

    fn fresh(&mut self, view: View, at: &Location, hint: &str) -> Type {
        let Value::Object(schema) = self.views.schema(view, at) else {
            return Type::Plain("Value");
        };
        if let Some((branch, index)) = nullable_branch(schema) {
            return self
                .derive(view, &at.member(branch).element(index), hint)
                .nullable();
        }
        let (kinds, null) = kinds(schema);
        let kind = match kinds.as_slice() {
            _ if schema.contains_key("oneOf") || schema.contains_key("anyOf") => {
                Type::Plain("Value")
            }
            ["string"] => self.string(view, at, schema, hint),
            ["integer"] => Type::Plain(integer::width(schema)),
            ["number"] if schema.get("format").is_some_and(|format| format == "float") => {
                Type::Plain("f32")
            }
            ["number"] => Type::Plain("f64"),
            ["boolean"] => Type::Plain("bool"),
            ["array"] => self.array(view, at, schema, hint),
            ["object"] => self.object(view, at, hint),
            [] if schema.contains_key("properties") || schema.contains_key("allOf") => {
                self.object(view, at, hint)
            }
            _ => Type::Plain("Value"),
        };
        if null { kind.nullable() } else { kind }
    }

    fn string(
        &mut self,
        view: View,
        at: &Location,
        schema: &Map<String, Value>,
        hint: &str,
    ) -> Type {
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            let words: Vec<_> = values.iter().filter_map(Value::as_str).collect();
            return self.enumeration(view, at, &words, hint);
        }
        match schema.get("format").and_then(Value::as_str) {
            Some("date") => Type::Plain("NaiveDate"),
            Some("date-time") => Type::Plain("DateTime<Utc>"),
            _ => Type::Plain("String"),
        }
    }

    fn array(
        &mut self,
        view: View,
        at: &Location,
        schema: &Map<String, Value>,
        hint: &str,
    ) -> Type {
        match schema.get("items") {
            Some(Value::Object(_)) if !schema.contains_key("prefixItems") => {
                self.derive(view, &at.member("items"), hint).list()
            }
            _ => Type::Plain("Value").list(),
        }
    }

    fn enumeration(&mut self, view: View, at: &Location, words: &[&str], hint: &str) -> Type {
        let chosen = names::distinct(words, names::pascal);
        let variants = match chosen {
            Ok(chosen) => words
                .iter()
                .zip(chosen)
                .map(|(word, name)| Variant {
                    wire: (*word).to_owned(),
                    name,
                })
                .collect(),
            Err((one, other)) => {
                self.clash(at, &one, &other, "variant");
                Vec::new()
            }
        };
        let index = self.reserve(view, at, hint);
        self.items[index].kind = Kind::Enum { variants };
        Type::Named(index)
    }

    /// A struct, or a map where the spec names no member.
    fn object(&mut self, view: View, at: &Location, hint: &str) -> Type {
        let mut object = Object::default();
        if !self.gather(view, at, &mut object, &mut HashSet::new()) {
            return Type::Plain("Value");
        }
        if object.properties.is_empty() {
            match object.additional {
                Additional::Typed(schema) => return self.derive(view, &schema, hint).map(),
                Additional::Ignored | Additional::Kept => return Type::Plain("Value").map(),
                Additional::Refused => {}
            }
        }
        self.structure(view, at, hint, object)
    }

    fn structure(&mut self, view: View, at: &Location, hint: &str, object: Object) -> Type {
        let index = self.reserve(view, at, hint);
        // Known before its members are, since they may mention it.
        self.known.insert((view, at.clone()), Type::Named(index));
        let owner = self.items[index].name.clone();
        let wires: Vec<_> = object
            .properties
            .iter()
            .map(|(wire, _)| wire.as_str())
            .collect();
        let fields = match names::distinct(&wires, names::snake) {
            Ok(fields) => fields,
            Err((one, other)) => {
                self.clash(at, &one, &other, "field");
                return Type::Named(index);
            }
        };
        let mut members = Vec::new();
        for ((wire, schema), name) in object.properties.iter().zip(fields) {
            if self.views.is_hidden(view, schema) {
                continue;
            }
            members.push(self.member(
                view,
                &owner,
                wire,
                schema,
                name,
                object.required.contains(wire),
            ));
        }
        let closed = matches!(object.additional, Additional::Refused);
        members.extend(self.additional(view, &owner, object.additional, &members));
        self.items[index].kind = Kind::Struct { members, closed };
        Type::Named(index)
    }

    fn member(
        &mut self,
        view: View,
        owner: &str,
        wire: &str,
        schema: &Location,
        name: String,
        required: bool,
    ) -> Member {
        let hint = format!("{owner} {wire}");
        let kind = self.derive(view, schema, &hint);
        let kind = if required { kind } else { kind.absentable() };
        let rules = self.rules(view, schema, &kind, &hint);
        Member {
            wire: Some(wire.to_owned()),
            name: self.views.rust_name(schema).unwrap_or(name),
            docs: self.views.docs(schema),
            kind,
            optional: !required,
            rules,
        }
    }

    /// The field for all that the spec does not name.
    fn additional(
        &mut self,
        view: View,
        owner: &str,
        additional: Additional,
        members: &[Member],
    ) -> Option<Member> {
        let value = match additional {
            Additional::Ignored | Additional::Refused => return None,
            Additional::Typed(schema) => self.derive(view, &schema, &format!("{owner} additional")),
            Additional::Kept => Type::Plain("Value"),
        };
        let taken = members.iter().any(|member| member.name == "additional");
        Some(Member {
            wire: None,
            name: if taken {
                "additional_members"
            } else {
                "additional"
            }
            .to_owned(),
            docs: vec!["Members that the spec does not name.".to_owned()],
            kind: value.map(),
            optional: false,
            rules: Vec::new(),
        })
    }

    /// Joins what the schema at `at` and its `allOf` say of an object; false if they also speak of something else.
    fn gather(
        &self,
        view: View,
        at: &Location,
        object: &mut Object,
        seen: &mut HashSet<Location>,
    ) -> bool {
        let (at, _) = self.views.follow(at, "");
        if !seen.insert(at.clone()) {
            return true;
        }
        let Value::Object(schema) = self.views.schema(view, &at) else {
            return true;
        };
        let (kinds, null) = kinds(schema);
        if null || !matches!(kinds.as_slice(), [] | ["object"]) {
            return false;
        }
        for index in 0..schema
            .get("allOf")
            .and_then(Value::as_array)
            .map_or(0, Vec::len)
        {
            if !self.gather(view, &at.member("allOf").element(index), object, seen) {
                return false;
            }
        }
        for name in schema
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flat_map(Map::keys)
        {
            let property = at.member("properties").member(name);
            match object
                .properties
                .iter_mut()
                .find(|(known, _)| known == name)
            {
                Some(known) => known.1 = property,
                None => object.properties.push((name.clone(), property)),
            }
        }
        let required = schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        object
            .required
            .extend(required.filter_map(Value::as_str).map(str::to_owned));
        match schema.get("additionalProperties") {
            Some(Value::Bool(false)) => object.additional = Additional::Refused,
            Some(Value::Bool(true)) => object.additional = Additional::Kept,
            Some(_) => object.additional = Additional::Typed(at.member("additionalProperties")),
            None if KEEPS_UNNAMED
                .iter()
                .any(|keyword| schema.contains_key(*keyword)) =>
            {
                object.additional = Additional::Kept;
            }
            None => {}
        }
        true
    }

    /// Makes room for an item, so that what it holds can mention it.
    fn reserve(&mut self, view: View, at: &Location, hint: &str) -> usize {
        let name = self.name(view, at, hint);
        self.named.insert(name.clone(), at.clone());
        self.items.push(Item {
            name,
            docs: self.views.docs(at),
            kind: Kind::Enum {
                variants: Vec::new(),
            },
            decoded: false,
            encoded: false,
            ruled: false,
        });
        self.items.len() - 1
    }

    /// A name that no other type has. A schema without a name of its own steps back: it is called after its module, too,
    /// and numbered at the last.
    fn name(&mut self, view: View, at: &Location, hint: &str) -> String {
        let name = self.views.type_name(view, at, hint);
        let Some(other) = self.named.get(&name).cloned() else {
            return name;
        };
        if self.views.is_named(at) {
            self.clash(at, &name, &other.to_string(), "type");
            return name;
        }
        let qualified = names::type_name(&format!("{} {hint}", self.module));
        let numbered = (2..).map(|number| format!("{qualified}{number}"));
        let mut candidates = std::iter::once(qualified.clone()).chain(numbered);
        candidates
            .find(|name| !self.named.contains_key(name))
            .unwrap_or(name)
    }

    fn clash(&mut self, at: &Location, one: &str, other: &str, what: &str) {
        self.faults.push(self.views.fault(
            at,
            format!("{one:?} and {other:?} would have the same {what} name in Rust"),
            "Rename one of them, or give one an `x-rust-name`.",
        ));
    }
}

/// Keywords that speak of members by other means than their names.
const KEEPS_UNNAMED: &[&str] = &[
    "patternProperties",
    "minProperties",
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
    "unevaluatedProperties",
    "oneOf",
    "anyOf",
    "if",
    "not",
];

/// The types that a schema allows, without null, and whether it allows null.
fn kinds(schema: &Map<String, Value>) -> (Vec<&str>, bool) {
    let listed: Vec<_> = match schema.get("type") {
        Some(Value::String(kind)) => vec![kind.as_str()],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => enum_kind(schema).into_iter().collect(),
    };
    let null = listed.contains(&"null");
    (
        listed.into_iter().filter(|kind| *kind != "null").collect(),
        null,
    )
}

/// An enum of strings alone needs no `type` to be one.
fn enum_kind(schema: &Map<String, Value>) -> Option<&'static str> {
    let values = schema.get("enum")?.as_array()?;
    values.iter().all(Value::is_string).then_some("string")
}

/// The one branch beside null of a schema that says no more than "this or null".
fn nullable_branch(schema: &Map<String, Value>) -> Option<(&'static str, usize)> {
    let keyword = ["anyOf", "oneOf"]
        .into_iter()
        .find(|keyword| schema.contains_key(*keyword))?;
    let branches = schema[keyword].as_array()?;
    let is_null = |branch: &Value| branch.get("type").is_some_and(|kind| kind == "null");
    let null = branches.iter().position(is_null)?;
    (schema.len() == 1 && branches.len() == 2 && !is_null(&branches[1 - null]))
        .then_some((keyword, 1 - null))
}

/// The constant for a regular expression: the one that there is, or a new one named after `hint`.
fn constant(patterns: &mut Vec<(String, String)>, regex: &str, hint: &str) -> Option<String> {
    if let Some((name, _)) = patterns.iter().find(|(_, known)| known == regex) {
        return Some(name.clone());
    }
    let name = names::screaming(hint);
    if patterns.iter().any(|(taken, _)| *taken == name) {
        return None;
    }
    patterns.push((name.clone(), regex.to_owned()));
    Some(name)
}
