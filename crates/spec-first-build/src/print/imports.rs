//! The `use` lines of the generated files: only what a file mentions.

use std::collections::BTreeSet;

use super::{answers, declare};
use crate::rust::Model;
use crate::rust::item::{Kind, Type};
use crate::rust::module::{Argument, Method, Module, Source};
use crate::rust::settle::is_ruled_alone;

/// Paths, one group for each blank line between them.
type Groups = [BTreeSet<String>; 3];

/// For the file of types.
pub fn types(model: &Model) -> Vec<String> {
    let mut groups = Groups::default();
    if !model.patterns.is_empty() {
        groups[0].insert("std::sync::LazyLock".into());
        groups[1].insert("regex::Regex".into());
        groups[2].insert("crate::contract::pattern".into());
    }
    for item in &model.items {
        let repr = matches!(item.kind, Kind::Enum { repr: Some(_), .. });
        let is_union = matches!(item.kind, Kind::Union { .. });
        let used = [
            ("serde::Deserialize", item.decoded && !repr && !is_union),
            ("serde::Serialize", item.encoded && !repr),
            ("serde_repr::Deserialize_repr", item.decoded && repr),
            ("serde_repr::Serialize_repr", item.encoded && repr),
            ("validator::Validate", item.ruled && !is_union),
        ];
        groups[1].extend(
            used.into_iter()
                .filter(|(_, is_used)| *is_used)
                .map(|(path, _)| path.to_owned()),
        );
        if item.ruled && is_union {
            groups[2].insert("crate::contract::rule_union".into());
        }
        if declare::dropping(item).is_some() {
            groups[1].insert("serde::Deserializer".into());
            groups[2].insert("crate::contract::without".into());
        }
        if item.decoded && is_union {
            groups[2].insert("crate::contract::decode_union".into());
        }
        for member in item.members() {
            mention(&member.kind, &mut groups);
            if item.decoded && declare::is_preset(member) {
                groups[2].insert("crate::contract::preset".into());
            }
            if item.decoded && !is_union && member.wire.is_some() {
                groups[2].extend(
                    declare::decoder(member).map(|name| format!("crate::contract::{name}")),
                );
            }
        }
    }
    lines(groups)
}

/// For the file of a trait.
pub fn module(module: &Module, model: &Model) -> Vec<String> {
    let mut groups = Groups::default();
    signatures(module, model, &mut groups);
    for method in module
        .methods
        .iter()
        .filter(|method| method.success.name.is_some())
    {
        groups[1].extend([
            "actix_web::HttpResponse".to_owned(),
            "actix_web::http::StatusCode".to_owned(),
        ]);
        groups[2].extend([
            "crate::contract::Call".to_owned(),
            "crate::contract::Succeed".to_owned(),
        ]);
        for way in method
            .success
            .ways
            .iter()
            .filter(|way| way.kind != Type::Unit)
        {
            match is_ruled_alone(&way.kind, &model.items) {
                true => groups[1].insert("validator::Validate".into()),
                false => groups[2].insert("crate::contract::unruled".into()),
            };
        }
    }
    lines(groups)
}

/// For the file of the mock.
pub fn mock(model: &Model) -> Vec<String> {
    let mut groups = Groups::default();
    for module in &model.modules {
        groups[2].insert("crate::problem::Problem".into());
        for method in &module.methods {
            let (incoming, outgoing) = method.types();
            let outgoing = outgoing.filter(|_| method.success.name.is_none());
            incoming
                .chain(outgoing)
                .for_each(|kind| signature(kind, model, &mut groups));
        }
        groups[2].insert(format!("super::{}::{}", module.name, module.trait_name));
        let names = module
            .methods
            .iter()
            .filter_map(|method| method.success.name.as_ref());
        groups[2].extend(names.map(|name| format!("super::{}::{name}", module.name)));
        if module
            .methods
            .iter()
            .any(|method| answers::mock(method).contains("example("))
        {
            groups[2].insert("crate::contract::example".into());
        }
    }
    lines(groups)
}

/// What the signatures of a module's methods mention.
fn signatures(module: &Module, model: &Model, groups: &mut Groups) {
    groups[2].insert("crate::problem::Problem".into());
    for method in &module.methods {
        let (incoming, outgoing) = method.types();
        incoming
            .chain(outgoing)
            .for_each(|kind| signature(kind, model, groups));
    }
}

fn signature(kind: &Type, model: &Model, groups: &mut Groups) {
    mention(kind, groups);
    let named = kind
        .named()
        .map(|index| format!("super::types::{}", model.items[index].name));
    groups[2].extend(named);
}

/// For the file of routes.
pub fn routes(model: &Model) -> Vec<String> {
    let mut groups = Groups::default();
    groups[2].insert("crate::contract::Routes".into());
    let methods: Vec<_> = model
        .modules
        .iter()
        .flat_map(|module| &module.methods)
        .collect();
    if methods.is_empty() {
        return lines(groups);
    }
    for path in ["actix_web::HttpResponse", "actix_web::web::Data"] {
        groups[1].insert(path.to_owned());
    }
    if methods.iter().any(|method| method.success.name.is_none()) {
        groups[1].insert("actix_web::http::StatusCode".into());
    }
    groups[2].extend([
        "crate::contract::Call".to_owned(),
        "crate::problem::Problem".to_owned(),
    ]);
    groups[2].extend(
        model
            .modules
            .iter()
            .map(|module| format!("super::{}::{}", module.name, module.trait_name)),
    );
    let checks: Vec<_> = methods
        .iter()
        .flat_map(|method| checks(method, model))
        .collect();
    if checks.contains(&true) {
        groups[1].insert("validator::Validate".into());
    }
    if checks.contains(&false) {
        groups[2].insert("crate::contract::unruled".into());
    }
    lines(groups)
}

/// For each body that a method's route takes or gives: whether it has rules.
fn checks(method: &Method, model: &Model) -> Vec<bool> {
    let arguments = method.arguments.iter();
    let bodies = arguments.filter(|argument| matches!(argument.source, Source::Body { .. }));
    let bodies = bodies.map(Argument::decoded);
    let ways = method
        .success
        .ways
        .iter()
        .filter(|_| method.success.name.is_none());
    let answers = ways
        .map(|way| &way.kind)
        .filter(|kind| **kind != Type::Unit);
    bodies
        .chain(answers)
        .map(|kind| is_ruled_alone(kind, &model.items))
        .collect()
}

fn mention(kind: &Type, groups: &mut Groups) {
    for part in kind.parts() {
        match part {
            Type::Map(_) => groups[0].insert("std::collections::BTreeMap".into()),
            Type::Set(_) => groups[1].insert("indexmap::IndexSet".into()),
            Type::Any(_) => groups[2].insert("crate::contract::Any".into()),
            Type::Field(_) => groups[2].insert("crate::contract::Field".into()),
            Type::Plain("Value") => groups[1].insert("serde_json::Value".into()),
            Type::Plain("NaiveDate") => groups[1].insert("chrono::NaiveDate".into()),
            Type::Plain("DateTime<Utc>") => {
                groups[1].insert("chrono::Utc".into());
                groups[1].insert("chrono::DateTime".into())
            }
            _ => false,
        };
    }
}

/// The groups as lines, paths of one module in braces.
fn lines(groups: Groups) -> Vec<String> {
    let mut lines = Vec::new();
    for group in groups.into_iter().filter(|group| !group.is_empty()) {
        let mut modules: Vec<(&str, Vec<&str>)> = Vec::new();
        for path in &group {
            let (module, name) = path.rsplit_once("::").expect("a path has a module");
            match modules.iter_mut().find(|(known, _)| *known == module) {
                Some((_, names)) => names.push(name),
                None => modules.push((module, vec![name])),
            }
        }
        lines.extend(
            modules
                .into_iter()
                .map(|(module, names)| match names.as_slice() {
                    [name] => format!("use {module}::{name};"),
                    names => format!("use {module}::{{{}}};", names.join(", ")),
                }),
        );
        lines.push(String::new());
    }
    lines
}
