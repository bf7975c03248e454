//! A body of bytes in a response.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::Path;

use actix_files::NamedFile;
use actix_web::http::header::{
    Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue,
};
use actix_web::web::{self, Bytes};
use futures_util::stream::{LocalBoxStream, Stream, StreamExt};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::problem::Problem;

/// The body of a response whose bytes are sent as they are: a file, an image, an archive, a table.
///
/// Its media type is the one that the spec declares for the response. Where that is a range such as `image/*`, the body names its
/// own one, which has to be within the range; that of a file follows from the ending of its name.
///
/// Status, headers and media type are validated before the first byte is sent. A stream that fails later is logged, and the
/// connection is closed before the body's end, so that the client can detect it.
///
/// ```
/// use spec_first::body::Download;
///
/// let table = Download::from("a,b\n1,2\n").with_media_type("text/csv").attachment("Übersicht.csv");
/// # let _ = table;
/// ```
pub struct Download {
    pub(crate) source: Source,
    pub(crate) media_type: Option<String>,
    pub(crate) disposition: Option<ContentDisposition>,
}

/// Where the bytes come from.
pub(crate) enum Source {
    Bytes(Bytes),
    Stream {
        stream: LocalBoxStream<'static, Result<Bytes, Problem>>,
        length: Option<u64>,
    },
    File(Box<NamedFile>),
}

impl Download {
    /// The bytes of a stream, which ends at the first error. The client receives them as they come, in chunks.
    pub fn stream<E: Into<Box<dyn Error>>>(
        stream: impl Stream<Item = Result<Bytes, E>> + 'static,
    ) -> Self {
        let stream = stream.map(|bytes| bytes.map_err(|error| problem(error.into())));
        Self::new(Source::Stream {
            stream: stream.boxed_local(),
            length: None,
        })
    }

    /// As [`Download::stream`], of a known length in bytes, which is sent as `Content-Length`. A stream that is shorter or longer
    /// fails.
    pub fn sized_stream<E: Into<Box<dyn Error>>>(
        length: u64,
        stream: impl Stream<Item = Result<Bytes, E>> + 'static,
    ) -> Self {
        let mut download = Self::stream(stream);
        if let Source::Stream { length: known, .. } = &mut download.source {
            *known = Some(length);
        }
        download
    }

    /// The file at `path`, which is opened now and read in parts while it is sent. To a GET with the status 200 the server
    /// responds as the conditions of the request require (RFC 9110, 13 and 14): with 206 and the first range of `Range`, with 304,
    /// 412 or 416. The file's `ETag` and `Last-Modified` are sent.
    ///
    /// # Errors
    /// The file cannot be opened, or is a directory.
    pub async fn file(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref().to_owned();
        let opened = web::block(move || open(&path)).await;
        let file = opened.map_err(io::Error::other)??;
        Ok(Self::new(Source::File(Box::new(file))))
    }

    /// Its own media type, or the one that a file's name has.
    pub(crate) fn media_type(&self) -> Option<String> {
        let of_file = || match &self.source {
            Source::File(file) => Some(file.content_type().to_string()),
            Source::Bytes(_) | Source::Stream { .. } => None,
        };
        self.media_type.clone().or_else(of_file)
    }

    fn new(source: Source) -> Self {
        Self {
            source,
            media_type: None,
            disposition: None,
        }
    }

    /// The same body with this media type, parameters included; it has to be one that the spec declares.
    #[must_use]
    pub fn with_media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// The same body, which a browser saves under a name (RFC 6266). Any name is sent safely: control characters become `_`, and
    /// what is not ASCII is encoded by RFC 8187.
    #[must_use]
    pub fn attachment(mut self, name: &str) -> Self {
        self.disposition = Some(disposition(DispositionType::Attachment, name));
        self
    }

    /// The same body, which a browser shows, and saves under a name if the user asks for it.
    #[must_use]
    pub fn inline(mut self, name: &str) -> Self {
        self.disposition = Some(disposition(DispositionType::Inline, name));
        self
    }
}

impl From<Bytes> for Download {
    fn from(bytes: Bytes) -> Self {
        Self::new(Source::Bytes(bytes))
    }
}

impl From<Vec<u8>> for Download {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Download {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static [u8]> for Download {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl From<&'static str> for Download {
    fn from(text: &'static str) -> Self {
        text.as_bytes().into()
    }
}

/// Decodes a text, or bytes with their media type, as the examples of a mock have them.
impl<'de> Deserialize<'de> for Download {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Example {
            Text(String),
            Bytes { media_type: String, bytes: Vec<u8> },
        }
        let example = Example::deserialize(deserializer).map_err(D::Error::custom)?;
        Ok(match example {
            Example::Text(text) => text.into(),
            Example::Bytes { media_type, bytes } => Self::from(bytes).with_media_type(media_type),
        })
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = match &self.source {
            Source::Bytes(bytes) => format!("{} bytes", bytes.len()),
            Source::Stream { .. } => "a stream".to_owned(),
            Source::File(file) => format!("the file {}", file.path().display()),
        };
        formatter
            .debug_struct("Download")
            .field("source", &source)
            .field("media_type", &self.media_type)
            .finish_non_exhaustive()
    }
}

fn open(path: &Path) -> io::Result<NamedFile> {
    let file = NamedFile::open(path)?;
    match file.metadata().is_dir() {
        true => Err(io::ErrorKind::IsADirectory.into()),
        false => Ok(file),
    }
}

/// An error of a stream as a problem, which it may be already.
fn problem(error: Box<dyn Error>) -> Problem {
    match error.downcast() {
        Ok(problem) => *problem,
        Err(error) => Problem::internal(error),
    }
}

/// A name in a form that every client reads, and also as it is if that differs.
fn disposition(disposition: DispositionType, name: &str) -> ContentDisposition {
    let name: String = name
        .chars()
        .map(|character| {
            if character.is_control() {
                '_'
            } else {
                character
            }
        })
        .collect();
    let ascii = name.replace(|character: char| !character.is_ascii(), "_");
    let extended = (ascii != name).then(|| {
        DispositionParam::FilenameExt(ExtendedValue {
            charset: Charset::Ext("UTF-8".to_owned()),
            language_tag: None,
            value: name.into_bytes(),
        })
    });
    let plain = DispositionParam::Filename(ascii);
    ContentDisposition {
        disposition,
        parameters: std::iter::once(plain).chain(extended).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_sent_safely() {
        for (name, expected) in [
            ("a.csv", r#"attachment; filename="a.csv""#),
            ("a \"b\"\\.csv", r#"attachment; filename="a \"b\"\\.csv""#),
            (
                "Übersicht €.csv",
                r#"attachment; filename="_bersicht _.csv"; filename*=UTF-8''%C3%9Cbersicht%20%E2%82%AC.csv"#,
            ),
            ("a\r\nX-B: c\u{7f}", r#"attachment; filename="a__X-B: c_""#),
            ("100%'*.txt", r#"attachment; filename="100%'*.txt""#),
            ("", r#"attachment; filename="""#),
        ] {
            let found = Download::from("").attachment(name).disposition;
            assert_eq!(
                found.map(|it| it.to_string()).as_deref(),
                Some(expected),
                "{name}"
            );
        }
    }
}
