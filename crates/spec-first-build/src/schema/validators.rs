//! The translated schemas, compiled as the server compiles them, so that the build accepts the values that the server accepts.

use std::sync::Arc;

use serde_json::Value;
use spec_first::schema::{Checks, Compiler, Schema, SchemaMap, Violation};

use crate::document::Document;
use crate::text::{Fault, Location};

/// Compiles the translated schemas of a document.
pub(crate) struct Validators<'a>(Result<Compiler<'a>, String>);

impl<'a> Validators<'a> {
    /// Validators for the schemas in `files`, translated from `document`.
    pub fn new(document: &Document, files: &'a Value) -> Validators<'a> {
        Validators(compiler(document, files))
    }

    /// The schema at `location`, if it can be compiled.
    pub fn one(&self, location: &Location) -> Option<Arc<Schema>> {
        let reference = location.to_string();
        let mut schemas = self.0.as_ref().ok()?.compile([reference.as_str()]).ok()?;
        schemas.remove(&reference)
    }

    /// The schemas at `locations`. None of them accepts anything if one can't be compiled.
    pub fn many(&self, locations: impl Iterator<Item = Location>) -> ManyValidator {
        let references = locations.map(|location| location.to_string());
        let references: Vec<_> = references.collect();
        let references = references.iter().map(String::as_str);
        let compiler = self.0.as_ref().ok();
        let schemas = compiler.and_then(|compiler| compiler.compile(references).ok());
        ManyValidator(schemas.unwrap_or_default())
    }

    /// A fault for each of the schemas at `locations` that the server could not compile.
    pub fn faults(&self, document: &Document, locations: &[Location]) -> Vec<Fault> {
        let compiler = match &self.0 {
            Ok(compiler) => compiler,
            Err(error) => return vec![document.fault(&document.root(), uncompiled(error))],
        };
        let references = locations.iter().map(ToString::to_string);
        let references: Vec<_> = references.collect();
        let all = references.iter().map(String::as_str);
        if compiler.compile(all).is_ok() {
            return Vec::new();
        }
        let schemas = locations.iter().zip(&references);
        let faults = schemas.filter_map(|(location, reference)| {
            let error = compiler.compile([reference.as_str()]).err()?;
            Some(document.fault(location, uncompiled(&error)))
        });
        faults.collect()
    }
}

fn uncompiled(error: &str) -> String {
    format!("The server cannot load this schema: {error}. Change what the sentence names.")
}

fn compiler<'a>(document: &Document, files: &'a Value) -> Result<Compiler<'a>, String> {
    let resources = document.schema_ids().scopes();
    let resources = resources.iter().map(ToString::to_string).collect();
    let (main_file, dialect) = (document.root().file, document.version().dialect());
    let compiler = Compiler::new(
        files.as_object().ok_or("there are no schemas")?,
        resources,
        &main_file,
        dialect,
        Checks::default(),
    );
    // What many schemas share is most of a large spec, and a build validates few values by it.
    compiler.map(Compiler::sharing)
}

/// Validates values by any of many schemas.
pub(crate) struct ManyValidator(SchemaMap);

impl ManyValidator {
    /// Whether the schema at `location` accepts `value`.
    pub fn accepts(&self, location: &Location, value: &Value) -> bool {
        let schema = self.0.get(&location.to_string());
        schema.is_some_and(|schema| schema.validate(value.clone()).is_ok())
    }

    /// The violations of the schema at `location` in `value`; none if the schemas can't be compiled.
    pub fn violations(&self, location: &Location, value: &Value) -> Vec<Violation> {
        let schema = self.0.get(&location.to_string());
        let rejection = schema.and_then(|schema| schema.validate(value.clone()).err());
        rejection.map_or_else(Vec::new, |rejection| rejection.violations())
    }

    /// The first violation of the schema at `location` in `value`; none if it accepts it, or if the schemas can't be compiled.
    pub fn rejection(&self, location: &Location, value: &Value) -> Option<Violation> {
        let schema = self.0.get(&location.to_string())?;
        let rejection = schema.validate(value.clone()).err()?;
        Some(rejection.first_violation())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_schema_that_does_not_compile_is_a_fault_at_its_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("swagger.yml");
        let text = "swagger: '2.0'\ninfo: {title: A, version: '1'}\npaths: {}\ndefinitions:\n  A: {}\n  B: {}\n";
        std::fs::write(&path, text).expect("written");
        let document = Document::read(&path).expect("a document");
        let files =
            json!({ "swagger.yml": { "definitions": { "A": { "$ref": "#/b" }, "B": {} } } });
        let definitions = document.root().member("definitions");
        let places = ["A", "B"].map(|name| definitions.member(name));
        let faults = Validators::new(&document, &files).faults(&document, &places);
        let [fault] = faults.as_slice() else {
            panic!("{faults:?}");
        };
        let start = "swagger.yml:5:3: /definitions/A: The server cannot load this schema: ";
        assert!(fault.to_string().starts_with(start), "{fault}");
        let faults = Validators::new(&document, &files).faults(&document, &places[1..]);
        assert_eq!(faults, []);
    }
}
