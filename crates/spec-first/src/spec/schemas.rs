//! The schemas of a contract, as requests and as responses see them, each compiled when it validates the first value.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use foldhash::fast::FixedState;
use serde_json::{Map, Value};

use super::document::{Document, View};
use super::source::Source;
use crate::schema::{Checks, Compiler, LazyRules, Library, Schema};
use crate::settings::{ReadOnly, Settings};

/// Schemas by the references to them, which are the build's own, so that no client can make them collide.
type ByReference = HashMap<Arc<str>, Arc<Schema>, FixedState>;

/// The schemas of a document.
pub(crate) struct Schemas {
    requests: ByReference,
    responses: ByReference,
    formats: bool,
}

impl Schemas {
    /// Every schema that an operation of `document`, of the contract in `source`, refers to.
    pub fn new(source: &'static Source, document: &Document, settings: &Settings) -> Self {
        let origin = Origin {
            source,
            document,
            checks: Checks {
                formats: settings.formats,
                reject_read_only: settings.read_only == ReadOnly::Refuse,
            },
        };
        Self {
            requests: origin.schemas(View::Request, document.request_schemas()),
            responses: origin.schemas(View::Response, document.response_schemas()),
            formats: settings.formats,
        }
    }

    /// The schema at a reference of the document, as requests see it.
    pub fn request(&self, reference: &str) -> Arc<Schema> {
        Arc::clone(&self.requests[reference])
    }

    /// The schema at a reference of the document, as responses see it.
    pub fn response(&self, reference: &str) -> Arc<Schema> {
        Arc::clone(&self.responses[reference])
    }

    /// The rules in an entry of the document.
    pub fn rules(&self, entry: Option<&Map<String, Value>>) -> Option<LazyRules> {
        entry.map(|rules| LazyRules::new(rules.clone(), self.formats))
    }
}

/// What schemas are compiled from.
struct Origin<'d> {
    source: &'static Source,
    document: &'d Document,
    checks: Checks,
}

impl Origin<'_> {
    /// The schemas at `references`, as `view` sees them.
    fn schemas<'r>(&self, view: View, references: impl Iterator<Item = &'r str>) -> ByReference {
        let references: BTreeSet<_> = references.collect();
        let references: Vec<Arc<str>> = references.into_iter().map(Arc::from).collect();
        let library = Arc::new(self.library(view, references.clone()));
        let schemas = references.into_iter();
        let schemas = schemas.map(|it| (Arc::clone(&it), Arc::new(library.schema(it))));
        schemas.collect()
    }

    fn library(&self, view: View, references: Vec<Arc<str>>) -> Library {
        let (source, checks, dialect) = (self.source, self.checks, self.document.dialect);
        let main_file = self.document.main_file().to_owned();
        Library::new(references, move || {
            let files = source.schemas()?;
            let seen = match (&files.responses, view) {
                (Some(responses), View::Response) => responses,
                _ => &files.requests,
            };
            Compiler::new(seen, files.resources.clone(), &main_file, dialect, checks)
        })
    }
}
