//! The values of an enum differ, and are allowed by the other keywords of its schema.

use std::collections::HashSet;

use serde_json::{Map, Value};
use spec_first::schema::{Checks, Schema};

use super::schemas::schemas;
use super::wording::{described, shortened};
use crate::document::Document;
use crate::schema::{Schemas, Translator, View, types};
use crate::text::{Fault, Location};

/// How much of a violation is shown, in characters.
const SHOWN: usize = 160;

/// The keywords whose violation is found without a validator, or whose schemas are elsewhere.
const OTHERS: [&str; 3] = ["enum", "type", "$ref"];

/// A warning for each value that is never valid, except those of another type, which are found elsewhere.
pub(super) fn warnings(document: &Document, all: &Schemas) -> Vec<Fault> {
    let translator = Translator::new(document, all.discriminators(), View::Request);
    let listing = schemas(document).filter(|(_, schema)| schema.contains_key("enum"));
    listing
        .flat_map(|(location, _)| {
            let schema = rest(&translator.translate(location), document);
            schema
                .map(|schema| rejected(document, location, &schema))
                .unwrap_or_default()
        })
        .collect()
}

/// A warning for each value that its enum lists a second time.
pub(super) fn repeated(document: &Document) -> Vec<Fault> {
    let mut warnings = Vec::new();
    for (location, schema) in schemas(document) {
        let Some(Value::Array(values)) = schema.get("enum") else {
            continue;
        };
        let mut known = HashSet::new();
        let places = document.elements(&location.member("enum"));
        for (place, value) in places.zip(values) {
            if !known.insert(value.to_string()) {
                let text = format!(
                    "The value is {}, which the list has already. Remove it, or correct it.",
                    described(value)
                );
                warnings.push(document.fault(&place, text));
            }
        }
    }
    warnings
}

/// The plain keywords of the schema beside `enum`, compiled, if there are any.
fn rest(schema: &Value, document: &Document) -> Option<Schema> {
    let keywords = schema.as_object()?.iter();
    let is_plain = |name: &str, value: &Value| {
        !OTHERS.contains(&name) && !value.is_object() && !value.is_array()
    };
    let plain = keywords.filter(|(name, value)| is_plain(name, value));
    let plain: Map<_, _> = plain
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    if plain.is_empty() {
        return None;
    }
    let dialect = document.version().dialect();
    let schema = Schema::compile(&Value::Object(plain), dialect, Checks::default());
    schema.ok()
}

fn rejected(document: &Document, location: &Location, schema: &Schema) -> Vec<Fault> {
    let places = document.elements(&location.member("enum"));
    let faults = places.filter_map(|place| {
        let value = types::read(document.value(&place)?, document.version());
        let name = described(&value);
        let rejection = schema.validate(value).err()?;
        let violation = shortened(&rejection.first_violation().detail, SHOWN);
        let text = format!(
            "The value is {name}, which another keyword of the schema rejects, so it is never valid: {violation}. Remove it, or correct the schema."
        );
        Some(document.fault(&place, text))
    });
    faults.collect()
}
