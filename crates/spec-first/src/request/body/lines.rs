//! A body of JSON values on lines of their own, read one after another.

use std::rc::Rc;
use std::sync::Arc;

use actix_web::web::{Bytes, BytesMut};
use futures_util::stream::{self, Stream, StreamExt};
use serde_json::Value;

use super::receive::Chunks;
use crate::problem::{Part, Problem, Violation};
use crate::request::violation::{invalid_request, violation};
use crate::schema::{Dialect, Schema, truncate};
use crate::serialization::json;

/// The lines of a body that is still to be read.
pub(crate) struct Lines {
    chunks: Chunks,
    /// What has been received and is not yet read.
    buffer: BytesMut,
    is_complete: bool,
    /// How many lines have been read.
    number: usize,
    /// How many of them were items.
    count: usize,
    /// The longest line, in bytes.
    limit: usize,
    /// Of each item.
    schema: Option<Arc<Schema>>,
    dialect: Dialect,
    /// Whether the type of the items, and its rules, accept only what the schema accepts.
    pub is_proven: bool,
}

impl Lines {
    pub(super) fn new(
        limit: usize,
        schema: Option<Arc<Schema>>,
        dialect: Dialect,
        chunks: Chunks,
    ) -> Self {
        Self {
            chunks,
            buffer: BytesMut::new(),
            is_complete: false,
            number: 0,
            count: 0,
            limit,
            schema,
            dialect,
            is_proven: false,
        }
    }

    /// The same lines, whose items need no check by their schema.
    pub(super) fn proven(self) -> Self {
        Self {
            is_proven: true,
            ..self
        }
    }

    /// The items that `read` makes of lines; they end at the first problem.
    pub fn items<T>(
        self,
        read: impl Fn(&Self, &[u8]) -> Result<T, Problem>,
    ) -> impl Stream<Item = Result<T, Problem>> {
        let read = Rc::new(read);
        stream::unfold(Some(self), move |lines| {
            let read = Rc::clone(&read);
            async move {
                let mut lines = lines?;
                match lines.item(&*read).await {
                    Ok(None) => None,
                    Ok(Some(item)) => Some((Ok(item), Some(lines))),
                    Err(problem) => Some((Err(problem.rejection()), None)),
                }
            }
        })
        .fuse()
    }

    /// The next item. Lines without one are skipped.
    async fn item<T>(
        &mut self,
        read: &impl Fn(&Self, &[u8]) -> Result<T, Problem>,
    ) -> Result<Option<T>, Problem> {
        while let Some(line) = self.line().await? {
            let is_blank = line.iter().all(u8::is_ascii_whitespace);
            if !is_blank {
                self.count += 1;
                return read(self, &line).map(Some);
            }
        }
        Ok(None)
    }

    /// The next line, without its end.
    async fn line(&mut self) -> Result<Option<BytesMut>, Problem> {
        let mut searched = 0;
        loop {
            let found = self.buffer[searched..]
                .iter()
                .position(|byte| *byte == b'\n');
            let end = found.map(|found| searched + found);
            if end.unwrap_or(self.buffer.len()) > self.limit {
                return Err(self.too_long());
            }
            if let Some(end) = end {
                self.number += 1;
                let mut line = self.buffer.split_to(end + 1);
                line.truncate(end);
                return Ok(Some(line));
            }
            searched = self.buffer.len();
            match self.more().await? {
                Some(chunk) => self.buffer.extend_from_slice(&chunk),
                None if self.buffer.is_empty() => return Ok(None),
                None => self.buffer.extend_from_slice(b"\n"),
            }
        }
    }

    async fn more(&mut self) -> Result<Option<Bytes>, Problem> {
        if self.is_complete {
            return Ok(None);
        }
        let chunk = self.chunks.next().await.transpose()?;
        self.is_complete = chunk.is_none();
        Ok(chunk)
    }

    fn too_long(&self) -> Problem {
        let detail = format!(
            "line {} of the body is longer than {} bytes",
            self.number + 1,
            self.limit
        );
        Problem::new(actix_web::http::StatusCode::PAYLOAD_TOO_LARGE, detail)
    }

    /// A line as a value that the schema of the items accepts.
    ///
    /// # Errors
    /// 400.
    pub fn check(&self, line: &[u8]) -> Result<Value, Problem> {
        // The line is named by its number, and a place in it by its column alone.
        let value = json::parse(line, self.dialect).map_err(|error| {
            self.invalid(truncate(error.replace(" at line 1 column", " at column")))
        })?;
        let Some(schema) = &self.schema else {
            return Ok(value);
        };
        schema.validate(value).map_err(|rejection| {
            let found = rejection.first_violation();
            invalid_request(vec![Violation {
                pointer: Some(format!("/{}{}", self.count - 1, found.pointer)),
                keyword: found.keyword,
                schema: found.schema,
                ..violation(Part::Body, None, found.detail)
            }])
        })
    }

    fn invalid(&self, detail: String) -> Problem {
        invalid_request(vec![Violation {
            pointer: Some(format!("/{}", self.count - 1)),
            ..violation(Part::Body, None, detail)
        }])
    }
}
