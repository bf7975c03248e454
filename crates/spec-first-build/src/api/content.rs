//! Bodies: what a request may carry and what a response may be.

use serde_json::Value;

use super::{Body, Content, Header, Response, flag, parameters, text};
use crate::document::Document;
use crate::document::grammar::{Kind, Version};
use crate::document::walk::is_extension;
use crate::text::Location;

/// The media type of a body whose document names none.
const JSON: &str = "application/json";

/// The body of the operation at `operation` in the path item `item`.
pub(super) fn body(document: &Document, item: &Location, operation: &Location) -> Option<Body> {
    if document.version() == Version::Swagger2 {
        return swagger_body(document, item, operation);
    }
    let location = document.resolve(&operation.member("requestBody")).ok()?;
    let value = document.value(&location)?;
    let content = media_types(document, &location);
    let schemas = content
        .iter()
        .filter_map(|content| document.value(&content.schema));
    let named = std::iter::once(value)
        .chain(schemas)
        .find_map(|value| text(Some(value), "x-body-name"));
    let named = named.or_else(|| text(document.value(operation), "x-body-name"));
    Some(Body {
        name: named.unwrap_or_else(|| "body".to_owned()),
        required: flag(value, "required"),
        description: text(Some(value), "description"),
        location,
        content,
    })
}

fn swagger_body(document: &Document, item: &Location, operation: &Location) -> Option<Body> {
    let places = [operation, item].map(|owner| parameters::places(document, owner));
    let is_body = |place: &Location| {
        document
            .value(place)
            .is_some_and(|value| value.get("in") == Some(&"body".into()))
    };
    let location = places.into_iter().flatten().find(is_body)?;
    let value = document.value(&location)?;
    let content = listed(document, operation, "consumes").into_iter();
    Some(Body {
        name: text(Some(value), "name").unwrap_or_default(),
        required: flag(value, "required"),
        description: text(Some(value), "description"),
        content: content
            .map(|media_type| Content {
                media_type,
                schema: location.member("schema"),
            })
            .collect(),
        location,
    })
}

/// `consumes` or `produces` of the operation, else of the document.
fn listed(document: &Document, operation: &Location, name: &str) -> Vec<String> {
    let owners = [operation.clone(), document.root()];
    let list = owners
        .iter()
        .find_map(|owner| document.value(&owner.member(name))?.as_array());
    let types: Vec<String> = list
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect();
    if types.is_empty() {
        vec![JSON.to_owned()]
    } else {
        types
    }
}

/// The media types under `content` of the object at `owner`.
pub(super) fn media_types(document: &Document, owner: &Location) -> Vec<Content> {
    let content = owner.member("content");
    let types = document.member_names(&content);
    types
        .map(|name| Content {
            media_type: name.to_owned(),
            schema: content.member(name).member("schema"),
        })
        .collect()
}

/// The responses of the operation at `operation`.
pub(super) fn responses(document: &Document, operation: &Location) -> Vec<Response> {
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
            let types = listed(document, operation, "produces").into_iter();
            types
                .map(|media_type| Content {
                    media_type,
                    schema: location.member("schema"),
                })
                .collect()
        }
        _ => media_types(document, &location),
    };
    Some(Response {
        status: if status == "default" {
            status.to_owned()
        } else {
            status.to_uppercase()
        },
        description: text(Some(value), "description"),
        headers: headers(document, &location),
        location,
        content,
    })
}

/// The headers; `Content-Type` is told by the media types (OpenAPI 3.1, section 4.8.17).
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
        description: text(Some(value), "description"),
        schema,
    })
}
