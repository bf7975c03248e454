//! Paths begin with a slash, their templates are whole, and no two are the same to a request.

use std::collections::HashMap;

use crate::api::operations::path_items;
use crate::document::Document;
use crate::fault::Fault;
use crate::grammar::{Kind, METHODS};
use crate::location::Location;
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
        if let Some(text) = wrong(path) {
            faults.push(document.fault(&location, text));
            continue;
        }
        let methods = methods(document, &location);
        let alike = known.entry(nameless(path)).or_default();
        // Of paths that differ in names alone, each may have methods of its own.
        let clashes =
            |(_, taken): &&(&str, Vec<&str>)| taken.iter().any(|method| methods.contains(method));
        if let Some((other, _)) = alike.iter().find(clashes) {
            let text = format!(
                "A request cannot tell this path from `{other}`. Join the two, or change one of them."
            );
            faults.push(document.fault(&location, text));
        }
        alike.push((path, methods));
    }
    faults
}

/// The methods of the path at `location`.
fn methods<'a>(document: &'a Document, location: &Location) -> Vec<&'a str> {
    let items = path_items(document, location);
    let names = items.iter().flat_map(|item| document.member_names(item));
    names.filter(|name| METHODS.contains(name)).collect()
}

/// What is wrong with a path in itself.
fn wrong(path: &str) -> Option<String> {
    if !path.starts_with('/') {
        return Some(format!(
            "The path `{path}` does not begin with a slash. Write `/{path}`."
        ));
    }
    if path.contains(['?', '#']) {
        return Some(format!(
            "The path `{path}` has a query or a fragment. Declare the parameters with `in: query`."
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

/// The path with its parameters' names taken out.
fn nameless(path: &str) -> String {
    let mut inside = false;
    let keep = path.chars().filter(|character| {
        let was_inside = inside;
        inside = *character == '{' || inside && *character != '}';
        !was_inside || *character == '}'
    });
    keep.collect()
}

#[cfg(test)]
mod tests {
    use super::{nameless, names};

    #[test]
    fn templates_are_taken_apart() {
        assert_eq!(names("/a/{b}/{c}.{d}"), Some(vec!["b", "c", "d"]));
        assert_eq!(names("/a"), Some(vec![]));
        for broken in ["/{", "/}", "/{}", "/{a", "/a}", "/{{a}}", "/{a/b}"] {
            assert_eq!(names(broken), None, "{broken}");
        }
        assert_eq!(nameless("/a/{b}/{c}.{d}/e"), "/a/{}/{}.{}/e");
    }
}
