//! The operations as methods of traits and functions of routes.

use super::item::{Item, Type};
use super::schemas::Schemas;
use super::views::View;
use super::{docs, names, status};
use crate::api::{self, Body, Operation, Parameter, Part, Response};

/// The operations of one module: one trait.
#[derive(Debug)]
pub struct Module {
    /// As the spec writes it.
    pub spec_name: String,
    pub name: String,
    pub trait_name: String,
    pub methods: Vec<Method>,
}

/// One operation.
#[derive(Debug)]
pub struct Method {
    pub id: String,
    pub name: String,
    pub docs: Vec<String>,
    pub arguments: Vec<Argument>,
    pub success: Success,
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
    /// The part of the request, as `Call` names it, and the parameter's name on the wire.
    Parameter {
        part: String,
        wire: String,
    },
    Body {
        required: bool,
    },
}

/// How a method succeeds: in these ways.
#[derive(Debug)]
pub struct Success {
    /// The enum of the ways, if there are several or if one has headers.
    pub name: Option<String>,
    pub ways: Vec<Way>,
}

/// One way to succeed.
#[derive(Debug)]
pub struct Way {
    pub variant: &'static str,
    /// The constant of `StatusCode`; none if the application chooses within a range.
    pub status: Option<&'static str>,
    pub docs: Vec<String>,
    pub kind: Type,
    pub headers: Vec<Header>,
}

/// A header of an answer.
#[derive(Debug)]
pub struct Header {
    pub wire: String,
    pub name: String,
    pub docs: Vec<String>,
    pub kind: Type,
}

impl Success {
    /// The type of the method's success.
    pub fn text(&self, items: &[Item]) -> String {
        match &self.name {
            Some(name) => name.clone(),
            None => self.ways[0].kind.text(items),
        }
    }

    /// The types that it holds.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        self.ways.iter().flat_map(|way| {
            let headers = way.headers.iter().map(|header| &header.kind);
            std::iter::once(&way.kind).chain(headers)
        })
    }
}

impl Method {
    /// The method for an operation; its types join `schemas`.
    pub fn new(operation: &Operation, schemas: &mut Schemas) -> Self {
        let title = names::pascal(&operation.name);
        let mut arguments: Vec<_> = operation
            .parameters
            .iter()
            .map(|parameter| argument(parameter, &title, schemas))
            .collect();
        arguments.extend(
            operation
                .body
                .as_ref()
                .and_then(|body| body_argument(body, &title, schemas)),
        );
        tell_apart(&mut arguments);
        Self {
            id: operation.id.clone(),
            name: names::snake(&operation.name),
            docs: docs_of(operation, &arguments),
            arguments,
            success: success(operation, &title, schemas),
            http_method: operation.method.to_lowercase(),
            path: operation.path.clone(),
        }
    }

    /// The types that come in, and the types that go out.
    pub fn types(&self) -> (impl Iterator<Item = &Type>, impl Iterator<Item = &Type>) {
        let arguments = self.arguments.iter().map(|argument| &argument.kind);
        (arguments, self.success.types())
    }
}

fn argument(parameter: &Parameter, title: &str, schemas: &mut Schemas) -> Argument {
    let hint = format!("{title} {}", parameter.name);
    let kind = schemas.derive(View::Request, &parameter.schema, &hint);
    let is_certain = parameter.required || parameter.default.is_some();
    Argument {
        name: names::snake(&parameter.name),
        kind: if is_certain { kind } else { kind.nullable() },
        source: Source::Parameter {
            part: part(parameter.part).to_owned(),
            wire: parameter.name.clone(),
        },
    }
}

/// What `Call` calls a part of the request.
fn part(part: Part) -> &'static str {
    match part {
        Part::Path => "path",
        Part::Query => "query",
        Part::Header => "header",
        Part::Cookie => "cookie",
        Part::FormData => "form",
    }
}

fn body_argument(body: &Body, title: &str, schemas: &mut Schemas) -> Option<Argument> {
    let schema = &body.content.first()?.schema;
    let kind = schemas.derive(View::Request, schema, &format!("{title} {}", body.name));
    Some(Argument {
        name: names::snake(&body.name),
        kind: if body.required { kind } else { kind.nullable() },
        source: Source::Body {
            required: body.required,
        },
    })
}

/// Two arguments of one name are told apart by the part of the request that they come from. The functions of the routes
/// have names of their own to keep.
fn tell_apart(arguments: &mut [Argument]) {
    for argument in arguments
        .iter_mut()
        .filter(|argument| matches!(argument.name.as_str(), "app" | "call"))
    {
        argument.name.push('_');
    }
    for index in 1..arguments.len() {
        let (before, rest) = arguments.split_at_mut(index);
        if before.iter().any(|other| other.name == rest[0].name) {
            let part = match &rest[0].source {
                Source::Parameter { part, .. } => part.as_str(),
                Source::Body { .. } => "body",
            };
            rest[0].name = format!("{part}_{}", rest[0].name.trim_start_matches("r#"));
        }
    }
}

/// The ways to succeed: each 2xx and 3xx that is declared, or the default if there is none.
fn success(operation: &Operation, title: &str, schemas: &mut Schemas) -> Success {
    let is_success = |response: &&Response| response.status.starts_with(['2', '3']);
    let mut responses: Vec<_> = operation.responses.iter().filter(is_success).collect();
    if responses.is_empty() {
        responses.extend(
            operation
                .responses
                .iter()
                .find(|response| response.status == "default"),
        );
    }
    let mut ways: Vec<_> = responses
        .iter()
        .map(|response| way(response, title, schemas))
        .collect();
    if let [only] = ways.as_mut_slice() {
        // A range that is the only way is answered with its plainest status.
        only.status = only.status.or(Some("OK"));
    }
    if ways.is_empty() {
        let (variant, status) = status::name("200");
        ways.push(Way {
            variant,
            status,
            docs: Vec::new(),
            kind: Type::Unit,
            headers: Vec::new(),
        });
    }
    let is_enum = ways.len() > 1 || !ways[0].headers.is_empty();
    Success {
        name: is_enum.then(|| schemas.answer_name(title)),
        ways,
    }
}

fn way(response: &Response, title: &str, schemas: &mut Schemas) -> Way {
    let (variant, status) = status::name(&response.status);
    let kind = match response.content.first() {
        Some(content) => schemas.derive(
            View::Response,
            &content.schema,
            &format!("{title} response"),
        ),
        None => Type::Unit,
    };
    let said = response
        .description
        .as_deref()
        .map(docs::clause)
        .filter(|said| said != ".");
    let docs = said
        .map(|said| format!("{}: {said}", response.status))
        .into_iter()
        .collect();
    let headers = response
        .headers
        .iter()
        .map(|header| answer_header(header, title, schemas))
        .collect();
    Way {
        variant,
        status,
        docs,
        kind,
        headers,
    }
}

fn answer_header(header: &api::Header, title: &str, schemas: &mut Schemas) -> Header {
    let kind = schemas.derive(
        View::Response,
        &header.schema,
        &format!("{title} {}", header.name),
    );
    let said = header
        .description
        .as_deref()
        .map(docs::clause)
        .filter(|said| said != ".");
    let said = said.map_or_else(|| ".".to_owned(), |said| format!(": {said}"));
    Header {
        wire: header.name.clone(),
        name: names::snake(&header.name),
        docs: vec![format!("Header `{}`{said}", header.name)],
        kind: if header.required {
            kind
        } else {
            kind.nullable()
        },
    }
}

fn docs_of(operation: &Operation, arguments: &[Argument]) -> Vec<String> {
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
    let described: Vec<_> = operation
        .parameters
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
    lines
}

/// The modules of the operations, in the spec's order.
pub fn modules(operations: &[Operation], schemas: &mut Schemas) -> Vec<Module> {
    let mut modules: Vec<Module> = Vec::new();
    for operation in operations {
        schemas.module.clone_from(&operation.module);
        let method = Method::new(operation, schemas);
        match modules
            .iter_mut()
            .find(|module| module.spec_name == operation.module)
        {
            Some(module) => module.methods.push(method),
            None => modules.push(Module {
                spec_name: operation.module.clone(),
                name: module_name(&operation.module),
                trait_name: names::type_name(&operation.module),
                methods: vec![method],
            }),
        }
    }
    modules
}

/// The module's name, which must not be that of another generated file.
fn module_name(spec_name: &str) -> String {
    let name = names::snake(spec_name);
    if matches!(name.as_str(), "types" | "routes" | "r#mod" | "mock") {
        format!("{}_operations", name.trim_start_matches("r#"))
    } else {
        name
    }
}

/// Settles what only the whole shows: who is decoded, encoded and ruled, and what must stand behind a `Box`.
pub fn settle(modules: &[Module], items: &mut [Item]) {
    for method in modules.iter().flat_map(|module| &module.methods) {
        let (incoming, outgoing) = method.types();
        for kind in incoming {
            mark(kind, items, |item| {
                std::mem::replace(&mut item.decoded, true)
            });
        }
        // The mock reads its answers from the spec's examples, so what goes out is decoded, too.
        for kind in outgoing {
            mark(kind, items, |item| {
                std::mem::replace(&mut item.encoded, true)
            });
            mark(kind, items, |item| {
                std::mem::replace(&mut item.decoded, true)
            });
        }
    }
    box_cycles(items);
    while spread_rules(items) {}
}

/// Marks every item that a type reaches; `mark` says whether it was marked before.
fn mark(kind: &Type, items: &mut [Item], mark_one: fn(&mut Item) -> bool) {
    let mut open: Vec<_> = kind.named().collect();
    while let Some(index) = open.pop() {
        if !mark_one(&mut items[index]) {
            open.extend(
                items[index]
                    .members()
                    .iter()
                    .flat_map(|member| member.kind.named()),
            );
        }
    }
}

/// A struct can't hold itself: the member that closes such a circle is boxed.
fn box_cycles(items: &mut [Item]) {
    for index in 0..items.len() {
        for member in 0..items[index].members().len() {
            let held = items[index].members()[member].kind.held();
            if held.is_some_and(|held| holds(items, held, index)) {
                items[index].members_mut()[member].kind.boxed();
            }
        }
    }
}

/// Whether a value of the item `from` holds a value of the item `target` in itself.
fn holds(items: &[Item], from: usize, target: usize) -> bool {
    let mut seen = vec![false; items.len()];
    let mut open = vec![from];
    while let Some(index) = open.pop() {
        if index == target {
            return true;
        }
        if !std::mem::replace(&mut seen[index], true) {
            open.extend(
                items[index]
                    .members()
                    .iter()
                    .filter_map(|member| member.kind.held()),
            );
        }
    }
    false
}

/// Carries rules from an item to those that hold it; whether anything changed.
fn spread_rules(items: &mut [Item]) -> bool {
    let mut changed = false;
    for index in 0..items.len() {
        let nested: Vec<_> = items[index]
            .members()
            .iter()
            .map(|member| is_ruled(&member.kind, items))
            .collect();
        let item = &mut items[index];
        for (member, nested) in item.members_mut().iter_mut().zip(nested) {
            if nested && !member.rules.iter().any(|rule| rule == "nested") {
                member.rules.push("nested".to_owned());
            }
        }
        let ruled = item.members().iter().any(|member| !member.rules.is_empty());
        changed |= ruled && !std::mem::replace(&mut item.ruled, ruled);
    }
    changed
}

/// Whether `validator` finds rules in a value of this type.
pub fn is_ruled(kind: &Type, items: &[Item]) -> bool {
    match kind {
        Type::Named(index) => items[*index].ruled,
        Type::Optional(inner) | Type::List(inner) => match &**inner {
            Type::Named(index) => items[*index].ruled,
            Type::List(inner) => matches!(**inner, Type::Named(_)) && is_ruled(inner, items),
            _ => false,
        },
        _ => false,
    }
}
