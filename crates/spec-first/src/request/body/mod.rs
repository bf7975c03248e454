//! The body of a request: received within its limits, parsed and validated.
//!
//! Every body is JSON so far. Forms would be further kinds of [`Content`], each with its own parser.

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap};
use actix_web::web::Payload;
use futures_util::StreamExt;
use serde_json::Value;
use tokio::time::timeout;

use crate::problem::{Part, Problem, Violation};
use crate::request::violation::{invalid_request, violation};
use crate::schema::{self, Dialect, MediaType, Rejection, Schema, quote, truncate};
use crate::serialization::json;
use crate::settings::Settings;
use crate::spec::document::{BodyEntry, ContentEntry};
use crate::spec::schemas::Schemas;

/// Of a longer body only the first violation is reported: all of them take up to 400 bytes for two of the body, and a hostile
/// client could send many.
const MAX_EXPLAINED_LENGTH: usize = 64 * 1024;

/// The body that an operation accepts.
#[derive(Debug)]
pub(crate) struct Body {
    required: bool,
    content: Vec<Content>,
    dialect: Dialect,
}

#[derive(Debug)]
struct Content {
    media_type: MediaType,
    schema: Option<Arc<Schema>>,
}

impl Body {
    pub fn load(entry: &BodyEntry, dialect: Dialect, schemas: &Schemas) -> Result<Self, String> {
        let content = entry.content.iter();
        Ok(Self {
            required: entry.required,
            content: content
                .map(|entry| Content::load(entry, schemas))
                .collect::<Result<_, _>>()?,
            dialect,
        })
    }

    /// The validated body of a request; none if there is none and none is required.
    ///
    /// # Errors
    /// 415, 413, 408 or 400.
    pub async fn read(
        &self,
        request: &HttpRequest,
        payload: Payload,
        settings: &Settings,
    ) -> Result<Option<Value>, Problem> {
        let receiving = self.receive(request.headers(), payload, settings.body_limit);
        let received = timeout(settings.body_timeout, receiving).await;
        let received = received.map_err(|_| timed_out())??;
        match received {
            Some((content, bytes)) => self.check(content, &bytes).map(Some),
            None if self.required => Err(invalid_request(vec![absent()])),
            None => Ok(None),
        }
    }

    /// The bytes of the body and the declared content that they are.
    async fn receive(
        &self,
        headers: &HeaderMap,
        mut payload: Payload,
        limit: usize,
    ) -> Result<Option<(&Content, Vec<u8>)>, Problem> {
        let length = content_length(headers);
        let mut bytes = Vec::with_capacity(length.unwrap_or(0).min(limit));
        if length.is_none() {
            // Whether a chunked body is empty is known only after its first byte; an empty one needs no content type.
            receive_some(&mut payload, &mut bytes, limit).await?;
        }
        if length.unwrap_or(bytes.len()) == 0 {
            return Ok(None);
        }
        let content = self.content(headers)?;
        if length.is_some_and(|length| length > limit) {
            return Err(Problem::content_too_large(limit));
        }
        while receive_some(&mut payload, &mut bytes, limit).await? {}
        Ok(Some((content, bytes)))
    }

    /// The declared content of the request's `Content-Type`.
    fn content(&self, headers: &HeaderMap) -> Result<&Content, Problem> {
        let encoding = headers.get(CONTENT_ENCODING);
        if encoding.is_some_and(|encoding| encoding != "identity") {
            let detail = "the body has a Content-Encoding; expected none";
            return Err(Problem::unsupported_media_type(detail));
        }
        let header = headers.get(CONTENT_TYPE);
        let header = header.map(|header| header.to_str().unwrap_or_default());
        let media_type = header.and_then(MediaType::parse);
        let content = media_type.and_then(|media_type| self.closest(&media_type));
        content.ok_or_else(|| self.unexpected(header))
    }

    /// The declared content that describes the media type most specifically; of several, the first.
    fn closest(&self, media_type: &MediaType) -> Option<&Content> {
        let closeness = |content: &&Content| content.media_type.closeness(media_type);
        let candidates = self.content.iter().rev();
        let candidates = candidates.filter(|content| closeness(content) > 0);
        candidates.max_by_key(closeness)
    }

    fn unexpected(&self, header: Option<&str>) -> Problem {
        let expected = self.content.iter();
        let expected: Vec<_> = expected.map(|it| it.media_type.to_string()).collect();
        let found = match header {
            Some(header) => format!("the Content-Type is {}", quote(header)),
            None => "the body has no Content-Type".to_owned(),
        };
        Problem::unsupported_media_type(format!("{found}; expected {}", expected.join(" or ")))
    }

    fn check(&self, content: &Content, bytes: &[u8]) -> Result<Value, Problem> {
        let value = json::parse(bytes, self.dialect)
            .map_err(|error| invalid_request(vec![violation(Part::Body, None, truncate(error))]))?;
        match &content.schema {
            Some(schema) => schema
                .validate(value)
                .map_err(|rejection| explain(&rejection, bytes.len())),
            None => Ok(value),
        }
    }
}

impl Content {
    fn load(entry: &ContentEntry, schemas: &Schemas) -> Result<Self, String> {
        let schema = entry.schema.as_deref();
        Ok(Self {
            media_type: MediaType::declared(&entry.media_type)?,
            schema: schema.map(|reference| schemas.request(reference)),
        })
    }
}

fn explain(rejection: &Rejection<'_>, length: usize) -> Problem {
    let violations = match length {
        0..=MAX_EXPLAINED_LENGTH => rejection.violations(),
        _ => vec![rejection.first_violation()],
    };
    invalid_request(violations.into_iter().map(locate).collect())
}

fn locate(violation: schema::Violation) -> Violation {
    Violation {
        part: Part::Body,
        name: None,
        pointer: Some(violation.pointer),
        keyword: violation.keyword,
        schema: violation.schema,
        detail: violation.detail,
    }
}

fn absent() -> Violation {
    Violation {
        keyword: Some("required".to_owned()),
        ..violation(Part::Body, None, "it is required")
    }
}

fn timed_out() -> Problem {
    Problem::request_timeout("the body did not arrive in time")
}

fn content_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Waits for more of the body; false at its end.
async fn receive_some(
    payload: &mut Payload,
    bytes: &mut Vec<u8>,
    limit: usize,
) -> Result<bool, Problem> {
    let Some(chunk) = payload.next().await else {
        return Ok(false);
    };
    let chunk = chunk.map_err(|error| Problem::bad_request(format!("body: {error}")))?;
    if bytes.len() + chunk.len() > limit {
        return Err(Problem::content_too_large(limit));
    }
    bytes.extend_from_slice(&chunk);
    Ok(true)
}
