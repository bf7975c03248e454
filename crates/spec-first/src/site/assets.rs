//! Files that are part of the program, as responses: validators, compression, caching. It knows no path.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Read, Write};
use std::sync::{Arc, OnceLock};

use actix_web::http::header::{self, ETag, EntityTag, HeaderValue, IfNoneMatch};
use actix_web::web::Bytes;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, HttpResponseBuilder};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use crate::compression::accepts_gzip;

/// A file that never changes while the program runs. Nothing is computed of it before the first request.
#[derive(Clone)]
pub struct Asset {
    media_type: &'static str,
    headers: Vec<(header::HeaderName, HeaderValue)>,
    content: Content,
    /// Shared by all workers.
    representations: Arc<OnceLock<Representations>>,
}

/// A file as it is in the program.
#[derive(Clone)]
enum Content {
    Plain(Bytes),
    Gzip(&'static [u8]),
}

/// A file as it is sent.
struct Representations {
    /// Names the content in a strong validator.
    fingerprint: String,
    plain: OnceLock<Bytes>,
    /// Absent where compression does not make it shorter.
    gzip: Option<Bytes>,
}

impl Asset {
    /// A file of this media type; compressed once, for the first request, if that makes it shorter.
    pub fn new(media_type: &'static str, content: impl Into<Bytes>) -> Self {
        Self::of(media_type, Content::Plain(content.into()))
    }

    /// A file that is kept compressed, and is decompressed when the first client asks for it that does not accept gzip.
    pub fn compressed(media_type: &'static str, gzip: &'static [u8]) -> Self {
        Self::of(media_type, Content::Gzip(gzip))
    }

    fn of(media_type: &'static str, content: Content) -> Self {
        Self {
            media_type,
            headers: Vec::new(),
            content,
            representations: Arc::default(),
        }
    }

    /// The same file, always sent with these headers.
    pub fn with_headers(mut self, headers: &[(header::HeaderName, &'static str)]) -> Self {
        let headers = headers.iter();
        let headers = headers.map(|(name, value)| (name.clone(), HeaderValue::from_static(value)));
        self.headers.extend(headers);
        self
    }

    /// The same file, always sent with this header, whose value is made at the start.
    pub fn with_header_value(mut self, name: header::HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The response to GET or HEAD: the file, or 304 to a client that has it already.
    ///
    /// Clients may store the file, and validate it before each use (`no-cache`): a newer version of the program has other
    /// files under the same names.
    pub fn respond(&self, request: &HttpRequest) -> HttpResponse {
        let file = self.representations();
        let gzip = file.gzip.as_ref().filter(|_| accepts_gzip(request));
        let tag = file.tag(gzip.is_some());
        let varies = file.gzip.is_some();
        if has(request, &tag) {
            return self.head(HttpResponse::NotModified(), tag, varies).finish();
        }
        let mut response = self.head(HttpResponse::Ok(), tag, varies);
        response.content_type(self.media_type);
        if let Some(gzip) = gzip {
            return response
                .insert_header((header::CONTENT_ENCODING, "gzip"))
                .body(gzip.clone());
        }
        response.body(file.plain())
    }

    fn head(
        &self,
        mut response: HttpResponseBuilder,
        tag: EntityTag,
        varies: bool,
    ) -> HttpResponseBuilder {
        response
            .insert_header(ETag(tag))
            .insert_header((header::CACHE_CONTROL, "no-cache"));
        if varies {
            response.insert_header((header::VARY, "Accept-Encoding"));
        }
        for header in &self.headers {
            response.insert_header(header.clone());
        }
        response
    }

    fn representations(&self) -> &Representations {
        let content = &self.content;
        self.representations
            .get_or_init(|| Representations::of(content))
    }
}

impl Representations {
    fn of(content: &Content) -> Self {
        match content {
            Content::Plain(plain) => Self {
                fingerprint: fingerprint(plain),
                plain: plain.clone().into(),
                gzip: gzip(plain).ok().filter(|it| it.len() < plain.len()),
            },
            Content::Gzip(gzip) => Self {
                fingerprint: fingerprint(gzip),
                plain: OnceLock::new(),
                gzip: Some(Bytes::from_static(gzip)),
            },
        }
    }

    /// Each coding is a representation of its own, with its own validator (RFC 9110, section 8.8.3).
    fn tag(&self, gzip: bool) -> EntityTag {
        let coding = if gzip { "-gzip" } else { "" };
        EntityTag::new_strong(format!("{}{coding}", self.fingerprint))
    }

    fn plain(&self) -> Bytes {
        let inflated = || {
            self.gzip
                .as_deref()
                .and_then(|it| gunzip(it).ok())
                .unwrap_or_default()
        };
        self.plain.get_or_init(inflated).clone()
    }
}

/// The media type for a file's name, with its charset.
pub fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "yaml" | "yml" => "application/yaml",
        "" | "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn has(request: &HttpRequest, tag: &EntityTag) -> bool {
    match request.get_header::<IfNoneMatch>() {
        Some(IfNoneMatch::Any) => true,
        Some(IfNoneMatch::Items(tags)) => tags.iter().any(|it| it.weak_eq(tag)),
        None => false,
    }
}

/// Not for security: the content is part of the program, so nobody can choose a collision.
fn fingerprint(content: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn gzip(content: &[u8]) -> io::Result<Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content)?;
    encoder.finish().map(Bytes::from)
}

/// The content of a file that is compressed with gzip.
pub fn gunzip(content: &[u8]) -> io::Result<Bytes> {
    let mut plain = Vec::new();
    GzDecoder::new(content).read_to_end(&mut plain)?;
    Ok(plain.into())
}
