//! A download as a response.

use std::io::{self, Read};
use std::sync::Arc;

use actix_files::NamedFile;
use actix_web::body::BoxBody;
use actix_web::http::header::{
    CONTENT_DISPOSITION, CONTENT_RANGE, CONTENT_TYPE, HeaderValue, TryIntoHeaderValue,
};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::stream::{self, Stream};

use super::stream::body;
use crate::body::{Download, Source};
use crate::problem::Problem;

/// How many bytes of a file are read at once.
const CHUNK: u64 = 64 * 1024;

/// The response of an operation with a download as its body.
///
/// # Errors
/// 412 or 416 if the file does not meet the conditions of the request; a 500 if a header cannot be sent.
pub(crate) fn respond(
    operation: &str,
    request: &HttpRequest,
    status: StatusCode,
    media_type: HeaderValue,
    download: Download,
) -> Result<HttpResponse, Problem> {
    let mut response = match download.source {
        Source::File(file) if is_conditional(request, status) => conditional(request, *file)?,
        source => HttpResponse::with_body(status, whole(operation, source)),
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, media_type);
    if let Some(disposition) = download.disposition {
        let disposition = disposition.try_into_value().map_err(Problem::internal)?;
        headers.insert(CONTENT_DISPOSITION, disposition);
    }
    Ok(response)
}

/// Whether the conditions of a request apply: they select a representation, and by now any other method has done its work.
fn is_conditional(request: &HttpRequest, status: StatusCode) -> bool {
    request.method() == Method::GET && status == StatusCode::OK
}

/// The file, or a part of it, or that the client has it.
fn conditional(request: &HttpRequest, file: NamedFile) -> Result<HttpResponse, Problem> {
    let file = file.disable_content_disposition();
    let response = file.into_response(request);
    let problem = match response.status() {
        StatusCode::PRECONDITION_FAILED => "the file is another one than the request requires",
        StatusCode::RANGE_NOT_SATISFIABLE => "the file has no such range of bytes",
        StatusCode::BAD_REQUEST => "the header Range is malformed",
        _ => return Ok(response),
    };
    let problem = Problem::new(response.status(), problem);
    let range = response.headers().get(CONTENT_RANGE);
    Err(match range {
        Some(range) => problem.with_header(CONTENT_RANGE, range.clone()),
        None => problem,
    })
}

fn whole(operation: &str, source: Source) -> BoxBody {
    match source {
        Source::Bytes(bytes) => BoxBody::new(bytes),
        Source::Stream { stream, length } => body(operation, length, stream),
        Source::File(file) => {
            let length = file.metadata().len();
            body(operation, Some(length), read(*file))
        }
    }
}

/// The bytes of a file, read by a thread that may block.
fn read(file: NamedFile) -> impl Stream<Item = Result<Bytes, Problem>> {
    let file = Arc::new(file);
    stream::try_unfold(file, |file| async move {
        let reader = Arc::clone(&file);
        let chunk = web::block(move || read_chunk(&reader)).await;
        let chunk = chunk.map_err(Problem::internal)?;
        let chunk = chunk.map_err(Problem::internal)?;
        Ok((!chunk.is_empty()).then_some((chunk, file)))
    })
}

fn read_chunk(file: &NamedFile) -> io::Result<Bytes> {
    let mut chunk = Vec::new();
    file.file().take(CHUNK).read_to_end(&mut chunk)?;
    Ok(chunk.into())
}
