//! How a parameter is written in a request: `style` and `explode` (OpenAPI 3) and `collectionFormat` (Swagger 2.0) as one.

use serde_json::Value;

use super::member::text;
use super::written::{Serialization, Style};
use crate::document::{Document, Part, Version};
use crate::text::Location;

/// The serialization of the parameter at `location`, whose values are in `part`. A style that the part does not have is its
/// default, of which there is a warning.
pub(super) fn read(document: &Document, location: &Location, part: Part) -> Serialization {
    let value = document.value(location).unwrap_or(&Value::Null);
    if document.version() == Version::Swagger2 {
        return collection(text(value, "collectionFormat").as_deref(), part);
    }
    let written = text(value, "style");
    let written = written.and_then(|name| Style::of(&name));
    let style = written
        .filter(|style| style.fits(part))
        .unwrap_or(default(part));
    let explode = value.get("explode").and_then(Value::as_bool);
    Serialization {
        style,
        explode: explode.unwrap_or(style == Style::Form),
    }
}

/// The style of a part that is not written (OpenAPI 3.1.1, section 4.8.12.2.2).
fn default(part: Part) -> Style {
    match part {
        Part::Path | Part::Header => Style::Simple,
        Part::Query | Part::Cookie | Part::FormData => Style::Form,
    }
}

/// The serialization by `collectionFormat`, which is `csv` unless it is written (2.0, Parameter Object).
fn collection(format: Option<&str>, part: Part) -> Serialization {
    let style = match format {
        Some("ssv") => Style::Space,
        Some("tsv") => Style::Tab,
        Some("pipes") => Style::Pipe,
        _ => default(part),
    };
    let is_multi = format == Some("multi");
    Serialization {
        style,
        explode: is_multi && matches!(part, Part::Query | Part::FormData),
    }
}

impl Style {
    /// The style of this name in a parameter object.
    fn of(name: &str) -> Option<Style> {
        Some(match name {
            "simple" => Style::Simple,
            "label" => Style::Label,
            "matrix" => Style::Matrix,
            "form" => Style::Form,
            "spaceDelimited" => Style::Space,
            "pipeDelimited" => Style::Pipe,
            "deepObject" => Style::DeepObject,
            _ => return None,
        })
    }

    /// Whether values in a part of the request can have the style (OpenAPI 3.1.1, section 4.8.12.3).
    fn fits(self, part: Part) -> bool {
        match self {
            Style::Simple => matches!(part, Part::Path | Part::Header),
            Style::Label | Style::Matrix => part == Part::Path,
            Style::Form => matches!(part, Part::Query | Part::Cookie | Part::FormData),
            Style::Space | Style::Pipe | Style::DeepObject | Style::Tab => {
                matches!(part, Part::Query | Part::FormData)
            }
        }
    }
}
