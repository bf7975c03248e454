//! The media types in which a response is sent.

use spec_first::schema::{Format, MediaType};

use super::media_types::is_same;
use super::model::Content;
use crate::document::Document;
use crate::schema::Schemas;

/// The types of text that is one value.
const SCALARS: [&str; 5] = ["boolean", "integer", "null", "number", "string"];

/// The contents of a response as they are sent. First come those that the schema describes: a list of media types in Swagger 2.0
/// has one schema for all of them, and few documents describe XML.
pub(super) fn of_response(
    document: &Document,
    schemas: &Schemas,
    contents: Vec<Content>,
) -> Vec<Content> {
    let mut sent: Vec<Content> = Vec::new();
    for content in contents {
        let mut content = complete(document, schemas, content);
        let mut known = sent.iter();
        if let Some(same) = known.find(|it| is_same(document, &it.schema, &content.schema)) {
            content.schema = same.schema.clone();
        }
        let is_new = |known: &Content| known.media_type != content.media_type;
        if sent.iter().all(is_new) {
            sent.push(content);
        }
    }
    sent.sort_by_key(|content| is_of_another_kind(schemas, content));
    sent
}

/// The content with the format that is sent: a form is text, and parts of several kinds are bytes that the application writes.
fn complete(document: &Document, schemas: &Schemas, content: Content) -> Content {
    let format = match content.format {
        Format::Form => Format::Text,
        Format::Multipart => Format::Binary,
        format => format,
    };
    let is_there = document.value(&content.schema).is_some();
    let is_described = match format {
        Format::Binary => false,
        Format::Events => is_there,
        Format::Text => is_there && is_one_value(schemas, &content),
        _ => true,
    };
    let is_any_json = format == Format::Json && is_range(&content.media_type);
    Content {
        media_type: match is_any_json {
            true => "application/json".to_owned(),
            false => content.media_type,
        },
        format,
        is_described,
        ..content
    }
}

/// Whether the text is a value of the schema: a string, or in plain text any value, which is JSON if it is no scalar.
fn is_one_value(schemas: &Schemas, content: &Content) -> bool {
    let types = schemas.types(&content.schema);
    let is_text = |name: &String| matches!(name.as_str(), "string" | "null");
    !types.is_empty() && (is_plain(content) || types.iter().all(is_text))
}

/// Whether the schema is that of another format: it describes what is no text.
fn is_of_another_kind(schemas: &Schemas, content: &Content) -> bool {
    let types = schemas.types(&content.schema);
    let fitting: &[&str] = match content.format {
        Format::Text if is_plain(content) => &SCALARS,
        Format::Text | Format::Binary => &["string", "file"],
        _ => return false,
    };
    !types.is_empty() && !types.iter().any(|name| fitting.contains(&name.as_str()))
}

fn is_plain(content: &Content) -> bool {
    let media_type = MediaType::parse(&content.media_type);
    media_type.is_some_and(|it| matches!(it.as_str(), "text/plain" | "text/*"))
}

fn is_range(media_type: &str) -> bool {
    MediaType::parse(media_type).is_some_and(|it| it.is_range())
}
