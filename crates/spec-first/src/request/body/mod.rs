//! The body of a request: its content is chosen by the media type, received within its limits, decoded and validated.
//!
//! ```text
//! media type (415), coding (415), length (413) → received: in memory, or as a stream → decoded by its format → checked
//! ```

mod coding;
mod fields;
mod form;
mod lines;
mod multipart;
mod parameters;
mod part_headers;
mod receive;
mod text;

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_TYPE, HeaderMap};
use serde_json::Value;
use tokio::time::Instant;

pub(crate) use self::lines::Lines;
pub(crate) use self::receive::awaited_until;
#[cfg(test)]
pub(crate) use self::receive::waiting_until;

use self::coding::Codings;
use self::fields::Fields;
use self::receive::{Incoming, content_length};
use crate::body::{Parts, Upload};
use crate::problem::{Part, Problem, Violation};
use crate::request::violation::{invalid_request, violation};
use crate::schema::{self, Dialect, Format, MediaType, Rejection, Schema, quote, truncate};
use crate::serialization::{Shape, json, scalar};
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
    /// The longest one in bytes, in place of the limit in the settings (`x-body-limit`).
    limit: Option<usize>,
    dialect: Dialect,
}

/// One of the media types that a body may have.
#[derive(Debug)]
pub(crate) struct Content {
    /// As the spec writes it.
    pub name: String,
    media_type: MediaType,
    format: Format,
    schema: Option<Arc<Schema>>,
    /// The longest one in bytes (`maxLength` of a binary string).
    max_length: Option<usize>,
    /// What a text may mean.
    shape: Shape,
    /// Those of a form.
    fields: Fields,
    /// Whether the type of the body, and its rules, accept only what the schema accepts.
    is_proven: bool,
}

/// A body that was received.
pub(crate) struct Received {
    /// The index of the declared content that it is.
    pub content: usize,
    pub value: Decoded,
}

/// What a body is decoded as, by its format.
pub(crate) enum Decoded {
    /// A validated value, and the files in it.
    Value(Value, Parts),
    /// JSON that is still to be validated: by the type that it is read as, or else by its schema.
    Json(Vec<u8>),
    /// Bytes that are still to be read.
    Upload(Upload),
    /// Items that are still to be read.
    Lines(Lines),
}

impl Body {
    pub fn load(entry: &BodyEntry, dialect: Dialect, schemas: &Schemas) -> Result<Self, String> {
        let content = entry.content.iter();
        let content = content.map(|entry| Content::load(entry, schemas));
        Ok(Self {
            required: entry.required,
            content: content.collect::<Result<_, _>>()?,
            limit: entry.limit,
            dialect,
        })
    }

    /// The declared content at `index`.
    pub fn content(&self, index: usize) -> Option<&Content> {
        self.content.get(index)
    }

    /// The JSON of the declared content at `index`, as a value that its schema accepts.
    ///
    /// # Errors
    /// 400.
    pub fn check_json(&self, index: usize, bytes: &[u8]) -> Result<Value, Problem> {
        self.content[index].check_json(bytes, self.dialect)
    }

    /// The body of a request; none if there is none and none is required. A value is validated; what is a stream is read by the
    /// application.
    ///
    /// # Errors
    /// 415, 413, 408 or 400.
    pub async fn read(
        &self,
        request: &HttpRequest,
        payload: Payload,
        settings: &Settings,
    ) -> Result<Option<Received>, Problem> {
        let headers = request.headers();
        let deadline = Instant::now() + settings.body_timeout;
        let length = content_length(headers);
        let Some(incoming) = Incoming::begin(length, payload, deadline).await? else {
            return match self.required {
                true => Err(invalid_request(vec![absent()])),
                false => Ok(None),
            };
        };
        let codings = Codings::parse(headers)?;
        let index = self.chosen(headers)?;
        let content = &self.content[index];
        content.check_charset(headers)?;
        let limit = self.limit(content, settings);
        if length.is_some_and(|length| length > limit) {
            return Err(Problem::content_too_large(limit));
        }
        let receiver = Receiver {
            headers,
            length,
            incoming,
            codings,
            limit,
            deadline,
            settings,
        };
        let value = content.receive(receiver, self.dialect).await?;
        Ok(Some(Received {
            content: index,
            value,
        }))
    }

    /// The longest body of this content, in bytes.
    fn limit(&self, content: &Content, settings: &Settings) -> usize {
        let general = match content.format {
            Format::Json | Format::Form | Format::Text | Format::Events => settings.body_limit,
            Format::Multipart | Format::Lines | Format::Binary => settings.upload_limit,
        };
        let limit = self.limit.unwrap_or(general);
        content.max_length.map_or(limit, |length| length.min(limit))
    }

    /// The index of the content that the `Content-Type` of a request names.
    fn chosen(&self, headers: &HeaderMap) -> Result<usize, Problem> {
        let header = headers.get(CONTENT_TYPE);
        if let ([content], Some(header)) = (self.content.as_slice(), header)
            && header.as_bytes() == content.name.as_bytes()
            && !content.media_type.is_range()
        {
            return Ok(0);
        }
        let header = header.map(|header| header.to_str().unwrap_or_default());
        let index = header.and_then(|header| self.closest(header));
        index.ok_or_else(|| self.unexpected(header))
    }

    /// The index of the content that describes the media type most specifically, with the parameters that agree best; of several, the
    /// first.
    fn closest(&self, header: &str) -> Option<usize> {
        let media_type = MediaType::parse(header)?;
        let closeness = |index: &usize| self.content[*index].media_type.closeness(&media_type);
        let candidates = (0..self.content.len()).rev();
        let candidates = candidates.filter(|index| closeness(index) > 0);
        candidates.max_by_key(|index| {
            let agreement = parameters::agreement(&self.content[*index].name, header);
            (closeness(index), agreement)
        })
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
}

/// A body that is about to be received.
struct Receiver<'r> {
    headers: &'r HeaderMap,
    /// In bytes, as it is sent, if it is known before its end.
    length: Option<usize>,
    incoming: Incoming,
    codings: Codings,
    /// In bytes.
    limit: usize,
    deadline: Instant,
    settings: &'r Settings,
}

impl Content {
    fn load(entry: &ContentEntry, schemas: &Schemas) -> Result<Self, String> {
        let schema = entry.schema.as_deref();
        Ok(Self {
            name: entry.media_type.clone(),
            media_type: MediaType::declared(&entry.media_type)?,
            format: entry.format,
            schema: schema.map(|reference| schemas.request(reference)),
            max_length: entry.max_length,
            shape: entry.shape.clone(),
            fields: Fields::load(&entry.fields, schemas)?,
            is_proven: entry.proven.is_some(),
        })
    }

    async fn receive(&self, receiver: Receiver<'_>, dialect: Dialect) -> Result<Decoded, Problem> {
        let without_files = |value| Decoded::Value(value, Parts::default());
        let strict = receiver.settings.strict;
        let in_memory = receiver.settings.body_limit.min(receiver.limit);
        match self.format {
            Format::Json => {
                let bytes = receiver.in_memory().await?;
                if self.is_proven {
                    return Ok(Decoded::Json(bytes));
                }
                self.check_json(&bytes, dialect).map(without_files)
            }
            Format::Text | Format::Events => {
                let text = text::parse(receiver.in_memory().await?)?;
                self.check_text(text).map(without_files)
            }
            Format::Form => {
                let text = text::parse(receiver.in_memory().await?)?;
                let schema = self.schema.as_deref();
                let value = form::read(&text, &self.fields, schema, dialect, strict);
                value.map(without_files)
            }
            Format::Multipart => {
                let multipart = multipart::Receiver {
                    fields: &self.fields,
                    dialect,
                    strict,
                    left: in_memory,
                    limit: in_memory,
                };
                let (headers, schema) = (receiver.headers, self.schema.as_deref());
                let received = multipart.receive(headers, receiver.streamed(), schema);
                // In a box, so that bodies of other formats are received without room for it.
                let (value, files) = Box::pin(received).await?;
                Ok(Decoded::Value(value, files))
            }
            Format::Lines => {
                let schema = self.schema.clone();
                let lines = Lines::new(in_memory, schema, dialect, receiver.streamed());
                Ok(Decoded::Lines(match self.is_proven {
                    true => lines.proven(),
                    false => lines,
                }))
            }
            Format::Binary => Ok(Decoded::Upload(receiver.upload())),
        }
    }

    /// The text as a value that the schema accepts.
    fn check_text(&self, text: String) -> Result<Value, Problem> {
        let Some(schema) = &self.schema else {
            return Ok(Value::from(text));
        };
        let checked = scalar(&text, &self.shape).check(schema);
        checked.map_err(|violations| invalid_request(violations.into_iter().map(locate).collect()))
    }

    /// The JSON as a value that the schema accepts.
    fn check_json(&self, bytes: &[u8], dialect: Dialect) -> Result<Value, Problem> {
        let value = json::parse(bytes, dialect).map_err(|error| malformed(&error))?;
        self.check(value, bytes.len())
    }

    fn check(&self, value: Value, length: usize) -> Result<Value, Problem> {
        match &self.schema {
            Some(schema) => schema
                .validate(value)
                .map_err(|rejection| explain(&rejection, length)),
            None => Ok(value),
        }
    }

    /// Text is received in UTF-8, or in ASCII, which is a part of it.
    fn check_charset(&self, headers: &HeaderMap) -> Result<(), Problem> {
        match self.format {
            Format::Form | Format::Text | Format::Events | Format::Lines => {
                text::check_charset(headers)
            }
            Format::Json | Format::Multipart | Format::Binary => Ok(()),
        }
    }
}

fn malformed(error: &dyn std::fmt::Display) -> Problem {
    invalid(truncate(error))
}

fn invalid(detail: impl Into<String>) -> Problem {
    invalid_request(vec![violation(Part::Body, None, detail)])
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
