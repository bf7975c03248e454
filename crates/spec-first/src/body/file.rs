//! A file in a form.

use std::fmt;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::http::header::HeaderMap;
use actix_web::web::Bytes;
use serde::{Serialize, Serializer};

use super::writer::Writer;
use crate::problem::Problem;

/// The longest file that is held in memory, in bytes.
const SMALL: usize = 64 * 1024;

/// A file in a multipart form: a handle on what the client has sent. A small one is in memory, and any other one in a temporary file,
/// which is gone when the last handle is, or when the program ends in whatever way. Two handles are equal if they are of the same file.
///
/// What the client says about a file is not to be trusted: neither its name, which may contain a path, nor its type.
///
/// ```
/// use std::io::Read;
/// use spec_first::body::File;
///
/// fn lines(file: &File) -> std::io::Result<usize> {
///     let mut text = String::new();
///     file.open().read_to_string(&mut text)?;
///     Ok(text.lines().count())
/// }
/// ```
#[derive(Clone)]
pub struct File(Arc<Inner>);

struct Inner {
    name: Option<String>,
    headers: HeaderMap,
    length: u64,
    content: Content,
}

enum Content {
    Memory(Bytes),
    /// The position in the file belongs to nobody: each read begins with a seek.
    Disk(Mutex<std::fs::File>),
}

impl File {
    /// The name that the client has given it, as it was sent.
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    /// The media type that the client has given it, with its parameters.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.header("Content-Type")
    }

    /// A header of its part of the body.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.headers.get(name)?.to_str().ok()
    }

    /// Its length in bytes.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.0.length
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.length == 0
    }

    /// Reads it from its beginning. Reading may block.
    #[must_use]
    pub fn open(&self) -> Reader {
        Reader {
            file: self.clone(),
            position: 0,
        }
    }

    /// All of it, in memory. Reading may block.
    ///
    /// # Errors
    /// The temporary file cannot be read.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open().read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Copies it to a file, which is replaced if there is one. Copying may block.
    ///
    /// # Errors
    /// One of the files cannot be read or written.
    pub fn save(&self, path: impl AsRef<Path>) -> io::Result<u64> {
        io::copy(&mut self.open(), &mut std::fs::File::create(path)?)
    }

    /// A file in memory, which has neither a name nor headers.
    pub(super) fn of_text(text: String) -> Self {
        Self(Arc::new(Inner {
            name: None,
            headers: HeaderMap::new(),
            length: text.len() as u64,
            content: Content::Memory(text.into()),
        }))
    }
}

/// Reads a [`File`].
#[derive(Clone, Debug)]
pub struct Reader {
    file: File,
    position: u64,
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = match &self.file.0.content {
            Content::Memory(bytes) => {
                let mut cursor = Cursor::new(bytes);
                cursor.set_position(self.position);
                cursor.read(buffer)?
            }
            Content::Disk(file) => {
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::Start(self.position))?;
                file.read(buffer)?
            }
        };
        self.position += count as u64;
        Ok(count)
    }
}

impl Seek for Reader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(offset) => self.file.len().checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        let before = || io::Error::new(io::ErrorKind::InvalidInput, "a position before the file");
        self.position = position.ok_or_else(before)?;
        Ok(self.position)
    }
}

impl PartialEq for File {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for File {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut file = formatter.debug_struct("File");
        file.field("file_name", &self.file_name());
        file.field("content_type", &self.content_type());
        file.field("len", &self.len());
        file.finish_non_exhaustive()
    }
}

/// Fails unless the file is text: nothing else is a value of JSON.
impl Serialize for File {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes = self.read().map_err(serde::ser::Error::custom)?;
        let text = String::from_utf8(bytes);
        let text = text.map_err(|_| serde::ser::Error::custom("a file that is not text"))?;
        serializer.serialize_str(&text)
    }
}

/// A file that is being received.
pub(crate) struct Spool {
    name: Option<String>,
    headers: HeaderMap,
    length: u64,
    memory: Vec<u8>,
    disk: Option<Writer<std::fs::File>>,
}

impl Spool {
    pub fn new(name: Option<String>, headers: HeaderMap) -> Self {
        Self {
            name,
            headers,
            length: 0,
            memory: Vec::new(),
            disk: None,
        }
    }

    /// How many bytes have been received.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Whether it is in a temporary file.
    pub fn is_on_disk(&self) -> bool {
        self.disk.is_some()
    }

    /// Adds bytes.
    ///
    /// # Errors
    /// 500 if they cannot be written.
    pub async fn write(&mut self, chunk: Bytes) -> Result<(), Problem> {
        self.length += chunk.len() as u64;
        let writer = match self.disk.take() {
            Some(writer) => writer,
            None if self.memory.len() + chunk.len() <= SMALL => {
                self.memory.extend_from_slice(&chunk);
                return Ok(());
            }
            None => {
                let memory = std::mem::take(&mut self.memory);
                Writer::unnamed().await?.write(memory.into()).await?
            }
        };
        self.disk = Some(writer.write(chunk).await?);
        Ok(())
    }

    /// The file with all that was received.
    ///
    /// # Errors
    /// 500 if it cannot be written.
    pub async fn finish(self) -> Result<File, Problem> {
        let content = match self.disk {
            Some(writer) => Content::Disk(Mutex::new(writer.finish().await?)),
            None => Content::Memory(self.memory.into()),
        };
        Ok(File(Arc::new(Inner {
            name: self.name,
            headers: self.headers,
            length: self.length,
            content,
        })))
    }
}
