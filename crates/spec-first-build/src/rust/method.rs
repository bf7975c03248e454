//! Operations as methods.

use std::collections::HashSet;

use super::body::{BodyType, BodyVariant};
use super::body_rules::BodyRules;
use super::docs;
use super::failure::Failure;
use super::kind::Type;
use super::principal::{Principal, PrincipalKind};
use super::response::described;
use super::schemas::ItemBuilder;
use super::success::{Accept, Success};
use super::views::View;
use crate::api::{Body, Operation, Parameter, Part};
use crate::naming;

/// One operation.
#[derive(Debug)]
pub struct Method {
    pub id: String,
    pub name: String,
    /// The function of the routes that calls it.
    pub function: String,
    pub docs: Vec<String>,
    /// Who calls; before the other arguments.
    pub principals: Vec<Principal>,
    pub arguments: Vec<Argument>,
    pub body: Option<BodyType>,
    /// The name of the last argument, if it is the head of the request.
    pub head: Option<String>,
    pub success: Success,
    /// How it fails, if not by problems alone.
    pub failure: Option<Failure>,
    pub http_method: String,
    pub path: String,
}

/// An argument of a method.
#[derive(Debug)]
pub struct Argument {
    pub name: String,
    pub kind: Type,
    pub source: Source,
}

/// What an argument is decoded from.
#[derive(Debug)]
pub enum Source {
    /// The part of the request, and the parameter's name on the wire.
    Parameter {
        part: Part,
        wire: String,
    },
    Body {
        required: bool,
    },
    /// What the client prefers of the representations of the response.
    Accept,
}

impl Argument {
    /// What is decoded, once something is there.
    pub fn decoded(&self) -> &Type {
        match (&self.source, &self.kind) {
            (Source::Body { required: false }, Type::Optional(inner)) => inner,
            (_, kind) => kind,
        }
    }
}

impl Argument {
    /// The part of the request that it comes from.
    fn part(&self) -> &'static str {
        match &self.source {
            Source::Parameter { part, .. } => part.name(),
            Source::Body { .. } => "body",
            Source::Accept => "response",
        }
    }

    /// Its name on the wire; `name` if it has none there.
    fn wire<'a>(&'a self, name: &'a str) -> &'a str {
        match &self.source {
            Source::Parameter { wire, .. } => wire,
            Source::Body { .. } | Source::Accept => name,
        }
    }
}

impl Method {
    /// The method for an operation, whose name no other module has if it `is_unique`; its types join `builder`.
    pub fn new(operation: &Operation, is_unique: bool, builder: &mut ItemBuilder) -> Self {
        let title = naming::pascal(&operation.id);
        let parameters = in_order(operation);
        let mut arguments: Vec<_> = parameters
            .iter()
            .map(|parameter| argument(parameter, &title, builder))
            .collect();
        let name = if is_unique { &operation.name } else { &title };
        let body = operation.body.as_ref();
        let body = body.and_then(|body| Some((body, BodyType::new(body, name, &title, builder)?)));
        arguments.extend(body.iter().map(|(body, kind)| body_argument(body, kind)));
        let success = Success::new(operation, &title, is_unique, builder);
        let failure = Failure::new(operation, &title, is_unique, builder);
        choose_names(operation, &parameters, &mut arguments, builder);
        arguments.extend(success.accept.as_ref().map(accept_argument));
        make_distinct(&mut arguments);
        Self {
            id: operation.id.clone(),
            name: naming::snake(&operation.name),
            function: String::new(),
            docs: docs_of(operation, &parameters, &arguments, failure.as_ref()),
            principals: Vec::new(),
            arguments,
            body: body.map(|(_, kind)| kind),
            head: None,
            success,
            failure,
            http_method: operation.method.to_lowercase(),
            path: operation.path.clone(),
        }
    }

    /// The type of its failures.
    pub fn error(&self) -> &str {
        let failure = self.failure.as_ref();
        failure.map_or("Problem", |failure| &failure.name)
    }

    /// Whether the argument for who calls is an enum.
    pub fn has_choice(&self) -> bool {
        let mut principals = self.principals.iter();
        principals.any(|it| matches!(it.kind, PrincipalKind::Choice(_)))
    }

    /// The types that come in, and the types that go out.
    pub fn types(&self) -> (impl Iterator<Item = &Type>, impl Iterator<Item = &Type>) {
        let arguments = self.arguments.iter().map(|argument| &argument.kind);
        (arguments, self.success.types())
    }

    /// The types of the bodies that come in and that go out, each with what is checked of its values.
    pub fn ruled_bodies_mut(&mut self) -> impl Iterator<Item = (&Type, &mut BodyRules)> {
        let failures = self.failure.iter_mut().flat_map(|it| &mut it.responses);
        let responses = self.success.responses.iter_mut().chain(failures);
        let outgoing = responses.map(|response| (&response.kind, &mut response.rules));
        let incoming = self.body.iter_mut().flat_map(BodyType::ruled_mut);
        incoming.chain(outgoing)
    }

    /// What is checked of a body that has one type.
    pub fn body_rules(&self) -> BodyRules {
        match &self.body {
            Some(BodyType::One { rules, .. }) => rules.clone(),
            _ => BodyRules::default(),
        }
    }

    /// The name of the enum of the bodies, and the body in each media type, if their types differ.
    pub fn body_choice(&self) -> Option<(&str, &[BodyVariant])> {
        match self.body.as_ref()? {
            BodyType::One { .. } => None,
            BodyType::Choice { name, variants } => Some((name, variants)),
        }
    }
}

/// The parameters in the order of the arguments: those of the path as it has them, then those of the query, the headers and
/// the cookies as the document lists them.
fn in_order(operation: &Operation) -> Vec<&Parameter> {
    let mut parameters: Vec<_> = operation.parameters.iter().collect();
    parameters.sort_by_key(|parameter| match parameter.part {
        Part::Path => {
            let template = format!("{{{}}}", parameter.name);
            (0, operation.path.find(&template))
        }
        Part::Query => (1, None),
        Part::Header => (2, None),
        Part::Cookie | Part::FormData => (3, None),
    });
    parameters
}

fn argument(parameter: &Parameter, title: &str, builder: &mut ItemBuilder) -> Argument {
    let kind = builder.derive_part(View::Request, &parameter.schema, title, &parameter.name);
    let is_certain = parameter.required || parameter.default.is_some();
    Argument {
        name: naming::snake(&parameter.name),
        kind: if is_certain { kind } else { kind.nullable() },
        source: Source::Parameter {
            part: parameter.part,
            wire: parameter.name.clone(),
        },
    }
}

fn body_argument(body: &Body, kind: &BodyType) -> Argument {
    let kind = kind.kind();
    Argument {
        name: naming::snake(&body.name),
        // No body differs from a body of `null`.
        kind: match body.required {
            true => kind,
            false => Type::Optional(Box::new(kind)),
        },
        source: Source::Body {
            required: body.required,
        },
    }
}

fn accept_argument(accept: &Accept) -> Argument {
    Argument {
        name: "accept".to_owned(),
        kind: Type::Given(accept.name.clone()),
        source: Source::Accept,
    }
}

/// Gives the arguments the names that the author chose.
fn choose_names(
    operation: &Operation,
    parameters: &[&Parameter],
    arguments: &mut [Argument],
    builder: &mut ItemBuilder,
) {
    let places = parameters.iter().map(|it| it.location.clone());
    let body = operation.body.iter().map(|body| body.location.clone());
    let places: Vec<_> = places.chain(body).collect();
    let names = arguments.iter().map(|argument| argument.name.clone());
    let names = builder.chosen(names.collect(), &places, "arguments");
    for (argument, name) in arguments.iter_mut().zip(names) {
        argument.name = name;
    }
}

/// Makes the names of arguments distinct. Of two with one name, the second is prefixed by the part of the request that it comes
/// from; where that is not enough, the signs in their names are spelled out, or they are numbered.
fn make_distinct(arguments: &mut [Argument]) {
    let names = || arguments.iter().map(|argument| argument.name.clone());
    let names: Vec<_> = names().map(unreserved).collect();
    let parts: Vec<_> = arguments.iter().map(Argument::part).collect();
    let mut distinct = prefixed(&names, &parts);
    if !are_distinct(&distinct) {
        let wires = arguments.iter().zip(&names);
        let wires: Vec<_> = wires.map(|(argument, name)| argument.wire(name)).collect();
        let spelled = naming::distinct(&wires, naming::snake).into_iter();
        let is_unique = |name: &String| names.iter().filter(|other| *other == name).count() == 1;
        let spelled = spelled
            .zip(&names)
            .map(|(spelled, name)| match is_unique(name) {
                true => name.clone(),
                false => unreserved(spelled),
            });
        distinct = numbered(&prefixed(&spelled.collect::<Vec<_>>(), &parts));
    }
    for (argument, name) in arguments.iter_mut().zip(distinct) {
        argument.name = name;
    }
}

/// The name, unless the routes have a variable or a function of it.
fn unreserved(name: String) -> String {
    match name.as_str() {
        "app" | "call" | "no_rules" => format!("{name}_"),
        _ => name,
    }
}

fn prefixed(names: &[String], parts: &[&str]) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::new();
    for (name, part) in names.iter().zip(parts) {
        distinct.push(match distinct.contains(name) {
            true => naming::joined(part, name),
            false => name.clone(),
        });
    }
    distinct
}

fn numbered(names: &[String]) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let is_free =
            |name: &String| !distinct.contains(name) && !names[index + 1..].contains(name);
        distinct.push(match distinct.contains(name) {
            true => naming::free(name, is_free),
            false => name.clone(),
        });
    }
    distinct
}

fn are_distinct(names: &[String]) -> bool {
    let mut seen = HashSet::new();
    names.iter().all(|name| seen.insert(name))
}

fn docs_of(
    operation: &Operation,
    parameters: &[&Parameter],
    arguments: &[Argument],
    failure: Option<&Failure>,
) -> Vec<String> {
    let place = format!("`{} {}`", operation.method.to_uppercase(), operation.path);
    let mut lines = vec![match operation.summary.as_deref().map(docs::headline) {
        Some(summary) if !summary.is_empty() => format!("{summary}: {place}."),
        _ => format!("{place}."),
    }];
    let description = docs::lines(operation.description.as_deref().unwrap_or_default());
    if !description.is_empty() {
        lines.push(String::new());
        lines.extend(description);
    }
    if operation.deprecated {
        lines.extend([String::new(), "Deprecated.".to_owned()]);
    }
    let described: Vec<_> = parameters
        .iter()
        .zip(arguments)
        .filter_map(|(parameter, argument)| {
            let text = docs::clause(parameter.description.as_deref()?);
            Some(format!(
                "- `{}`: {text}",
                argument.name.trim_start_matches("r#")
            ))
        })
        .collect();
    if !described.is_empty() {
        lines.push(String::new());
        lines.extend(described);
    }
    let failures = failures(operation, failure);
    if !failures.is_empty() {
        lines.extend([String::new(), "# Errors".to_owned()]);
        lines.extend(failures);
    }
    lines
}

/// The statuses with which an operation fails, and the variants of those that have types of their own.
fn failures(operation: &Operation, failure: Option<&Failure>) -> Vec<String> {
    let lines = operation.failures().map(|response| {
        let described = described(response).pop();
        let described = described.unwrap_or_else(|| format!("{}.", response.status));
        let variants = failure.iter().flat_map(|failure| {
            let responses = failure.responses.iter();
            let own = responses.filter(|it| it.declared == response.status);
            own.map(|it| format!("[`{}::{}`]", failure.name, it.variant))
        });
        let variants: Vec<_> = variants.collect();
        match variants.is_empty() {
            true => format!("- {described}"),
            false => format!("- {}, {described}", variants.join(", ")),
        }
    });
    lines.collect()
}
