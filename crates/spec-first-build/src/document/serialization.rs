//! How a parameter is written in a request: `style` and `explode` (OpenAPI 3) and `collectionFormat` (Swagger 2.0) as one.

use serde_json::Value;

use super::grammar::Version;
use super::parameters::Part;

/// The style of a parameter, and whether its parts are written apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Serialization {
    /// How the parts are separated.
    pub style: Style,
    /// Whether each item or member has a name and a value of its own.
    pub explode: bool,
}

/// How the parts of a parameter are separated, in all versions of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `simple`, and `csv` in paths and headers.
    Simple,
    /// `label`.
    Label,
    /// `matrix`.
    Matrix,
    /// `form`, and `csv` and `multi` elsewhere.
    Form,
    /// `spaceDelimited`, and `ssv`.
    Space,
    /// `pipeDelimited`, and `pipes`.
    Pipe,
    /// `tsv`.
    Tab,
    /// `deepObject`.
    DeepObject,
}

impl Serialization {
    /// The serialization of a parameter whose values are in `part`. A style that the part does not have is its default, of which
    /// there is a warning.
    pub(crate) fn of(version: Version, parameter: &Value, part: Part) -> Self {
        if version == Version::Swagger2 {
            let format = parameter.get("collectionFormat").and_then(Value::as_str);
            return Self::collection(format, part);
        }
        let written = parameter.get("style").and_then(Value::as_str);
        let style = written.and_then(Style::of).filter(|it| it.fits(part));
        let style = style.unwrap_or(Style::default(part));
        let explode = parameter.get("explode").and_then(Value::as_bool);
        Self {
            style,
            explode: explode.unwrap_or(style == Style::Form),
        }
    }

    /// The serialization by `collectionFormat`, which is `csv` unless it is written (2.0, Parameter Object).
    fn collection(format: Option<&str>, part: Part) -> Self {
        let style = format.and_then(Style::of_collection);
        let is_multi = format == Some("multi");
        Self {
            style: style.unwrap_or(Style::default(part)),
            explode: is_multi && Style::is_repeatable(part),
        }
    }
}

impl Style {
    /// The names in a parameter object; the default of a part is the first that fits it.
    pub(crate) const NAMES: [&str; 7] = [
        "simple",
        "form",
        "label",
        "matrix",
        "spaceDelimited",
        "pipeDelimited",
        "deepObject",
    ];

    /// The style of this name in a parameter object.
    pub(crate) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "simple" => Self::Simple,
            "label" => Self::Label,
            "matrix" => Self::Matrix,
            "form" => Self::Form,
            "spaceDelimited" => Self::Space,
            "pipeDelimited" => Self::Pipe,
            "deepObject" => Self::DeepObject,
            _ => return None,
        })
    }

    /// The style of a `collectionFormat`, unless it is that of the part.
    fn of_collection(format: &str) -> Option<Self> {
        Some(match format {
            "ssv" => Self::Space,
            "tsv" => Self::Tab,
            "pipes" => Self::Pipe,
            _ => return None,
        })
    }

    /// The style of a part where none is written (OpenAPI 3.1.1, section 4.8.12.2.2).
    fn default(part: Part) -> Self {
        match part {
            Part::Path | Part::Header => Self::Simple,
            Part::Query | Part::Cookie | Part::FormData => Self::Form,
        }
    }

    /// Whether values in a part of the request can have the style (OpenAPI 3.1.1, section 4.8.12.3).
    pub(crate) fn fits(self, part: Part) -> bool {
        match self {
            Self::Simple => matches!(part, Part::Path | Part::Header),
            Self::Label | Self::Matrix => part == Part::Path,
            Self::Form => matches!(part, Part::Query | Part::Cookie | Part::FormData),
            Self::Space | Self::Pipe | Self::Tab | Self::DeepObject => {
                matches!(part, Part::Query | Part::FormData)
            }
        }
    }

    /// Whether a part may have several values with one name, as `collectionFormat: multi` requires (2.0, Parameter Object).
    pub(crate) fn is_repeatable(part: Part) -> bool {
        matches!(part, Part::Query | Part::FormData)
    }

    /// Its name in the contract.
    pub fn name(self) -> &'static str {
        match self {
            Self::Simple => "simple",
            Self::Label => "label",
            Self::Matrix => "matrix",
            Self::Form => "form",
            Self::Space => "space",
            Self::Pipe => "pipe",
            Self::Tab => "tab",
            Self::DeepObject => "deepObject",
        }
    }
}
