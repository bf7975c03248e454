//! The translated schemas, known to a validator by their addresses, as the server's validators will know them.

use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};

use crate::document::Document;
use crate::grammar::Version;
use crate::location::Location;
use crate::reference;

/// The translated schemas of a document.
pub(crate) struct Schemas<'a> {
    draft: Draft,
    registry: Option<Registry<'a>>,
}

impl<'a> Schemas<'a> {
    /// Those in `files`, translated from `document`.
    pub fn new(document: &Document, files: &'a Value) -> Schemas<'a> {
        let draft = draft(document);
        Schemas {
            draft,
            registry: registry(document, files, draft),
        }
    }

    /// A validator for the schema at `location`; none if there is no schema that can be compiled.
    pub fn validator(&self, location: &Location) -> Option<Validator> {
        let options = jsonschema::options()
            .with_draft(self.draft)
            .should_validate_formats(true)
            .with_registry(self.registry.as_ref()?);
        let schema = json!({ "$ref": reference::address(location) });
        options.build(&schema).ok()
    }
}

/// The JSON Schema that the document's schemas are translated to.
pub(crate) fn draft(document: &Document) -> Draft {
    if document.version() == Version::OpenApi31 {
        Draft::Draft202012
    } else {
        Draft::Draft4
    }
}

/// What a resource is part of has to be the very same value, so that none is copied.
fn registry<'a>(document: &Document, files: &'a Value, draft: Draft) -> Option<Registry<'a>> {
    let mut builder = Registry::new().draft(draft);
    for (file, schemas) in files.as_object()? {
        let root = Location::root(&file.as_str().into());
        let resource = draft.create_resource_ref(schemas);
        builder = builder.add(reference::address(&root), resource).ok()?;
    }
    for scope in document.identifiers().scopes() {
        if let Some(schema) = files[&*scope.file].pointer(&scope.pointer) {
            let resource = draft.create_resource_ref(schema);
            let address = reference::resource_address(&scope);
            builder = builder.add(address, resource).ok()?;
        }
    }
    builder.prepare().ok()
}
