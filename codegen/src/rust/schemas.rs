//! Rust types from schemas: the same translated schemas that the server will check values with.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::item::{Item, Kind, Member, Type, Variant};
use super::views::{View, Views};
use super::{integer, names, pattern, rules, union};
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
    /// Schemas whose types are being found. One that leads back to itself by no struct or union has no type of its own.
    open: HashSet<(View, Location)>,
    /// Who has a type's name already.
    named: HashMap<String, Location>,
    /// Names that are kept free for those that the author named: components, and the traits.
    reserved: HashMap<String, Location>,
}

/// A schema whose type is to be found.
struct Shape<'s> {
    view: View,
    at: &'s Location,
    hint: &'s str,
    /// Whether null is accepted too.
    null: bool,
}

impl Shape<'_> {
    fn wrap(&self, kind: Type) -> Type {
        if self.null { kind.nullable() } else { kind }
    }
}

/// What several schemas joined by `allOf` say of one object.
#[derive(Default)]
struct Object {
    properties: Vec<(String, Location)>,
    required: HashSet<String>,
    additional: Additional,
    /// Whether nothing but an object is accepted.
    typed: bool,
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
            reserved: views.component_names(),
            views,
            items: Vec::new(),
            patterns: Vec::new(),
            faults: Vec::new(),
            module: String::new(),
            known: HashMap::new(),
            open: HashSet::new(),
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
        if !self.open.insert(key.clone()) {
            return Type::Plain("Value");
        }
        let derived = self.fresh(view, &key.1, &hint);
        self.open.remove(&key);
        self.known.insert(key, derived.clone());
        derived
    }

    /// A name for the enum of the ways in which the operation `title` succeeds.
    pub fn answer_name(&mut self, title: &str) -> String {
        self.claim(title, &format!("{title} answer"))
    }

    /// A name for the trait of the module `title`.
    pub fn trait_name(&mut self, title: &str) -> String {
        self.claim(title, &format!("{title} operations"))
    }

    /// A name for something that is no schema: `title`, else `second`, else a numbered one.
    fn claim(&mut self, title: &str, second: &str) -> String {
        let name = self.free(
            &Location::root(&"".into()),
            [names::type_name(title), names::type_name(second)],
        );
        self.named.insert(name.clone(), Location::root(&"".into()));
        name
    }

    /// The first of the candidates, or the last with a number, that no other type than the one at `at` has or may want.
    fn free(&self, at: &Location, [first, second]: [String; 2]) -> String {
        let is_free = |name: &String| {
            let owner = self.reserved.get(name);
            !self.named.contains_key(name) && owner.is_none_or(|owner| owner == at)
        };
        let numbered = (2..).map(|number| format!("{second}{number}"));
        let candidates = [first.clone(), second.clone()].into_iter().chain(numbered);
        candidates.into_iter().find(is_free).unwrap_or(first)
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
        if let Some(given) = self.views.rust_type(at) {
            return Type::Given(given);
        }
        let Value::Object(schema) = self.views.schema(view, at) else {
            return Type::Plain("Value");
        };
        if let Some((keyword, index)) = union::beside_null(schema) {
            let branch = at.member(keyword).element(index);
            return self.derive(view, &branch, hint).nullable();
        }
        if schema.len() == 1
            && schema
                .get("allOf")
                .and_then(Value::as_array)
                .is_some_and(|all| all.len() == 1)
        {
            return self.derive(view, &at.member("allOf").element(0), hint);
        }
        let (kinds, null) = kinds(schema);
        let shape = Shape {
            view,
            at,
            hint,
            null,
        };
        let kind = match kinds.as_slice() {
            [] | ["object"] if union::keyword(schema).is_some() => {
                return self.union(&shape, schema);
            }
            ["string"] => self.string(&shape, schema),
            ["integer"] => self.integer(&shape, schema),
            ["number"] if schema.get("format").is_some_and(|format| format == "float") => {
                Type::Plain("f32")
            }
            ["number"] => Type::Plain("f64"),
            ["boolean"] => Type::Plain("bool"),
            ["array"] => self.array(&shape, schema),
            ["object"] => return self.object(&shape),
            [] if ["properties", "allOf", "$ref"]
                .iter()
                .any(|keyword| schema.contains_key(*keyword)) =>
            {
                return self.object(&shape);
            }
            _ => Type::Plain("Value"),
        };
        shape.wrap(kind)
    }

    fn string(&mut self, shape: &Shape, schema: &Map<String, Value>) -> Type {
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            let words: Vec<_> = values.iter().filter_map(Value::as_str).collect();
            return self.enumeration(shape, &words, None);
        }
        match schema.get("format").and_then(Value::as_str) {
            Some("date") => Type::Plain("NaiveDate"),
            Some("date-time") => Type::Plain("DateTime<Utc>"),
            _ => Type::Plain("String"),
        }
    }

    fn integer(&mut self, shape: &Shape, schema: &Map<String, Value>) -> Type {
        let width = integer::width(schema);
        let values = schema.get("enum").and_then(Value::as_array);
        let numbers: Option<Vec<i64>> =
            values.map(|values| values.iter().filter_map(Value::as_i64).collect());
        match numbers {
            Some(numbers) if !numbers.is_empty() => {
                let words: Vec<_> = numbers.iter().map(ToString::to_string).collect();
                let words: Vec<_> = words.iter().map(String::as_str).collect();
                self.enumeration(shape, &words, Some("i64"))
            }
            _ => Type::Plain(width),
        }
    }

    fn array(&mut self, shape: &Shape, schema: &Map<String, Value>) -> Type {
        match schema.get("items") {
            Some(Value::Object(_)) if !schema.contains_key("prefixItems") => {
                let items = shape.at.member("items");
                self.derive(shape.view, &items, shape.hint).list()
            }
            _ => Type::Plain("Value").list(),
        }
    }

    fn enumeration(&mut self, shape: &Shape, words: &[&str], repr: Option<&'static str>) -> Type {
        let name: fn(&str) -> String = match repr {
            Some(_) => |word| names::pascal(&format!("value {}", names::spelled_out(word))),
            None => names::pascal,
        };
        let mut seen = HashSet::new();
        let words: Vec<_> = words
            .iter()
            .copied()
            .filter(|word| seen.insert(*word))
            .collect();
        let variants = words
            .iter()
            .zip(names::distinct(&words, name))
            .map(|(word, name)| Variant {
                wire: (*word).to_owned(),
                name,
            })
            .collect();
        let index = self.reserve(shape);
        self.items[index].kind = Kind::Enum { variants, repr };
        Type::Named(index)
    }

    /// An enum with a variant for each branch of `oneOf` or `anyOf`, or the one type that all branches have.
    fn union(&mut self, shape: &Shape, schema: &Map<String, Value>) -> Type {
        let keyword = union::keyword(schema).expect("only a union gets here");
        let place = shape.at.member(keyword);
        let branches = union::branches(schema, keyword);
        if union::is_plain(schema)
            && branches
                .iter()
                .all(|&index| self.is_scalar(shape, &place.element(index)))
        {
            let kinds: Vec<_> = branches
                .iter()
                .map(|&index| self.derive(shape.view, &place.element(index), shape.hint))
                .collect();
            if kinds.windows(2).all(|pair| pair[0] == pair[1]) {
                return kinds
                    .first()
                    .cloned()
                    .map_or(Type::Plain("Value"), |kind| shape.wrap(kind));
            }
        }
        if !union::is_plain(schema) || branches.is_empty() {
            return shape.wrap(Type::Plain("Value"));
        }
        let index = self.reserve(shape);
        let named = self.settle(shape, index, false);
        let owner = self.items[index].name.clone();
        let mut members: Vec<Member> = Vec::new();
        for branch in branches {
            let at = place.element(branch);
            let (target, called) = self.views.follow(&at, "");
            let hint = if called.is_empty() {
                format!(
                    "{owner} {}",
                    union::describe(self.views.schema(shape.view, &target))
                )
            } else {
                called
            };
            let kind = self.derive(shape.view, &at, &hint);
            let name = union::variant(&kind, &self.items, &owner);
            let taken = members
                .iter()
                .filter(|member| member.name.trim_end_matches(char::is_numeric) == name)
                .count();
            members.push(Member {
                wire: Some(branch.to_string()),
                name: if taken == 0 {
                    name
                } else {
                    format!("{name}{}", taken + 1)
                },
                docs: Vec::new(),
                kind,
                optional: false,
                rules: Vec::new(),
                default: None,
            });
        }
        let all = schema[keyword].as_array().map_or(0, Vec::len);
        self.items[index].kind = Kind::Union {
            members,
            view: shape.view,
            place,
            branches: all,
        };
        named
    }

    fn is_scalar(&self, shape: &Shape, at: &Location) -> bool {
        let (at, _) = self.views.follow(at, "");
        let schema = self.views.schema(shape.view, &at).as_object();
        schema.is_some_and(|schema| {
            matches!(
                kinds(schema).0.as_slice(),
                ["string" | "integer" | "number" | "boolean"]
            ) && !schema.contains_key("enum")
        })
    }

    /// A struct, or a map where the spec names no member.
    fn object(&mut self, shape: &Shape) -> Type {
        let mut object = Object::default();
        if !self.gather(shape.view, shape.at, &mut object, &mut HashSet::new()) {
            return shape.wrap(Type::Plain("Value"));
        }
        if object.properties.is_empty() {
            match object.additional {
                _ if !object.typed => return shape.wrap(Type::Plain("Value")),
                Additional::Typed(schema) => {
                    let value = self.derive(shape.view, &schema, shape.hint);
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
        let wires: Vec<_> = object
            .properties
            .iter()
            .map(|(wire, _)| wire.as_str())
            .collect();
        let fields = names::distinct(&wires, names::snake);
        let view = shape.view;
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
        named
    }

    /// Makes an item known before what it holds is, since that may mention it; the item's type.
    fn settle(&mut self, shape: &Shape, index: usize, any: bool) -> Type {
        let named = Type::Named(index);
        let kind = shape.wrap(if any {
            Type::Any(Box::new(named))
        } else {
            named
        });
        self.known
            .insert((shape.view, shape.at.clone()), kind.clone());
        kind
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
        let rules = self.rules(view, schema, &kind, &hint);
        Member {
            wire: Some(wire.to_owned()),
            name: self.views.rust_name(schema).unwrap_or(name),
            docs: self.views.docs(schema),
            kind,
            optional: !required,
            rules,
            default,
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
            default: None,
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
            // What matches a pattern is no additional property, and need not be of their type.
            _ if schema.contains_key("patternProperties") => object.additional = Additional::Kept,
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
    fn reserve(&mut self, shape: &Shape) -> usize {
        let at = shape.at;
        let name = self.name(shape.view, at, shape.hint);
        self.named.insert(name.clone(), at.clone());
        self.items.push(Item {
            name,
            docs: self.views.docs(at),
            kind: Kind::Enum {
                variants: Vec::new(),
                repr: None,
            },
            decoded: false,
            encoded: false,
            ruled: false,
        });
        self.items.len() - 1
    }

    /// A name that no other type has. A schema without a name of its own steps back: it is called after its module, too,
    /// and numbered at the last. What the author called alike for Rust stays a fault.
    fn name(&mut self, view: View, at: &Location, hint: &str) -> String {
        let name = self.views.type_name(view, at, hint);
        if self.views.rust_name(at).is_some() {
            if let Some(other) = self.named.get(&name).cloned() {
                self.clash(at, &name, &other.to_string(), "type");
            }
            return name;
        }
        let second = match self.views.is_named(at) {
            true => name.clone(),
            false => names::type_name(&format!("{} {hint}", self.module)),
        };
        self.free(at, [name, second])
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
