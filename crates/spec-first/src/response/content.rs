//! The content of a response: a media type, and the schema of the body.

use std::sync::Arc;

use actix_web::http::header::HeaderValue;
use serde_json::Value;

use crate::schema::{MediaType, Rejection, Schema, Violation};
use crate::spec::document::ContentEntry;
use crate::spec::schemas::Schemas;

/// A media type, and the schema of its content.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    pub header: HeaderValue,
    schema: Option<Arc<Schema>>,
}

impl Content {
    pub fn load(
        entry: &ContentEntry,
        media_type: &MediaType,
        schemas: &Schemas,
    ) -> Result<Self, String> {
        let name = match media_type.is_range() {
            true => "application/json",
            false => entry.media_type.as_str(),
        };
        let header = HeaderValue::from_str(name).map_err(|error| format!("{name:?}: {error}"))?;
        let schema = entry.schema.as_deref();
        Ok(Self {
            header,
            schema: schema.map(|reference| schemas.response(reference)),
        })
    }

    /// The violations in a body, each with its place.
    pub fn violations(&self, body: Value) -> Vec<String> {
        let schema = self.schema.as_ref();
        let rejection = schema.and_then(|schema| schema.validate(body).err());
        let violations = rejection.as_ref().map(Rejection::violations);
        let violations = violations.unwrap_or_default();
        violations.iter().map(describe).collect()
    }
}

fn describe(violation: &Violation) -> String {
    let (pointer, detail) = (&violation.pointer, &violation.detail);
    let schema = violation.schema.as_deref().unwrap_or("a pattern");
    format!("body at {pointer:?}: {detail} ({schema})")
}
