//! The parameter objects of a path item or an operation, and their places in a request.

use serde_json::Value;

use super::document::Document;
use super::grammar::Version;
use crate::text::Location;

/// Where a parameter is in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// A segment of the path.
    Path,
    /// The query string.
    Query,
    /// A header field.
    Header,
    /// A cookie.
    Cookie,
    /// A field of a form (Swagger 2.0).
    FormData,
}

impl Part {
    /// The part that `in` of a parameter object names; none for a body or a name that OpenAPI does not define.
    pub(crate) fn of(parameter: &Value) -> Option<Part> {
        match parameter.get("in")?.as_str()? {
            "path" => Some(Part::Path),
            "query" => Some(Part::Query),
            "header" => Some(Part::Header),
            "cookie" => Some(Part::Cookie),
            "formData" => Some(Part::FormData),
            _ => None,
        }
    }

    /// Whether this version of OpenAPI has parameters there.
    pub(crate) fn is_known(self, version: Version) -> bool {
        match self {
            Part::Path | Part::Query | Part::Header => true,
            Part::Cookie => version.is_openapi3(),
            Part::FormData => version == Version::Swagger2,
        }
    }

    /// Its name, as the document writes it (`in`) and as the contract does.
    pub fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::FormData => "formData",
        }
    }
}

/// Where the parameter objects in the list of `owner` are, at the ends of their `$ref`s.
pub(crate) fn parameters(document: &Document, owner: &Location) -> Vec<Location> {
    let entries = document.elements(&owner.member("parameters"));
    let targets = entries.filter_map(|entry| document.resolve(&entry).ok());
    targets.collect()
}
