//! The `use` lines of the generated files: only what a file mentions.

use std::collections::BTreeSet;

use super::Model;
use super::item::{Kind, Type};
use super::module::{Method, Module, Source, is_ruled};

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
        for (name, path, is_used) in [
            ("Deserialize", "serde::Deserialize", item.decoded),
            ("Serialize", "serde::Serialize", item.encoded),
            ("Validate", "validator::Validate", item.ruled),
        ] {
            debug_assert!(path.ends_with(name));
            if is_used {
                groups[1].insert(path.to_owned());
            }
        }
        for member in item.members() {
            mention(&member.kind, &mut groups);
            if item.decoded && matches!(item.kind, Kind::Struct { .. }) && member.wire.is_some() {
                let decoder = match (&member.kind, member.optional) {
                    (Type::Optional(_), true) => "not_null",
                    (Type::Optional(_), false) => "nullable",
                    _ => continue,
                };
                groups[2].insert(format!("crate::contract::{decoder}"));
            }
        }
    }
    lines(groups)
}

/// For the file of a trait.
pub fn module(module: &Module, model: &Model) -> Vec<String> {
    let mut groups = Groups::default();
    groups[2].insert("crate::problem::Problem".into());
    for method in &module.methods {
        let (incoming, outgoing) = method.types();
        for kind in incoming.chain([outgoing]) {
            mention(kind, &mut groups);
            groups[2].extend(
                kind.named()
                    .map(|index| format!("super::types::{}", model.items[index].name)),
            );
        }
    }
    lines(groups)
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
    for path in [
        "actix_web::HttpResponse",
        "actix_web::http::StatusCode",
        "actix_web::web::Data",
    ] {
        groups[1].insert(path.to_owned());
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

/// For each body that a method takes or gives: whether it has rules.
fn checks(method: &Method, model: &Model) -> Vec<bool> {
    let bodies = method
        .arguments
        .iter()
        .filter(|argument| matches!(argument.source, Source::Body { .. }))
        .map(|argument| &argument.kind);
    let answer = Some(&method.success.kind).filter(|kind| **kind != Type::Unit);
    bodies
        .chain(answer)
        .map(|kind| is_ruled(kind, &model.items))
        .collect()
}

fn mention(kind: &Type, groups: &mut Groups) {
    for part in kind.parts() {
        match part {
            Type::Map(_) => groups[0].insert("std::collections::BTreeMap".into()),
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
