//! A connection to a file, with what else its process has open of it.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::handles::Handle;
use super::open_error::Reason;
use super::wal_index::WalIndex;

/// A file that is open.
pub struct OpenFile {
    // Closed first, since its locks end with the handles of the others.
    pub connection: Connection,
    pub index: WalIndex,
    _handle: Handle,
}

impl OpenFile {
    /// Opens a file. SQLite has neither read nor locked it yet.
    pub fn open(file: &Path, flags: OpenFlags) -> Result<Self, Reason> {
        let connection = Connection::open_with_flags(file, flags)?;
        Ok(Self {
            connection,
            index: WalIndex::default(),
            _handle: Handle::open(file)?,
        })
    }

    /// Follows the commits to the file, whose log is turned on.
    pub fn follow(&mut self, file: &Path) -> rusqlite::Result<()> {
        // SQLite has the index of the log from its first read on.
        self.connection
            .pragma_query_value(None, "schema_version", |_| Ok(()))?;
        let index = beside(file, "-shm").and_then(|index| WalIndex::open(&index));
        self.index = index.unwrap_or_default();
        Ok(())
    }
}

/// The path of one of the files that SQLite has next to a file: next to the file itself, not next to a link to it.
pub fn beside(file: &Path, suffix: &str) -> io::Result<PathBuf> {
    let mut path = file.canonicalize()?.into_os_string();
    path.push(suffix);
    Ok(path.into())
}
