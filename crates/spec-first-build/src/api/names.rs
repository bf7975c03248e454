//! Module and name of each operation, from its id.

use std::collections::HashSet;

use super::model::Operation;

/// The module of an operation whose id has no dot and which has no tag.
pub(super) const MODULE: &str = "api";

/// Gives each operation without an id, or with the id of an earlier one, an id that no other has, and splits all ids.
pub(super) fn fill(operations: &mut [Operation]) {
    let mut seen = HashSet::new();
    for operation in operations.iter_mut() {
        if !seen.insert(operation.id.clone()) {
            operation.id.clear();
        }
    }
    let mut taken: HashSet<String> = operations
        .iter()
        .map(|operation| operation.id.clone())
        .collect();
    for operation in operations {
        if operation.id.is_empty() {
            operation.id = free(&made(&operation.method, &operation.path), &mut taken);
        }
        match operation.id.rsplit_once('.') {
            Some((module, name)) if !module.is_empty() && !name.is_empty() => {
                operation.module = module.to_owned();
                operation.name = name.to_owned();
            }
            _ => operation.name = operation.id.clone(),
        }
    }
}

/// `GET /pets/{name}` as `get_pets_name`.
fn made(method: &str, path: &str) -> String {
    let words = path
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty());
    std::iter::once(method.to_lowercase().as_str())
        .chain(words)
        .collect::<Vec<_>>()
        .join("_")
}

fn free(name: &str, taken: &mut HashSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{name}_{number}"));
    let free = std::iter::once(name.to_owned())
        .chain(numbered)
        .find(|name| !taken.contains(name));
    let free = free.unwrap_or_default();
    taken.insert(free.clone());
    free
}
