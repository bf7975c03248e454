//! Operation ids are one of a kind, and statuses are statuses.

use std::collections::HashMap;

use serde_json::Value;

use crate::document::{Document, Kind, is_extension};
use crate::text::{Fault, Location};

pub(super) fn check(document: &Document) -> Vec<Fault> {
    operations(document)
        .flat_map(|operation| statuses(document, operation))
        .collect()
}

/// The operations whose ids are not used.
pub(super) fn warnings(document: &Document) -> Vec<Fault> {
    let operations: Vec<&Location> = operations(document).collect();
    ids(document, &operations)
}

fn operations(document: &Document) -> impl Iterator<Item = &Location> {
    let places = document.places().iter();
    places
        .filter(|place| place.kind == Kind::Operation)
        .map(|place| &place.location)
}

fn ids(document: &Document, operations: &[&Location]) -> Vec<Fault> {
    let mut known: HashMap<&str, Location> = HashMap::new();
    let mut faults = Vec::new();
    for location in operations
        .iter()
        .map(|operation| operation.member("operationId"))
    {
        let Some(id) = document.value(&location).and_then(Value::as_str) else {
            continue;
        };
        if id.is_empty() {
            faults.push(document.fault(
                &location,
                "The `operationId` is empty, so the operation is named after its method and path.",
            ));
        } else if let Some(first) = known.get(id) {
            let text = format!(
                "The operationId `{id}` is taken by {}, so the operation is named after its method and path. \
                 Give each operation its own.",
                first.pointer
            );
            faults.push(document.fault(&location, text));
        }
        known.entry(id).or_insert(location);
    }
    faults
}

fn statuses(document: &Document, operation: &Location) -> Vec<Fault> {
    let responses = operation.member("responses");
    let statuses = document
        .member_names(&responses)
        .filter(|name| !is_extension(name, Kind::Response));
    let wrong = statuses.filter(|status| !is_status(status));
    let text = |status| {
        format!(
            "`{status}` is not a status. Write one such as 200, a range such as 4XX, or `default`."
        )
    };
    wrong
        .map(|status| document.fault(&responses.member(status), text(status)))
        .collect()
}

fn is_status(status: &str) -> bool {
    let (class, rest) = status.split_at_checked(1).unwrap_or_default();
    let is_number = rest.len() == 2 && rest.bytes().all(|byte| byte.is_ascii_digit());
    status == "default" || "12345".contains(class) && (is_number || rest.eq_ignore_ascii_case("xx"))
}
