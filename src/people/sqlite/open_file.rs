//! A connection to a file, with what else its process has open of it.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::handles::Handle;
use super::open_error::Reason;

/// A file that is open.
pub struct OpenFile {
    // Closed first, since its locks end with the handles of the others.
    pub connection: Connection,
    _handle: Handle,
}

impl OpenFile {
    /// Opens a file. SQLite has neither read nor locked it yet.
    pub fn open(file: &Path, flags: OpenFlags) -> Result<Self, Reason> {
        let connection = Connection::open_with_flags(file, flags)?;
        Ok(Self {
            connection,
            _handle: Handle::open(file)?,
        })
    }
}
