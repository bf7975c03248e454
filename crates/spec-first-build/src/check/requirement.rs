//! Security requirements that no request can meet, or none but by chance.

use std::collections::BTreeSet;

use serde_json::Value;

use super::security::alternatives;
use crate::document::{Document, Part, SchemeKind, declared_schemes};
use crate::text::{Fault, Location, hint};

/// A warning for each pair of schemes that read the same value, and for each scope that its scheme does not declare.
pub(super) fn warnings(document: &Document) -> Vec<Fault> {
    let alternatives = alternatives(document);
    let mut warnings = Vec::new();
    for alternative in &alternatives {
        warnings.extend(same_value(document, alternative));
        let names = document.member_names(alternative);
        let scopes = names.flat_map(|name| undeclared_scopes(document, alternative, name));
        warnings.extend(scopes);
    }
    warnings
}

/// The pairs of schemes that are required together although they read the same value of a request.
fn same_value(document: &Document, alternative: &Location) -> Vec<Fault> {
    let names = document.member_names(alternative);
    let sources = names.filter_map(|name| Some((name, Source::of(&kind(document, name)?)?)));
    let sources: Vec<_> = sources.collect();
    let pairs = sources.iter().enumerate().flat_map(|(index, first)| {
        let others = &sources[index + 1..];
        others.iter().map(move |second| (first, second))
    });
    let pairs = pairs.filter(|((_, first), (_, second))| first.excludes(second));
    pairs
        .map(|((first, source), (second, _))| {
            let text = format!(
                "`{first}` and `{second}` are required together, but both read {}, of which a request has only one. \
                 List them as alternatives, or remove one of them.",
                source.name()
            );
            document.fault(alternative, text)
        })
        .collect()
}

/// Where a scheme reads its credentials.
struct Source {
    part: Part,
    name: String,
    /// The scheme in the header `Authorization`; schemes of the same name read the same token, which can be right for both.
    scheme: Option<String>,
}

impl Source {
    fn of(kind: &SchemeKind) -> Option<Self> {
        let scheme = match kind {
            SchemeKind::ApiKey { part, name } => {
                return Some(Self {
                    part: *part,
                    name: name.clone(),
                    scheme: None,
                });
            }
            SchemeKind::Basic => "basic",
            SchemeKind::Bearer { .. } | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => "bearer",
            SchemeKind::Http { scheme } => scheme,
            SchemeKind::MutualTls => return None,
        };
        Some(Self {
            part: Part::Header,
            name: "Authorization".to_owned(),
            scheme: Some(scheme.to_ascii_lowercase()),
        })
    }

    fn excludes(&self, other: &Self) -> bool {
        let is_same_token = self.scheme.is_some() && self.scheme == other.scheme;
        let is_same_name = match self.part {
            Part::Header => self.name.eq_ignore_ascii_case(&other.name),
            _ => self.name == other.name,
        };
        self.part == other.part && is_same_name && !is_same_token
    }

    fn name(&self) -> String {
        let name = &self.name;
        match self.part {
            Part::Header => format!("the header `{name}`"),
            Part::Cookie => format!("the cookie `{name}`"),
            _ => format!("the query parameter `{name}`"),
        }
    }
}

/// The scopes of a requirement that its scheme does not declare, if it declares any.
fn undeclared_scopes(document: &Document, alternative: &Location, scheme: &str) -> Vec<Fault> {
    let declared = declared_scopes(document, scheme);
    if declared.is_empty() {
        return Vec::new();
    }
    let places = document.elements(&alternative.member(scheme));
    let places = places.into_iter().filter_map(|place| {
        let scope = document.value(&place)?.as_str()?;
        if declared.contains(scope) {
            return None;
        }
        let text = format!(
            "The scope `{scope}` is required, but `{scheme}` does not declare it.{}",
            hint(scope, declared.iter().copied())
        );
        Some(document.fault(&place, text))
    });
    places.collect()
}

/// The scopes of all flows of a scheme of type `oauth2`.
fn declared_scopes<'d>(document: &'d Document, scheme: &str) -> BTreeSet<&'d str> {
    let Some(value) = declaration(document, scheme) else {
        return BTreeSet::new();
    };
    let flows = value.get("flows").and_then(Value::as_object);
    let flows = flows.into_iter().flat_map(|flows| flows.values());
    let scopes = flows.chain([value]);
    let scopes = scopes.filter_map(|flow| flow.get("scopes")?.as_object());
    scopes
        .flat_map(|scopes| scopes.keys().map(String::as_str))
        .collect()
}

fn kind(document: &Document, scheme: &str) -> Option<SchemeKind> {
    SchemeKind::of(declaration(document, scheme)?).ok()
}

fn declaration<'d>(document: &'d Document, scheme: &str) -> Option<&'d Value> {
    let declared = declared_schemes(document).member(scheme);
    Some(document.resolved(&declared)?.1)
}
