//! Validators for the translated schemas, which find them by their URIs, as the server's validators do.

use std::collections::HashMap;

use jsonschema::{Draft, Registry, Validator};
use serde_json::{Map, Value, json};

use crate::checks;
use crate::document::{Document, Version, reference};
use crate::text::Location;

/// Makes validators for the translated schemas of a document.
pub(crate) struct Validators<'a> {
    draft: Draft,
    registry: Option<Registry<'a>>,
}

impl<'a> Validators<'a> {
    /// Validators for the schemas in `files`, translated from `document`.
    pub fn new(document: &Document, files: &'a Value) -> Validators<'a> {
        let draft = draft(document);
        Validators {
            draft,
            registry: registry(document, files, draft),
        }
    }

    /// A validator for the schema at `location`; none if there is no schema that can be compiled.
    pub fn validator(&self, location: &Location) -> Option<Validator> {
        self.build(&json!({ "$ref": reference::address(location) }))
    }

    /// One validator for the schemas at `locations`.
    pub fn many(&self, locations: impl Iterator<Item = Location>) -> ManyValidator {
        let members: HashMap<_, _> = locations
            .map(|location| (location.clone(), reference::address(&location)))
            .collect();
        let properties = members
            .values()
            .map(|address| (address.clone(), json!({ "$ref": address })));
        let properties: Map<_, _> = properties.collect();
        ManyValidator {
            validator: self.build(&json!({ "properties": properties })),
            members,
        }
    }

    fn build(&self, schema: &Value) -> Option<Validator> {
        let options = checks::options(self.draft).with_registry(self.registry.as_ref()?);
        options.build(schema).ok()
    }
}

/// Validates values by any of many schemas. It is the validator of an object with a member for each schema: one validator per
/// schema would compile again all that they share, which is most of a large spec.
pub(crate) struct ManyValidator {
    validator: Option<Validator>,
    members: HashMap<Location, String>,
}

impl ManyValidator {
    /// Whether the schema at `location` accepts `value`; never if the schemas can't be compiled.
    pub fn accepts(&self, location: &Location, value: &Value) -> bool {
        let (Some(validator), Some(member)) = (&self.validator, self.members.get(location)) else {
            return false;
        };
        validator.is_valid(&json!({ member: value }))
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

/// Resources are borrowed from the files: a resource has to be the very value inside of its file, not a copy.
fn registry<'a>(document: &Document, files: &'a Value, draft: Draft) -> Option<Registry<'a>> {
    let mut builder = Registry::new().draft(draft);
    for (file, schemas) in files.as_object()? {
        let root = Location::root(&file.as_str().into());
        let resource = draft.create_resource_ref(schemas);
        builder = builder.add(reference::address(&root), resource).ok()?;
    }
    for scope in document.schema_ids().scopes() {
        if let Some(schema) = files[&*scope.file].pointer(&scope.pointer) {
            let resource = draft.create_resource_ref(schema);
            let address = reference::resource_address(&scope);
            builder = builder.add(address, resource).ok()?;
        }
    }
    builder.prepare().ok()
}
