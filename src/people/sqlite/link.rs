//! A connection to whatever file is at a path, opened when it is first needed: another one, once somebody has replaced the file.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::open_error::Reason;
use crate::people::store::Error;

/// What is at a path, apart from its content; none where the system does not say.
type Identity = Option<(u64, u64)>;

/// A connection, or what is made of it, and the file that it belongs to.
pub struct Link<C = Connection> {
    place: Place,
    connection: Option<C>,
    open: Open,
    reopen: Open,
}

/// Opens a file.
pub type Open = fn(&Path) -> Result<Connection, Reason>;

impl<C: From<Connection>> Link<C> {
    /// A connection that `open` opens when it is first needed; `reopen` opens a file that has come in the place of this one.
    pub fn new(file: &Path, open: Open, reopen: Open) -> Self {
        Self {
            place: Place {
                file: file.to_owned(),
                identity: identity(file),
            },
            connection: None,
            open,
            reopen,
        }
    }

    /// The same with a connection that is open.
    pub fn with(self, connection: Connection) -> Self {
        Self {
            connection: Some(connection.into()),
            ..self
        }
    }

    /// The connection to the file that is there now.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if there is none, or none that can be used.
    pub fn current(&mut self) -> Result<&mut C, Error> {
        Ok(self.current_in_place()?.0)
    }

    /// As [`Self::current`], with the place of that file.
    pub fn current_in_place(&mut self) -> Result<(&mut C, &Place), Error> {
        if !self.place.is_current() {
            self.reopen()?;
        }
        let connection = match &mut self.connection {
            Some(connection) => connection,
            none => {
                let opened = (self.open)(&self.place.file).map_err(not_opened)?;
                none.insert(opened.into())
            }
        };
        Ok((connection, &self.place))
    }

    fn reopen(&mut self) -> Result<(), Error> {
        let identity = identity(&self.place.file);
        let connection = (self.reopen)(&self.place.file).map_err(|reason| {
            Error::Unavailable(format!(
                "SQLite: the file was removed or replaced, and what is there now cannot be used: {reason}"
            ))
        })?;
        tracing::warn!("SQLite: the file was replaced; going on with the new one");
        self.connection = Some(connection.into());
        self.place.identity = identity;
        Ok(())
    }
}

fn not_opened(reason: Reason) -> Error {
    let cause = format!("SQLite: {reason}");
    match reason {
        Reason::Damaged(_) => Error::Failed(cause),
        _ => Error::Unavailable(cause),
    }
}

/// Where a file is, and which one was there.
pub struct Place {
    file: PathBuf,
    identity: Identity,
}

impl Place {
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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn a_connection_is_opened_when_it_is_first_needed_and_when_the_file_is_replaced() {
        static OPENED: AtomicUsize = AtomicUsize::new(0);
        static REOPENED: AtomicUsize = AtomicUsize::new(0);
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("people.db");
        fs::write(&file, "").expect("written");
        let open: Open = |file| {
            OPENED.fetch_add(1, Ordering::SeqCst);
            Ok(Connection::open(file)?)
        };
        let reopen: Open = |file| {
            REOPENED.fetch_add(1, Ordering::SeqCst);
            Ok(Connection::open(file)?)
        };
        let opened = || [&OPENED, &REOPENED].map(|it| it.load(Ordering::SeqCst));
        let mut link = Link::<Connection>::new(&file, open, reopen);
        assert_eq!(opened(), [0, 0]);
        for _ in 0..2 {
            link.current().expect("a connection");
            assert_eq!(opened(), [1, 0]);
        }
        let other = folder.path().join("other.db");
        fs::write(&other, "").expect("written");
        fs::rename(&other, &file).expect("renamed");
        for _ in 0..2 {
            link.current().expect("a connection");
            assert_eq!(opened(), [1, 1]);
        }
    }

    #[test]
    fn a_connection_that_cannot_be_opened_is_opened_once_it_can() {
        static REFUSED: AtomicUsize = AtomicUsize::new(0);
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("people.db");
        fs::write(&file, "").expect("written");
        let open: Open = |file| match REFUSED.fetch_add(1, Ordering::SeqCst) {
            0 => Err(Reason::Damaged("malformed".to_owned())),
            1 => Err(Reason::ReadOnly),
            _ => Ok(Connection::open(file)?),
        };
        let mut link = Link::<Connection>::new(&file, open, open);
        assert!(matches!(link.current(), Err(Error::Failed(_))));
        assert!(matches!(link.current(), Err(Error::Unavailable(_))));
        assert!(link.current().is_ok());
    }
}
