//! The media types of bodies.

use serde_json::Value;

use super::model::Content;
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
    let owners = [operation.clone(), document.root()];
    let list = owners
        .iter()
        .find_map(|owner| document.value(&owner.member(keyword))?.as_array());
    let types = list.into_iter().flatten().filter_map(Value::as_str);
    let mut types: Vec<&str> = types.collect();
    if types.is_empty() {
        types.push(JSON);
    }
    let content = types.into_iter().map(|media_type| Content {
        media_type: media_type.to_owned(),
        schema: schema.clone(),
    });
    content.collect()
}

/// The media types under `content` of the object at `owner`.
pub(super) fn described(document: &Document, owner: &Location) -> Vec<Content> {
    let content = owner.member("content");
    let types = document.member_names(&content);
    types
        .map(|name| Content {
            media_type: name.to_owned(),
            schema: content.member(name).member("schema"),
        })
        .collect()
}
