//! The dialects of JSON Schema that OpenAPI 3.1 names are ones that are supported.

use serde_json::Value;

use crate::document::{Document, JsonSchema, Kind, Version};
use crate::text::{Fault, Location};

pub(super) fn check(document: &Document) -> Vec<Fault> {
    if document.version() != Version::OpenApi31 {
        return Vec::new();
    }
    let general = document.root().member("jsonSchemaDialect");
    let schemas = document.places().iter();
    let schemas = schemas.filter(|place| place.kind == Kind::Schema);
    let own = schemas.map(|place| place.location.member("$schema"));
    std::iter::once(general)
        .chain(own)
        .filter_map(|location| unsupported(document, &location))
        .collect()
}

fn unsupported(document: &Document, location: &Location) -> Option<Fault> {
    let value = document.value(location)?;
    let uri = value.as_str().unwrap_or_default();
    if JsonSchema::named(uri).is_some() {
        return None;
    }
    let found = match value {
        Value::String(uri) => format!("`{uri}`"),
        other => super::wording::described(other),
    };
    let text = format!(
        "The dialect is {found}, which is not supported. Name 2020-12 (`https://json-schema.org/draft/2020-12/schema`), \
         OpenAPI's own (`https://spec.openapis.org/oas/3.1/dialect/base`), draft 7, 6 or 4 \
         (`http://json-schema.org/draft-07/schema#`)."
    );
    Some(document.fault(location, text))
}
