//! The Rust types for schemas, which are the same translated schemas that the server checks values with.

mod array;
mod choice;
mod gather;
mod inherited;
mod lossless;
mod object;
mod overlap;
mod required;
mod type_names;

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Number, Value};
use spec_first::schema::rust_regex;

use self::lossless::Lossless;
use super::integer::Integer;
use super::item::Item;
use super::kind::Type;
use super::primitive::Primitive;
use super::rules::{self, Rule};
use super::union;
use super::views::{View, Views};
use crate::naming;
use crate::text::{Fault, Location};

/// Builds the items of a spec, one schema after another, in the order in which operations use them.
pub struct ItemBuilder<'a> {
    views: Views<'a>,
    pub items: Vec<Item>,
    /// Patterns that `validator` checks: the constant's name and the regular expression.
    pub patterns: Vec<(String, String)>,
    pub faults: Vec<Fault>,
    /// The module whose operations are being read.
    pub module: String,
    known: HashMap<(View, Location), Type>,
    /// Schemas whose types are being derived. One that refers to itself, with no struct or union between, has no type of its
    /// own.
    open: HashSet<(View, Location)>,
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
}

impl<'a> ItemBuilder<'a> {
    pub fn new(views: Views<'a>) -> Self {
        Self {
            reserved: views.component_names(),
            views,
            items: Vec::new(),
            patterns: Vec::new(),
            faults: Vec::new(),
            module: String::new(),
            known: HashMap::new(),
            open: HashSet::new(),
            named: HashMap::new(),
            lossless: Lossless::default(),
            alone: HashMap::new(),
        }
    }

    /// The type for the schema at `at`; `hint` names it if nothing in the spec does.
    pub fn derive(&mut self, view: View, at: &Location, hint: &str) -> Type {
        let (at, hint) = match self.views.rust_type(at) {
            Some(_) => (at.clone(), hint.to_owned()),
            None => self.views.follow(at, hint),
        };
        let view = self.views.view(view, &at);
        let key = (view, at);
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        if !self.open.insert(key.clone()) {
            return Type::VALUE;
        }
        let derived = self.fresh(view, &key.1, &hint);
        self.open.remove(&key);
        self.known.insert(key, derived.clone());
        derived
    }

    /// The rules for a member of type `kind` whose schema is at `at`.
    fn rules(&mut self, view: View, at: &Location, kind: &Type, hint: &str) -> Vec<Rule> {
        let mut rules = Vec::new();
        for at in self.views.joined(view, at) {
            let Value::Object(schema) = self.views.schema(view, &at) else {
                continue;
            };
            let patterns = &mut self.patterns;
            let more = rules::rules(schema, kind, |ecma| {
                constant(patterns, &rust_regex(ecma)?, hint)
            });
            rules::merge(&mut rules, more);
        }
        rules
    }

    fn fresh(&mut self, view: View, at: &Location, hint: &str) -> Type {
        let schema = self.views.schema(view, at);
        if let Some(given) = self.views.rust_type(at) {
            let takes_null = |schema| kinds(schema).1 || union::nullable_branch(schema).is_some();
            let null = schema.as_object().is_some_and(takes_null);
            let given = Type::Given(given);
            return if null { given.nullable() } else { given };
        }
        let Value::Object(schema) = schema else {
            return Type::VALUE;
        };
        if let Some((keyword, index)) = union::nullable_branch(schema) {
            let branch = at.member(keyword).element(index);
            return self.derive(view, &branch, hint).nullable();
        }
        if schema.len() == 1
            && schema
                .get("allOf")
                .and_then(Value::as_array)
                .is_some_and(|all| all.len() == 1)
            && !self.is_heir(view, at)
        {
            return self.derive(view, &at.member("allOf").element(0), hint);
        }
        let constant = constant_as_enum(schema);
        let schema = constant.as_ref().unwrap_or(schema);
        let (kinds, null) = kinds(schema);
        let shape = Shape {
            view,
            at,
            hint,
            null: null || union::takes_null(schema),
            alone: false,
        };
        if let Some(family) = self.family(&shape, schema) {
            return family;
        }
        let kind = match kinds.as_slice() {
            [] | ["object"] if union::keyword(schema).is_some() => {
                return self.union(&shape, schema);
            }
            ["string"] => self.string(&shape, schema),
            ["integer"] => self.integer(&shape, schema),
            ["number"] if is_just(schema, "float") => Type::Plain(Primitive::F32),
            ["number"] => Type::Plain(Primitive::F64),
            ["boolean"] => Type::Plain(Primitive::Bool),
            ["array"] => self.array(&shape, schema),
            ["object"] => return self.object(&shape),
            [] if ["properties", "allOf", "$ref"]
                .iter()
                .any(|keyword| schema.contains_key(*keyword)) =>
            {
                return self.object(&shape);
            }
            _ => Type::VALUE,
        };
        shape.wrap(kind)
    }

    fn string(&mut self, shape: &Shape, schema: &Map<String, Value>) -> Type {
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            let words: Vec<_> = values.iter().filter_map(Value::as_str).collect();
            // An enum without variants could not be decoded, and the schema rejects every value first.
            if !words.is_empty() {
                return self.enumeration(shape, &words, None);
            }
        }
        match schema.get("format").and_then(Value::as_str) {
            Some("date") => Type::Plain(Primitive::Date),
            Some("date-time") if is_just(schema, "date-time") => Type::Plain(Primitive::DateTime),
            // A UUID is written in lower case, whatever the case in which it came (RFC 9562, 4).
            Some("uuid") if is_just(schema, "uuid") => Type::Plain(Primitive::Uuid),
            _ => Type::STRING,
        }
    }

    fn integer(&mut self, shape: &Shape, schema: &Map<String, Value>) -> Type {
        let values = schema.get("enum").and_then(Value::as_array);
        let numbers = values.into_iter().flatten().filter_map(Value::as_number);
        let numbers: Vec<_> = numbers.collect();
        if numbers.is_empty() {
            return Type::Plain(Primitive::Integer(Integer::of(schema)));
        }
        let words: Option<Vec<_>> = numbers.iter().map(|number| discriminant(number)).collect();
        match words {
            Some(words) => {
                let words: Vec<_> = words.iter().map(String::as_str).collect();
                self.enumeration(shape, &words, Some(Integer::I64))
            }
            None if numbers.iter().all(|number| number.is_u64()) => {
                Type::Plain(Primitive::Integer(Integer::U64))
            }
            None => Type::VALUE,
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

/// The number as the discriminant of a variant, if it is an `i64`.
fn discriminant(number: &Number) -> Option<String> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let is_exact = |double: &f64| double.fract() == 0.0 && double.abs() <= EXACT;
    let whole = || number.as_f64().filter(is_exact).map(|double| double as i64);
    let integer = number
        .as_i64()
        .or_else(|| whole().filter(|_| number.is_f64()));
    integer.map(|integer| integer.to_string())
}

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

/// Whether a schema has no keyword but this format: a value that is rounded or formatted anew may break a bound or a pattern.
fn is_just(schema: &Map<String, Value>, format: &str) -> bool {
    let mut keywords = schema.keys();
    schema.get("format").is_some_and(|it| it == format)
        && keywords.all(|keyword| matches!(keyword.as_str(), "type" | "format"))
}

/// A schema whose `const` is a string or a whole number, with an enum of that value alone instead.
fn constant_as_enum(schema: &Map<String, Value>) -> Option<Map<String, Value>> {
    let value = schema.get("const")?;
    let kind = match value {
        Value::String(_) => "string",
        Value::Number(number) if number.is_i64() => "integer",
        _ => return None,
    };
    let mut schema = schema.clone();
    schema.insert("enum".to_owned(), Value::Array(vec![value.clone()]));
    schema.entry("type").or_insert_with(|| kind.into());
    Some(schema)
}

/// An enum of strings alone needs no `type` to be one.
fn enum_kind(schema: &Map<String, Value>) -> Option<&'static str> {
    let values = schema.get("enum")?.as_array()?;
    let are_strings = !values.is_empty() && values.iter().all(Value::is_string);
    are_strings.then_some("string")
}

/// The constant for a regular expression: the one that there is, or a new one named after `hint`.
fn constant(patterns: &mut Vec<(String, String)>, regex: &str, hint: &str) -> Option<String> {
    if let Some((name, _)) = patterns.iter().find(|(_, known)| known == regex) {
        return Some(name.clone());
    }
    let name = naming::screaming(hint);
    if patterns.iter().any(|(taken, _)| *taken == name) {
        return None;
    }
    patterns.push((name.clone(), regex.to_owned()));
    Some(name)
}
