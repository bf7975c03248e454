//! The bytes of a request's body, as they arrive.

use std::fmt;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::web::{Bytes, BytesMut};
use futures_util::stream::{LocalBoxStream, Stream, StreamExt};

use super::writer::Writer;
use crate::problem::Problem;

/// A request's body that is not read into memory: a stream of its bytes, at most as many as the server's limit allows
/// (`--upload-limit`, `x-body-limit` or `maxLength` in the spec). It ends with a problem where the body is longer (413), does not
/// arrive (408) or breaks off (400), which a handler returns with `?`.
///
/// ```
/// use spec_first::body::Upload;
/// use spec_first::problem::Problem;
///
/// async fn store(photo: Upload) -> Result<u64, Problem> {
///     photo.save("/var/lib/photos/1.jpg").await
/// }
/// ```
pub struct Upload {
    chunks: LocalBoxStream<'static, Result<Bytes, Problem>>,
    content_type: String,
    length: Option<usize>,
}

impl Upload {
    pub(crate) fn new(
        chunks: LocalBoxStream<'static, Result<Bytes, Problem>>,
        content_type: String,
        length: Option<usize>,
    ) -> Self {
        Self {
            chunks,
            content_type,
            length,
        }
    }

    /// The value of the header `Content-Type`, with its parameters.
    #[must_use]
    pub fn content_type(&self) -> &str {
        &self.content_type
    }

    /// How many bytes there are, if the client has said so; never more than the limit.
    #[must_use]
    pub fn length(&self) -> Option<usize> {
        self.length
    }

    /// All bytes, in memory.
    ///
    /// # Errors
    /// As the stream: 413, 408 or 400.
    pub async fn bytes(mut self) -> Result<Bytes, Problem> {
        let mut bytes = BytesMut::new();
        while let Some(chunk) = self.chunks.next().await {
            bytes.extend_from_slice(&chunk?);
        }
        Ok(bytes.freeze())
    }

    /// Writes all bytes to a file, which is replaced if there is one; how many there were. The file appears under its name when it
    /// is complete, and is left as it was otherwise.
    ///
    /// # Errors
    /// As the stream; 500 if the file cannot be written.
    pub async fn save(mut self, path: impl AsRef<Path>) -> Result<u64, Problem> {
        let mut writer = Writer::named(path.as_ref())?;
        while let Some(chunk) = self.chunks.next().await {
            writer = writer.write(chunk?).await?;
        }
        writer.persist().await
    }
}

impl Stream for Upload {
    type Item = Result<Bytes, Problem>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.chunks.poll_next_unpin(context)
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut upload = formatter.debug_struct("Upload");
        upload.field("content_type", &self.content_type);
        upload.field("length", &self.length);
        upload.finish_non_exhaustive()
    }
}
