//! The media types of bodies.

use serde_json::Value;
use spec_first::schema::{Format, MediaType};

use super::model::{Content, Decoding};
use crate::document::Document;
use crate::text::Location;

/// The media type of a body whose document names none.
const JSON: &str = "application/json";

/// The media types that `keyword` (`consumes` or `produces`) of the operation lists, else that of the document (Swagger 2.0); all
/// have the schema at `schema`.
pub(super) fn listed(
    document: &Document,
    operation: &Location,
    keyword: &str,
    schema: &Location,
) -> Vec<Content> {
    let mut types = names(document, operation, keyword);
    if types.is_empty() {
        types.push(JSON);
    }
    let content = types
        .into_iter()
        .map(|media_type| content(document, media_type, schema.clone()));
    content.collect()
}

/// The media types that `keyword` of the operation lists, else that of the document; none if neither does.
pub(super) fn names<'d>(
    document: &'d Document,
    operation: &Location,
    keyword: &str,
) -> Vec<&'d str> {
    let owners = [operation.clone(), document.root()];
    let list = owners
        .iter()
        .find_map(|owner| document.value(&owner.member(keyword))?.as_array());
    let names = list.into_iter().flatten().filter_map(Value::as_str);
    names.collect()
}

/// The media types under `content` of the object at `owner`.
pub(super) fn described(document: &Document, owner: &Location) -> Vec<Content> {
    let content = owner.member("content");
    let types = document.member_names(&content);
    types
        .map(|name| self::content(document, name, content.member(name).member("schema")))
        .collect()
}

pub(super) fn content(document: &Document, media_type: &str, schema: Location) -> Content {
    let format = format(document, media_type, &schema);
    let schema = match format {
        Format::Lines | Format::Events => item(document, schema),
        _ => schema,
    };
    Content {
        media_type: media_type.to_owned(),
        is_described: format != Format::Binary,
        format,
        schema,
        decoding: Decoding::default(),
    }
}

/// The schema of the items of a body that is sent item by item: that of a list's items, or the schema itself.
fn item(document: &Document, schema: Location) -> Location {
    let list = document.resolved(&schema);
    let list = list.filter(|(_, value)| value.get("type").is_some_and(|it| it == "array"));
    let items = list.map(|(at, _)| at.member("items"));
    let items = items.filter(|at| document.value(at).is_some());
    items.unwrap_or(schema)
}

/// Whether two schemas are the same one, or written alike.
pub(super) fn is_same(document: &Document, one: &Location, other: &Location) -> bool {
    let end = |at: &Location| document.resolve(at).unwrap_or_else(|_| at.clone());
    let (one, other) = (end(one), end(other));
    one == other || document.value(&one) == document.value(&other)
}

/// Whether a form may have this format: one with a file is always multipart.
pub(super) fn is_form(format: Format, has_file: bool) -> bool {
    match format {
        Format::Multipart => true,
        Format::Form => !has_file,
        _ => false,
    }
}

/// The format of a media type, unless the schema says that the body is not to be read.
fn format(document: &Document, media_type: &str, schema: &Location) -> Format {
    let format = MediaType::parse(media_type).map(|it| it.format());
    match format.unwrap_or(Format::Binary) {
        Format::Json | Format::Text if is_binary(document, schema) && !is_json(media_type) => {
            Format::Binary
        }
        format => format,
    }
}

/// Whether a schema describes bytes: a file (Swagger 2.0), or a binary string (OpenAPI 3.0, 4.8.14.2).
fn is_binary(document: &Document, schema: &Location) -> bool {
    let Some((_, schema)) = document.resolved(schema) else {
        return false;
    };
    let is = |keyword: &str, value: &str| schema.get(keyword).is_some_and(|it| it == value);
    is("type", "file") || is("type", "string") && is("format", "binary")
}

/// Whether a media type is JSON, and not a range that includes it.
pub(super) fn is_json(media_type: &str) -> bool {
    MediaType::parse(media_type).is_some_and(|media_type| media_type.is_json())
}
