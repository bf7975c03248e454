//! A default keeps the rules of its own schema.

use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};

use super::described;
use crate::contract;
use crate::document::Document;
use crate::fault::Fault;
use crate::grammar::{Kind, Version};
use crate::location::Location;
use crate::reference;

pub(super) fn check(document: &Document) -> Vec<Fault> {
    let defaults: Vec<(&Location, &Value)> = defaults(document).collect();
    // Only schemas that refer to others need the whole document.
    let needs_all =
        |(location, _): &(&Location, &Value)| has_reference(&contract::schema(document, location));
    let registry = if defaults.iter().any(needs_all) {
        registry(document)
    } else {
        None
    };
    let wrong = defaults.into_iter().filter_map(|(location, default)| {
        let validator = validator(document, location, registry.as_ref())?;
        let error = validator.validate(default).err()?;
        let text = format!(
            "The default is {}, which its own schema refuses: {}. Change the default or the schema.",
            described(default),
            error
        );
        Some(document.fault(&location.member("default"), text))
    });
    wrong.collect()
}

/// Each default with the place of its schema; null is how many write that there is none.
fn defaults(document: &Document) -> impl Iterator<Item = (&Location, &Value)> {
    document.places().iter().filter_map(|place| {
        let value = document.value(&place.location)?;
        let holds = match place.kind {
            Kind::Schema => true,
            Kind::Parameter | Kind::Header => document.version() == Version::Swagger2,
            _ => false,
        };
        // OpenAPI 2.0 and 3.0 ignore what stands beside a `$ref`.
        let counts =
            holds && (reference::of(value).is_none() || document.version() == Version::OpenApi31);
        value
            .get("default")
            .filter(|default| counts && !default.is_null())
            .map(|default| (&place.location, default))
    })
}

fn has_reference(schema: &Value) -> bool {
    match schema {
        Value::Object(members) => members
            .iter()
            .any(|(name, value)| name == "$ref" || has_reference(value)),
        Value::Array(values) => values.iter().any(has_reference),
        _ => false,
    }
}

fn validator(
    document: &Document,
    location: &Location,
    registry: Option<&Registry>,
) -> Option<Validator> {
    let schema = contract::schema(document, location);
    let options = jsonschema::options()
        .with_draft(draft(document))
        .should_validate_formats(true);
    match registry {
        Some(registry) if has_reference(&schema) => options
            .with_registry(registry)
            .build(&json!({ "$ref": address(location) }))
            .ok(),
        _ => options.build(&schema).ok(),
    }
}

/// Every schema of the document, each file under its own address.
fn registry(document: &Document) -> Option<Registry<'static>> {
    let Value::Object(files) = contract::requests(document) else {
        return None;
    };
    let builder = Registry::new().draft(draft(document));
    let files = files
        .into_iter()
        .map(|(file, schemas)| (address(&Location::root(&file.into())), schemas));
    builder.extend(files).ok()?.prepare().ok()
}

fn draft(document: &Document) -> Draft {
    if document.version() == Version::OpenApi31 {
        Draft::Draft202012
    } else {
        Draft::Draft4
    }
}

fn address(location: &Location) -> String {
    format!("spec:///{}", reference::escaped(&location.to_string()))
}
