//! Schemas that a value has to follow at the same time, joined by `$ref` and `allOf`: what they say together of its type.

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::{Map, Number, Value, json};

use super::{ItemBuilder, constant_as_enum, kinds};
use crate::rust::integer::Side;
use crate::rust::kind::Type;
use crate::rust::union;
use crate::rust::views::View;
use crate::schema::types;
use crate::text::Location;

/// Keywords that join a schema with others, or let it choose.
pub(super) const JOINING: [&str; 4] = ["$ref", "allOf", "oneOf", "anyOf"];

/// Keywords that describe the elements of an array.
const ELEMENTS: [&str; 3] = ["items", "prefixItems", "additionalItems"];

/// A schema, and all that it is joined with.
#[derive(Default)]
pub(super) struct Joint<'a> {
    /// The types that each of the schemas allows, without null; none if all types are allowed.
    pub kinds: Option<Vec<&'static str>>,
    /// Whether each of them accepts null.
    pub null: bool,
    /// The schemas with their places, the schema itself first.
    pub parts: Vec<(Location, Cow<'a, Map<String, Value>>)>,
}

impl Joint<'_> {
    /// Whether the schema is joined with any other.
    pub fn is_several(&self) -> bool {
        self.parts.len() > 1
    }

    /// The only type, if it is one that has no members.
    pub fn plain_kind(&self) -> Option<&'static str> {
        match self.kinds.as_deref() {
            Some([kind]) if *kind != "object" => Some(kind),
            _ => None,
        }
    }

    /// Whether values are texts, numbers or flags, none of which is listed.
    pub fn is_scalar(&self) -> bool {
        let kind = self.plain_kind();
        kind.is_some_and(|kind| kind != "array") && self.values().is_none()
    }

    /// Whether nothing but objects, and perhaps null, is accepted.
    pub fn is_object(&self) -> bool {
        self.kinds.as_deref() == Some(&["object"])
    }

    /// The type for the schema, from the type of one that it is joined with.
    pub fn adapt(&self, kind: Type) -> Type {
        match (&self.kinds, self.null) {
            (None, _) => kind,
            (Some(_), true) => kind.unwrapped().nullable(),
            (Some(_), false) => kind.unwrapped(),
        }
    }

    /// Restricts the types to these.
    fn restrict(&mut self, kinds: Vec<&'static str>) {
        let narrow = |kind: &&'static str| match *kind {
            kind if kinds.contains(&kind) => Some(kind),
            "integer" if kinds.contains(&"number") => Some("integer"),
            "number" if kinds.contains(&"integer") => Some("integer"),
            _ => None,
        };
        let narrowed = self.kinds.as_ref().map(|known| known.iter());
        let narrowed = narrowed.map(|known| known.filter_map(narrow).collect());
        self.kinds = Some(narrowed.unwrap_or(kinds));
    }

    /// The values of the schema's types that every `enum` and `const` lists; none if there is no such keyword.
    pub fn values(&self) -> Option<Vec<Value>> {
        let mut lists = self.parts.iter().filter_map(|(_, schema)| listed(schema));
        let first = lists.next()?;
        let mut values = lists.fold(first, |mut values, list| {
            values.retain(|value| contains(&list, value));
            values
        });
        values.retain(|value| self.is_typed(value));
        Some(values)
    }

    fn is_typed(&self, value: &Value) -> bool {
        let Some(kinds) = &self.kinds else {
            return true;
        };
        match types::name(value) {
            "integer" | "number" => kinds
                .iter()
                .any(|kind| ["integer", "number"].contains(kind)),
            name => kinds.contains(&name),
        }
    }

    /// Whether the schema at `at`, one of these, describes all elements of the array, or lists all values that are left.
    pub fn is_decided_at(&self, at: &Location) -> bool {
        if self.plain_kind() == Some("array") {
            let mut places = self.element_places();
            return places.next() == Some(at) && places.next().is_none();
        }
        let mut parts = self.parts.iter();
        let list = parts.find_map(|(place, schema)| listed(schema).filter(|_| place == at));
        let values = self.values();
        list.is_some() && list.map(|list| list.len()) == values.map(|values| values.len())
    }

    /// The places where elements of an array are described.
    pub fn element_places(&self) -> impl Iterator<Item = &Location> {
        let describes = |schema: &Map<String, Value>| {
            let mut keywords = ELEMENTS.iter();
            keywords.any(|keyword| schema.contains_key(*keyword))
        };
        let parts = self.parts.iter();
        let parts = parts.filter(move |(_, schema)| describes(schema));
        parts.map(|(at, _)| at)
    }

    /// One schema for all of them, as far as it decides on a type without members.
    pub fn merged(&self) -> Map<String, Value> {
        let mut merged = Map::new();
        for (_, schema) in &self.parts {
            for (keyword, value) in &**schema {
                match keyword.as_str() {
                    "oneOf" | "anyOf" => {
                        merged.insert("not".to_owned(), json!({}));
                    }
                    "format" => merge_format(&mut merged, value),
                    keyword if !JOINING.contains(&keyword) => {
                        merged
                            .entry(keyword.to_owned())
                            .or_insert_with(|| value.clone());
                    }
                    _ => {}
                }
            }
        }
        let kinds = self.kinds.iter().flatten().copied();
        let kinds = kinds.chain(self.null.then_some("null"));
        merged.insert("type".to_owned(), kinds.collect());
        if let Some(values) = self.values() {
            merged.insert("enum".to_owned(), values.into());
        }
        if self.plain_kind() == Some("integer") {
            self.merge_bounds(&mut merged);
        }
        merged
    }

    /// Sets the tightest bounds of an integer.
    fn merge_bounds(&self, merged: &mut Map<String, Value>) {
        for side in [Side::Min, Side::Max] {
            let bounds = self.parts.iter();
            let bounds = bounds.filter_map(|(_, schema)| side.bound(schema));
            if let Some(bound) = side.tightest(bounds) {
                let (inclusive, exclusive) = side.keywords();
                merged.insert(inclusive.to_owned(), Value::Number(number(bound)));
                merged.shift_remove(exclusive);
            }
        }
    }
}

/// Adds a format. Of two, the narrower integer remains; texts of two formats have no type of their own.
fn merge_format(merged: &mut Map<String, Value>, format: &Value) {
    match merged.get("format") {
        Some(known) if known == format || known == "int32" => {}
        Some(_) if format == "int32" => {
            merged.insert("format".to_owned(), format.clone());
        }
        Some(_) => {
            merged.insert("format".to_owned(), Value::Null);
        }
        None => {
            merged.insert("format".to_owned(), format.clone());
        }
    }
}

fn number(integer: i128) -> Number {
    let signed = i64::try_from(integer).map(Number::from);
    let unsigned = || u64::try_from(integer).map(Number::from);
    let double = || Number::from_f64(integer as f64).expect("an integer is a finite number");
    signed.or_else(|_| unsigned()).unwrap_or_else(|_| double())
}

/// The values that a schema lists, apart from null; none if it lists none.
fn listed(schema: &Map<String, Value>) -> Option<Vec<Value>> {
    let values = schema.get("enum")?.as_array()?.iter();
    Some(values.filter(|value| !value.is_null()).cloned().collect())
}

/// Whether the value is in the list; `1.0` is `1`.
fn contains(list: &[Value], value: &Value) -> bool {
    let is_same = |other: &Value| match (other, value) {
        (Value::Number(other), Value::Number(value)) => {
            other == value || other.is_f64() != value.is_f64() && other.as_f64() == value.as_f64()
        }
        _ => other == value,
    };
    list.iter().any(is_same)
}

impl<'a> ItemBuilder<'a> {
    /// The schema at `at` with all that it is joined with.
    pub(super) fn joint(&self, view: View, at: &Location) -> Joint<'a> {
        let mut joint = Joint::default();
        joint.null = self.join(view, at, &mut joint, &mut HashSet::new());
        joint
    }

    /// Adds the schema at `at` and what it is joined with; whether they accept null.
    fn join(
        &self,
        view: View,
        at: &Location,
        joint: &mut Joint<'a>,
        seen: &mut HashSet<Location>,
    ) -> bool {
        let Value::Object(schema) = self.views.schema(view, at) else {
            return true;
        };
        if !seen.insert(at.clone()) {
            return true;
        }
        let schema = constant_as_enum(schema).map_or(Cow::Borrowed(schema), Cow::Owned);
        let mut null = true;
        if schema.contains_key("type") || schema.contains_key("enum") {
            let (own, takes_null) = kinds(&schema);
            joint.restrict(own);
            null = takes_null;
        } else if union::is_choice(&schema) {
            null = union::takes_null(&schema);
        }
        let takes_null = union::takes_null(&schema);
        joint.parts.push((at.clone(), schema));
        for part in self.views.parts(view, at) {
            let accepts = self.join(view, &part, joint, seen);
            null &= accepts || takes_null && is_branch(at, &part);
        }
        null
    }
}

/// Whether `part` is a branch of a union at `at`.
fn is_branch(at: &Location, part: &Location) -> bool {
    let list = part.parent();
    list.is_some_and(|list| list == at.member("oneOf") || list == at.member("anyOf"))
}
