//! What is wrong with a request, and where.

use serde::{Deserialize, Serialize};

/// One place where a request breaks the contract.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Violation {
    /// Where in the request it is.
    #[serde(rename = "in")]
    pub part: Part,
    /// The parameter's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// A JSON pointer to the value, within the body or the parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// The keyword of the schema that is broken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keyword: Option<String>,
    /// A JSON pointer to that keyword in the author's document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// What is wrong, as a sentence.
    pub detail: String,
}

/// The part of a request that contains a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// A parameter in the path.
    Path,
    /// A parameter in the query.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
    /// The body.
    Body,
}

impl Part {
    /// As it is on the wire.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Body => "body",
        }
    }
}
