//! The imports of each generated file: only what it mentions.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{conditions, functions, serde};
use crate::naming::Import;
use crate::rust::Model;
use crate::rust::body::BodyType;
use crate::rust::body_rules::BodyRules;
use crate::rust::default::DefaultValue;
use crate::rust::functions::Caller;
use crate::rust::item::{Choice, Item, Kind, Member};
use crate::rust::kind::Type;
use crate::rust::method::{Argument, Method, Source};
use crate::rust::module::Module;
use crate::rust::primitive::Primitive;
use crate::rust::response::ResponseVariant;
use crate::rust::rules::Rule;

/// The paths that a file imports.
#[derive(Default)]
struct Imports(BTreeSet<String>);

impl Imports {
    fn add(&mut self, imports: impl IntoIterator<Item = Import>) {
        let paths = imports.into_iter().map(|import| import.path().to_owned());
        self.0.extend(paths);
    }

    /// Adds the item `name` of the generated module `module`.
    fn add_generated(&mut self, module: &str, name: &str) {
        self.0.insert(format!("super::{module}::{name}"));
    }

    /// Adds the generated module of security, whose items are named with it: a schema may have such a name.
    fn add_security(&mut self, is_used: bool) {
        let path = is_used.then(|| "super::security".to_owned());
        self.0.extend(path);
    }

    /// Adds what a type mentions besides the spec's own types.
    fn add_type(&mut self, kind: &Type) {
        for part in kind.parts() {
            self.add(parts(part).iter().copied());
        }
    }

    /// Adds what a type mentions, outside of the file of types.
    fn add_foreign_type(&mut self, kind: &Type, model: &Model) {
        self.add_type(kind);
        for index in kind.named() {
            self.add_generated("types", &model.items[index].name);
        }
    }

    /// The paths in groups: the standard library, other crates, this crate. One line each, so that two branches which add
    /// imports merge.
    fn facts(self) -> Value {
        let group = |path: &String| match path.split("::").next() {
            Some("std") => 0,
            Some("crate" | "super") => 2,
            _ => 1,
        };
        let groups = (0..3).map(|number| {
            let paths = self.0.iter().filter(|path| group(path) == number);
            paths.collect::<Vec<_>>()
        });
        let groups = groups.filter(|paths| !paths.is_empty());
        groups.map(|paths| json!({ "paths": paths })).collect()
    }
}

/// What a type itself mentions, apart from its parts.
fn parts(kind: &Type) -> &'static [Import] {
    match kind {
        Type::Map(_) => &[Import::BTreeMap],
        Type::Set(_) => &[Import::IndexSet],
        Type::Any(_) => &[Import::Any],
        Type::Field(_) => &[Import::Field],
        Type::File
        | Type::Upload
        | Type::Download
        | Type::Items(_)
        | Type::Events(_)
        | Type::Shared(_) => &[Import::Body],
        Type::Plain(Primitive::Value) => &[Import::Value],
        Type::Plain(Primitive::Date) => &[Import::NaiveDate],
        Type::Plain(Primitive::DateTime) => &[Import::DateTime, Import::Utc],
        Type::Plain(Primitive::Uuid) => &[Import::Uuid],
        _ => &[],
    }
}

/// For the file of types.
pub fn types(model: &Model) -> Value {
    let mut imports = Imports::default();
    for item in &model.items {
        imports.add(derives(item));
        item.types()
            .into_iter()
            .for_each(|kind| imports.add_type(kind));
        if functions::hidden_members(item).is_some() {
            imports.add([Import::Deserializer, Import::DecodeAdditional]);
        }
        for member in item.members() {
            imports.add(helpers(member));
        }
    }
    for function in &model.rule_functions {
        imports.add([Import::Rule]);
        imports.add(match function.caller {
            Caller::Member(_) | Caller::Item(_) => [Import::ValidationError],
            Caller::Route => [Import::ValidationErrors],
        });
        let has_constants = !conditions::constants(&function.rules).is_empty();
        imports.add(has_constants.then_some(Import::LazyLock));
        imports.add(has_nested(&function.rules).then_some(Import::Validate));
        imports.add_type(&function.kind);
    }
    imports.facts()
}

/// Whether a function for rules calls those of a type.
fn has_nested(rules: &[Rule]) -> bool {
    rules.iter().any(|rule| match rule {
        Rule::Nested => true,
        Rule::Each(rules) => has_nested(rules),
        Rule::Places(places) => places.iter().any(|rules| has_nested(rules)),
        _ => false,
    })
}

/// The derives and macros of an item.
fn derives(item: &Item) -> Vec<Import> {
    let (decode, encode) = match &item.kind {
        Kind::Enum { repr: Some(_), .. } => (Import::DeserializeRepr, Import::SerializeRepr),
        Kind::Union {
            choice: Choice::Names { .. },
            ..
        } => (Import::DecodeSubtypes, Import::Serialize),
        Kind::Union { choice, .. } if choice.is_exclusive() => {
            (Import::DecodeUnion, Import::EncodeUnion)
        }
        Kind::Union { .. } => (Import::DecodeUnion, Import::Serialize),
        Kind::Struct { .. } | Kind::Newtype(_) | Kind::Enum { .. } => {
            (Import::Deserialize, Import::Serialize)
        }
    };
    let rule = match &item.kind {
        Kind::Union { .. } => Import::ValidateUnion,
        Kind::Newtype(_) => Import::ValidateNewtype,
        Kind::Struct { .. } | Kind::Enum { .. } => Import::Validate,
    };
    let rule = item.ruled.then_some(rule);
    let spec = (decode == Import::DecodeUnion).then_some(Import::Spec);
    [decode, encode]
        .into_iter()
        .chain(rule)
        .chain(spec)
        .collect()
}

/// What the attributes of a field refer to, and the functions and constants behind them.
fn helpers(member: &Member) -> Vec<Import> {
    let mut imports = Vec::new();
    imports.extend(member.decoder().map(serde::decoder_import));
    imports.extend(member.encoder().map(serde::encoder_import));
    let is_parsed = member.default.as_ref().is_some_and(DefaultValue::is_parsed);
    imports.extend(is_parsed.then_some(Import::ParseDefault));
    imports
}

/// For the file of a trait.
pub fn module(module: &Module, model: &Model) -> Value {
    let mut imports = Imports::default();
    imports.add([Import::Problem]);
    imports.add_security(module.is_secured());
    for method in &module.methods {
        imports.add(method.head.as_ref().map(|_| Import::RequestHead));
        let (incoming, outgoing) = method.types();
        incoming
            .chain(outgoing)
            .for_each(|kind| imports.add_foreign_type(kind, model));
        if method.body_choice().is_some() {
            let kinds = method.body.iter().flat_map(BodyType::types);
            kinds.for_each(|kind| imports.add_foreign_type(kind, model));
            imports.add([Import::Call, Import::ReadBody]);
            imports.add(request_checks(method));
        }
        if method.success.name.is_some() {
            imports.add([
                Import::HttpResponse,
                Import::StatusCode,
                Import::Call,
                Import::Respond,
            ]);
            imports.add(response_checks(&method.success.responses));
        }
        if let Some(failure) = &method.failure {
            let kinds = failure.types();
            kinds.for_each(|kind| imports.add_foreign_type(kind, model));
            imports.add([
                Import::HttpResponse,
                Import::StatusCode,
                Import::Call,
                Import::Failure,
                Import::Respond,
            ]);
            imports.add(response_checks(&failure.responses));
        }
        imports.add(
            method
                .success
                .accept
                .is_some()
                .then_some(Import::Acceptable),
        );
    }
    imports.facts()
}

/// For the file of the mock.
pub fn mock(model: &Model) -> Value {
    let mut imports = Imports::default();
    for module in &model.modules {
        imports.add_generated(&module.name, &module.trait_name);
        imports.add_security(module.methods.iter().any(Method::has_choice));
        for method in &module.methods {
            match &method.failure {
                Some(failure) => imports.add_generated(&module.name, &failure.name),
                None => imports.add([Import::Problem]),
            }
            imports.add(method.head.as_ref().map(|_| Import::RequestHead));
            let (incoming, outgoing) = method.types();
            if let Some((name, _)) = method.body_choice() {
                imports.add_generated(&module.name, name);
            }
            incoming.for_each(|kind| imports.add_foreign_type(kind, model));
            match &method.success.name {
                Some(name) => imports.add_generated(&module.name, name),
                None => outgoing.for_each(|kind| imports.add_foreign_type(kind, model)),
            }
            if let Some(accept) = &method.success.accept {
                imports.add_generated(&module.name, &accept.name);
            }
            imports.add(mock_helpers(method));
        }
    }
    imports.facts()
}

/// What the mock of a method needs for the first way in which it succeeds.
fn mock_helpers(method: &Method) -> Vec<Import> {
    let Some(first) = method.success.responses.first() else {
        return Vec::new();
    };
    let mut headers = first.headers.iter();
    let has_example = first.kind != Type::Unit || headers.any(|header| !header.is_optional());
    let example = has_example.then_some(Import::Spec);
    let status = first.status.is_none().then_some(Import::StatusCode);
    example.into_iter().chain(status).collect()
}

/// For the file of routes.
pub fn routes(model: &Model) -> Value {
    let mut imports = Imports::default();
    imports.add([Import::Arc, Import::Routes]);
    imports.add_security(!model.security.schemes.is_empty());
    for module in &model.modules {
        imports.add_generated(&module.name, &module.trait_name);
        for method in &module.methods {
            imports.add([Import::HttpResponse, Import::Call, Import::Problem]);
            imports.add(parameter_part(method));
            imports.add(method.failure.as_ref().map(|_| Import::Respond));
            if method.body_choice().is_none() {
                imports.add(request_checks(method));
            }
            if method.success.name.is_none() {
                imports.add([Import::StatusCode]);
                imports.add(response_checks(&method.success.responses));
            }
        }
    }
    imports.facts()
}

/// How parameters are named.
fn parameter_part(method: &Method) -> Option<Import> {
    let is_parameter = |it: &Argument| matches!(it.source, Source::Parameter { .. });
    let has_parameters = method.arguments.iter().any(is_parameter);
    has_parameters.then_some(Import::Part)
}

/// How the bodies of a request are checked.
fn request_checks(method: &Method) -> Vec<Import> {
    let bodies = method.body.iter().flat_map(BodyType::ruled);
    let validated = bodies.filter_map(|(kind, rules)| Some((kind.validated()?, rules)));
    validated.flat_map(|(_, rules)| check(rules)).collect()
}

/// How the bodies of responses are checked.
fn response_checks(responses: &[ResponseVariant]) -> Vec<Import> {
    let validated = responses
        .iter()
        .filter_map(|it| Some((it.kind.validated()?, &it.rules)));
    validated.flat_map(|(_, rules)| check(rules)).collect()
}

fn check(rules: &BodyRules) -> Vec<Import> {
    match rules.function.as_str() {
        "" if rules.rules.is_empty() => vec![Import::NoRules],
        "" => vec![Import::Validate],
        _ => vec![Import::Types],
    }
}
