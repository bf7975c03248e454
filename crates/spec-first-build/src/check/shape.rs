//! Every object has the members that OpenAPI requires, and their values have the form that the grammar gives them.

use serde_json::Value;

use super::wording::expected;
use crate::document::{Document, Kind, Place, Shape, Version, has_siblings, members, reference};
use crate::text::Fault;

pub(super) fn check(document: &Document) -> Vec<Fault> {
    let mut faults = Vec::new();
    for place in document.places() {
        if let Some(value) = document.value(&place.location) {
            faults.extend(object(document, place, value));
        }
    }
    faults
}

fn object(document: &Document, place: &Place, value: &Value) -> Vec<Fault> {
    let Value::Object(found) = value else {
        return not_an_object(document, place, value).into_iter().collect();
    };
    if reference::of(value).is_some() && !has_siblings(place.kind, document.version()) {
        return Vec::new();
    }
    let mut faults: Vec<Fault> = missing(document, place, value).into_iter().collect();
    let known = members(place.kind, document.version());
    for (name, value) in found
        .iter()
        .filter(|(_, value)| !is_unset(place.kind, value))
    {
        let member = known.iter().find(|member| member.name == name);
        let wanted = member.and_then(|member| wanted(member.shape, value, document.version()));
        if let Some(what) = wanted {
            let text = format!(
                "{} Write {what}, or leave `{name}` out.",
                expected(what, value)
            );
            faults.push(document.fault(&place.location.member(name), text));
        }
    }
    faults
}

/// A member without a value, as `parameters:` in YAML with nothing after it, counts as a missing one.
fn is_unset(kind: Kind, value: &Value) -> bool {
    value.is_null() && kind != Kind::Schema
}

fn not_an_object(document: &Document, place: &Place, value: &Value) -> Option<Fault> {
    let is_schema = place.kind == Kind::Schema;
    let is_dependency = value.is_array() && place.location.pointer.contains("/dependencies/");
    if is_schema
        && (is_dependency || value.is_boolean() && document.version() == Version::OpenApi31)
    {
        return None;
    }
    let what = name(place.kind);
    Some(document.fault(
        &place.location,
        format!("{} Write an object.", expected(what, value)),
    ))
}

/// The name of an object of this kind.
fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Document => "an OpenAPI document",
        Kind::Info => "the object with title and version",
        Kind::Components => "the object with the components",
        Kind::PathItem => "an object with the path's methods",
        Kind::Operation => "an operation",
        Kind::Parameter => "a parameter",
        Kind::Header => "a header",
        Kind::RequestBody => "a request body",
        Kind::Response => "a response",
        Kind::MediaType => "a media type's object",
        Kind::Encoding => "the encoding of a property",
        Kind::Schema => "a schema",
    }
}

/// What the member should hold, if it holds something else.
fn wanted(shape: Shape, value: &Value, version: Version) -> Option<&'static str> {
    let (fits, what) = match shape {
        Shape::Text => (value.is_string(), "a string"),
        Shape::Flag => (value.is_boolean(), "true or false"),
        Shape::Texts => (is_texts(value), "a list of strings"),
        Shape::One(Kind::Schema) if version == Version::OpenApi31 => (
            value.is_object() || value.is_boolean(),
            "a schema (an object, true or false)",
        ),
        Shape::OneOrList(Kind::Schema) if version == Version::OpenApi31 => (
            value.is_object() || value.is_boolean() || value.is_array(),
            "a schema (an object, true or false)",
        ),
        Shape::One(_) => (value.is_object(), "an object"),
        Shape::Switch(_) => (
            value.is_object() || value.is_boolean(),
            "an object, true or false",
        ),
        Shape::Map(_) => (value.is_object(), "an object"),
        Shape::List(_) => (value.is_array(), "a list"),
        Shape::OneOrList(_) => (value.is_object() || value.is_array(), "an object"),
    };
    (!fits).then_some(what)
}

fn is_texts(value: &Value) -> bool {
    value
        .as_array()
        .is_some_and(|values| values.iter().all(Value::is_string))
}

/// A member that has to be there and is not.
fn missing(document: &Document, place: &Place, value: &Value) -> Option<Fault> {
    let lacks = |name: &str| value.get(name).is_none_or(Value::is_null);
    let text = match place.kind {
        Kind::Document if lacks("paths") && !has_other_content(document, value) => {
            "`paths` is missing. Add it with the paths that the server answers."
        }
        Kind::Parameter if lacks("name") => {
            "The parameter has no `name`. Add the name that it has in requests."
        }
        Kind::Parameter if lacks("in") => {
            "The parameter has no `in`. Add the part of the request that has it: `path`, `query`, `header` or `cookie`."
        }
        _ => return None,
    };
    Some(document.fault(&place.location, text))
}

/// OpenAPI 3.1 takes a document of components or webhooks alone.
fn has_other_content(document: &Document, root: &Value) -> bool {
    document.version() == Version::OpenApi31
        && ["components", "webhooks"]
            .iter()
            .any(|name| root.get(name).is_some())
}
