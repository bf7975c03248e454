//! The names that the schemas of OpenAPI 3.1 give themselves: `$id`, `$anchor`, `$dynamicAnchor` (JSON Schema 2020-12, core, 8.2).

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jsonschema::uri;
use serde_json::Value;

use super::reference;
use crate::text::Location;

/// Which schema has which name.
#[derive(Debug, Default)]
pub(crate) struct SchemaIds {
    known: HashSet<Location>,
    /// Schemas that are not inside another one.
    roots: HashSet<Location>,
    /// The schemas with an `$id`, and the URI that it means.
    uris: HashMap<Location, String>,
    /// The schemas with this URI; of several, the nearest to the reference is its target.
    resources: HashMap<String, Vec<Location>>,
    anchors: HashMap<String, Vec<Location>>,
    /// The roots that mention `$dynamicRef` or `$dynamicAnchor`.
    dynamic: HashSet<Location>,
    refers_dynamically: bool,
}

impl SchemaIds {
    /// Adds the identifiers of the schema `value` at `location`; false if they have been added before.
    pub fn add(&mut self, location: &Location, value: &Value, is_inner: bool) -> bool {
        if !self.known.insert(location.clone()) {
            return false;
        }
        if !is_inner {
            self.roots.insert(location.clone());
        }
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        if let Some(uri) = text("$id").and_then(|id| self.absolute(location, id)) {
            let places = self.resources.entry(uri.clone()).or_default();
            places.push(location.clone());
            self.uris.insert(location.clone(), uri);
        }
        for anchor in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(text) {
            let places = self.anchors.entry(anchor.to_owned()).or_default();
            places.push(location.clone());
        }
        self.refers_dynamically |= text("$dynamicRef").is_some();
        let is_dynamic = text("$dynamicRef").or(text("$dynamicAnchor")).is_some();
        if let Some(root) = nearest(location, &self.roots).filter(|_| is_dynamic) {
            self.dynamic.insert(root);
        }
        true
    }

    /// All resources where references are dynamic, the outer ones first.
    pub fn scopes(&self) -> Vec<Location> {
        let scopes = self.uris.keys().chain(&self.dynamic);
        let mut scopes: Vec<_> = scopes
            .filter(|_| self.refers_dynamically)
            .cloned()
            .collect();
        scopes.sort();
        scopes.dedup();
        scopes
    }

    /// Whether no schema has a name, so that every reference is a pointer.
    pub fn is_empty(&self) -> bool {
        self.uris.is_empty() && self.anchors.is_empty() && !self.refers_dynamically
    }

    /// Whether the target of a reference may depend on the references before it (`$dynamicRef`).
    pub fn is_dynamic(&self) -> bool {
        self.refers_dynamically
    }

    /// The places that `reference`, which is at `location`, may mean, the likeliest first; there may be nothing at a place.
    ///
    /// # Errors
    /// A sentence: nothing has that name.
    pub fn target(&self, location: &Location, reference: &str) -> Result<Vec<Location>, String> {
        let (name, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let resource = if name.is_empty() {
            self.resource(location)
        } else {
            self.named(location, name)
        };
        let plain = || reference::target(location, reference);
        let Some(resource) = resource else {
            if fragment.is_empty() || fragment.starts_with('/') {
                return plain().map(|there| vec![there]);
            }
            let file = plain_file(location, name)?;
            return self
                .anchor(location, &file, fragment)
                .ok_or_else(|| reference::dangling(reference));
        };
        let fragment = reference::decoded(fragment);
        if fragment.is_empty() || fragment.starts_with('/') {
            let inside = Location {
                file: resource.file.clone(),
                pointer: format!("{}{fragment}", resource.pointer),
            };
            // Many authors go on to count pointers from the top of the file.
            return Ok(std::iter::once(inside).chain(plain().ok()).collect());
        }
        self.anchor(location, &resource, &fragment)
            .ok_or_else(|| reference::dangling(reference))
    }

    /// The file that has to be read to find the schema that `reference`, which is at `location`, names.
    pub fn file(&self, location: &Location, reference: &str) -> Option<Arc<str>> {
        let (name, anchor) = reference.split_once('#')?;
        let is_anchor = !anchor.is_empty() && !anchor.starts_with('/');
        if name.is_empty() || !is_anchor || self.named(location, name).is_some() {
            return None;
        }
        let there = reference::target(location, name).ok()?;
        (!reference::is_meta_schema(&there.file)).then_some(there.file)
    }

    /// The schema that has the name `anchor` in the resource (or the file) at `resource`.
    fn anchor(&self, from: &Location, resource: &Location, anchor: &str) -> Option<Vec<Location>> {
        let places = self.anchors.get(anchor)?.iter();
        let is_inside = |place: &&Location| {
            let own = self.resource(place);
            own.unwrap_or_else(|| Location::root(&place.file)) == *resource
        };
        let there = places
            .filter(is_inside)
            .max_by_key(|place| shared(from, place));
        there.map(|place| vec![place.clone()])
    }

    /// The resource with the URI reference `name`, as it is meant at `location`.
    fn named(&self, location: &Location, name: &str) -> Option<Location> {
        let uri = self.absolute(location, name)?;
        let places = self.resources.get(&uri)?.iter();
        places.max_by_key(|place| shared(location, place)).cloned()
    }

    /// The schema with an `$id` that `location` is in.
    fn resource(&self, location: &Location) -> Option<Location> {
        nearest_key(location, |outer| self.uris.contains_key(outer))
    }

    /// As [`SchemaIds::resource`], but where references are dynamic every root that has to do with them counts too.
    pub fn scope(&self, location: &Location) -> Option<Location> {
        nearest_key(location, |outer| {
            self.uris.contains_key(outer) || self.dynamic.contains(outer)
        })
    }

    /// The URI that `name` means at `location`.
    fn absolute(&self, location: &Location, name: &str) -> Option<String> {
        let base = self
            .resource(location)
            .and_then(|outer| self.uris.get(&outer).cloned());
        let base = base.unwrap_or_else(|| reference::address(&Location::root(&location.file)));
        let base = uri::from_str(&base).ok()?;
        let name = name.trim_end_matches('#');
        let uri = uri::resolve_against(&base.borrow(), &reference::escaped(name)).ok()?;
        Some(uri.to_string())
    }
}

fn plain_file(location: &Location, name: &str) -> Result<Location, String> {
    let file = reference::target(location, name)?.file;
    Ok(Location::root(&file))
}

/// The innermost of `places` that `location` is in.
fn nearest(location: &Location, places: &HashSet<Location>) -> Option<Location> {
    nearest_key(location, |outer| places.contains(outer))
}

fn nearest_key(location: &Location, is_it: impl Fn(&Location) -> bool) -> Option<Location> {
    let pointer = &location.pointer;
    let ends = pointer.match_indices('/').map(|(end, _)| end);
    let mut ends: Vec<_> = ends.chain([pointer.len()]).collect();
    ends.reverse();
    let outer = |end: usize| Location {
        file: location.file.clone(),
        pointer: pointer[..end].to_owned(),
    };
    ends.into_iter().map(outer).find(|outer| is_it(outer))
}

/// How much of their way two places have in common.
fn shared(one: &Location, other: &Location) -> (bool, usize) {
    let steps = one.tokens().zip(other.tokens());
    let common = steps.take_while(|(one, other)| one == other).count();
    (one.file == other.file, common)
}
