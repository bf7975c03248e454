//! The prefixes of all paths: `basePath`, or the paths of `servers`. A path or an operation may have servers of its own.

use serde_json::Value;

use super::document::Document;
use super::grammar::{Kind, Version};
use super::paths::encoded;
use crate::text::Location;

/// The path of a server's URL.
pub(crate) struct BasePath {
    /// Where it is written.
    pub location: Location,
    /// The path, with the values of the variables filled in. One without a value is empty.
    pub path: String,
    /// The names of the variables in the path that have no value.
    pub without_value: Vec<String>,
}

/// The base paths of the whole document, each once and without a trailing slash; `""` if it has none.
pub(crate) fn base_paths(document: &Document) -> Vec<String> {
    distinct(general(document))
}

/// The base paths of the operation at `operation` of the path item `item`, if they are not those of the document: its own
/// servers override those of the path, and these the document's (OpenAPI 3.1, section 4.8.10.1).
pub(crate) fn own_base_paths(
    document: &Document,
    item: &Location,
    operation: &Location,
) -> Option<Vec<String>> {
    let own = [operation, item].map(|owner| listed(document, owner));
    let own = own.into_iter().find(|paths| !paths.is_empty())?;
    let own = distinct(own);
    (own != base_paths(document)).then_some(own)
}

fn distinct(written: Vec<BasePath>) -> Vec<String> {
    let mut paths: Vec<String> = Vec::new();
    for BasePath { path, .. } in written {
        let path = rooted(path.trim_end_matches('/'));
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        paths.push(String::new());
    }
    paths
}

/// The path as a request has it, with a leading slash: a relative one is relative to a document in the root.
pub(crate) fn rooted(path: &str) -> String {
    let is_rooted = path.is_empty() || path.starts_with('/');
    let slash = if is_rooted { "" } else { "/" };
    format!("{slash}{}", encoded(path))
}

/// All base paths as the document writes them: its own, and those of single paths and operations.
pub(crate) fn written(document: &Document) -> Vec<BasePath> {
    let mut paths = general(document);
    let owners = document.places().iter();
    let owners = owners.filter(|place| matches!(place.kind, Kind::PathItem | Kind::Operation));
    paths.extend(owners.flat_map(|place| listed(document, &place.location)));
    paths
}

fn general(document: &Document) -> Vec<BasePath> {
    if document.version() != Version::Swagger2 {
        return listed(document, &document.root());
    }
    let location = document.root().member("basePath");
    let path = document.value(&location).and_then(Value::as_str);
    let path = path.map(|path| BasePath {
        path: path.to_owned(),
        without_value: Vec::new(),
        location,
    });
    path.into_iter().collect()
}

/// The base paths of the servers that `owner` lists.
fn listed(document: &Document, owner: &Location) -> Vec<BasePath> {
    if document.version() == Version::Swagger2 {
        return Vec::new();
    }
    let servers = document.elements(&owner.member("servers"));
    servers
        .filter_map(|server| base_path(document, &server))
        .collect()
}

/// The path of the URL of the server at `server`.
fn base_path(document: &Document, server: &Location) -> Option<BasePath> {
    let value = document.value(server)?;
    let variables = value.get("variables").and_then(Value::as_object);
    let mut url = value.get("url")?.as_str()?.to_owned();
    for (name, variable) in variables.into_iter().flatten() {
        if let Some(value) = self::value(variable) {
            url = url.replace(&format!("{{{name}}}"), &value);
        }
    }
    let path = match url.split_once("//") {
        Some((_, rest)) => rest.find('/').map_or("", |start| &rest[start..]),
        None => &url,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let (path, without_value) = emptied(path);
    Some(BasePath {
        location: server.member("url"),
        path,
        without_value,
    })
}

/// The variables of servers that have no default, each with the value that is taken; none if it has no other one.
pub(crate) fn without_default(document: &Document) -> Vec<(Location, Option<String>)> {
    let owners = document.places().iter();
    let owners = owners.filter(|place| matches!(place.kind, Kind::PathItem | Kind::Operation));
    let owners = owners.map(|place| place.location.clone());
    let servers = [document.root()].into_iter().chain(owners);
    let servers = servers.flat_map(|owner| document.elements(&owner.member("servers")));
    let variables = servers.flat_map(|server| {
        let variables = server.member("variables");
        let names = document.member_names(&variables);
        names.map(|name| variables.member(name)).collect::<Vec<_>>()
    });
    let lacking = variables.filter_map(|location| {
        let variable = document.value(&location)?.as_object()?;
        let value = value(&Value::Object(variable.clone()));
        (!variable.contains_key("default")).then_some((location, value))
    });
    lacking.collect()
}

/// The default of a variable, or the first of the values that it may have.
fn value(variable: &Value) -> Option<String> {
    let listed = variable.get("enum").and_then(|values| values.get(0));
    let value = variable.get("default").or(listed)?;
    Some(value.as_str().map_or(value.to_string(), str::to_owned))
}

/// The path without its variables, and their names.
fn emptied(path: &str) -> (String, Vec<String>) {
    let (mut emptied, mut names) = (path.to_owned(), Vec::new());
    while let Some((before, after)) = emptied.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        names.push(name.to_owned());
        // One slash is left of those around a variable.
        let is_segment = before.ends_with('/') && after.starts_with('/');
        let after = if is_segment { &after[1..] } else { after };
        emptied = format!("{before}{after}");
    }
    (emptied, names)
}
