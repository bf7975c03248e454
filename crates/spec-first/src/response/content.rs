//! The content of a response: a media type, and the schema of the body or of each item in it.

use std::sync::Arc;

use actix_web::http::header::HeaderValue;
use serde::Serialize;
use serde_json::Value;

use crate::request::accept::MediaRange;
use crate::schema::{Format, MediaType, Rejection, Schema};
use crate::spec::document::{ContentEntry, Proven};
use crate::spec::schemas::Schemas;

/// A media type, and the schema of its content.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    /// As the spec writes it.
    pub declared: String,
    pub range: MediaRange,
    pub format: Format,
    /// The `Content-Type` that is sent; none for a range of which a body names its own type.
    pub header: Option<HeaderValue>,
    schema: Option<Arc<Schema>>,
    /// If the type of the body, and its rules, accept only what the schema accepts.
    pub proven: Option<Proven>,
}

impl Content {
    pub fn load(entry: &ContentEntry, schemas: &Schemas) -> Result<Self, String> {
        let name = entry.media_type.as_str();
        let range = MediaRange::parse(name).ok_or_else(|| format!("{name:?} is no media type"))?;
        let sent = sent_as(name, &range, entry.format);
        let header = sent.as_deref().map(HeaderValue::from_str).transpose();
        let schema = entry.schema.as_deref();
        Ok(Self {
            declared: name.to_owned(),
            range,
            format: entry.format,
            header: header.map_err(|error| format!("{name:?}: {error}"))?,
            schema: schema.map(|reference| schemas.response(reference)),
            proven: entry.proven,
        })
    }

    /// The media type, without parameters.
    pub fn media_type(&self) -> &MediaType {
        self.range.media_type()
    }

    /// Whether the schema accepts a body, or an item of it. If not, [`Content::violations`] decides.
    pub fn accepts(&self, body: &impl Serialize) -> bool {
        let schema = self.schema.as_ref();
        schema.is_none_or(|schema| schema.accepts(body))
    }

    /// Whether a text in a body is known to be free, as [`Schema::is_free`] says; all are without a schema.
    pub fn is_free(&self, place: &str) -> bool {
        let schema = self.schema.as_ref();
        schema.is_none_or(|schema| schema.is_free(place))
    }

    /// The violations in a body, or in an item of it, each with its place; `part` is what is validated.
    pub fn violations(&self, part: &str, value: Value) -> Vec<String> {
        let schema = self.schema.as_ref();
        let rejection = schema.and_then(|schema| schema.validate(value).err());
        let violations = rejection.as_ref().map(Rejection::violations);
        let violations = violations.unwrap_or_default().into_iter();
        violations.map(|it| it.describe(part)).collect()
    }
}

/// The media type that is sent for a declared one. Text is UTF-8, which a recipient of `text/*` need not expect (RFC 2046, 4.1.2).
fn sent_as(name: &str, range: &MediaRange, format: Format) -> Option<String> {
    let media_type = range.media_type();
    let is_text = media_type.as_str().starts_with("text/");
    match format {
        Format::Json if media_type.is_range() => Some("application/json".to_owned()),
        Format::Text if media_type.is_range() => Some("text/plain; charset=utf-8".to_owned()),
        Format::Text if is_text => Some(match range.parameter("charset") {
            None => format!("{name}; charset=utf-8"),
            Some(charset) if charset.eq_ignore_ascii_case("utf-8") => name.to_owned(),
            Some(_) => format!("{media_type}; charset=utf-8"),
        }),
        _ if media_type.is_range() => None,
        _ => Some(name.to_owned()),
    }
}
