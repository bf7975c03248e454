//! The default of a schema: the value of an absent member or parameter.

use serde_json::Value;

use super::types;
use crate::document::{Document, Version, reference};
use crate::text::Location;

/// How many schemas, over `$ref` and `allOf`, are searched for a default.
const DEEPEST: usize = 20;

/// The keywords that change nothing of which values a schema accepts, but perhaps add null.
const ANNOTATIONS: [&str; 14] = [
    "$comment",
    "deprecated",
    "description",
    "example",
    "examples",
    "externalDocs",
    "nullable",
    "readOnly",
    "title",
    "writeOnly",
    "xml",
    "default",
    "$ref",
    "allOf",
];

/// The default of the schema at `at`, or else of the only schema that it consists of, by `$ref` or `allOf`. The schemas at
/// `ignored` have none. Before OpenAPI 3.1 the members beside a `$ref` are ignored.
pub(crate) fn default(document: &Document, ignored: &[Location], at: &Location) -> Option<Value> {
    let found = search(document, ignored, at, DEEPEST)?;
    Some(types::read(found, document.version()))
}

fn search<'d>(
    document: &'d Document,
    ignored: &[Location],
    at: &Location,
    depth: usize,
) -> Option<&'d Value> {
    let schema = document.value(at).filter(|_| depth > 0)?;
    let target = reference::of(schema);
    let counts = target.is_none() || document.version() == Version::OpenApi31;
    let own = schema.get("default").filter(|_| counts);
    if let Some(own) = own.filter(|_| !ignored.contains(at)) {
        return Some(own);
    }
    let is_annotation =
        |name: &String| ANNOTATIONS.contains(&name.as_str()) || name.starts_with("x-");
    // The default of a schema that is restricted here may not be one of the values that are left.
    if counts && !schema.as_object()?.keys().all(is_annotation) {
        return None;
    }
    let target = target.and_then(|target| document.target(at, target).ok());
    let mut parts = document.elements(&at.member("allOf"));
    let only = parts.next().filter(|_| parts.next().is_none());
    search(document, ignored, &target.or(only)?, depth - 1)
}
