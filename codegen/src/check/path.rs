//! Paths begin with a slash, their templates are whole, and no two are the same to a request.

use std::collections::HashMap;

use crate::api::operations::{eclipsing, nameless, path_items, sent};
use crate::document::Document;
use crate::fault::Fault;
use crate::grammar::{Kind, METHODS};
use crate::walk::is_extension;

pub(super) fn check(document: &Document) -> Vec<Fault> {
    let paths = document.root().member("paths");
    let mut faults = Vec::new();
    let mut known: HashMap<String, Vec<(&str, Vec<&str>)>> = HashMap::new();
    for path in document
        .member_names(&paths)
        .filter(|name| !is_extension(name, Kind::PathItem))
    {
        let location = paths.member(path);
        if let Some(text) = wrong(sent(path)) {
            faults.push(document.fault(&location, text));
            continue;
        }
        let methods = methods(document, path);
        let alike = known.entry(nameless(sent(path))).or_default();
        // Of paths that differ in names alone, each may have methods of its own.
        let clashes =
            |(_, taken): &&(&str, Vec<&str>)| taken.iter().any(|method| methods.contains(method));
        if let Some((other, _)) = alike.iter().find(clashes) {
            faults.push(document.fault(&location, clash(path, other)));
        }
        alike.push((path, methods));
    }
    faults
}

/// That two paths are one to a request.
fn clash(path: &str, other: &str) -> String {
    let reason = match [path, other].iter().any(|path| path.contains('#')) {
        true => ", since what follows a `#` is never sent",
        false => "",
    };
    format!(
        "A request cannot tell this path from `{other}`{reason}. Join the two, or change one of them."
    )
}

/// The methods of a path that a request can ask for.
fn methods<'a>(document: &'a Document, path: &str) -> Vec<&'a str> {
    let items = path_items(document, &document.root().member("paths").member(path));
    let names = items.iter().flat_map(|item| document.member_names(item));
    let methods = names.filter(|name| METHODS.contains(name));
    let methods = methods.filter(|method| eclipsing(document, path, method).is_none());
    methods.collect()
}

/// What is wrong with a path in itself.
fn wrong(path: &str) -> Option<String> {
    if !path.starts_with('/') {
        return Some(format!(
            "The path `{path}` does not begin with a slash. Write `/{path}`."
        ));
    }
    if path.contains('?') {
        return Some(format!(
            "The path `{path}` has a query. Declare the parameters with `in: query`."
        ));
    }
    let Some(names) = names(path) else {
        return Some(format!(
            "The braces in the path `{path}` do not pair. Write each parameter as `{{name}}`."
        ));
    };
    let twice = names
        .iter()
        .enumerate()
        .find(|(index, name)| names[..*index].contains(name));
    twice.map(|(_, name)| format!("The path has `{{{name}}}` twice. Give the two different names."))
}

/// The names of the parameters in a path template; none if its braces do not pair.
pub(super) fn names(path: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        if before.contains('}') || name.is_empty() || name.contains(['{', '/']) {
            return None;
        }
        names.push(name);
        rest = after;
    }
    (!rest.contains('}')).then_some(names)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn templates_are_taken_apart() {
        assert_eq!(names("/a/{b}/{c}.{d}"), Some(vec!["b", "c", "d"]));
        assert_eq!(names("/a"), Some(vec![]));
        for broken in ["/{", "/}", "/{}", "/{a", "/a}", "/{{a}}", "/{a/b}"] {
            assert_eq!(names(broken), None, "{broken}");
        }
    }
}
