//! Structs and enums as the facts that the template for types reads.
//!
//! Every object has all of its keys, `false` where there is nothing: mustache looks for a missing one in what surrounds it.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::conditions;
use super::construct;
use super::functions::hidden_members;
use super::rules;
use super::serde;
use super::spell::{comments, literal, type_text};
use crate::rust::Model;
use crate::rust::default::DefaultValue;
use crate::rust::integer::Integer;
use crate::rust::item::{Branch, Choice, Item, Kind, Member, Variant};
use crate::rust::kind::Type;

/// All types, each with what belongs to it alone.
pub fn types(model: &Model) -> Vec<Value> {
    let mut printed = HashSet::new();
    let items = model.items.iter().enumerate();
    items
        .map(|(index, item)| {
            let mut facts = facts(item, model);
            facts["rules"] = conditions::functions(Some(index), model, &mut printed).into();
            facts
        })
        .collect()
}

/// The functions that check the rules of bodies, apart from those of types.
pub fn body_rules(model: &Model) -> Vec<Value> {
    conditions::functions(None, model, &mut printed_constants(model))
}

/// The constants that the functions of types use.
fn printed_constants(model: &Model) -> HashSet<&str> {
    let mut printed = HashSet::new();
    for index in 0..model.items.len() {
        conditions::functions(Some(index), model, &mut printed);
    }
    printed
}

fn facts(item: &Item, model: &Model) -> Value {
    let mut facts = json!({
        "name": item.name,
        "docs": comments(&item.docs),
        "ruled": item.ruled,
        "struct": false,
        "newtype": false,
        "string_enum": false,
        "integer_enum": false,
        "union": false,
        "rest": rest(item, model),
        "defaults": defaults(item, model),
    });
    match &item.kind {
        Kind::Struct {
            members, closed, ..
        } => {
            let fields = members.iter().map(|member| field(item, member, model));
            facts["struct"] = json!({
                "closed": closed,
                "function": named_unless_empty(&item.rule_function),
                "optional": construct::is_optional(members),
                "fields": fields.collect::<Vec<_>>(),
                "new": construct::new(item, model),
                "default": construct::default(item),
            });
        }
        Kind::Newtype(kind) => {
            facts["newtype"] = json!({
                "optional": !matches!(kind, Type::Tuple(_) | Type::Boxed(_)),
                "type": type_text(kind, &model.items),
                "function": named_unless_empty(&item.rule_function),
            });
        }
        Kind::Enum {
            variants,
            repr: None,
        } => {
            let variants = variants.iter().map(string_variant);
            facts["string_enum"] = json!({ "variants": variants.collect::<Vec<_>>() });
        }
        Kind::Enum {
            variants,
            repr: Some(repr),
        } => facts["integer_enum"] = integer_enum(variants, *repr),
        Kind::Union { branches, choice } => {
            facts["union"] = union(item, branches, choice, model);
        }
    }
    facts
}

fn field(item: &Item, member: &Member, model: &Model) -> Value {
    let serde = serde::arguments(item, member);
    let serde: Vec<_> = serde.iter().map(serde::Argument::facts).collect();
    let (attributes, _) = member.rules_by_form();
    let function = Some(&member.rule_function).filter(|name| !name.is_empty());
    let custom = function.map(|function| rules::custom(function));
    let rules: Vec<_> = attributes
        .into_iter()
        .map(rules::facts)
        .chain(custom)
        .collect();
    json!({
        "name": member.name,
        "docs": comments(&member.docs),
        "type": type_text(&member.kind, &model.items),
        "serde": unless_empty("arguments", serde),
        "validate": unless_empty("rules", rules),
    })
}

/// A name, or `false` where there is none.
fn named_unless_empty(name: &str) -> Value {
    match name {
        "" => false.into(),
        name => name.into(),
    }
}

/// A list under a name, or `false`.
fn unless_empty(name: &str, list: Vec<Value>) -> Value {
    match list.is_empty() {
        true => false.into(),
        false => json!({ name: list }),
    }
}

fn string_variant(variant: &Variant) -> Value {
    let rename = (variant.wire != variant.name).then(|| literal(&variant.wire));
    json!({ "name": variant.name, "rename": rename.map_or(Value::Bool(false), Value::from) })
}

fn integer_enum(variants: &[Variant], repr: Integer) -> Value {
    let variants = variants
        .iter()
        .map(|variant| json!({ "name": variant.name, "value": variant.wire }));
    json!({ "repr": repr.name(), "variants": variants.collect::<Vec<_>>() })
}

fn union(item: &Item, branches: &[Branch], choice: &Choice, model: &Model) -> Value {
    let ruled = branches.iter().filter(|branch| !branch.rules.is_empty());
    let ruled = ruled.map(|branch| {
        json!({ "name": branch.name, "function": named_unless_empty(&branch.rule_function) })
    });
    let ruled: Vec<_> = ruled.collect();
    let (number, named) = match choice {
        Choice::Schemas { .. } => {
            let number = model.union_number(item).to_string();
            (Value::from(number), Value::Bool(false))
        }
        Choice::Names { property, names } => (false.into(), named(property, names, branches)),
    };
    let branches = branches.iter().map(|branch| {
        json!({
            "index": branch.index.to_string(),
            "name": branch.name,
            "type": type_text(&branch.kind, &model.items),
        })
    });
    json!({
        "number": number,
        "exclusive": choice.is_exclusive(),
        "named": named,
        "branches": branches.collect::<Vec<_>>(),
        "ruled_branches": ruled,
    })
}

/// The names of each variant, and the variant for every other name.
fn named(property: &str, names: &[Vec<String>], branches: &[Branch]) -> Value {
    let pairs = names.iter().zip(branches);
    let pairs = pairs.filter(|(names, _)| !names.is_empty());
    let subtypes = pairs.map(|(names, branch)| {
        let names: Vec<_> = names.iter().map(|name| literal(name)).collect();
        json!({ "names": names.join(" | "), "name": branch.name })
    });
    let base = branches.get(names.len());
    json!({
        "property": literal(property),
        "subtypes": subtypes.collect::<Vec<_>>(),
        "base": base.map_or(Value::Bool(false), |base| base.name.as_str().into()),
    })
}

/// The functions that give the defaults of absent members.
fn defaults(item: &Item, model: &Model) -> Vec<Value> {
    let members = item.members().iter();
    let defaults = members.filter_map(|member| Some((member, member.default.as_ref()?)));
    // That is serde's own default.
    let defaults = defaults.filter(|(_, default)| **default != DefaultValue::None);
    defaults
        .map(|(member, default)| {
            let mut facts = default_facts(default);
            facts["function"] = member.default_function.as_str().into();
            facts["type"] = type_text(&member.kind, &model.items).into();
            facts
        })
        .collect()
}

/// What the template reads of a default.
fn default_facts(default: &DefaultValue) -> Value {
    let mut facts = json!({
        "some": false,
        "plain": false,
        "string": false,
        "empty_list": false,
        "json": false,
    });
    let (key, value) = match default {
        DefaultValue::Bool(flag) => ("plain", flag.to_string().into()),
        DefaultValue::Integer(number) => ("plain", number.to_string().into()),
        DefaultValue::Float(number) => ("plain", format!("{number:?}").into()),
        DefaultValue::None => return facts,
        DefaultValue::String(text) => ("string", literal(text).into()),
        DefaultValue::EmptyList => ("empty_list", true.into()),
        DefaultValue::Json(value) => ("json", literal(&value.to_string()).into()),
        DefaultValue::Some(inner) => {
            facts = default_facts(inner);
            ("some", true.into())
        }
    };
    facts[key] = value;
    facts
}

/// The function that decodes what the spec does not name, if there are members to keep out of it.
fn rest(item: &Item, model: &Model) -> Value {
    let rest = item.members().iter().find(|member| member.is_rest());
    let (Some(hidden), Some(rest)) = (hidden_members(item), rest) else {
        return false.into();
    };
    json!({
        "function": item.rest_function,
        "type": type_text(&rest.kind, &model.items),
        "generic": if model.items.iter().any(|item| item.name == "D") { "__D" } else { "D" },
        "hidden": hidden.iter().map(|name| literal(name)).collect::<Vec<_>>(),
    })
}
