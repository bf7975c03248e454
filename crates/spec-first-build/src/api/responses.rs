//! Responses and their headers.

use super::media_types;
use super::member::{flag, text};
use super::model::{Header, Response};
use crate::document::{Document, Kind, Version, is_extension};
use crate::text::Location;

/// The responses of the operation at `operation`.
pub(super) fn read(document: &Document, operation: &Location) -> Vec<Response> {
    let list = operation.member("responses");
    let statuses = document
        .member_names(&list)
        .filter(|status| !is_extension(status, Kind::Response));
    statuses
        .filter_map(|status| response(document, operation, status, &list.member(status)))
        .collect()
}

fn response(
    document: &Document,
    operation: &Location,
    status: &str,
    location: &Location,
) -> Option<Response> {
    let (location, value) = document.resolved(location)?;
    let content = match (document.version(), value.get("schema")) {
        (Version::Swagger2, None) => Vec::new(),
        (Version::Swagger2, Some(_)) => {
            media_types::listed(document, operation, "produces", &location.member("schema"))
        }
        _ => media_types::described(document, &location),
    };
    Some(Response {
        status: if status == "default" {
            status.to_owned()
        } else {
            status.to_uppercase()
        },
        description: text(value, "description"),
        headers: headers(document, &location),
        location,
        content,
    })
}

/// The headers, except `Content-Type`, which the media types describe (OpenAPI 3.1, section 4.8.17).
fn headers(document: &Document, response: &Location) -> Vec<Header> {
    let list = response.member("headers");
    let names = document
        .member_names(&list)
        .filter(|name| !name.eq_ignore_ascii_case("content-type"));
    names
        .filter_map(|name| header(document, name, &list.member(name)))
        .collect()
}

fn header(document: &Document, name: &str, location: &Location) -> Option<Header> {
    let (location, value) = document.resolved(location)?;
    let schema = if document.version() == Version::Swagger2 {
        location
    } else {
        location.member("schema")
    };
    document.value(&schema)?;
    Some(Header {
        name: name.to_owned(),
        required: flag(value, "required"),
        description: text(value, "description"),
        schema,
    })
}
