//! The translated schemas, compiled as the server compiles them, so that the build accepts the values that the server accepts.

use std::sync::Arc;

use serde_json::Value;
use spec_first::schema::{Checks, Compiler, Schema, SchemaMap, Violation};

use crate::document::Document;
use crate::text::Location;

/// Compiles the translated schemas of a document.
pub(crate) struct Validators<'a>(Option<Compiler<'a>>);

impl<'a> Validators<'a> {
    /// Validators for the schemas in `files`, translated from `document`.
    pub fn new(document: &Document, files: &'a Value) -> Validators<'a> {
        Validators(compiler(document, files))
    }

    /// The schema at `location`, if it can be compiled.
    pub fn one(&self, location: &Location) -> Option<Arc<Schema>> {
        let reference = location.to_string();
        let mut schemas = self.0.as_ref()?.compile([reference.as_str()]).ok()?;
        schemas.remove(&reference)
    }

    /// The schemas at `locations`. None of them accepts anything if one can't be compiled.
    pub fn many(&self, locations: impl Iterator<Item = Location>) -> ManyValidator {
        let references = locations.map(|location| location.to_string());
        let references: Vec<_> = references.collect();
        let references = references.iter().map(String::as_str);
        let compiler = self.0.as_ref();
        let schemas = compiler.and_then(|compiler| compiler.compile(references).ok());
        ManyValidator(schemas.unwrap_or_default())
    }
}

fn compiler<'a>(document: &Document, files: &'a Value) -> Option<Compiler<'a>> {
    let resources = document.schema_ids().scopes();
    let resources = resources.iter().map(ToString::to_string).collect();
    let (main_file, dialect) = (document.root().file, document.version().dialect());
    let compiler = Compiler::new(
        files.as_object()?,
        resources,
        &main_file,
        dialect,
        Checks::default(),
    );
    // What many schemas share is most of a large spec, and a build validates few values by it.
    compiler.ok().map(Compiler::sharing)
}

/// Validates values by any of many schemas.
pub(crate) struct ManyValidator(SchemaMap);

impl ManyValidator {
    /// Whether the schema at `location` accepts `value`.
    pub fn accepts(&self, location: &Location, value: &Value) -> bool {
        let schema = self.0.get(&location.to_string());
        schema.is_some_and(|schema| schema.validate(value.clone()).is_ok())
    }

    /// The first violation of the schema at `location` in `value`; none if it accepts it, or if the schemas can't be compiled.
    pub fn rejection(&self, location: &Location, value: &Value) -> Option<Violation> {
        let schema = self.0.get(&location.to_string())?;
        let rejection = schema.validate(value.clone()).err()?;
        Some(rejection.first_violation())
    }
}
