//! Values made from a schema. They are guesses; the caller validates them.

use std::cell::Cell;

use serde_json::{Map, Number, Value, json};

use super::text;
use crate::document::Document;
use crate::text::Location;

/// How deep schemas are followed; what lies deeper is left out or null.
const DEEPEST: usize = 24;

/// How deep, and up to how many values, members are made that are not required.
const OPTIONAL: (usize, usize) = (8, 500);

/// Makes values from translated schemas.
pub struct Maker<'a> {
    document: &'a Document,
    files: &'a Value,
    /// How many values were made for the present one.
    made: Cell<usize>,
}

/// How a value is made.
#[derive(Clone, Copy)]
struct Strategy {
    /// Whether the author's examples are taken on the way.
    examples: bool,
    /// Whether members are made that are not required.
    all: bool,
}

impl<'a> Maker<'a> {
    /// A maker for the schemas in `files`, which are translated from those of `document`.
    pub fn new(document: &'a Document, files: &'a Value) -> Self {
        Self {
            document,
            files,
            made: Cell::new(0),
        }
    }

    /// Values for the schema at `at`, the most informative first.
    pub fn values(&self, at: &Location) -> impl Iterator<Item = Value> + use<'_, 'a> {
        let at = at.clone();
        let strategies = [(true, true), (false, true), (true, false), (false, false)];
        let strategies = strategies.map(|(examples, all)| Strategy { examples, all });
        strategies.into_iter().map(move |strategy| {
            self.made.set(0);
            self.value(&at, strategy, 0)
        })
    }

    /// Whether to make what is not required.
    fn makes_optional(&self, strategy: Strategy, depth: usize) -> bool {
        strategy.all && depth < OPTIONAL.0 && self.made.get() < OPTIONAL.1
    }

    fn schema(&self, at: &Location) -> &'a Value {
        self.files[&*at.file]
            .pointer(&at.pointer)
            .unwrap_or(&Value::Null)
    }

    fn value(&self, at: &Location, strategy: Strategy, depth: usize) -> Value {
        let Value::Object(schema) = self.schema(at) else {
            return Value::Null;
        };
        if depth > DEEPEST {
            return Value::Null;
        }
        self.made.set(self.made.get() + 1);
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            return self
                .document
                .target(at, target)
                .map_or(Value::Null, |at| self.value(&at, strategy, depth + 1));
        }
        let author = self.document.value(at).filter(|_| strategy.examples);
        if let Some(example) = author.and_then(|author| author.get("example")) {
            return example.clone();
        }
        if let Some(chosen) = chosen(schema) {
            return chosen.clone();
        }
        if !schema.contains_key("properties")
            && let Some(value) = self.choice(at, schema, strategy, depth)
        {
            return value;
        }
        match kind(schema) {
            "object" => self.object(at, schema, strategy, depth),
            "array" => self.array(at, schema, strategy, depth),
            "string" => text::make(schema).into(),
            "integer" => number(schema, true),
            "number" => number(schema, false),
            "boolean" => true.into(),
            _ => Value::Null,
        }
    }

    /// A value for the first branch of a union that has one other than null.
    fn choice(
        &self,
        at: &Location,
        schema: &Map<String, Value>,
        strategy: Strategy,
        depth: usize,
    ) -> Option<Value> {
        let size = |keyword: &str| {
            schema
                .get(keyword)
                .and_then(Value::as_array)
                .map_or(0, Vec::len)
        };
        let keyword = ["oneOf", "anyOf"]
            .into_iter()
            .find(|keyword| size(keyword) > 0)?;
        let made = (0..size(keyword)).map(|index| {
            let branch = at.member(keyword).element(index);
            let value = self.value(&branch, strategy, depth + 1);
            named(value, schema, &format!("/branches/{index}"))
        });
        let made: Vec<_> = made.collect();
        // Null often comes first, and shows least.
        let informative = made.iter().find(|value| !value.is_null());
        informative.or(made.first()).cloned()
    }

    fn object(
        &self,
        at: &Location,
        schema: &Map<String, Value>,
        strategy: Strategy,
        depth: usize,
    ) -> Value {
        let mut object = Map::new();
        for index in 0..schema
            .get("allOf")
            .and_then(Value::as_array)
            .map_or(0, Vec::len)
        {
            if let Value::Object(part) =
                self.value(&at.member("allOf").element(index), strategy, depth + 1)
            {
                object.extend(part);
            }
        }
        let required: Vec<_> = schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let declared = schema.get("properties").and_then(Value::as_object);
        for name in declared.into_iter().flat_map(Map::keys) {
            let is_wanted = self.makes_optional(strategy, depth);
            if is_wanted || required.contains(&name.as_str()) {
                let value = self.value(&at.member("properties").member(name), strategy, depth + 1);
                object.insert(name.clone(), value);
            }
        }
        if schema.contains_key("discriminator")
            && let Some(Value::Object(branch)) = self.choice(at, schema, strategy, depth)
        {
            object.extend(branch);
        }
        for name in required {
            if !object.contains_key(name) {
                let additional = at.member("additionalProperties");
                object.insert(
                    name.to_owned(),
                    self.value(&additional, strategy, depth + 1),
                );
            }
        }
        named(Value::Object(object), schema, "/names")
    }

    fn array(
        &self,
        at: &Location,
        schema: &Map<String, Value>,
        strategy: Strategy,
        depth: usize,
    ) -> Value {
        let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or(0);
        let wanted = if self.makes_optional(strategy, depth) {
            least.max(1)
        } else {
            least
        };
        let most = schema
            .get("maxItems")
            .and_then(Value::as_u64)
            .unwrap_or(u64::MAX);
        let items = at.member("items");
        let places = ["prefixItems", "items"].map(|keyword| at.member(keyword));
        let listed = |index: usize| {
            let mut places = places.iter().map(|list| list.element(index));
            places.find(|at| !self.schema(at).is_null())
        };
        let first = (0..).take_while(|index| listed(*index).is_some()).count();
        let wanted = wanted.max(first as u64);
        let count = wanted.min(most).min(1_000) as usize;
        (0..count)
            .map(|index| listed(index).unwrap_or_else(|| items.clone()))
            .map(|at| self.value(&at, strategy, depth + 1))
            .collect()
    }
}

/// The object with a name that the schema's discriminator accepts, one of those at `pointer` in it.
fn named(mut object: Value, schema: &Map<String, Value>, pointer: &str) -> Value {
    let discriminator = schema.get("discriminator");
    let names = discriminator.and_then(|it| it.pointer(pointer)?.as_array());
    let property = discriminator.and_then(|it| it["propertyName"].as_str());
    if let (Some(names), Some(property)) = (names, property)
        && let Some(name) = object.get_mut(property)
        && !names.contains(name)
    {
        *name = names.first().cloned().unwrap_or_else(|| name.take());
    }
    object
}

/// The value that a schema names itself.
fn chosen(schema: &Map<String, Value>) -> Option<&Value> {
    let listed = schema
        .get("enum")
        .and_then(Value::as_array)
        .and_then(|values| values.first());
    schema.get("const").or(listed)
}

/// The first type that is not null, written or implied.
fn kind(schema: &Map<String, Value>) -> &str {
    let listed = match schema.get("type") {
        Some(Value::String(kind)) => Some(kind.as_str()),
        Some(Value::Array(kinds)) => kinds
            .iter()
            .filter_map(Value::as_str)
            .find(|kind| *kind != "null"),
        _ => None,
    };
    let implied = [
        ("properties", "object"),
        ("allOf", "object"),
        ("required", "object"),
        ("items", "array"),
        ("pattern", "string"),
    ];
    let implied = implied
        .into_iter()
        .find(|(keyword, _)| schema.contains_key(*keyword))
        .map(|(_, kind)| kind);
    listed.or(implied).unwrap_or("null")
}

/// The number nearest to zero within the bounds.
fn number(schema: &Map<String, Value>, is_integer: bool) -> Value {
    let bound = |keyword: &str| schema.get(keyword).and_then(Value::as_f64);
    let is_flag = |keyword: &str| schema.get(keyword) == Some(&Value::Bool(true));
    let step = bound("multipleOf").unwrap_or(1.0);
    let least = bound("minimum").map(|least| {
        if is_flag("exclusiveMinimum") {
            least + step
        } else {
            least
        }
    });
    let least = bound("exclusiveMinimum")
        .map(|least| least + step)
        .or(least);
    let most = bound("maximum").map(|most| {
        if is_flag("exclusiveMaximum") {
            most - step
        } else {
            most
        }
    });
    let most = bound("exclusiveMaximum").map(|most| most - step).or(most);
    let nearest = 0.0_f64
        .max(least.unwrap_or(f64::MIN))
        .min(most.unwrap_or(f64::MAX));
    let stepped = if least.is_some_and(|least| least > 0.0) {
        (nearest / step).ceil()
    } else {
        (nearest / step).floor()
    } * step;
    if is_integer || stepped.fract() == 0.0 {
        json!(stepped as i64)
    } else {
        Number::from_f64(stepped).map_or(Value::Null, Value::Number)
    }
}
