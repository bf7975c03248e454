//! The `use` lines of the generated files: only what a file mentions.

use std::collections::BTreeSet;

use serde_json::Value;

use super::item::{Kind, Member, Type};
use super::module::{Method, Module, Source, is_ruled};
use super::{Model, declare};

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
        if item.decoded && is_union {
            groups[2].insert("crate::contract::decode_union".into());
        }
        for member in item.members() {
            mention(&member.kind, &mut groups);
            if item.decoded && !is_union && member.wire.is_some() {
                groups[2].extend(decoder(member).map(|name| format!("crate::contract::{name}")));
            }
        }
    }
    if model
        .items
        .iter()
        .any(|item| declare::defaults(item, model).iter().any(is_preset))
    {
        groups[2].insert("crate::contract::preset".into());
    }
    lines(groups)
}

/// The function of the contract that decodes a field.
fn decoder(member: &Member) -> Option<&'static str> {
    match (&member.kind, member.optional) {
        _ if member.default.is_some() => None,
        (Type::Field(_), true) => None,
        (_, true) => Some("not_null"),
        (Type::Optional(_), false) => Some("nullable"),
        _ => None,
    }
}

fn is_preset(default: &Value) -> bool {
    default["value"]
        .as_str()
        .is_some_and(|value| value.starts_with("preset("))
}

/// For the file of a trait.
pub fn module(module: &Module, model: &Model) -> Vec<String> {
    let mut groups = Groups::default();
    signatures(module, model, &mut groups);
    lines(groups)
}

/// For the file of the mock.
pub fn mock(model: &Model) -> Vec<String> {
    let mut groups = Groups::default();
    for module in &model.modules {
        signatures(module, model, &mut groups);
        groups[2].insert(format!("super::{}::{}", module.name, module.trait_name));
        if module
            .methods
            .iter()
            .any(|method| method.success.kind != Type::Unit)
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
        for kind in incoming.chain([outgoing]) {
            mention(kind, groups);
            groups[2].extend(
                kind.named()
                    .map(|index| format!("super::types::{}", model.items[index].name)),
            );
        }
    }
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
