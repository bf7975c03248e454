//! Keywords that validate values of one type only, in a schema of another: they are ignored.

use serde_json::Value;

use super::schemas::{own_types, schemas};
use crate::document::Document;
use crate::text::Fault;

/// The keywords of each type, and the types that they are for.
const KEYWORDS: [(&str, &[&str], &[&str]); 4] = [
    (
        "strings",
        &["string", "file"],
        &["minLength", "maxLength", "pattern"],
    ),
    (
        "numbers",
        &["integer", "number"],
        &["minimum", "maximum", "multipleOf"],
    ),
    (
        "lists",
        &["array"],
        &[
            "items",
            "prefixItems",
            "minItems",
            "maxItems",
            "uniqueItems",
        ],
    ),
    (
        "objects",
        &["object"],
        &[
            "properties",
            "patternProperties",
            "required",
            "minProperties",
            "maxProperties",
        ],
    ),
];

/// A warning for each such keyword.
pub(super) fn warnings(document: &Document) -> Vec<Fault> {
    let mut warnings = Vec::new();
    for (location, schema) in schemas(document) {
        let types = own_types(schema);
        let Some(found) = types.iter().find(|name| **name != "null") else {
            continue;
        };
        for (values, fitting, keywords) in KEYWORDS {
            if types.iter().any(|name| fitting.contains(name)) {
                continue;
            }
            let present = keywords
                .iter()
                .filter(|name| schema.get(**name).is_some_and(validates));
            warnings.extend(present.map(|keyword| {
                let text = format!(
                    "`{keyword}` is for {values}, but the type is `{found}`, so it is ignored. Remove it, or correct the type."
                );
                document.fault(&location.member(keyword), text)
            }));
        }
    }
    warnings
}

/// Whether the value of a keyword rejects anything. A parameter of Swagger 2.0 is `required` in another sense.
fn validates(value: &Value) -> bool {
    match value {
        Value::Bool(_) | Value::Null => false,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::Array(values) => !values.is_empty(),
        Value::Object(members) => !members.is_empty(),
        Value::String(_) => true,
    }
}
