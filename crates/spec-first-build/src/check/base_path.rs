//! The variables of servers have values.

use crate::document::{Document, Version, servers};
use crate::text::Fault;

/// The base paths with variables that have no value.
pub(super) fn warnings(document: &Document) -> Vec<Fault> {
    let bases = servers::written(document).into_iter();
    let bases = bases.filter(|base| !base.without_value.is_empty());
    let faults = bases.map(|base| {
        let names: Vec<_> = base.without_value.iter().map(|name| format!("`{name}`")).collect();
        let text = format!(
            "The server's variable {} has no value, so the base path is `{}`. Give it a default under `variables`.",
            names.join(", "),
            servers::rooted(&base.path)
        );
        document.fault(&base.location, text)
    });
    faults.chain(without_default(document)).collect()
}

/// The variables that have no default although OpenAPI requires one.
fn without_default(document: &Document) -> Vec<Fault> {
    if document.version() == Version::Swagger2 {
        return Vec::new();
    }
    let variables = servers::without_default(document).into_iter();
    let faults = variables.map(|(location, value)| {
        let taken = value.map(|value| format!(", so its first value `{value}` is taken"));
        let text = format!(
            "The server's variable has no `default`, which OpenAPI requires{}. Add it.",
            taken.unwrap_or_default()
        );
        document.fault(&location, text)
    });
    faults.collect()
}
