//! The names and types that the author chooses for Rust are such.

use serde_json::Value;

use super::wording::expected;
use crate::document::{Document, Kind};
use crate::naming::{is_identifier, is_type};
use crate::text::Fault;

/// What is wrong with the value of a keyword.
type Check = fn(&Value) -> Option<String>;

const SHARED: (&str, Check) = ("x-rust-shared", wrong_flag);

/// The keywords of a schema, a parameter or a body, and of a response, which has no type of its own.
const NAMED: &[(&str, Check)] = &[
    ("x-rust-name", wrong_name),
    ("x-rust-type", wrong_type),
    SHARED,
];
const RESPONSE: &[(&str, Check)] = &[SHARED];

pub(super) fn check(document: &Document) -> Vec<Fault> {
    let mut faults = Vec::new();
    for place in document.places() {
        let keywords = match place.kind {
            Kind::Schema | Kind::Parameter | Kind::RequestBody => NAMED,
            Kind::Response => RESPONSE,
            _ => continue,
        };
        let value = document.value(&place.location);
        for (keyword, wrong) in keywords {
            let text = value.and_then(|value| wrong(value.get(keyword)?));
            faults.extend(text.map(|text| document.fault(&place.location.member(keyword), text)));
        }
    }
    faults
}

fn wrong_name(name: &Value) -> Option<String> {
    let wrong = "is no free name in Rust. Choose one of letters, digits and `_` that is neither a keyword nor a type that is always there.";
    wrong_text(name, "a name in Rust", is_identifier, wrong)
}

fn wrong_flag(value: &Value) -> Option<String> {
    (!value.is_boolean()).then(|| expected("true or false", value))
}

fn wrong_type(name: &Value) -> Option<String> {
    let wrong = "is no type in Rust. Write one with its path, for example `uuid::Uuid`.";
    wrong_text(name, "a type in Rust", is_type, wrong)
}

/// What is wrong with a value that should be a text that `is_right`; `what` it should be, and what to say of another text.
fn wrong_text(
    value: &Value,
    what: &str,
    is_right: fn(&str) -> bool,
    wrong: &str,
) -> Option<String> {
    match value {
        Value::String(text) if is_right(text) => None,
        Value::String(text) => Some(format!("`{text}` {wrong}")),
        other => Some(format!("{} Write it in quotes.", expected(what, other))),
    }
}
