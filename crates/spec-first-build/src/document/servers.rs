//! The prefixes of all paths: `basePath`, or the paths of `servers`.

use serde_json::Value;

use super::document::Document;
use super::grammar::Version;
use crate::text::Location;

/// The base paths, each once and without a trailing slash; `""` if the document has none.
pub(crate) fn base_paths(document: &Document) -> Vec<String> {
    let mut paths: Vec<String> = Vec::new();
    for (_, path) in written(document) {
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

/// The path with a leading slash: a relative one is relative to a document in the root.
pub(crate) fn rooted(path: &str) -> String {
    match path.is_empty() || path.starts_with('/') {
        true => path.to_owned(),
        false => format!("/{path}"),
    }
}

/// The base paths as the document writes them, with their places.
pub(crate) fn written(document: &Document) -> Vec<(Location, String)> {
    let root = document.root();
    let base = root.member("basePath");
    let servers = root.member("servers");
    let swagger = document
        .value(&base)
        .and_then(Value::as_str)
        .map(|path| (base, path.to_owned()));
    let urls = document
        .value(&servers)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .enumerate();
    let urls = urls.filter_map(|(index, server)| {
        Some((servers.element(index).member("url"), server_path(server)?))
    });
    if document.version() == Version::Swagger2 {
        swagger.into_iter().collect()
    } else {
        urls.collect()
    }
}

/// The path of a server's URL, with the defaults of its variables filled in.
fn server_path(server: &Value) -> Option<String> {
    let mut url = server.get("url")?.as_str()?.to_owned();
    for (name, variable) in server
        .get("variables")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let default = variable
            .get("default")
            .map(|default| default.as_str().map_or(default.to_string(), str::to_owned));
        url = url.replace(&format!("{{{name}}}"), &default.unwrap_or_default());
    }
    let path = match url.split_once("//") {
        Some((_, rest)) => rest
            .split_once('/')
            .map_or(String::new(), |(_, path)| format!("/{path}")),
        None => url,
    };
    Some(path.split(['?', '#']).next().unwrap_or_default().to_owned())
}
