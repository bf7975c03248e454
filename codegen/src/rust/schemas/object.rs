//! Objects: structs, or maps where the spec names no member.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{Schemas, Shape, kinds};
use crate::location::Location;
use crate::rust::item::{Kind, Member, Type};
use crate::rust::views::View;
use crate::rust::{integer, names, union};

/// Keywords that speak of members by other means than their names; all members are kept then.
const KEEPS_UNNAMED: &[&str] = &[
    "patternProperties",
    "dependencies",
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

/// What several schemas joined by `allOf` say of one object.
#[derive(Default)]
pub(super) struct Object {
    /// The members, each with the places where a part of the object speaks of it.
    pub properties: Vec<(String, Vec<Location>)>,
    required: Vec<String>,
    pub additional: Additional,
    /// Whether nothing but an object is accepted.
    typed: bool,
}

/// What becomes of members that the spec does not name.
#[derive(Default)]
pub(super) enum Additional {
    /// Accepted and not kept.
    #[default]
    Ignored,
    /// Refused.
    Refused,
    /// Kept; each is as one of these schemas says.
    Typed(Vec<Location>),
    /// Kept as they are.
    Kept,
}

impl Object {
    /// Members that are required without being described, and that nothing else keeps.
    fn undescribed(&self) -> Vec<&str> {
        let is_kept = !matches!(self.additional, Additional::Ignored);
        let names = self.required.iter().filter(|_| !is_kept);
        let is_described = |name: &String| self.properties.iter().any(|(wire, _)| wire == name);
        let names = names.filter(|name| !is_described(name));
        names.map(String::as_str).collect()
    }
}

/// A member that may be anything, but must be there.
fn anything(wire: &str, name: String) -> Member {
    Member {
        wire: Some(wire.to_owned()),
        name,
        docs: Vec::new(),
        kind: Type::Plain("Value"),
        optional: false,
        rules: Vec::new(),
        default: None,
    }
}

impl Schemas<'_> {
    /// A struct, or a map where the spec names no member.
    pub(super) fn object(&mut self, shape: &Shape) -> Type {
        let mut object = Object::default();
        if !self.gather(shape.view, shape.at, &mut object, &mut HashSet::new()) {
            return shape.wrap(Type::Plain("Value"));
        }
        if object.properties.is_empty() {
            match object.additional {
                _ if !object.typed => return shape.wrap(Type::Plain("Value")),
                Additional::Typed(schemas) => {
                    let value = self.common(shape.view, &schemas, shape.hint);
                    return shape.wrap(value.map());
                }
                Additional::Ignored | Additional::Kept => {
                    return shape.wrap(Type::Plain("Value").map());
                }
                Additional::Refused => {}
            }
        }
        self.structure(shape, object)
    }

    fn structure(&mut self, shape: &Shape, object: Object) -> Type {
        let index = self.reserve(shape);
        let named = self.settle(shape, index, !object.typed);
        let owner = self.items[index].name.clone();
        let undescribed = object.undescribed();
        let described = object.properties.iter().map(|(wire, _)| wire.as_str());
        let wires: Vec<_> = described.chain(undescribed.iter().copied()).collect();
        let fields = names::distinct(&wires, names::snake);
        let places = object.properties.iter();
        let places: Vec<_> = places.filter_map(|(_, all)| all.last().cloned()).collect();
        let mut fields = self.chosen(fields, &places, "fields").into_iter();
        let view = shape.view;
        let mut members = Vec::new();
        let mut dropped = Vec::new();
        for ((wire, places), name) in object.properties.iter().zip(&mut fields) {
            if places.iter().any(|at| self.views.is_hidden(view, at)) {
                dropped.push(wire.clone());
                continue;
            }
            let required = object.required.iter().any(|name| name == wire);
            members.push(self.member(view, &owner, wire, places, name, required));
        }
        let undescribed = undescribed.into_iter().zip(fields);
        members.extend(undescribed.map(|(wire, name)| anything(wire, name)));
        // What is dropped is accepted all the same.
        let closed = matches!(object.additional, Additional::Refused) && dropped.is_empty();
        members.extend(self.additional(view, &owner, object.additional, &members));
        self.items[index].kind = Kind::Struct {
            members,
            closed,
            dropped,
        };
        named
    }

    fn member(
        &mut self,
        view: View,
        owner: &str,
        wire: &str,
        places: &[Location],
        name: String,
        required: bool,
    ) -> Member {
        let hint = format!("{owner} {wire}");
        let whole = self.whole(view, places);
        let kind = match whole {
            Some(schema) => self.derive(view, schema, &hint),
            None => Type::Plain("Value"),
        };
        let schema = whole.or(places.last()).expect("a member has a place");
        // What an absent member stands for is filled in where values come in.
        let default = self
            .views
            .default(schema)
            .filter(|_| view == View::Request && !required && !matches!(kind, Type::Optional(_)));
        let kind = if required || default.is_some() {
            kind
        } else {
            kind.absentable()
        };
        if let Some(default) = &default {
            self.check_default(schema, &kind, default);
        }
        let rules = self.rules(view, schema, &kind, &hint);
        Member {
            wire: Some(wire.to_owned()),
            name,
            docs: self.views.docs(schema),
            kind,
            optional: !required,
            rules,
            default,
        }
    }

    /// A default has to be a value of the type, too, and a type ends where JSON's integers do not.
    fn check_default(&mut self, schema: &Location, kind: &Type, default: &Value) {
        if let (Type::Plain(name), Value::Number(number)) = (kind, default)
            && name.starts_with(['i', 'u'])
            && !integer::holds(name, number)
        {
            let found = format!("The default is the number `{number}`, which is beyond {name}");
            let remedy = "Change the default, or give the schema a `minimum` and a `maximum`.";
            self.faults.push(self.views.fault(schema, found, remedy));
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
            Additional::Typed(schemas) => {
                self.common(view, &schemas, &format!("{owner} additional"))
            }
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
            default: None,
        })
    }

    /// Whether the type for the schema at `at` is a struct that keeps members of these names.
    pub(super) fn names_all(&self, view: View, at: &Location, names: &[&str]) -> bool {
        let mut object = Object::default();
        let is_object = self.gather(view, at, &mut object, &mut HashSet::new());
        let mut names = names.iter();
        is_object && names.all(|name| object.properties.iter().any(|(known, _)| known == name))
    }

    /// The type of values that are each as one of the schemas says.
    pub(super) fn common(&mut self, view: View, schemas: &[Location], hint: &str) -> Type {
        let mut places: Vec<_> = schemas
            .iter()
            .map(|at| self.views.follow(at, "").0)
            .collect();
        places.dedup();
        let is_one = places.len() == 1 || places.iter().all(|at| self.is_scalar(view, at));
        let mut kinds = schemas
            .iter()
            .filter(|_| is_one)
            .map(|at| self.derive(view, at, hint));
        let first = kinds.next();
        let are_alike = kinds.all(|kind| Some(&kind) == first.as_ref());
        first.filter(|_| are_alike).unwrap_or(Type::Plain("Value"))
    }

    /// Joins what the schema at `at` and its `allOf` say of an object; false if they also speak of something else.
    pub(super) fn gather(
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
        if let Some((keyword, index)) = union::beside_null(schema) {
            return self.gather(view, &at.member(keyword).element(index), object, seen);
        }
        let (kinds, null) = kinds(schema);
        // Null is looked after where the type is used.
        if (null && seen.len() > 1) || !matches!(kinds.as_slice(), [] | ["object"]) {
            return false;
        }
        object.typed |= !kinds.is_empty();
        if let Some(base) = self.views.base(&at)
            && !self.gather(view, &base, object, seen)
        {
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
                Some((_, places)) => places.push(property),
                None => object.properties.push((name.clone(), vec![property])),
            }
        }
        let required = schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        for name in required.filter_map(Value::as_str) {
            if !object.required.iter().any(|known| known == name) {
                object.required.push(name.to_owned());
            }
        }
        match (additional(&at, schema), says_unnamed(schema)) {
            (Additional::Ignored, true) => object.additional = Additional::Kept,
            (Additional::Ignored, false) => {}
            (additional, _) => object.additional = additional,
        }
        true
    }
}

/// What a schema says by itself of members without a name.
fn additional(at: &Location, schema: &Map<String, Value>) -> Additional {
    let patterns = schema.get("patternProperties").and_then(Value::as_object);
    let place = at.member("patternProperties");
    let patterns = patterns.into_iter().flatten();
    // A pattern whose members are forbidden has none.
    let patterns = patterns.filter(|(_, schema)| **schema != Value::Bool(false));
    let mut schemas: Vec<_> = patterns.map(|(name, _)| place.member(name)).collect();
    match schema.get("additionalProperties") {
        Some(Value::Bool(false)) if schemas.is_empty() => Additional::Refused,
        Some(Value::Bool(false)) => Additional::Typed(schemas),
        Some(Value::Object(_)) => {
            schemas.push(at.member("additionalProperties"));
            Additional::Typed(schemas)
        }
        Some(_) => Additional::Kept,
        None => Additional::Ignored,
    }
}

/// Whether a schema speaks of members by other means than their names.
fn says_unnamed(schema: &Map<String, Value>) -> bool {
    KEEPS_UNNAMED.iter().any(|it| schema.contains_key(*it))
}
