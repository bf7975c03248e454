//! The base paths are paths, without variables that have no value.

use crate::document::{Document, servers};
use crate::text::Fault;

pub(super) fn check(document: &Document) -> Vec<Fault> {
    let bases = servers::written(document).into_iter();
    bases
        .filter_map(|(location, path)| Some(document.fault(&location, wrong(&path)?)))
        .collect()
}

/// What is wrong with a base path.
fn wrong(path: &str) -> Option<String> {
    if path.contains(char::is_whitespace) {
        return Some(format!(
            "The base path `{path}` contains a space, which no URL does. Write the path that the operations are under."
        ));
    }
    let has_variable = path.contains(['{', '}']);
    has_variable.then(|| format!("The base path `{path}` has a variable without a value. Give it a default under `variables`."))
}
