//! The operations, from the paths.

use serde_json::Value;

use super::member::{flag, text};
use super::model::Operation;
use super::parameters::Reader;
use super::support::Limits;
use super::{body, names, security};
use crate::document::{
    Document, EquivalentPaths, Kind, METHODS, encoded, is_extension, path_items, sent_path, servers,
};
use crate::schema::Schemas;
use crate::text::Location;

/// Every operation, in the order of the document; the defaults of the schemas at `ignored_defaults` are ignored.
pub(super) fn read(
    document: &Document,
    schemas: &Schemas,
    ignored_defaults: &[Location],
) -> Vec<Operation> {
    let parameters = Reader {
        document,
        schemas,
        ignored_defaults,
    };
    let paths = document.root().member("paths");
    let equivalent = EquivalentPaths::new(document);
    let mut operations = Vec::new();
    for path in document.member_names(&paths) {
        if is_extension(path, Kind::PathItem) {
            continue;
        }
        for item in path_items(document, &paths.member(path)) {
            let methods = document
                .member_names(&item)
                .filter(|name| METHODS.contains(name))
                .filter(|method| equivalent.shadowed_by(path, method).is_none());
            operations.extend(methods.map(|method| operation(&parameters, path, &item, method)));
        }
    }
    operations
}

/// The operation of `path` at `method` of the path item `item`.
fn operation(parameters: &Reader, path: &str, item: &Location, method: &str) -> Operation {
    let document = parameters.document;
    let location = item.member(method);
    let value = document.value(&location).unwrap_or(&Value::Null);
    let tag = value.get("tags").and_then(|tags| tags.get(0)?.as_str());
    let mut limits = Limits::default();
    Operation {
        id: text(value, "operationId").unwrap_or_default(),
        module: tag.unwrap_or(names::MODULE).to_owned(),
        name: String::new(),
        method: method.to_uppercase(),
        path: encoded(sent_path(path)),
        base_paths: servers::own_base_paths(document, item, &location),
        summary: text(value, "summary"),
        description: text(value, "description"),
        deprecated: flag(value, "deprecated"),
        security: security::alternatives(document, &location),
        reads_head: reads_head(document, value),
        parameters: limits.parameters(parameters.read(path, item, &location)),
        body: limits.body(body::read(document, parameters.schemas, item, &location)),
        responses: limits.responses(parameters, &location, method == "head"),
        limits: limits.found,
        location,
    }
}

/// Whether the method of an operation receives the head of the request: the operation decides, or else the document.
fn reads_head(document: &Document, operation: &Value) -> bool {
    let root = document.value(&document.root());
    let owners = [Some(operation), root].into_iter().flatten();
    let mut values = owners.filter_map(|owner| owner.get("x-request-head")?.as_bool());
    values.next().unwrap_or(false)
}
