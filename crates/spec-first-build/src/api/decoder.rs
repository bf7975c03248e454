//! An operation whose bodies are read.

use serde_json::Value;

use crate::document::Document;
use crate::schema::Schemas;
use crate::text::Location;

/// Finds what the contents of one operation are decoded by.
pub(super) struct Decoder<'a> {
    pub document: &'a Document,
    pub schemas: &'a Schemas<'a>,
    pub item: &'a Location,
    pub operation: &'a Location,
}

impl Decoder<'_> {
    /// A bound for the length of a binary string.
    pub fn length(&self, schema: &Location, keyword: &str) -> Option<u64> {
        let (_, schema) = self.document.resolved(schema)?;
        schema.get(keyword).and_then(Value::as_u64)
    }
}
