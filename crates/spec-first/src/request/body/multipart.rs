//! `multipart/form-data` (RFC 7578): fields and JSON in memory, files in temporary files.

use std::borrow::Cow;

use actix_multipart::{Field as Part, Multipart, MultipartError};
use actix_web::error::PayloadError;
use actix_web::http::header::HeaderMap;
use actix_web::web::Bytes;
use futures_util::stream::{StreamExt, TryStreamExt};
use serde_json::Value;

use super::fields::{Field, Fields, Form};
use super::receive::Chunks;
use super::{invalid, malformed, text};
use crate::body::{Parts, Spool};
use crate::problem::{Problem, Violation};
use crate::request::violation::invalid_request;
use crate::schema::{Dialect, MediaType, Schema, quote};
use crate::serialization::{Encoding, json};
use crate::spec::document::FieldKind;

/// How many parts a body may have.
const MAX_PARTS: usize = 1000;

/// How many temporary files one body may take: each is an open file.
const MAX_FILES: usize = 200;

/// The longest text that a schema may require of a file, in characters.
const MAX_NAME: u64 = 1 << 20;

/// Receives one body.
pub(super) struct Receiver<'r> {
    pub fields: &'r Fields,
    pub dialect: Dialect,
    pub strict: bool,
    /// How many bytes of what is no file may still be received into memory.
    pub left: usize,
    /// How many bytes that were at first.
    pub limit: usize,
}

impl Receiver<'_> {
    /// The validated value of a body, and the files in it.
    ///
    /// # Errors
    /// 400, 408, 413 or 415.
    pub async fn receive(
        mut self,
        headers: &HeaderMap,
        chunks: Chunks,
        schema: Option<&Schema>,
    ) -> Result<(Value, Parts), Problem> {
        let chunks = chunks.map_err(|problem| PayloadError::Io(std::io::Error::other(problem)));
        let mut multipart = Multipart::new(headers, chunks);
        let mut form = self.fields.form();
        let mut files = Parts::default();
        let (mut count, mut on_disk) = (0, 0);
        while let Some(part) = multipart.next().await {
            count += 1;
            if count > MAX_PARTS {
                return Err(invalid(format!("it has more than {MAX_PARTS} parts")));
            }
            on_disk += self
                .part(part.map_err(problem)?, &mut form, &mut files)
                .await?;
            if on_disk > MAX_FILES {
                return Err(invalid(format!("it has more than {MAX_FILES} large files")));
            }
        }
        let (dialect, strict) = (self.dialect, self.strict);
        let value = self
            .fields
            .check(form, schema, Encoding::Plain, dialect, strict)?;
        Ok((value, files))
    }

    /// Receives one part; how many temporary files it takes.
    async fn part(
        &mut self,
        part: Part,
        form: &mut Form<'static>,
        files: &mut Parts,
    ) -> Result<usize, Problem> {
        let fields = self.fields;
        let name = part
            .name()
            .ok_or_else(|| invalid("a part has no name"))?
            .to_owned();
        let Some((index, member)) = fields.owner(&name) else {
            let text = match file_name(&part) {
                Some(_) => self.skip(part).await?,
                None => self.text(part).await?,
            };
            form.add_unknown(name, Cow::Owned(text));
            return Ok(0);
        };
        let field = fields.field(index);
        check_head(field, &part)?;
        if field.kind == FieldKind::File {
            let spool = spool(field, part).await?;
            let on_disk = usize::from(spool.is_on_disk());
            let length = usize::try_from(field.min_length.min(MAX_NAME)).unwrap_or_default();
            let file = files.add(spool.finish().await?, length);
            form.add_value(index, Value::from(file));
            return Ok(on_disk);
        }
        let is_json = media_type(&part).is_some_and(|it| it.is_json());
        if member.is_none() && (is_json || field.kind == FieldKind::Json) {
            let bytes = self.bytes(part).await?;
            let value = json::parse(&bytes, self.dialect);
            let value = value.map_err(|error| misread(field, &error))?;
            form.add_value(index, value);
            return Ok(0);
        }
        let text = self.text(part).await?;
        form.add(index, member, Cow::Owned(text));
        Ok(0)
    }

    async fn text(&mut self, part: Part) -> Result<String, Problem> {
        let charset = part.content_type().and_then(|it| it.get_param("charset"));
        text::check_name(charset.map(|charset| charset.as_str()))?;
        text::parse(self.bytes(part).await?)
    }

    async fn bytes(&mut self, mut part: Part) -> Result<Vec<u8>, Problem> {
        let mut bytes = Vec::new();
        while let Some(chunk) = part.next().await {
            let chunk = chunk.map_err(problem)?;
            let left = self.left.checked_sub(chunk.len());
            self.left = left.ok_or_else(|| too_large(self.limit))?;
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    /// Receives a file that the spec does not declare, and keeps nothing of it.
    async fn skip(&mut self, mut part: Part) -> Result<String, Problem> {
        while let Some(chunk) = part.next().await {
            let _: Bytes = chunk.map_err(problem)?;
        }
        Ok(String::new())
    }
}

async fn spool(field: &Field, mut part: Part) -> Result<Spool, Problem> {
    let name = file_name(&part);
    let mut spool = Spool::new(name, part.headers().clone());
    while let Some(chunk) = part.next().await {
        spool.write(chunk.map_err(problem)?).await?;
        if let Some(most) = field.max_length.filter(|most| spool.length() > *most) {
            let detail = format!("the file is longer than {most} bytes");
            return Err(wrong_length(field, "maxLength", detail));
        }
    }
    if spool.length() < field.min_length {
        let detail = format!("the file is shorter than {} bytes", field.min_length);
        return Err(wrong_length(field, "minLength", detail));
    }
    Ok(spool)
}

fn wrong_length(field: &Field, keyword: &str, detail: String) -> Problem {
    invalid_request(vec![Violation {
        keyword: Some(keyword.to_owned()),
        ..field.violation(detail)
    }])
}

/// The name that the client has given a file. A browser names a file that nobody has chosen with an empty text.
fn file_name(part: &Part) -> Option<String> {
    let disposition = part.content_disposition()?;
    let extended = disposition.get_filename_ext();
    let extended = extended.and_then(|name| String::from_utf8(name.value.clone()).ok());
    extended.or_else(|| disposition.get_filename().map(str::to_owned))
}

fn media_type(part: &Part) -> Option<MediaType> {
    MediaType::parse(part.content_type()?.essence_str())
}

/// Checks the media type and the headers of a part. A part without a media type is plain text (RFC 7578, 4.4), or whatever is
/// expected where that is no file.
fn check_head(field: &Field, part: &Part) -> Result<(), Problem> {
    let found = media_type(part);
    let is_expected = |found: &MediaType| {
        let mut expected = field.media_types.iter();
        expected.any(|expected| expected.closeness(found) > 0)
    };
    let plain = || MediaType::parse("text/plain").is_some_and(|plain| is_expected(&plain));
    let is_accepted = match &found {
        Some(found) => is_expected(found),
        None => field.kind != FieldKind::File || plain(),
    };
    if !field.media_types.is_empty() && !is_accepted {
        return Err(unexpected(field, found.as_ref()));
    }
    let violations = field.headers.iter();
    let violations = violations
        .filter_map(|header| header.check(part.headers(), |detail| field.violation(detail)));
    let violations: Vec<_> = violations.collect();
    match violations.is_empty() {
        true => Ok(()),
        false => Err(invalid_request(violations)),
    }
}

fn unexpected(field: &Field, found: Option<&MediaType>) -> Problem {
    let expected: Vec<_> = field.media_types.iter().map(ToString::to_string).collect();
    let found = match found {
        Some(found) => format!("has the Content-Type {}", quote(found.as_str())),
        None => "has no Content-Type".to_owned(),
    };
    let name = quote(&field.name);
    let expected = expected.join(" or ");
    let detail = format!("the part {name} {found}; expected {expected}");
    Problem::unsupported_media_type(detail)
}

fn misread(field: &Field, error: &str) -> Problem {
    let violation = field.violation(crate::schema::truncate(error));
    invalid_request(vec![violation])
}

fn too_large(limit: usize) -> Problem {
    let detail = format!("the fields that are no files are longer than {limit} bytes together");
    Problem::new(actix_web::http::StatusCode::PAYLOAD_TOO_LARGE, detail)
}

/// The problem of the body itself, or else what is wrong with its form.
fn problem(error: MultipartError) -> Problem {
    let sentence = match error {
        MultipartError::Payload(PayloadError::Io(error)) => {
            return match error.downcast::<Problem>() {
                Ok(problem) => problem,
                Err(error) => malformed(&error),
            };
        }
        MultipartError::Payload(PayloadError::Overflow) => {
            "a line or the headers of a part are too long"
        }
        MultipartError::BoundaryMissing => "a boundary is missing",
        MultipartError::Incomplete => "it ends before its last boundary",
        MultipartError::ContentDispositionMissing => {
            "a part has no header Content-Disposition: form-data"
        }
        MultipartError::ContentDispositionNameMissing => "a part has no name",
        MultipartError::Nested => "a part has parts of its own, which is not supported",
        MultipartError::Parse(_) => "the headers of a part are malformed",
        _ => "it is malformed",
    };
    invalid(sentence)
}
