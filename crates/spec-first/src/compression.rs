//! Compression of responses.

use std::io::{self, Write};

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::ServiceResponse;
use actix_web::http::header::{self, AcceptEncoding, Encoding, HeaderMap, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{HttpMessage, HttpResponse};
use flate2::Compression;
use flate2::write::GzEncoder;

/// The shortest body that is compressed, in bytes: a shorter one fits a packet anyway.
const SHORTEST: u64 = 1024;

/// Compresses the body of a response that [`is_compressible`] with gzip, if the client accepts that.
///
/// Only bodies that are whole in memory; a stream is not compressed. Not actix-web's `Compress`: that compresses bodies of
/// ten bytes too, and omits `Vary` from the responses that it does not compress.
pub fn compress(response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let gzip = accepts_gzip(response.request());
    let (request, mut response) = response.into_parts();
    response
        .headers_mut()
        .append(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    let response = if gzip { compressed(response) } else { response };
    ServiceResponse::new(request, response)
}

/// Whether a client prefers gzip to an unencoded body, or accepts both equally.
pub fn accepts_gzip(request: &impl HttpMessage) -> bool {
    let supported = [Encoding::gzip(), Encoding::identity()];
    let accepted = request.get_header::<AcceptEncoding>();
    accepted.is_some_and(|it| it.negotiate(supported.iter()) == Some(Encoding::gzip()))
}

/// Whether the body is long enough, and text.
pub fn is_compressible(response: &HttpResponse) -> bool {
    if !matches!(response.body().size(), BodySize::Sized(size) if size >= SHORTEST) {
        return false;
    }
    // A strong validator identifies the exact bytes, and a range is a part of them: whoever sets these has chosen the encoding.
    let chosen = [
        header::CONTENT_ENCODING,
        header::ETAG,
        header::CONTENT_RANGE,
    ];
    let is_encoded = chosen
        .iter()
        .any(|name| response.headers().contains_key(name));
    !is_encoded && is_text(response.headers())
}

fn is_text(headers: &HeaderMap) -> bool {
    let media_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|it| it.to_str().ok())
        .unwrap_or("");
    ["json", "text/", "xml", "yaml", "javascript"]
        .iter()
        .any(|text| media_type.contains(text))
}

fn compressed(response: HttpResponse) -> HttpResponse {
    let (head, body) = response.into_parts();
    let plain = match body.try_into_bytes() {
        Ok(plain) => plain,
        Err(stream) => return head.set_body(stream),
    };
    let Ok(gzip) = gzip(&plain) else {
        return head.set_body(BoxBody::new(plain));
    };
    let mut response = head.set_body(BoxBody::new(gzip));
    response
        .headers_mut()
        .insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    response
}

/// Fast rather than small: it blocks the worker's thread.
fn gzip(plain: &[u8]) -> io::Result<Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(plain)?;
    encoder.finish().map(Bytes::from)
}
