//! Formats belong to a type, and are ignored for values of another one.

use serde_json::Value;

use super::schemas::{own_types, schemas};
use crate::document::Document;
use crate::text::Fault;

const INTEGERS: [&str; 8] = [
    "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
];

const NUMBERS: [&str; 2] = ["float", "double"];

/// Those that no number has, in any registry of formats.
const STRINGS: [&str; 20] = [
    "date",
    "date-time",
    "time",
    "duration",
    "byte",
    "binary",
    "password",
    "email",
    "idn-email",
    "hostname",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uri-reference",
    "iri",
    "iri-reference",
    "uuid",
    "regex",
    "json-pointer",
];

/// A warning for each format of another type than its schema's.
pub(super) fn warnings(document: &Document) -> Vec<Fault> {
    let wrong = schemas(document).filter_map(|(location, schema)| {
        let format = schema.get("format").and_then(Value::as_str)?;
        let text = wrong(format, &own_types(schema))?;
        Some(document.fault(&location.member("format"), text))
    });
    wrong.collect()
}

fn wrong(format: &str, types: &[&str]) -> Option<String> {
    let (values, fitting, wanted): (_, &[&str], _) = if INTEGERS.contains(&format) {
        ("numbers", &["integer", "number"], "integer")
    } else if NUMBERS.contains(&format) {
        ("numbers", &["integer", "number"], "number")
    } else if STRINGS.contains(&format) {
        ("strings", &["string", "file"], "string")
    } else {
        return None;
    };
    let found = types.iter().find(|name| **name != "null")?;
    if types.iter().any(|name| fitting.contains(name)) {
        return None;
    }
    Some(format!(
        "`format: {format}` is for {values}, but the type is `{found}`, so it is ignored. Write `type: {wanted}`, or leave the format out."
    ))
}
