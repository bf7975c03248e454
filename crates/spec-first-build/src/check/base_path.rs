//! The base paths are paths, and have no holes.

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
            "The base path `{path}` has a space, which no URL has. Write the path under which the operations are."
        ));
    }
    let hole = path.contains(['{', '}']);
    hole.then(|| format!("The base path `{path}` has a variable without a value. Give it a default under `variables`."))
}
