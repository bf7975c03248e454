//! Examples are valid against their own schemas. The server does not read them, but readers and the mock do.

use std::collections::HashSet;

use serde_json::Value;
use spec_first::schema::{MediaType, Violation};

use super::wording::shortened;
use crate::document::{Document, Kind, Place, Version, has_siblings, reference};
use crate::schema::{ManyValidator, Schemas, Validators, types};
use crate::text::{Fault, Location};

/// How much of a violation is shown, in characters.
const SHOWN: usize = 160;

/// An example, and where its schema is.
struct Example {
    location: Location,
    value: Value,
    schema: Location,
    /// Whether it is the text that is sent, or may be.
    may_be_text: bool,
}

/// A warning for each example that its own schema rejects.
pub(super) fn warnings(document: &Document, schemas: &Schemas) -> Vec<Fault> {
    let examples = examples(document);
    let all = examples.iter().collect();
    let rejections = rejected(document, &schemas.checked_requests(), all);
    // What one side must not see, the other may.
    let Some(responses) = schemas
        .checked_responses()
        .filter(|_| !rejections.is_empty())
    else {
        return faults(document, rejections);
    };
    let again = rejections.iter().map(|(example, _)| *example).collect();
    let again = rejected(document, &responses, again);
    let again: HashSet<_> = again
        .iter()
        .map(|(example, _)| (&example.location, &example.schema))
        .collect();
    let is_rejected = |example: &Example| again.contains(&(&example.location, &example.schema));
    let rejections = rejections.into_iter();
    faults(
        document,
        rejections
            .filter(|(example, _)| is_rejected(example))
            .collect(),
    )
}

fn faults(document: &Document, rejections: Vec<(&Example, Violation)>) -> Vec<Fault> {
    let fault = |(example, violation): (&Example, Violation)| {
        let place = match violation.pointer.as_str() {
            "" => String::new(),
            pointer => format!(" at `{}`", shortened(pointer, SHOWN)),
        };
        let text = format!(
            "The example breaks its schema{place}: {}. Correct the example or the schema.",
            shortened(&violation.detail, SHOWN)
        );
        document.fault(&example.location, text)
    };
    rejections.into_iter().map(fault).collect()
}

/// The examples that the schemas in `files` reject, and why.
fn rejected<'e>(
    document: &Document,
    files: &Value,
    examples: Vec<&'e Example>,
) -> Vec<(&'e Example, Violation)> {
    if examples.is_empty() {
        return Vec::new();
    }
    let validators = Validators::new(document, files);
    let validator = validators.many(examples.iter().map(|example| example.schema.clone()));
    let rejections = examples.into_iter();
    rejections
        .filter_map(|example| Some((example, rejection(&validator, example)?)))
        .collect()
}

fn rejection(validator: &ManyValidator, example: &Example) -> Option<Violation> {
    let rejection = validator.rejection(&example.schema, &example.value)?;
    let text = example.value.as_str().filter(|_| example.may_be_text);
    let sent: Option<Value> = text.and_then(|text| serde_json::from_str(text).ok());
    let is_valid_text = sent.is_some_and(|sent| validator.accepts(&example.schema, &sent));
    (!is_valid_text).then_some(rejection)
}

/// All examples, except null, which many authors write where there is none.
fn examples(document: &Document) -> Vec<Example> {
    let mut examples: Vec<Example> = document
        .places()
        .iter()
        .flat_map(|place| at(document, place))
        .collect();
    examples.retain(|example| !example.value.is_null());
    examples
}

fn at(document: &Document, place: &Place) -> Vec<Example> {
    let location = &place.location;
    let Some(value) = document.value(location) else {
        return Vec::new();
    };
    if reference::of(value).is_some() && !has_siblings(place.kind, document.version()) {
        return Vec::new();
    }
    let schema = location.member("schema");
    match place.kind {
        Kind::Schema => {
            let listed = match document.version() {
                Version::OpenApi31 => document.elements(&location.member("examples")).collect(),
                _ => Vec::new(),
            };
            let places = [location.member("example")].into_iter().chain(listed);
            found(document, places, location, false)
        }
        Kind::Response if document.version() == Version::Swagger2 => {
            let examples = location.member("examples");
            let names = document.member_names(&examples);
            let places = names
                .filter(|name| is_json(name))
                .map(|name| examples.member(name));
            found(document, places, &schema, true)
        }
        Kind::Parameter | Kind::Header if document.version() != Version::Swagger2 => {
            let is_text = |example: &Example| example.value.is_string();
            let mut examples = found(document, described(document, location), &schema, true);
            // A list or an object may be written as it is sent.
            let types = document
                .resolved(&schema)
                .map(|(_, schema)| schema.get("type"));
            let is_joined = types
                .flatten()
                .is_none_or(|name| name == "array" || name == "object");
            examples.retain(|example| !(is_joined && is_text(example)));
            examples
        }
        Kind::MediaType if location.tokens().last().is_some_and(|name| is_json(&name)) => {
            found(document, described(document, location), &schema, true)
        }
        _ => Vec::new(),
    }
}

/// The places of `example` and of the values in `examples` of the object at `owner`.
fn described(document: &Document, owner: &Location) -> Vec<Location> {
    let examples = owner.member("examples");
    let names = document.member_names(&examples);
    let named = names.filter_map(|name| {
        let place = document.resolve(&examples.member(name)).ok()?;
        Some(place.member("value"))
    });
    [owner.member("example")].into_iter().chain(named).collect()
}

/// The examples at `places`, whose schema is at `schema`, if there is one.
fn found(
    document: &Document,
    places: impl IntoIterator<Item = Location>,
    schema: &Location,
    may_be_text: bool,
) -> Vec<Example> {
    if document.value(schema).is_none() {
        return Vec::new();
    }
    let examples = places.into_iter().filter_map(|location| {
        let value = types::read(document.value(&location)?, document.version());
        Some(Example {
            value,
            location,
            schema: schema.clone(),
            may_be_text,
        })
    });
    examples.collect()
}

fn is_json(media_type: &str) -> bool {
    MediaType::parse(media_type).is_some_and(|media_type| media_type.is_json())
}
