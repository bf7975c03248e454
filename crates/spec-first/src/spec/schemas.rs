//! The compiled schemas of a contract, as requests and as responses see them.

use std::sync::Arc;

use super::document::Document;
use crate::schema::{Checks, Compiler, Files, Schema, SchemaMap};
use crate::settings::{ReadOnly, Settings};

/// The compiled schemas of a document.
pub(crate) struct Schemas {
    requests: SchemaMap,
    /// None if responses see the same as requests.
    responses: Option<SchemaMap>,
}

impl Schemas {
    /// Compiles every schema of a document that an operation refers to.
    ///
    /// # Errors
    /// A sentence that names a reference that leads nowhere, or to a value that is not a schema.
    pub fn compile(document: &Document, settings: &Settings) -> Result<Self, String> {
        let (requests, responses) = (document.request_schemas(), document.response_schemas());
        let compile = |files| compiler(document, files, settings);
        let Some(files) = &document.responses else {
            let all = requests.chain(responses);
            return Ok(Self {
                requests: compile(&document.requests)?.compile(all)?,
                responses: None,
            });
        };
        Ok(Self {
            requests: compile(&document.requests)?.compile(requests)?,
            responses: Some(compile(files)?.compile(responses)?),
        })
    }

    /// The schema at a reference of the document, as requests see it.
    pub fn request(&self, reference: &str) -> Arc<Schema> {
        Arc::clone(&self.requests[reference])
    }

    /// The schema at a reference of the document, as responses see it.
    pub fn response(&self, reference: &str) -> Arc<Schema> {
        let schemas = self.responses.as_ref().unwrap_or(&self.requests);
        Arc::clone(&schemas[reference])
    }
}

fn compiler<'f>(
    document: &'f Document,
    files: &'f Files,
    settings: &Settings,
) -> Result<Compiler<'f>, String> {
    let checks = Checks {
        formats: settings.formats,
        reject_read_only: settings.read_only == ReadOnly::Refuse,
    };
    let (main_file, dialect) = (document.main_file(), document.dialect);
    Compiler::new(
        files,
        document.resources.clone(),
        main_file,
        dialect,
        checks,
    )
}
