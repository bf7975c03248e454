//! Security as Rust: a method for each scheme, and arguments for the principals of an operation.

use super::docs;
use super::module::Module;
use super::principal::{Principal, PrincipalKind};
use crate::api::{Api, Operation, SchemeKind};
use crate::naming;

/// The schemes that operations require, and the enums of those that accept one of several.
#[derive(Debug)]
pub struct Security {
    pub schemes: Vec<Scheme>,
    pub choices: Vec<Choice>,
}

/// A scheme: a method that authenticates, and the type of its principals.
#[derive(Debug)]
pub struct Scheme {
    /// Its name in the spec.
    pub wire: String,
    pub method: String,
    pub principal: String,
    /// The type of its credentials.
    pub credentials: &'static str,
    pub docs: Vec<String>,
}

/// An enum with a variant for each alternative.
#[derive(Debug)]
pub struct Choice {
    pub name: String,
    pub variants: Vec<Variant>,
}

/// The schemes of an alternative, by their numbers.
#[derive(Debug, PartialEq, Eq)]
pub struct Variant {
    pub name: String,
    pub schemes: Vec<usize>,
}

impl Security {
    /// The security of `api`, whose operations are methods of `modules` and get their arguments.
    pub fn new(api: &Api, modules: &mut [Module]) -> Self {
        let mut security = Self {
            schemes: schemes(api, modules),
            choices: Vec::new(),
        };
        for method in modules.iter_mut().flat_map(|module| &mut module.methods) {
            let mut operations = api.operations.iter();
            let Some(operation) = operations.find(|it| it.id == method.id) else {
                continue;
            };
            let mut taken: Vec<_> = method.arguments.iter().map(|it| it.name.clone()).collect();
            let mut free = |name: &str| {
                let name = naming::free(name, |name| !taken.contains(name) && name != "app");
                taken.push(name.clone());
                name
            };
            method.principals = security.principals(operation);
            for principal in &mut method.principals {
                principal.name = free(&principal.name);
            }
            method.head = operation.reads_head.then(|| free("head"));
            if !operation.security.is_empty() {
                let line = requirements(operation);
                method.docs.push(String::new());
                method.docs.extend(docs::lines(&line));
            }
        }
        security
    }

    /// The arguments for who calls an operation, with names that other arguments may have.
    fn principals(&mut self, operation: &Operation) -> Vec<Principal> {
        let mut alternatives: Vec<Vec<usize>> = Vec::new();
        for alternative in operation.security.iter().filter(|it| !it.is_empty()) {
            let names = alternative.iter().map(|it| &it.scheme);
            let mut schemes: Vec<_> = names.filter_map(|name| self.position(name)).collect();
            schemes.sort_unstable();
            if !alternatives.contains(&schemes) {
                alternatives.push(schemes);
            }
        }
        alternatives.sort_unstable();
        let is_optional = operation.security.iter().any(Vec::is_empty);
        let one = |kind| Principal {
            name: "principal".to_owned(),
            kind,
            is_optional,
        };
        match alternatives.as_slice() {
            [] => Vec::new(),
            [schemes] if schemes.len() > 1 && !is_optional => {
                let schemes = schemes.iter();
                let each = schemes.map(|number| Principal {
                    name: self.schemes[*number].method.clone(),
                    ..one(PrincipalKind::All(vec![*number]))
                });
                each.collect()
            }
            [schemes] => vec![one(PrincipalKind::All(schemes.clone()))],
            _ => vec![one(PrincipalKind::Choice(self.choice(&alternatives)))],
        }
    }

    fn position(&self, wire: &str) -> Option<usize> {
        self.schemes.iter().position(|scheme| scheme.wire == wire)
    }

    /// The number of the enum of `alternatives`, which may be new.
    fn choice(&mut self, alternatives: &[Vec<usize>]) -> usize {
        let variants = alternatives.iter().map(|schemes| {
            let names = schemes
                .iter()
                .map(|it| self.schemes[*it].principal.as_str());
            Variant {
                name: names.collect::<Vec<_>>().join("And"),
                schemes: schemes.clone(),
            }
        });
        let variants: Vec<_> = variants.collect();
        let known = self.choices.iter().position(|it| it.variants == variants);
        known.unwrap_or_else(|| {
            let names: Vec<_> = variants.iter().map(|it| it.name.as_str()).collect();
            let name = self.free_choice(&names.join("Or"));
            self.choices.push(Choice { name, variants });
            self.choices.len() - 1
        })
    }

    fn free_choice(&self, name: &str) -> String {
        let numbered = (2..).map(|number| format!("{name}{number}"));
        let mut candidates = std::iter::once(name.to_owned()).chain(numbered);
        let is_free = |name: &String| !self.choices.iter().any(|choice| choice.name == *name);
        candidates.find(is_free).unwrap_or_default()
    }
}

/// The schemes, with methods that no operation has.
fn schemes(api: &Api, modules: &[Module]) -> Vec<Scheme> {
    let wires: Vec<_> = api.schemes.iter().map(|it| it.name.as_str()).collect();
    let methods = naming::distinct(&wires, naming::snake);
    let principals = naming::distinct(&wires, naming::type_name);
    let is_operation = |name: &String| {
        let mut methods = modules.iter().flat_map(|module| &module.methods);
        methods.any(|method| method.name == *name)
    };
    let names = methods.into_iter().zip(principals);
    let schemes = api.schemes.iter().zip(names);
    let schemes = schemes.map(|(scheme, (mut method, principal))| {
        while is_operation(&method) {
            method = naming::joined("authenticate", &method);
        }
        Scheme {
            wire: scheme.name.clone(),
            method,
            principal,
            credentials: credentials(&scheme.kind),
            docs: docs::lines(scheme.description.as_deref().unwrap_or_default()),
        }
    });
    schemes.collect()
}

fn credentials(kind: &SchemeKind) -> &'static str {
    match kind {
        SchemeKind::ApiKey { .. } => "ApiKey",
        SchemeKind::Basic => "Basic",
        SchemeKind::Bearer { .. } | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => "Bearer",
        SchemeKind::Http { .. } => "Authorization",
        SchemeKind::MutualTls => "Connection",
    }
}

/// What an operation requires, as a sentence.
fn requirements(operation: &Operation) -> String {
    let alternatives = operation.security.iter().map(|alternative| {
        let requirements = alternative.iter().map(|it| match it.scopes.as_slice() {
            [] => format!("`{}`", it.scheme),
            scopes => format!("`{}` with `{}`", it.scheme, scopes.join("`, `")),
        });
        match alternative.is_empty() {
            true => "nothing".to_owned(),
            false => requirements.collect::<Vec<_>>().join(" and "),
        }
    });
    let alternatives: Vec<_> = alternatives.collect();
    format!("Requires {}.", alternatives.join(", or "))
}
