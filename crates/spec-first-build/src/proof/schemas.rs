//! What schemas accept at all, whatever the type: JSON types, null, and whether two schemas have a value in common.

use serde_json::{Map, Value};

use super::gap::Gap;
use super::prover::Prover;
use crate::rust::item::Kind;
use crate::rust::kind::Type;
use crate::rust::primitive::Primitive;
use crate::schema::types;
use crate::text::Location;

/// How deep schemas and types inside each other are followed.
const DEEPEST: usize = 30;

/// The keywords that say nothing of null.
const SILENT_OF_NULL: [&str; 24] = [
    "multipleOf",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "items",
    "prefixItems",
    "additionalItems",
    "maxProperties",
    "minProperties",
    "required",
    "properties",
    "additionalProperties",
    "patternProperties",
    "discriminator",
    "format",
    "definitions",
    "$defs",
];

impl<'m> Prover<'m> {
    /// The JSON types of the values of a type; none if they are not known.
    pub(super) fn types(&self, kind: &Type) -> Option<Vec<&'static str>> {
        self.types_within(kind, DEEPEST)
    }

    pub(super) fn types_within(&self, kind: &Type, depth: usize) -> Option<Vec<&'static str>> {
        let depth = depth.checked_sub(1)?;
        Some(match kind {
            Type::Plain(Primitive::Bool) => vec!["boolean"],
            Type::Plain(Primitive::Integer(_)) => vec!["integer"],
            Type::Plain(Primitive::F32 | Primitive::F64) => vec!["number"],
            Type::Plain(Primitive::Value) => return None,
            Type::Plain(_) => vec!["string"],
            Type::List(_) | Type::Set(_) | Type::Tuple(_) => vec!["array"],
            Type::Map(_) => vec!["object"],
            Type::Boxed(inner) | Type::Shared(inner) => self.types_within(inner, depth)?,
            Type::Optional(inner) => {
                let mut types = self.types_within(inner, depth)?;
                types.push("null");
                types
            }
            Type::Named(index) => match &self.model.items[*index].kind {
                Kind::Struct { .. } => vec!["object"],
                Kind::Enum { repr: None, .. } => vec!["string"],
                Kind::Enum { repr: Some(_), .. } => vec!["integer"],
                Kind::Newtype(inner) => self.types_within(inner, depth)?,
                Kind::Union { .. } => self.types_of_variants(kind, depth)?,
            },
            _ => return None,
        })
    }

    /// Whether a value of the type may be of one of these JSON types.
    pub(super) fn may_be(&self, kind: &Type, names: &[&str]) -> bool {
        let types = self.types(kind);
        types.is_none_or(|types| types.iter().any(|name| names.contains(name)))
    }

    /// Proves that a schema accepts null.
    ///
    /// # Errors
    /// The keyword that may reject it.
    pub(super) fn accept_null(&self, at: &Location) -> Result<(), Gap> {
        self.accept_null_within(at, DEEPEST)
    }

    fn accept_null_within(&self, at: &Location, depth: usize) -> Result<(), Gap> {
        let schema = match self.schema(at) {
            Value::Bool(true) => return Ok(()),
            Value::Object(schema) if depth > 0 => schema,
            _ => return Err(Gap::new(at, "false")),
        };
        let list = |keyword: &str| {
            let (place, count) = (
                at.member(keyword),
                schema[keyword].as_array().map_or(0, Vec::len),
            );
            (0..count).map(move |index| place.element(index))
        };
        let accepts = |at: &Location| self.accept_null_within(at, depth - 1);
        for (keyword, value) in schema {
            let is_accepted = match keyword.as_str() {
                "type" => types_listed(value).contains(&"null"),
                "enum" => value.as_array().is_some_and(|it| it.contains(&Value::Null)),
                "const" => value.is_null(),
                "$ref" => {
                    accepts(&self.target(at, value)?)?;
                    true
                }
                "allOf" => {
                    list(keyword).try_for_each(|it| accepts(&it))?;
                    true
                }
                "anyOf" => list(keyword).any(|it| accepts(&it).is_ok()),
                "oneOf" => {
                    let (good, bad): (Vec<_>, Vec<_>) =
                        list(keyword).partition(|it| accepts(it).is_ok());
                    let is_rejected = |it: &Location| {
                        let types = self.accepted_types(it, DEEPEST);
                        types.is_some_and(|types| !types.contains(&"null"))
                    };
                    good.len() == 1 && bad.iter().all(is_rejected)
                }
                keyword => SILENT_OF_NULL.contains(&keyword),
            };
            if !is_accepted {
                return Err(Gap::new(at, keyword));
            }
        }
        Ok(())
    }

    /// The JSON types of which a schema may accept values; none if that is not known, and any may be.
    fn accepted_types(&self, at: &Location, depth: usize) -> Option<Vec<&'static str>> {
        let depth = depth.checked_sub(1)?;
        let schema = self.schema(at).as_object()?;
        let mut known: Option<Vec<&'static str>> = None;
        let mut narrow = |types: Option<Vec<&'static str>>| {
            let Some(types) = types else { return };
            known = Some(match known.take() {
                Some(known) => known.into_iter().filter(|it| types.contains(it)).collect(),
                None => types,
            });
        };
        narrow(schema.get("type").map(types_listed));
        let listed = schema.get("enum").and_then(Value::as_array);
        narrow(listed.map(|values| values.iter().flat_map(types_of_value).collect()));
        narrow(schema.get("const").map(types_of_value));
        if let Some(reference) = schema.get("$ref") {
            let target = self.target(at, reference).ok();
            narrow(target.and_then(|target| self.accepted_types(&target, depth)));
        }
        for part in self.parts(at, schema, "allOf") {
            narrow(self.accepted_types(&part, depth));
        }
        for keyword in ["anyOf", "oneOf"] {
            if schema.contains_key(keyword) {
                let parts = self.parts(at, schema, keyword).into_iter();
                let types = parts.map(|part| self.accepted_types(&part, depth));
                let types: Option<Vec<_>> = types.collect();
                narrow(types.map(|types| types.concat()));
            }
        }
        known
    }

    fn parts(&self, at: &Location, schema: &Map<String, Value>, keyword: &str) -> Vec<Location> {
        let list = at.member(keyword);
        let count = schema.get(keyword).and_then(Value::as_array);
        let count = count.map_or(0, Vec::len);
        (0..count).map(|index| list.element(index)).collect()
    }

    /// The schema at `at`, and those that accept whatever it accepts, too.
    fn joined(&self, at: &Location) -> Vec<(Location, &'m Map<String, Value>)> {
        let mut places = vec![at.clone()];
        let mut joined = Vec::new();
        let mut index = 0;
        while let Some(place) = places.get(index).cloned() {
            index += 1;
            let Value::Object(schema) = self.schema(&place) else {
                continue;
            };
            let target = schema
                .get("$ref")
                .and_then(|it| self.target(&place, it).ok());
            let parts = self.parts(&place, schema, "allOf").into_iter();
            let new = parts.chain(target).filter(|it| !places.contains(it));
            let new: Vec<_> = new.collect();
            places.extend(new);
            joined.push((place, schema));
        }
        joined
    }

    /// Whether an object that the schema accepts has this member.
    pub(super) fn requires(&self, at: &Location, name: &str) -> bool {
        self.joined(at).iter().any(|(_, schema)| {
            let required = schema.get("required").and_then(Value::as_array);
            required.is_some_and(|names| names.iter().any(|it| it == name))
        })
    }

    /// The values that a schema lists.
    fn listed(&self, at: &Location) -> Option<&'m [Value]> {
        self.joined(at).into_iter().find_map(|(_, schema)| {
            let listed = schema.get("enum").and_then(Value::as_array);
            let only = schema.get("const").map(std::slice::from_ref);
            listed.map(Vec::as_slice).or(only)
        })
    }

    /// The values that a member may have, if a schema lists them.
    fn listed_of_member(&self, at: &Location, name: &str) -> Option<&'m [Value]> {
        let joined = self.joined(at).into_iter();
        let mut places = joined.filter_map(|(place, schema)| {
            let properties = schema.get("properties")?;
            properties.get(name)?;
            Some(place.member("properties").member(name))
        });
        places.find_map(|place| self.listed(&place))
    }

    /// Whether a schema accepts no object that has this member.
    fn forbids(&self, at: &Location, name: &str) -> bool {
        self.joined(at).iter().any(|(_, schema)| {
            let is_closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
            let has_patterns = schema.contains_key("patternProperties");
            let named = schema.get("properties").and_then(|it| it.get(name));
            is_closed && !has_patterns && named.is_none()
        })
    }

    /// Whether no value is accepted by both schemas.
    pub(super) fn are_disjoint(&self, one: &Location, other: &Location) -> bool {
        let types = |at| self.accepted_types(at, DEEPEST);
        if let (Some(types), Some(others)) = (types(one), types(other)) {
            let mut common = types.iter().filter(|name| others.contains(name));
            if common.all(|name| *name == "object") {
                let has_objects = types.contains(&"object") && others.contains(&"object");
                return !has_objects || self.differ_in_a_member(one, other);
            }
        }
        match (self.listed(one), self.listed(other)) {
            (Some(values), Some(others)) => are_apart(values, others),
            _ => false,
        }
    }

    /// Whether a member that one of two schemas of objects requires keeps their objects apart.
    fn differ_in_a_member(&self, one: &Location, other: &Location) -> bool {
        [(one, other), (other, one)]
            .into_iter()
            .any(|(one, other)| {
                let joined = self.joined(one);
                let required = joined
                    .iter()
                    .filter_map(|(_, it)| it.get("required")?.as_array());
                let mut names = required.flatten().filter_map(Value::as_str);
                names.any(|name| {
                    let values = self.listed_of_member(one, name);
                    let others = self.listed_of_member(other, name);
                    let are_apart = values
                        .zip(others)
                        .is_some_and(|(it, them)| are_apart(it, them));
                    are_apart || self.forbids(other, name)
                })
            })
    }
}

/// Whether two lists have no value in common. Numbers may be written in several ways, so they are never apart.
fn are_apart(values: &[Value], others: &[Value]) -> bool {
    let is_text = |value: &Value| value.is_string() || value.is_boolean() || value.is_null();
    let all = || values.iter().chain(others);
    all().all(is_text) && values.iter().all(|value| !others.contains(value))
}

/// The types that a `type` lists. A number may be an integer.
fn types_listed(value: &Value) -> Vec<&'static str> {
    let listed = value
        .as_array()
        .map_or(std::slice::from_ref(value), Vec::as_slice);
    let names = listed.iter().filter_map(Value::as_str);
    let known = [
        "null", "boolean", "integer", "number", "string", "array", "object",
    ];
    let mut types = Vec::new();
    for name in names {
        types.extend(known.into_iter().filter(|known| *known == name));
        if name == "number" {
            types.push("integer");
        }
        if name == "integer" {
            // `1.0` is one in some dialects.
            types.push("number");
        }
    }
    types
}

fn types_of_value(value: &Value) -> Vec<&'static str> {
    match types::name(value) {
        "integer" | "number" => vec!["integer", "number"],
        name => vec![name],
    }
}
