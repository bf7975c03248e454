//! A connection to whatever file is at a path: another one, once somebody has replaced the file.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::open_error::Reason;
use crate::people::store::Error;

/// What is at a path, apart from its content; none where the system does not say.
type Identity = Option<(u64, u64)>;

/// A connection, or what is made of it, and the file that it belongs to.
pub struct Link<C = Connection> {
    file: PathBuf,
    identity: Identity,
    connection: C,
    reopen: fn(&Path) -> Result<Connection, Reason>,
}

impl<C: From<Connection>> Link<C> {
    /// Opens the file; `reopen` opens one that has come in its place.
    pub fn new(
        file: &Path,
        connection: Connection,
        reopen: fn(&Path) -> Result<Connection, Reason>,
    ) -> Self {
        Self {
            file: file.to_owned(),
            identity: identity(file),
            connection: connection.into(),
            reopen,
        }
    }

    /// The connection to the file that is there now.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if there is none, or none that can be used.
    pub fn current(&mut self) -> Result<&mut C, Error> {
        if !self.is_current() {
            let identity = identity(&self.file);
            let connection = (self.reopen)(&self.file).map_err(|reason| {
                Error::Unavailable(format!(
                    "SQLite: the file was removed or replaced, and what is there now cannot be used: {reason}"
                ))
            })?;
            tracing::warn!("SQLite: the file was replaced; going on with the new one");
            (self.connection, self.identity) = (connection.into(), identity);
        }
        Ok(&mut self.connection)
    }

    /// Whether the file is still there. What is written to one that was removed is lost.
    pub fn is_current(&self) -> bool {
        self.identity == identity(&self.file)
    }
}

/// By the system's numbers for it. The file is not opened: to close it again would release the locks of SQLite.
#[cfg(unix)]
fn identity(file: &Path) -> Identity {
    use std::os::unix::fs::MetadataExt;

    let metadata = file.metadata().ok()?;
    Some((metadata.dev(), metadata.ino()))
}

/// Such systems do not let a file be removed while it is open.
#[cfg(not(unix))]
fn identity(_: &Path) -> Identity {
    None
}
