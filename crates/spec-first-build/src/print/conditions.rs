//! The functions that check rules which have no attribute of `validator`: what they take, and the condition that they check.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::bounds::{length, multiple, range};
use super::place::Place;
use super::spell::{literal, raw_literal, type_text};
use crate::rust::Model;
use crate::rust::functions::{Caller, RuleFunction};
use crate::rust::item::{Item, Kind};
use crate::rust::kind::Type;
use crate::rust::named::has_names;
use crate::rust::primitive::Primitive;
use crate::rust::rules::Rule;
use crate::rust::rules::constants::{Constant, ConstantKind};

/// The functions of the item with a number, or those of bodies, each with the constants that it is the first to use.
pub fn functions<'m>(
    owner: Option<usize>,
    model: &'m Model,
    printed: &mut HashSet<&'m str>,
) -> Vec<Value> {
    let functions = model.rule_functions.iter();
    let own = functions.filter(|function| function.caller.item() == owner);
    own.map(|function| {
        let used = constants(&function.rules);
        let constants = model.constants.all().iter();
        let new =
            constants.filter(|it| used.contains(&it.name.as_str()) && printed.insert(&it.name));
        json!({
            "name": function.name,
            "type": argument(&function.kind, function.caller, &model.items),
            "as_ref": is_as_ref(function),
            "condition": condition(function, model),
            "named": has_names(&function.kind, &function.rules, &model.items),
            "constants": new.map(|constant| constant_facts(constant, model)).collect::<Vec<_>>(),
        })
    })
    .collect()
}

/// The names of the constants that rules refer to.
pub fn constants(rules: &[Rule]) -> Vec<&str> {
    let mut names = Vec::new();
    for rule in rules {
        match rule {
            Rule::Patterns(own) | Rule::Keywords(own) => {
                names.extend(own.iter().map(String::as_str));
            }
            Rule::Each(rules) => names.extend(constants(rules)),
            Rule::Places(places) => {
                names.extend(places.iter().flat_map(|rules| constants(rules)));
            }
            _ => {}
        }
    }
    names
}

fn constant_facts(constant: &Constant, model: &Model) -> Value {
    let (kind, value) = match &constant.kind {
        ConstantKind::Pattern(pattern) => (
            "Pattern",
            format!("rule::pattern({})", raw_literal(pattern)),
        ),
        ConstantKind::Keywords(keywords) => {
            let keywords = Value::from(keywords.clone()).to_string();
            let (dialect, keywords) = (literal(&model.constants.dialect()), raw_literal(&keywords));
            ("Keywords", format!("rule::keywords({dialect}, {keywords})"))
        }
    };
    json!({ "name": constant.name, "type": kind, "value": value })
}

/// The type of the argument. The functions of members and items take slices of what has them; a route calls a function of its own
/// type, so that this takes what a slice can be made of.
fn argument(kind: &Type, caller: Caller, items: &[Item]) -> String {
    match (kind, caller) {
        (Type::Plain(Primitive::String), Caller::Route) => "&impl AsRef<str>".to_owned(),
        (Type::List(inner), Caller::Route) => {
            format!("&impl AsRef<[{}]>", type_text(inner, items))
        }
        (Type::Plain(Primitive::String), _) => "&str".to_owned(),
        (Type::List(inner), _) => format!("&[{}]", type_text(inner, items)),
        (kind, Caller::Member(_)) if is_number(kind) => type_text(kind, items),
        (kind, _) => format!("&{}", type_text(kind, items)),
    }
}

fn is_number(kind: &Type) -> bool {
    matches!(
        kind,
        Type::Plain(Primitive::Integer(_) | Primitive::F32 | Primitive::F64)
    )
}

/// Whether the argument is what a slice can be made of.
fn is_as_ref(function: &RuleFunction) -> bool {
    function.caller == Caller::Route
        && matches!(
            function.kind,
            Type::Plain(Primitive::String) | Type::List(_)
        )
}

fn condition(function: &RuleFunction, model: &Model) -> String {
    let place = Place {
        text: "value".to_owned(),
        is_reference: !(is_number(&function.kind) && matches!(function.caller, Caller::Member(_))),
    };
    joined(&place, &function.kind, &function.rules, model)
}

/// The conditions of all rules, each once.
fn joined(place: &Place, kind: &Type, rules: &[Rule], model: &Model) -> String {
    let mut joined: Vec<String> = Vec::new();
    for condition in conditions(place, kind, rules, model) {
        if !joined.contains(&condition) {
            joined.push(condition);
        }
    }
    match joined.is_empty() {
        true => place.call("always"),
        false => joined.join(" && "),
    }
}

/// What takes a reference to a value: a closure, unless a function is all that this would call.
fn predicate(kind: &Type, rules: &[Rule], model: &Model) -> String {
    let place = Place::item();
    let condition = joined(&place, kind, rules, model);
    let mut constant = ["never", "always"].into_iter();
    match constant.find(|function| condition == place.call(function)) {
        Some(function) => format!("rule::{function}"),
        None => format!("|it| {condition}"),
    }
}

fn conditions(place: &Place, kind: &Type, rules: &[Rule], model: &Model) -> Vec<String> {
    let inside = |inner, method: &str| {
        let inner = predicate(inner, rules, model);
        vec![format!("{}.{method}().is_none_or({inner})", place.text)]
    };
    match kind {
        Type::Optional(inner) => inside(inner, "as_ref"),
        Type::Field(inner) => inside(inner, "as_value"),
        Type::Boxed(inner) | Type::Shared(inner) => conditions(place, inner, rules, model),
        Type::Named(index) => {
            let item = &model.items[*index];
            match &item.kind {
                Kind::Newtype(inner) if rules != [Rule::Nested] => {
                    conditions(&place.field("0"), inner, rules, model)
                }
                _ => rules
                    .iter()
                    .flat_map(|rule| of_rule(place, kind, rule, model))
                    .collect(),
            }
        }
        _ => rules
            .iter()
            .flat_map(|rule| of_rule(place, kind, rule, model))
            .collect(),
    }
}

fn of_rule(place: &Place, kind: &Type, rule: &Rule, model: &Model) -> Vec<String> {
    let each = |inner: &Type, method: &str, rules: &[Rule]| {
        let inner = predicate(inner, rules, model);
        vec![format!("{}.{method}().all({inner})", place.text)]
    };
    match (rule, kind) {
        (Rule::Length { min, max }, kind) => vec![length(place, kind, *min, *max)],
        (Rule::Range(bounds), kind) => range(place, kind, bounds),
        (Rule::Multiple(number), kind) => vec![multiple(place, kind, *number)],
        (Rule::Patterns(names), _) => {
            let names = names.iter();
            names
                .map(|name| format!("{name}.is_match({})", place.reference()))
                .collect()
        }
        (Rule::Keywords(names), _) => {
            let names = names.iter();
            names
                .map(|name| format!("{name}.accepts({})", place.reference()))
                .collect()
        }
        (Rule::Unnamed(names), _) => {
            let names: Vec<_> = names.iter().map(|name| literal(name)).collect();
            vec![format!(
                "rule::has_none({}, &[{}])",
                place.reference(),
                names.join(", ")
            )]
        }
        (Rule::Named { property, names }, kind) => named(place, kind, property, names, model)
            .into_iter()
            .collect(),
        (Rule::Nested, _) => vec![format!("{}.validate().is_ok()", place.text)],
        (Rule::Each(rules), Type::Map(inner)) => each(inner, "values", rules),
        (Rule::Each(rules), Type::List(inner) | Type::Set(inner)) => each(inner, "iter", rules),
        (Rule::Places(places), Type::Tuple(kinds)) => {
            let places = kinds.iter().zip(places).enumerate();
            let conditions = places.flat_map(|(index, (kind, rules))| {
                conditions(&place.field(&index.to_string()), kind, rules, model)
            });
            conditions.collect()
        }
        // Rules are made for the types that they are of.
        (Rule::Each(_) | Rule::Places(_), _) => vec![place.call("never")],
    }
}

/// That a member is one of some names, if its type is a text or an enum of texts.
fn named(
    place: &Place,
    kind: &Type,
    property: &str,
    names: &[String],
    model: &Model,
) -> Option<String> {
    let (member, is_optional, kind) = Item::text(&model.items, kind, property)?;
    let field = place.field(&member.name).text;
    let texts: Vec<_> = names.iter().map(|name| literal(name)).collect();
    let (value, names) = match kind {
        Type::Plain(Primitive::String) if is_optional => (format!("{field}.as_deref()"), texts),
        Type::Plain(Primitive::String) => (format!("{field}.as_str()"), texts),
        Type::Named(index) => {
            let item = &model.items[*index];
            let Kind::Enum {
                variants,
                repr: None,
            } = &item.kind
            else {
                return None;
            };
            let variants = variants.iter().filter(|it| names.contains(&it.wire));
            let variants = variants.map(|it| format!("{}::{}", item.name, it.name));
            (field, variants.collect())
        }
        _ => return None,
    };
    let mut patterns: Vec<String> = match is_optional {
        true => names.iter().map(|name| format!("Some({name})")).collect(),
        false => names,
    };
    if is_optional {
        patterns.push("None".to_owned());
    }
    match patterns.is_empty() {
        true => Some(place.call("never")),
        false => Some(format!("matches!({value}, {})", patterns.join(" | "))),
    }
}
