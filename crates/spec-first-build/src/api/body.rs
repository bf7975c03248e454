//! Request bodies.

use serde_json::Value;

use spec_first::schema::Format;

use super::decoder::Decoder;
use super::media_types::{self, is_same};
use super::member::{flag, text};
use super::model::{Body, Content};
use super::support::includes_json;
use crate::document::{Document, Version, parameters};
use crate::schema::{Schemas, form};
use crate::text::Location;

/// The body of the operation at `operation` in the path item `item`.
pub(super) fn read(
    document: &Document,
    schemas: &Schemas,
    item: &Location,
    operation: &Location,
) -> Option<Body> {
    let mut body = match document.version() {
        Version::Swagger2 => swagger_body(document, item, operation)
            .or_else(|| swagger_form(document, item, operation)),
        _ => openapi_body(document, operation),
    }?;
    let limit = |place| document.value(place)?.get("x-body-limit")?.as_u64();
    body.limit = limit(&body.location).or_else(|| limit(operation));
    let decoder = Decoder {
        document,
        schemas,
        item,
        operation,
    };
    let content = body.content.iter_mut();
    content.for_each(|content| decoder.add(content));
    unify(document, &mut body.content);
    Some(body)
}

/// Names a range that includes JSON so, drops what has the media type of an earlier one, and gives all that have equal schemas the
/// schema of the first, whose type is theirs, too.
fn unify(document: &Document, contents: &mut Vec<Content>) {
    let mut known: Vec<Content> = Vec::new();
    for mut content in std::mem::take(contents) {
        if content.format == Format::Json && includes_json(&content.media_type) {
            content.media_type = "application/json".to_owned();
        }
        if known.iter().any(|it| it.media_type == content.media_type) {
            continue;
        }
        let mut equal = known.iter();
        if let Some(equal) = equal.find(|it| is_same(document, &it.schema, &content.schema)) {
            content.schema = equal.schema.clone();
        }
        known.push(content);
    }
    *contents = known;
}

fn openapi_body(document: &Document, operation: &Location) -> Option<Body> {
    let location = document.resolve(&operation.member("requestBody")).ok()?;
    let value = document.value(&location)?;
    let content = media_types::described(document, &location);
    let schemas = content
        .iter()
        .filter_map(|content| document.value(&content.schema));
    let mut named = std::iter::once(value)
        .chain(schemas)
        .chain(document.value(operation));
    let name = named.find_map(|value| text(value, "x-body-name"));
    Some(Body {
        name: name.unwrap_or_else(|| "body".to_owned()),
        required: flag(value, "required"),
        description: text(value, "description"),
        limit: None,
        location,
        content,
    })
}

fn swagger_body(document: &Document, item: &Location, operation: &Location) -> Option<Body> {
    let places = [operation, item].map(|owner| parameters(document, owner));
    let is_body = |place: &Location| {
        document
            .value(place)
            .is_some_and(|value| value.get("in") == Some(&"body".into()))
    };
    let location = places.into_iter().flatten().find(is_body)?;
    let value = document.value(&location)?;
    Some(Body {
        name: text(value, "name").unwrap_or_default(),
        required: flag(value, "required"),
        description: text(value, "description"),
        limit: None,
        content: media_types::listed(document, operation, "consumes", &location.member("schema")),
        location,
    })
}

/// The body that the `formData` parameters of the operation are the fields of, if there are any.
fn swagger_form(document: &Document, item: &Location, operation: &Location) -> Option<Body> {
    let fields = form::fields(document, item, operation);
    let values: Vec<_> = fields.iter().filter_map(|it| document.value(it)).collect();
    if values.is_empty() {
        return None;
    }
    let name = document
        .value(operation)
        .and_then(|value| text(value, "x-body-name"));
    Some(Body {
        name: name.unwrap_or_else(|| "form".to_owned()),
        required: values.iter().any(|value| flag(value, "required")),
        description: None,
        limit: None,
        location: operation.clone(),
        content: form_content(document, operation, &values),
    })
}

/// The media types of a form: those of `consumes` that are for forms, or else the one that fits its fields (2.0, Parameter Object:
/// a file is sent in `multipart/form-data`).
fn form_content(document: &Document, operation: &Location, fields: &[&Value]) -> Vec<Content> {
    let schema = form::location(operation);
    let mut content = media_types::listed(document, operation, "consumes", &schema);
    let has_file = fields.iter().any(|field| {
        let is_file = |value: &Value| value.get("type") == Some(&"file".into());
        is_file(field) || field.get("items").is_some_and(is_file)
    });
    content.retain(|content| media_types::is_form(content.format, has_file));
    if content.is_empty() {
        let name = match has_file {
            true => "multipart/form-data",
            false => "application/x-www-form-urlencoded",
        };
        content.push(media_types::content(document, name, schema));
    }
    content
}
