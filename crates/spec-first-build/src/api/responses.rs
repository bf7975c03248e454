//! Responses.

use super::limit::Limit;
use super::member::text;
use super::model::Response;
use super::{headers, media_types};
use crate::document::{Document, Kind, Version, is_extension};
use crate::text::Location;

/// The responses of the operation at `operation`, and what is not supported of their headers.
pub(super) fn read(
    document: &Document,
    operation: &Location,
    is_head: bool,
) -> (Vec<Response>, Vec<Limit>) {
    let list = operation.member("responses");
    let statuses = document
        .member_names(&list)
        .filter(|status| !is_extension(status, Kind::Response));
    let (mut responses, mut limits) = (Vec::new(), Vec::new());
    for status in statuses {
        let found = response(document, operation, status, &list.member(status));
        let Some(mut response) = found else { continue };
        let (headers, unsupported) = headers::read(document, &response.location, is_head);
        response.headers = headers;
        limits.extend(unsupported);
        responses.push(response);
    }
    (responses, limits)
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
        headers: Vec::new(),
        location,
        content,
        is_own_failure: false,
    })
}
