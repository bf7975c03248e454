//! Security schemes, and which of them an operation requires.

use serde_json::Value;

use super::member::text;
use crate::document::{Document, SchemeKind, declared_schemes};
use crate::text::Location;

/// A security scheme that an operation requires.
#[derive(Clone, Debug, PartialEq)]
pub struct Scheme {
    /// The name under which requirements refer to it.
    pub name: String,
    /// What a request sends.
    pub kind: SchemeKind,
    /// `description`.
    pub description: Option<String>,
    /// Where the scheme is, at the end of its `$ref`s.
    pub location: Location,
}

/// A scheme that a request has to meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// The name of the scheme.
    pub scheme: String,
    /// The scopes, or roles, that are required.
    pub scopes: Vec<String>,
}

/// The alternatives of the operation at `operation`, each a list of schemes that have to be met together: its own, or else those
/// of the document. None if it is public; an empty one admits a request without credentials.
pub(super) fn alternatives(document: &Document, operation: &Location) -> Vec<Vec<Requirement>> {
    let owners = [operation.clone(), document.root()];
    let mut lists = owners.iter().filter_map(|owner| {
        let value = document.value(&owner.member("security"))?;
        value.as_array()
    });
    let mut alternatives: Vec<Vec<Requirement>> = Vec::new();
    for alternative in lists.next().into_iter().flatten().map(requirements) {
        if !alternatives.contains(&alternative) {
            alternatives.push(alternative);
        }
    }
    if alternatives.iter().all(Vec::is_empty) {
        alternatives.clear();
    }
    alternatives
}

fn requirements(alternative: &Value) -> Vec<Requirement> {
    let schemes = alternative.as_object().into_iter().flatten();
    let requirements = schemes.map(|(scheme, scopes)| {
        let scopes = scopes.as_array().into_iter().flatten();
        let scopes = scopes.filter_map(Value::as_str).map(str::to_owned);
        Requirement {
            scheme: scheme.clone(),
            scopes: scopes.collect(),
        }
    });
    requirements.collect()
}

/// The schemes of the document that `is_used` accepts by their names, in the order of the document.
pub(super) fn schemes(document: &Document, is_used: impl Fn(&str) -> bool) -> Vec<Scheme> {
    let declared = declared_schemes(document);
    let names = document.member_names(&declared);
    let names = names.filter(|name| is_used(name));
    names
        .filter_map(|name| scheme(document, name, &declared.member(name)))
        .collect()
}

fn scheme(document: &Document, name: &str, location: &Location) -> Option<Scheme> {
    let (location, value) = document.resolved(location)?;
    Some(Scheme {
        name: name.to_owned(),
        kind: SchemeKind::of(value).ok()?,
        description: text(value, "description"),
        location,
    })
}
