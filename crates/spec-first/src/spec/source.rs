//! The embedded files of a contract: the table of its operations, and the schemas that it refers to.

use std::sync::OnceLock;

use serde::Deserialize;

use super::document::{About, Document};
use crate::schema::Files;

/// The files as the build embeds them. The schemas are parsed once, when the first of them is needed.
#[derive(Debug)]
pub(crate) struct Source {
    contract: &'static str,
    schemas: &'static str,
    parsed: OnceLock<Result<SchemaFiles, String>>,
}

/// The whole of `schemas.json`: every file of the spec, with its schemas as JSON Schema.
#[derive(Debug, Deserialize)]
pub(crate) struct SchemaFiles {
    /// The files as a request sees them.
    pub requests: Files,
    /// The files as a response sees them, where that differs.
    pub responses: Option<Files>,
    /// References to the schemas that are resources of their own, the outer ones first.
    #[serde(default)]
    pub resources: Vec<String>,
}

impl Source {
    pub const fn new(contract: &'static str, schemas: &'static str) -> Self {
        Self {
            contract,
            schemas,
            parsed: OnceLock::new(),
        }
    }

    /// The table of the operations.
    ///
    /// # Errors
    /// A sentence: `contract.json` is none of this version of the crate.
    pub fn document(&self) -> Result<Document, String> {
        let document: Document =
            serde_json::from_str(self.contract).map_err(|error| error.to_string())?;
        let (theirs, ours) = (&document.version, env!("CARGO_PKG_VERSION"));
        match theirs == ours {
            true => Ok(document),
            false => Err(format!(
                "contract.json is of version {theirs} of spec-first-build, and this is version {ours} of spec-first; they have to be the same"
            )),
        }
    }

    /// What the spec contains about itself.
    ///
    /// # Errors
    /// A sentence: `contract.json` is none of this version of the crate.
    pub fn about(&self) -> Result<About, String> {
        #[derive(Deserialize)]
        struct Part {
            about: About,
        }
        let part: Result<Part, _> = serde_json::from_str(self.contract);
        part.map(|part| part.about)
            .map_err(|error| error.to_string())
    }

    /// The spec's files with their schemas.
    ///
    /// # Errors
    /// A sentence: `schemas.json` is none of this version of the crate.
    pub fn schemas(&self) -> Result<&SchemaFiles, String> {
        let parsed = self.parsed.get_or_init(|| {
            let parsed = serde_json::from_str(self.schemas);
            parsed.map_err(|error| format!("schemas.json cannot be read: {error}"))
        });
        parsed.as_ref().map_err(Clone::clone)
    }
}
