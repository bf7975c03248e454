//! Security as the facts that templates read.

use serde_json::{Value, json};

use super::spell::{comment, comments, literal};
use crate::rust::Model;
use crate::rust::method::Method;
use crate::rust::principal::{Principal, PrincipalKind};
use crate::rust::security::{Choice, Scheme, Security};

/// The whole of it, or `false` if all operations are public.
pub fn security(model: &Model) -> Value {
    let security = &model.security;
    if security.schemes.is_empty() {
        return false.into();
    }
    let mut credentials: Vec<_> = security.schemes.iter().map(|it| it.credentials).collect();
    credentials.sort_unstable();
    credentials.dedup();
    let choices = security.choices.iter();
    json!({
        "credentials": credentials,
        "schemes": security.schemes.iter().map(scheme).collect::<Vec<_>>(),
        "has_choices": !security.choices.is_empty(),
        "choices": choices.map(|it| choice(it, security)).collect::<Vec<_>>(),
    })
}

fn scheme(scheme: &Scheme) -> Value {
    json!({
        "name": comment(&scheme.wire),
        "wire": literal(&scheme.wire),
        "method": scheme.method,
        "principal": scheme.principal,
        "credentials": scheme.credentials,
        "docs": comments(&scheme.docs),
    })
}

fn choice(choice: &Choice, security: &Security) -> Value {
    let mut numbers: Vec<_> = choice.variants.iter().flat_map(|it| &it.schemes).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let generics = numbers.iter().map(|it| &security.schemes[**it].principal);
    let last = choice.variants.len() - 1;
    let variants = choice.variants.iter().enumerate().map(|(index, variant)| {
        let schemes = variant.schemes.iter().map(|it| &security.schemes[*it]);
        json!({
            "name": variant.name,
            "schemes": schemes.map(scheme).collect::<Vec<_>>(),
            "is_last": index == last,
        })
    });
    json!({
        "name": choice.name,
        "generics": generics.collect::<Vec<_>>(),
        "variants": variants.collect::<Vec<_>>(),
    })
}

/// The arguments of a method for who calls.
pub fn principals(method: &Method, model: &Model) -> Value {
    let principals = method.principals.iter();
    principals
        .map(|it| principal(it, &model.security))
        .collect()
}

fn principal(principal: &Principal, security: &Security) -> Value {
    let (kind, schemes, choice) = match &principal.kind {
        PrincipalKind::All(numbers) => {
            let schemes = numbers.iter().map(|it| &security.schemes[*it]);
            let wires: Vec<_> = schemes.map(|it| literal(&it.wire)).collect();
            (types(numbers, security), json!(wires), Value::Bool(false))
        }
        PrincipalKind::Choice(number) => {
            let choice = &security.choices[*number];
            let mut numbers: Vec<_> = choice.variants.iter().flat_map(|it| &it.schemes).collect();
            numbers.sort_unstable();
            numbers.dedup();
            let arguments = numbers.iter().map(|it| principal_type(**it, security));
            let arguments = arguments.collect::<Vec<_>>().join(", ");
            let kind = format!("security::{}<{arguments}>", choice.name);
            (kind, json!([]), choice.name.as_str().into())
        }
    };
    let is_tuple = schemes.as_array().is_some_and(|it| it.len() > 1);
    json!({
        "name": principal.name,
        "type": match principal.is_optional {
            true => format!("Option<{kind}>"),
            false => kind,
        },
        "optional": principal.is_optional,
        "tuple": is_tuple,
        "schemes": schemes,
        "choice": choice,
    })
}

/// One principal, or a tuple of several.
fn types(numbers: &[usize], security: &Security) -> String {
    let types = numbers.iter().map(|it| principal_type(*it, security));
    let types: Vec<_> = types.collect();
    match types.as_slice() {
        [one] => one.clone(),
        several => format!("({})", several.join(", ")),
    }
}

fn principal_type(number: usize, security: &Security) -> String {
    format!("Self::{}", security.schemes[number].principal)
}
