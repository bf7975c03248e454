//! The operations as methods of traits and functions of routes.

use super::docs;
use super::item::Type;
use super::schemas::Schemas;
use super::success::Success;
use super::views::View;
use crate::api::{Body, Operation, Parameter, Part};
use crate::naming;

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
    /// The part of the request, and the parameter's name on the wire.
    Parameter {
        part: Part,
        wire: String,
    },
    Body {
        required: bool,
    },
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

impl Method {
    /// The method for an operation; its types join `schemas`.
    pub fn new(operation: &Operation, schemas: &mut Schemas) -> Self {
        let title = naming::pascal(&operation.name);
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
        choose_names(operation, &mut arguments, schemas);
        make_distinct(&mut arguments);
        Self {
            id: operation.id.clone(),
            name: naming::snake(&operation.name),
            docs: docs_of(operation, &arguments),
            arguments,
            success: Success::new(operation, &title, schemas),
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
        name: naming::snake(&parameter.name),
        kind: if is_certain { kind } else { kind.nullable() },
        source: Source::Parameter {
            part: parameter.part,
            wire: parameter.name.clone(),
        },
    }
}

fn body_argument(body: &Body, title: &str, schemas: &mut Schemas) -> Option<Argument> {
    let schema = &body.content.first()?.schema;
    let kind = schemas.derive(View::Request, schema, &format!("{title} {}", body.name));
    Some(Argument {
        name: naming::snake(&body.name),
        // No body differs from a body of `null`.
        kind: match body.required {
            true => kind,
            false => Type::Optional(Box::new(kind)),
        },
        source: Source::Body {
            required: body.required,
        },
    })
}

/// Gives the arguments the names that the author chose.
fn choose_names(operation: &Operation, arguments: &mut [Argument], schemas: &mut Schemas) {
    let places = operation.parameters.iter().map(|it| it.location.clone());
    let body = operation.body.iter().map(|body| body.location.clone());
    let places: Vec<_> = places.chain(body).collect();
    let names = arguments.iter().map(|argument| argument.name.clone());
    let names = schemas.chosen(names.collect(), &places, "arguments");
    for (argument, name) in arguments.iter_mut().zip(names) {
        argument.name = name;
    }
}

/// Of two arguments with one name, the second is prefixed by the part of the request that it comes from. `app` and `call` are
/// variables of the routes.
fn make_distinct(arguments: &mut [Argument]) {
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
                Source::Parameter { part, .. } => part.name(),
                Source::Body { .. } => "body",
            };
            rest[0].name = format!("{part}_{}", rest[0].name.trim_start_matches("r#"));
        }
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
    // The traits first: they are named by the author, and most types are not.
    for operation in operations {
        let name = module_name(&operation.module);
        if !modules.iter().any(|module| module.name == name) {
            modules.push(Module {
                spec_name: operation.module.clone(),
                name,
                trait_name: schemas.trait_name(&operation.module),
                methods: Vec::new(),
            });
        }
    }
    for operation in operations {
        schemas.module.clone_from(&operation.module);
        let mut method = Method::new(operation, schemas);
        let name = module_name(&operation.module);
        let mut modules = modules.iter_mut();
        if let Some(module) = modules.find(|module| module.name == name) {
            method.name = module.free(method.name);
            module.methods.push(method);
        }
    }
    modules
}

impl Module {
    /// The name, or the name with a number, that no method has.
    fn free(&self, name: String) -> String {
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        let mut candidates = std::iter::once(name.clone()).chain(numbered);
        let is_free = |name: &String| !self.methods.iter().any(|method| method.name == *name);
        candidates.find(is_free).unwrap_or(name)
    }
}

/// The module's name, which must not be that of another generated file.
fn module_name(spec_name: &str) -> String {
    let name = naming::snake(spec_name);
    if matches!(name.as_str(), "types" | "routes" | "r#mod" | "mock") {
        format!("{}_operations", name.trim_start_matches("r#"))
    } else {
        name
    }
}
