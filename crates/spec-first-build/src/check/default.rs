//! A default is valid against its own schema. JSON Schema treats it as an annotation; the server fills it in.
//!
//! In OpenAPI 3, which leaves defaults to JSON Schema, an invalid one is ignored with a warning. Swagger 2.0 requires that a
//! default has the type of its schema, and no more. So it is ignored there too if it belongs to a property and has the type but
//! breaks another rule, or if the schema around the property does not have the type object. Any other is a fault.

use std::sync::Arc;

use serde_json::Value;
use spec_first::schema::{Checks, Schema};

use super::wording::{described, shortened};
use crate::document::{Document, Kind, Version, reference};
use crate::schema::{Schemas, Translator, Validators, View, types};
use crate::text::{Fault, Location};

/// How much of a validator's reason is shown, in characters.
const SHOWN: usize = 160;

/// A default, and its schema.
struct Default<'a> {
    value: &'a Value,
    location: &'a Location,
    schema: Value,
    /// Whether the schema refers to others.
    refers: bool,
}

/// A default that its own schema rejects.
pub(super) struct InvalidDefault {
    /// Where the schema is.
    pub location: Location,
    /// None for null, which many authors write where there is no default.
    pub fault: Option<Fault>,
    /// Whether the server ignores it, so that the document can be served.
    pub is_ignored: bool,
}

/// Every default that its own schema rejects.
/// If there are faults in the document, only schemas without one that refer to no other are compiled.
pub(super) fn check(
    document: &Document,
    schemas: &Schemas,
    faults: &[Fault],
) -> Vec<InvalidDefault> {
    let mut defaults: Vec<Default> = defaults(document, schemas, faults).collect();
    defaults.retain(|default| faults.is_empty() || !default.refers);
    // Only schemas that refer to others need the whole document.
    let needs_all = defaults.iter().any(|default| default.refers);
    let files = needs_all.then(|| schemas.checked_requests());
    let validators = files.as_ref().map(|files| Validators::new(document, files));
    let wrong = defaults.iter().filter_map(|default| {
        let reason = rejection(document, default, validators.as_ref())?;
        if default.value.is_null() {
            return Some(InvalidDefault {
                location: default.location.clone(),
                fault: None,
                is_ignored: true,
            });
        }
        let is_ignored = is_ignored(document, schemas, default);
        let end = match is_ignored {
            true => "The default is ignored.",
            false => "Change the default or the schema.",
        };
        let text = format!(
            "The default is {}, which its own schema rejects: {}. {end}",
            described(default.value),
            shortened(&reason, SHOWN)
        );
        Some(InvalidDefault {
            location: default.location.clone(),
            fault: Some(document.fault(&default.location.member("default"), text)),
            is_ignored,
        })
    });
    wrong.collect()
}

/// Whether the document can be served without the default.
fn is_ignored(document: &Document, schemas: &Schemas, default: &Default) -> bool {
    if document.version().is_openapi3() {
        return true;
    }
    let owner = default
        .location
        .parent()
        .filter(|parent| parent.pointer.ends_with("/properties"))
        .and_then(|properties| document.value(&properties.parent()?));
    owner.is_some_and(|owner| owner.get("type").is_none() || has_type(document, schemas, default))
}

/// Whether the default is of its schema's type.
fn has_type(document: &Document, schemas: &Schemas, default: &Default) -> bool {
    let value = types::read(default.value, document.version());
    let types = schemas.types(default.location);
    types.iter().any(|name| match name.as_str() {
        "number" => value.is_number(),
        name => name == types::name(&value),
    })
}

/// Each default that counts.
fn defaults<'a>(
    document: &'a Document,
    schemas: &'a Schemas,
    faults: &[Fault],
) -> impl Iterator<Item = Default<'a>> {
    let translator = Translator::new(document, schemas.discriminators(), View::Request);
    document.places().iter().filter_map(move |place| {
        let holds = match place.kind {
            Kind::Schema => true,
            Kind::Parameter | Kind::Header => document.version() == Version::Swagger2,
            _ => false,
        };
        let author = document.value(&place.location).filter(|_| holds)?;
        let value = author.get("default")?;
        // OpenAPI 2.0 and 3.0 ignore the siblings of a `$ref`.
        if reference::of(author).is_some() && document.version() != Version::OpenApi31 {
            return None;
        }
        if faults.iter().any(|fault| fault.is_inside(&place.location)) {
            return None;
        }
        let schema = translator.translate(&place.location);
        Some(Default {
            value,
            location: &place.location,
            refers: has_reference(&schema),
            schema,
        })
    })
}

fn has_reference(schema: &Value) -> bool {
    match schema {
        Value::Object(members) => members.iter().any(|(name, value)| {
            matches!(name.as_str(), "$ref" | "$dynamicRef") || has_reference(value)
        }),
        Value::Array(values) => values.iter().any(has_reference),
        _ => false,
    }
}

/// Why the schema of a default rejects it, if it does.
fn rejection(
    document: &Document,
    default: &Default,
    validators: Option<&Validators>,
) -> Option<String> {
    let schema = match validators {
        Some(validators) if default.refers => validators.one(default.location)?,
        _ => {
            let dialect = document.version().dialect();
            let schema = Schema::compile(&default.schema, dialect, Checks::default());
            Arc::new(schema.ok()?)
        }
    };
    let rejection = schema.validate(default.value.clone()).err()?;
    Some(rejection.first_violation().detail)
}
