//! The parameters of an operation.

use serde_json::Value;

use super::media_types;
use super::member::{flag, text};
use super::model::Parameter;
use super::shapes::Shapes;
use crate::document::{Document, Part, Serialization, Style, Version, parameters};
use crate::schema::{self, Schemas};
use crate::text::Location;

/// How deep the parts of a parameter are inside each other, where its style has parts in parts.
const DEEPEST: usize = 8;

/// Reads parameters; the defaults of the schemas at `ignored_defaults` are ignored.
pub(super) struct Reader<'a> {
    pub document: &'a Document,
    pub schemas: &'a Schemas<'a>,
    pub ignored_defaults: &'a [Location],
}

impl Reader<'_> {
    /// The parameters of the operation at `operation` in the item `item` of `path`; the operation's override the item's. Those of a
    /// form are its body.
    pub fn read(&self, path: &str, item: &Location, operation: &Location) -> Vec<Parameter> {
        let own = self.listed(operation);
        let mut parameters = self.listed(item);
        parameters.retain(|inherited| {
            !own.iter()
                .any(|own| own.part == inherited.part && own.is_named(&inherited.name))
        });
        parameters.extend(own);
        parameters.retain(|parameter| {
            parameter.part != Part::FormData
                && !is_described_elsewhere(self.document, parameter)
                && is_sent(path, parameter)
        });
        parameters
    }

    fn listed(&self, owner: &Location) -> Vec<Parameter> {
        let places = parameters(self.document, owner);
        places.iter().filter_map(|at| self.parameter(at)).collect()
    }

    fn parameter(&self, location: &Location) -> Option<Parameter> {
        let document = self.document;
        let value = document.value(location)?;
        let content = media_types::described(document, location);
        let schema = match (document.version(), content.first()) {
            (Version::Swagger2, _) => location.clone(),
            (_, Some(content)) => content.schema.clone(),
            _ => location.member("schema"),
        };
        let part = Part::of(value)?;
        let serialization = Serialization::of(document.version(), value, part);
        let depth = match (document.version(), serialization.style, content.is_empty()) {
            (.., false) => 0,
            (Version::Swagger2, ..) | (_, Style::DeepObject, _) => DEEPEST,
            _ => 2,
        };
        Some(Parameter {
            name: text(value, "name")?,
            part,
            required: flag(value, "required") || part == Part::Path,
            description: text(value, "description"),
            deprecated: flag(value, "deprecated"),
            shape: Shapes::of(document, self.schemas, &schema, depth),
            // An absent parameter without a default is null already.
            default: schema::default(document, self.ignored_defaults, &schema)
                .filter(|default| !default.is_null()),
            serialization,
            allow_empty: allows_empty(value),
            location: location.clone(),
            schema,
            content,
        })
    }
}

/// Whether an empty value stands for an absent one, which only query parameters allow (OpenAPI 3.1.1, section 4.8.12.2.1; the
/// editions before, and 2.0, allow the empty value without a meaning for it). A required one cannot be absent, so its schema
/// decides.
fn allows_empty(parameter: &Value) -> bool {
    flag(parameter, "allowEmptyValue")
        && !flag(parameter, "required")
        && Part::of(parameter) == Some(Part::Query)
}

/// Whether a request can have the parameter: one of the path does if the path has its name.
fn is_sent(path: &str, parameter: &Parameter) -> bool {
    parameter.part != Part::Path || path.contains(&format!("{{{}}}", parameter.name))
}

/// Headers that OpenAPI 3 describes by media types and security, and ignores as parameters (3.1, section 4.8.12.2).
fn is_described_elsewhere(document: &Document, parameter: &Parameter) -> bool {
    let elsewhere = ["Accept", "Content-Type", "Authorization"];
    document.version().is_openapi3()
        && parameter.part == Part::Header
        && elsewhere.iter().any(|name| parameter.is_named(name))
}
