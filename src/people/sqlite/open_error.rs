//! Why a file cannot serve as the store, in one sentence.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::version::VERSION;

/// The file that cannot be used, and why.
#[derive(Debug)]
pub struct OpenError {
    file: PathBuf,
    reason: Reason,
}

/// Why a file cannot be used.
#[derive(Debug)]
pub enum Reason {
    NoFolder,
    NotAFile,
    NotSqlite,
    Foreign,
    /// The version of the schema in the file.
    Newer(u32),
    Damaged(String),
    ReadOnly,
    /// The system does not open it, and SQLite keeps the reason to itself.
    Closed,
    Inaccessible(io::Error),
    Sqlite(rusqlite::Error),
}

impl OpenError {
    pub(super) fn new(file: &Path, reason: Reason) -> Self {
        Self {
            file: file.to_owned(),
            reason,
        }
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the database {} cannot be used: {}",
            self.file.display(),
            self.reason
        )
    }
}

impl std::error::Error for OpenError {}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFolder => f.write_str("its folder does not exist"),
            Self::NotAFile => f.write_str("it is not a file"),
            Self::NotSqlite => f.write_str(
                "it is no SQLite file, or its beginning is damaged; it was left as it is",
            ),
            Self::Foreign => {
                f.write_str("it is an SQLite file of another application; it was left as it is")
            }
            Self::Newer(version) => write!(
                f,
                "its schema has version {version}, and this server knows up to {VERSION}; it was left as it is"
            ),
            Self::Damaged(what) => write!(f, "it is damaged ({what}); it was left as it is"),
            Self::ReadOnly => f.write_str("it or its folder is write-protected"),
            Self::Closed => {
                f.write_str("it cannot be opened or created; its folder may be write-protected")
            }
            Self::Inaccessible(error) => error.fmt(f),
            Self::Sqlite(error) => error.fmt(f),
        }
    }
}

impl From<io::Error> for Reason {
    fn from(error: io::Error) -> Self {
        Self::Inaccessible(error)
    }
}

impl From<rusqlite::Error> for Reason {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damaged(error.to_string())
            }
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::CannotOpen) => Self::Closed,
            _ => Self::Sqlite(error),
        }
    }
}
