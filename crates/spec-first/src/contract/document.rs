//! `contract.json` as the build wrote it: the spec's documents and the table of its operations.
//!
//! A *reference* is `FILE#POINTER`: a file of the spec and a JSON pointer into it, not percent-encoded.

use serde::Deserialize;
use serde_json::Value;

use crate::problem::Part;
use crate::schema::{Dialect, Files};

/// The whole of `contract.json`.
#[derive(Debug, Deserialize)]
pub(crate) struct Document {
    pub dialect: Dialect,
    pub base_paths: Vec<String>,
    /// The files as a request sees them.
    pub requests: Files,
    /// The files as a response sees them, where that differs.
    pub responses: Option<Files>,
    /// References to the schemas that are resources of their own, the outer ones first.
    #[serde(default)]
    pub resources: Vec<String>,
    pub operations: Vec<OperationEntry>,
    /// What the generated enums choose from.
    #[serde(default)]
    pub unions: Vec<UnionEntry>,
}

/// A list of `oneOf` or `anyOf` that an enum is made from.
#[derive(Debug, Deserialize)]
pub(crate) struct UnionEntry {
    pub seen: Seen,
    /// References to the schemas in it.
    pub branches: Vec<String>,
}

/// Whose view of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum Seen {
    #[serde(rename = "requests")]
    ByRequests,
    #[serde(rename = "responses")]
    ByResponses,
}

impl Document {
    /// The references to schemas that apply to requests.
    pub fn request_schemas(&self) -> impl Iterator<Item = &str> {
        let parameters = self.operations.iter().flat_map(|it| &it.parameters);
        let bodies = self.operations.iter().flat_map(|it| &it.body);
        let contents = bodies.flat_map(|body| &body.content);
        let contents = contents.filter_map(|content| content.schema.as_deref());
        let schemas = parameters.map(|it| it.schema.as_str()).chain(contents);
        schemas.chain(self.branches(Seen::ByRequests))
    }

    /// The references to schemas that apply to responses.
    pub fn response_schemas(&self) -> impl Iterator<Item = &str> {
        let responses = || self.operations.iter().flat_map(|it| &it.responses);
        let contents = responses().flat_map(|response| &response.content);
        let contents = contents.filter_map(|content| content.schema.as_deref());
        let headers = responses().flat_map(|response| &response.headers);
        let schemas = contents.chain(headers.map(|header| header.schema.as_str()));
        schemas.chain(self.branches(Seen::ByResponses))
    }

    fn branches(&self, seen: Seen) -> impl Iterator<Item = &str> {
        let unions = self.unions.iter().filter(move |union| union.seen == seen);
        unions.flat_map(|union| &union.branches).map(String::as_str)
    }

    /// The file that the operations stand in.
    pub fn main_file(&self) -> &str {
        let first = self.operations.first();
        let pointer = first.and_then(|operation| operation.pointer.split_once('#'));
        pointer.map_or("", |(file, _)| file)
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct OperationEntry {
    pub id: String,
    pub method: String,
    /// The path's template, without the base path.
    pub path: String,
    /// Reference to the operation.
    pub pointer: String,
    pub parameters: Vec<ParameterEntry>,
    /// Names of query parameters that are in the spec, but not among these, since nobody reads them yet.
    #[serde(default)]
    pub unread: Vec<String>,
    pub body: Option<BodyEntry>,
    pub responses: Vec<ResponseEntry>,
    /// Why it cannot be answered yet.
    #[serde(default)]
    pub unserved: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ParameterEntry {
    pub name: String,
    #[serde(rename = "in")]
    pub part: Part,
    pub required: bool,
    /// Reference to the schema.
    pub schema: String,
    /// The JSON types that the schema allows; empty if it allows all.
    #[serde(default)]
    pub types: Vec<JsonType>,
    #[serde(default)]
    pub default: Option<Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum JsonType {
    Integer,
    Number,
    Boolean,
    Null,
    String,
    Array,
    Object,
}

#[derive(Debug, Deserialize)]
pub(crate) struct BodyEntry {
    pub required: bool,
    pub content: Vec<ContentEntry>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ResponseEntry {
    /// `200`, `2XX` or `default`.
    pub status: String,
    pub content: Vec<ContentEntry>,
    #[serde(default)]
    pub headers: Vec<HeaderEntry>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct HeaderEntry {
    pub name: String,
    pub required: bool,
    /// Reference to the schema.
    pub schema: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ContentEntry {
    pub media_type: String,
    /// Reference to the schema, if there is one.
    pub schema: Option<String>,
}
