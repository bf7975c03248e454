//! The names and types that the author chooses for Rust are such.

use serde_json::Value;

use super::wording::expected;
use crate::document::{Document, Kind};
use crate::naming::{is_identifier, is_type};
use crate::text::Fault;

pub(super) fn check(document: &Document) -> Vec<Fault> {
    let places = document.places().iter();
    let named = places.filter(|place| {
        matches!(
            place.kind,
            Kind::Schema | Kind::Parameter | Kind::RequestBody | Kind::Response
        )
    });
    let mut faults = Vec::new();
    for place in named {
        let value = document.value(&place.location);
        let chosen = |keyword: &str| value.and_then(|value| value.get(keyword));
        for (keyword, wrong) in [
            ("x-rust-name", wrong_name as fn(&Value) -> Option<String>),
            ("x-rust-type", wrong_type),
            ("x-rust-shared", wrong_flag),
        ] {
            let text = chosen(keyword).and_then(wrong);
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
