//! The paths: the part that a request carries, and which of them a router cannot distinguish.

use std::collections::HashMap;

use super::document::Document;
use crate::text::Location;

/// The path item at `location`, and the one that it refers to: both count (OpenAPI 3.1, section 4.8.9.1).
pub(crate) fn path_items(document: &Document, location: &Location) -> Vec<Location> {
    let target = document.resolve(location).ok();
    let target = target.filter(|target| target != location);
    std::iter::once(location.clone()).chain(target).collect()
}

/// The path alone: a fragment is never sent (RFC 9110, 7.1), and a query is not part of a path (RFC 3986, 3.3).
pub(crate) fn sent_path(path: &str) -> &str {
    path.split(['#', '?']).next().unwrap_or_default()
}

/// The path as a request has it: spaces are encoded, and so is a `%` that begins no escape (RFC 3986, 2.1).
pub(crate) fn encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for (at, character) in path.char_indices() {
        let digits = path.as_bytes().get(at + 1..at + 3);
        let is_escape = digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        match character {
            '%' if !is_escape => encoded.push_str("%25"),
            _ if character.is_whitespace() => encoded.push_str("%20"),
            _ => encoded.push(character),
        }
    }
    encoded
}

/// Paths that match the same requests: they differ in the names of their parameters alone, or in their fragments and queries.
pub(crate) struct EquivalentPaths<'a> {
    document: &'a Document,
    /// By the path without parameter names; the first that has a method gets its requests.
    groups: HashMap<String, Vec<&'a str>>,
}

impl<'a> EquivalentPaths<'a> {
    /// The groups of the paths of `document`.
    pub fn new(document: &'a Document) -> EquivalentPaths<'a> {
        let mut groups: HashMap<String, Vec<&str>> = HashMap::new();
        for path in document.member_names(&document.root().member("paths")) {
            let key = without_names(sent_path(path));
            groups.entry(key).or_default().push(path);
        }
        // A path alone takes precedence over one with a fragment or a query.
        let paths = groups.values_mut();
        paths.for_each(|paths| paths.sort_by_key(|path| sent_path(path) != *path));
        EquivalentPaths { document, groups }
    }

    /// The path that gets all requests for `path` with this method, if that is another one.
    pub fn shadowed_by(&self, path: &str, method: &str) -> Option<&'a str> {
        let paths = self.document.root().member("paths");
        let group = self.groups.get(&without_names(sent_path(path)))?;
        let mut before = group.iter().copied().take_while(|other| *other != path);
        before.find(|other| {
            let items = path_items(self.document, &paths.member(other));
            let mut items = items.iter();
            items.any(|item| self.document.value(&item.member(method)).is_some())
        })
    }
}

/// The path with the names of its parameters removed.
pub(crate) fn without_names(path: &str) -> String {
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
    use super::{encoded, without_names};

    #[test]
    fn what_is_no_escape_is_encoded() {
        assert_eq!(encoded("/a%20b/%/100%é/%2"), "/a%20b/%25/100%25é/%252");
        assert_eq!(encoded("/a b/{id}"), "/a%20b/{id}");
    }

    #[test]
    fn parameter_names_are_removed() {
        assert_eq!(without_names("/a/{b}/{c}.{d}/e"), "/a/{}/{}.{}/e");
    }
}
