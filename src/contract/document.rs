//! `contract.json` as the build wrote it: the spec's documents and the table of its operations.
//!
//! A *reference* is `FILE#POINTER`: a file of the spec and a JSON pointer into it, not percent-encoded.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::problem::Part;

/// The author's files by name, with every schema as pure JSON Schema of the dialect.
pub(super) type Files = BTreeMap<String, Value>;

/// The whole of `contract.json`.
#[derive(Debug, Deserialize)]
pub(super) struct Document {
    pub dialect: Dialect,
    pub base_paths: Vec<String>,
    /// The files as a request sees them.
    pub requests: Files,
    /// The files as a response sees them, where that differs.
    pub responses: Option<Files>,
    pub operations: Vec<OperationEntry>,
}

/// Which JSON Schema the schemas are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) enum Dialect {
    /// Swagger 2.0 and OpenAPI 3.0.
    #[serde(rename = "draft4")]
    Draft4,
    /// OpenAPI 3.1.
    #[serde(rename = "2020-12")]
    Draft202012,
}

#[derive(Debug, Deserialize)]
pub(super) struct OperationEntry {
    pub id: String,
    pub method: String,
    /// The path's template, without the base path.
    pub path: String,
    /// Reference to the operation.
    pub pointer: String,
    pub parameters: Vec<ParameterEntry>,
    pub body: Option<BodyEntry>,
    pub responses: Vec<ResponseEntry>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ParameterEntry {
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
pub(super) enum JsonType {
    Integer,
    Number,
    Boolean,
    Null,
    String,
    Array,
    Object,
}

#[derive(Debug, Deserialize)]
pub(super) struct BodyEntry {
    pub required: bool,
    pub content: Vec<ContentEntry>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ResponseEntry {
    /// `200`, `2XX` or `default`.
    pub status: String,
    pub content: Vec<ContentEntry>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ContentEntry {
    pub media_type: String,
    /// Reference to the schema, if there is one.
    pub schema: Option<String>,
}
