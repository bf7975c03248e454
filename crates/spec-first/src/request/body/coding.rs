//! Content codings (RFC 9110, 8.4): a body is decoded piece by piece, so that no more of it than a piece is in memory, however
//! small it was before.

use std::io;

use actix_web::error::PayloadError;
use actix_web::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, HeaderMap, HeaderValue};
use actix_web::web::Bytes;
use async_compression::futures::bufread::{BrotliDecoder, GzipDecoder, ZlibDecoder};
use futures_util::io::{AsyncRead, AsyncReadExt};
use futures_util::stream::{self, LocalBoxStream, Stream, StreamExt, TryStreamExt};
use tokio::task::yield_now;

use crate::problem::Problem;
use crate::schema::quote;

/// The codings that are decoded, as the answer to another one lists them (RFC 9110, 15.5.16, and RFC 7694).
const SUPPORTED: &str = "gzip, br, deflate, identity";

/// How many codings one body may have.
const MAX_CODINGS: usize = 3;

/// The size of a decoded piece, in bytes.
const PIECE: usize = 16 * 1024;

/// A coding that is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Coding {
    Gzip,
    Brotli,
    /// The zlib format (RFC 9110, 8.4.1.2).
    Deflate,
}

/// The codings of a body, in the order in which they were applied.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Codings(Vec<Coding>);

/// The chunks of a body.
type Chunks = LocalBoxStream<'static, Result<Bytes, PayloadError>>;

impl Codings {
    /// The codings that the header `Content-Encoding` names.
    ///
    /// # Errors
    /// A 415 for a coding that is not supported.
    pub fn parse(headers: &HeaderMap) -> Result<Self, Problem> {
        let mut codings = Vec::new();
        for value in headers.get_all(CONTENT_ENCODING) {
            let text = value.to_str().map_err(|_| unsupported("?"))?;
            for name in text.split(',').map(str::trim) {
                codings.extend(coding(name)?);
            }
        }
        match codings.len() {
            0..=MAX_CODINGS => Ok(Self(codings)),
            _ => Err(unsupported("more than three codings")),
        }
    }

    /// Whether the body is as it was sent.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The decoded chunks.
    pub fn decode(
        &self,
        chunks: impl Stream<Item = Result<Bytes, PayloadError>> + 'static,
    ) -> Chunks {
        let codings = self.0.iter().rev();
        codings.fold(chunks.boxed_local(), |chunks, coding| coding.decode(chunks))
    }
}

/// The coding of this name; none if it changes nothing.
fn coding(name: &str) -> Result<Option<Coding>, Problem> {
    match name.to_ascii_lowercase().as_str() {
        "" | "identity" => Ok(None),
        "gzip" | "x-gzip" => Ok(Some(Coding::Gzip)),
        "br" => Ok(Some(Coding::Brotli)),
        "deflate" => Ok(Some(Coding::Deflate)),
        _ => Err(unsupported(name)),
    }
}

fn unsupported(name: &str) -> Problem {
    let detail = format!(
        "the Content-Encoding is {}; expected {SUPPORTED}",
        quote(name)
    );
    let supported = HeaderValue::from_static(SUPPORTED);
    Problem::unsupported_media_type(detail).with_header(ACCEPT_ENCODING, supported)
}

impl Coding {
    fn decode(self, chunks: Chunks) -> Chunks {
        let encoded = chunks.map_err(io::Error::other).into_async_read();
        match self {
            Self::Gzip => {
                let mut decoder = GzipDecoder::new(encoded);
                decoder.multiple_members(true);
                pieces(decoder)
            }
            Self::Brotli => pieces(BrotliDecoder::new(encoded)),
            Self::Deflate => pieces(ZlibDecoder::new(encoded)),
        }
    }
}

/// What a decoder reads, piece by piece.
fn pieces(decoder: impl AsyncRead + Unpin + 'static) -> Chunks {
    let next = |decoder: Option<_>| async {
        let mut decoder = decoder?;
        // A small chunk may be decoded to many pieces, and other requests wait for the same thread.
        yield_now().await;
        match piece(&mut decoder).await {
            Ok(piece) if piece.is_empty() => None,
            Ok(piece) => Some((Ok(piece), Some(decoder))),
            Err(error) => Some((Err(payload_error(error)), None)),
        }
    };
    stream::unfold(Some(decoder), next).fuse().boxed_local()
}

async fn piece(decoder: &mut (impl AsyncRead + Unpin)) -> io::Result<Bytes> {
    let mut piece = vec![0; PIECE];
    let length = decoder.read(&mut piece).await?;
    piece.truncate(length);
    Ok(piece.into())
}

/// The error of the body itself, or else that it is not what its coding says.
fn payload_error(error: io::Error) -> PayloadError {
    let error = error.downcast::<PayloadError>();
    error.unwrap_or(PayloadError::EncodingCorrupted)
}
