//! No two operations answer the same requests, whatever base paths they are under.

use std::collections::HashMap;

use crate::document::servers::{base_paths, own_base_paths};
use crate::document::{
    Document, EquivalentPaths, METHODS, encoded, path_items, sent_path, without_names,
};
use crate::text::{Fault, Location};

/// The operations that have a method and a path with its base path.
type Routes = HashMap<(&'static str, String), Location>;

pub(super) fn check(document: &Document) -> Vec<Fault> {
    let general = base_paths(document);
    let equivalent = EquivalentPaths::new(document);
    let paths = document.root().member("paths");
    let mut routes = Routes::new();
    let mut faults = Vec::new();
    for path in document.member_names(&paths) {
        for item in path_items(document, &paths.member(path)) {
            for method in METHODS {
                let operation = item.member(method);
                let is_declared = document.value(&operation).is_some();
                if !is_declared || equivalent.shadowed_by(path, method).is_some() {
                    continue;
                }
                let own = own_base_paths(document, &item, &operation);
                for base in own.as_ref().unwrap_or(&general) {
                    let route = format!("{base}{}", encoded(sent_path(path)));
                    let text = add(&mut routes, method, &route, &operation);
                    faults.extend(text.map(|text| document.fault(&operation, text)));
                }
            }
        }
    }
    faults
}

/// Adds a route of `operation`, or says which operation has it.
fn add(
    routes: &mut Routes,
    method: &'static str,
    route: &str,
    operation: &Location,
) -> Option<String> {
    let known = routes.entry((method, without_names(route)));
    let other = known.or_insert_with(|| operation.clone());
    (other != operation).then(|| {
        format!(
            "With its base path the operation answers `{route}`, which {} answers, too. Change a path or a server.",
            other.pointer
        )
    })
}
