//! The keyword `discriminator` and the union that it belongs to.

use serde_json::{Map, Value};

/// The keyword.
pub(crate) const KEYWORD: &str = "discriminator";

/// The name of the property; Swagger 2.0 writes it without an object around it.
pub(crate) fn property(schema: &Map<String, Value>) -> Option<&str> {
    match schema.get(KEYWORD)? {
        Value::String(name) => Some(name),
        discriminator => discriminator.get("propertyName")?.as_str(),
    }
}

/// The keyword whose branches a discriminator in the schema chooses from.
pub(crate) fn union(schema: &Map<String, Value>) -> Option<&'static str> {
    ["oneOf", "anyOf"]
        .into_iter()
        .find(|keyword| schema.contains_key(*keyword))
}
