//! The headers of a part of a multipart form.

use std::sync::Arc;

use actix_web::http::header::HeaderMap;

use crate::problem::Violation;
use crate::schema::Schema;
use crate::serialization::{Shape, scalar};
use crate::spec::document::HeaderEntry;
use crate::spec::schemas::Schemas;

/// A header as the spec declares it.
#[derive(Debug)]
pub(super) struct Header {
    name: String,
    required: bool,
    schema: Arc<Schema>,
}

impl Header {
    pub fn load(entry: &HeaderEntry, schemas: &Schemas) -> Self {
        Self {
            name: entry.name.clone(),
            required: entry.required,
            schema: schemas.request(&entry.schema),
        }
    }

    /// Why the headers of a part are not valid; `violation` makes one of its field.
    pub fn check(
        &self,
        headers: &HeaderMap,
        violation: impl Fn(String) -> Violation,
    ) -> Option<Violation> {
        let Some(value) = headers.get(&self.name) else {
            let detail = format!("its part has no header {}", self.name);
            return self.required.then(|| violation(detail));
        };
        let Ok(text) = std::str::from_utf8(value.as_bytes()) else {
            return Some(violation(format!("its header {} is not UTF-8", self.name)));
        };
        let violations = scalar(text, &Shape::default()).check(&self.schema).err()?;
        let first = violations.into_iter().next()?;
        let detail = format!("its header {}: {}", self.name, first.detail);
        Some(Violation {
            keyword: first.keyword,
            schema: first.schema,
            ..violation(detail)
        })
    }
}
