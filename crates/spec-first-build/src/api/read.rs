//! Reads the API from a document that follows all rules.

use std::collections::HashSet;

use serde_json::Value;

use super::member::text;
use super::model::Api;
use super::{failures, names, operations, security};
use crate::document::{Document, servers};
use crate::schema::Schemas;
use crate::text::Location;

/// The API of `document`; the defaults of the schemas at `ignored_defaults` are ignored.
pub fn read(document: &Document, schemas: &Schemas, ignored_defaults: Vec<Location>) -> Api {
    let root = document.value(&document.root()).unwrap_or(&Value::Null);
    let mut operations = operations::read(document, schemas, &ignored_defaults);
    names::fill(&mut operations);
    failures::find_own(document, schemas, &mut operations);
    let requirements = operations
        .iter()
        .flat_map(|it| it.security.iter().flatten());
    let used: HashSet<_> = requirements.map(|it| it.scheme.clone()).collect();
    Api {
        base_paths: servers::base_paths(document),
        title: text(&root["info"], "title").unwrap_or_default(),
        operations,
        schemes: security::schemes(document, |name| used.contains(name)),
        ignored_defaults,
    }
}
