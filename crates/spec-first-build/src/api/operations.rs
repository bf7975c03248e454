//! The operations, from the paths.

use std::collections::HashMap;

use serde_json::Value;

use super::{Operation, content, flag, names, parameters, text};
use crate::document::Document;
use crate::document::grammar::{Kind, METHODS};
use crate::document::walk::is_extension;
use crate::text::Location;

/// Every operation, in the order of the document.
pub(super) fn read(document: &Document) -> Vec<Operation> {
    let paths = document.root().member("paths");
    let alike = Alike::new(document);
    let mut operations = Vec::new();
    for path in document.member_names(&paths) {
        if is_extension(path, Kind::PathItem) {
            continue;
        }
        for item in path_items(document, &paths.member(path)) {
            let methods = document
                .member_names(&item)
                .filter(|name| METHODS.contains(name))
                .filter(|method| alike.taker(path, method).is_none());
            operations.extend(methods.map(|method| operation(document, path, &item, method)));
        }
    }
    operations
}

/// The path item at `location`, and the one that it refers to: both count (OpenAPI 3.1, section 4.8.9.1).
pub(crate) fn path_items(document: &Document, location: &Location) -> Vec<Location> {
    let mut items = vec![location.clone()];
    items.extend(
        document
            .resolve(location)
            .ok()
            .filter(|there| there != location),
    );
    items
}

/// The part of a path that a request carries: no fragment is ever sent (RFC 9110, 7.1).
pub(crate) fn sent(path: &str) -> &str {
    path.split_once('#').map_or(path, |(sent, _)| sent)
}

/// Paths that are one to a request: they differ in the names of their parameters alone, or in what is not sent.
pub(crate) struct Alike<'a> {
    document: &'a Document,
    /// By the path without names; the first that has a method gets its requests.
    paths: HashMap<String, Vec<&'a str>>,
}

impl<'a> Alike<'a> {
    pub fn new(document: &'a Document) -> Alike<'a> {
        let mut paths: HashMap<String, Vec<&str>> = HashMap::new();
        for path in document.member_names(&document.root().member("paths")) {
            paths.entry(nameless(sent(path))).or_default().push(path);
        }
        // A path without a fragment is what it says.
        let groups = paths.values_mut();
        groups.for_each(|alike| alike.sort_by_key(|path| path.contains('#')));
        Alike { document, paths }
    }

    /// The path that gets all requests for `path` with this method, if that is another.
    pub fn taker(&self, path: &str, method: &str) -> Option<&'a str> {
        let paths = self.document.root().member("paths");
        let alike = self.paths.get(&nameless(sent(path)))?;
        let mut before = alike.iter().copied().take_while(|other| *other != path);
        before.find(|other| {
            let items = path_items(self.document, &paths.member(other));
            let mut items = items.iter();
            items.any(|item| self.document.value(&item.member(method)).is_some())
        })
    }
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

fn operation(document: &Document, path: &str, item: &Location, method: &str) -> Operation {
    let location = item.member(method);
    let value = document.value(&location).unwrap_or(&Value::Null);
    let tag = value.get("tags").and_then(|tags| tags.get(0)?.as_str());
    Operation {
        id: text(Some(value), "operationId").unwrap_or_default(),
        module: tag.unwrap_or(names::MODULE).to_owned(),
        name: String::new(),
        method: method.to_uppercase(),
        path: sent(path).to_owned(),
        summary: text(Some(value), "summary"),
        description: text(Some(value), "description"),
        deprecated: flag(value, "deprecated"),
        parameters: parameters::read(document, item, &location),
        unread: Vec::new(),
        body: content::body(document, item, &location),
        responses: content::responses(document, &location),
        unserved: None,
        location,
    }
}

#[cfg(test)]
mod tests {
    use super::nameless;

    #[test]
    fn names_are_taken_out() {
        assert_eq!(nameless("/a/{b}/{c}.{d}/e"), "/a/{}/{}.{}/e");
    }
}
