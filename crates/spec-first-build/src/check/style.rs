//! The style of a parameter is one that its part of the request has; else the part's default is used.

use serde_json::Value;

use crate::document::{Document, Kind, Part, Style, Version};
use crate::text::{Fault, Location};

/// A warning for each style that is not used.
pub(super) fn warnings(document: &Document) -> Vec<Fault> {
    let places = document.places().iter();
    let parameters = places.filter(|place| place.kind == Kind::Parameter);
    let warnings = parameters.filter_map(|place| unused(document, &place.location));
    warnings.collect()
}

fn unused(document: &Document, location: &Location) -> Option<Fault> {
    let value = document.value(location)?;
    let part = Part::of(value)?;
    let is_swagger = document.version() == Version::Swagger2;
    let keyword = if is_swagger {
        "collectionFormat"
    } else {
        "style"
    };
    let written = value.get(keyword).and_then(Value::as_str)?;
    let reason = match is_swagger {
        true => unused_collection(written, part),
        false => unused_style(written, part),
    }?;
    Some(document.fault(&location.member(keyword), reason))
}

fn unused_style(written: &str, part: Part) -> Option<String> {
    let fitting: Vec<_> = Style::NAMES
        .into_iter()
        .filter(|name| Style::of(name).is_some_and(|style| style.fits(part)))
        .collect();
    if fitting.contains(&written) {
        return None;
    }
    let default = fitting.first().copied().unwrap_or_default();
    Some(format!(
        "A {} parameter has no style `{written}`, so it is read as `{default}`. Write {}, or remove it.",
        part.name(),
        list(&fitting)
    ))
}

fn unused_collection(written: &str, part: Part) -> Option<String> {
    match written {
        "csv" | "ssv" | "tsv" | "pipes" => None,
        "multi" if Style::is_repeatable(part) => None,
        "multi" => Some(format!(
            "A {} parameter has one value only, so it is read as `csv` and not as `multi`. Write `csv`, `ssv`, `tsv` or `pipes`.",
            part.name()
        )),
        _ => Some(format!(
            "`{written}` is no format of a list, so it is read as `csv`. Write `csv`, `ssv`, `tsv`, `pipes` or `multi`."
        )),
    }
}

/// The names with commas, and `or` before the last.
fn list(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [others @ .., last] if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => quoted.concat(),
    }
}
