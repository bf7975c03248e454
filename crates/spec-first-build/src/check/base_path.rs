//! The base paths are paths.

use crate::document::{Document, servers};
use crate::text::Fault;

pub(super) fn check(document: &Document) -> Vec<Fault> {
    let bases = servers::written(document).into_iter();
    bases
        .filter_map(|base| Some(document.fault(&base.location, wrong(&base.path)?)))
        .collect()
}

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
    faults.collect()
}

/// What is wrong with a base path.
fn wrong(path: &str) -> Option<String> {
    let has_space = path.contains(char::is_whitespace);
    has_space.then(|| {
        format!("The base path `{path}` contains a space, which no URL does. Write the path that the operations are under.")
    })
}
