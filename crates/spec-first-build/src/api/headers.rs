//! The headers of a response.

use serde_json::Value;
use spec_first::schema::is_token;

use super::limit::{Cause, Limit};
use super::member::{flag, text};
use super::model::Header;
use crate::document::{Document, Version};
use crate::text::Location;

/// Headers that the server writes itself: they are about the message and not about what is in it (RFC 9112, 6 and 9).
const OF_THE_MESSAGE: [&str; 4] = [
    "connection",
    "content-length",
    "keep-alive",
    "transfer-encoding",
];

/// The headers of the response at `response`, and what is not supported of them. Of those whose names differ in case alone there is
/// the first. `Content-Type` is described by the media types (OpenAPI 3.1, section 4.8.17); the length of what is not sent, in the
/// response to a HEAD, is the application's.
pub(super) fn read(
    document: &Document,
    response: &Location,
    is_head: bool,
) -> (Vec<Header>, Vec<Limit>) {
    let list = response.member("headers");
    let (mut headers, mut limits) = (Vec::<Header>::new(), Vec::new());
    for name in document.member_names(&list) {
        let place = list.member(name);
        let lower = name.to_ascii_lowercase();
        let is_sent = lower != "content-type"
            && (!OF_THE_MESSAGE.contains(&lower.as_str()) || is_head && lower == "content-length");
        let is_known = |header: &Header| header.name.eq_ignore_ascii_case(name);
        if !is_sent || headers.iter().any(is_known) {
            continue;
        }
        if !is_token(name) {
            limits.push(Limit {
                location: place,
                cause: Cause::Header {
                    name: name.to_owned(),
                },
            });
            continue;
        }
        headers.extend(header(document, name, &place));
    }
    (headers, limits)
}

fn header(document: &Document, name: &str, location: &Location) -> Option<Header> {
    let (location, value) = document.resolved(location)?;
    let content = location.member("content");
    let media_type = document.member_names(&content).next().map(str::to_owned);
    let schema = match (document.version(), &media_type) {
        (Version::Swagger2, _) => location.clone(),
        (_, Some(media_type)) => content.member(media_type).member("schema"),
        _ => location.member("schema"),
    };
    document.value(&schema)?;
    Some(Header {
        name: name.to_owned(),
        required: flag(value, "required"),
        description: text(value, "description"),
        schema,
        explode: flag(value, "explode"),
        separators: separators(document, value),
        is_json: media_type.is_some(),
    })
}

/// The separators of a list and of the lists in it (Swagger 2.0, `collectionFormat`).
fn separators(document: &Document, header: &Value) -> Vec<&'static str> {
    if document.version() != Version::Swagger2 {
        return Vec::new();
    }
    let lists = std::iter::successors(Some(header), |list| list.get("items"));
    let lists = lists.take_while(|list| list.get("type").is_some_and(|it| it == "array"));
    let separators = lists.map(
        |list| match list.get("collectionFormat").and_then(Value::as_str) {
            Some("ssv") => " ",
            Some("tsv") => "\t",
            Some("pipes") => "|",
            _ => ",",
        },
    );
    let separators: Vec<_> = separators.collect();
    match separators.iter().all(|separator| *separator == ",") {
        true => Vec::new(),
        false => separators,
    }
}
