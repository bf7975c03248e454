//! A connection to whatever file is at a path, opened when it is first needed: another one, once somebody has replaced the file.

use std::path::Path;

use super::open_error::Reason;
use super::open_file::OpenFile;
use super::place::Place;
use crate::people::store::Error;

/// A connection, or what is made of it, and the file that it belongs to.
pub struct Link<C = OpenFile> {
    place: Place,
    connection: Option<C>,
    open: Open,
    reopen: Open,
}

/// Opens a file.
pub type Open = fn(&Path) -> Result<OpenFile, Reason>;

impl<C: From<OpenFile>> Link<C> {
    /// A connection to the file at a place, which `open` opens when it is first needed; `reopen` opens a file that has come in the
    /// place of this one.
    pub fn new(place: &Place, open: Open, reopen: Open) -> Self {
        Self {
            place: place.clone(),
            connection: None,
            open,
            reopen,
        }
    }

    /// The same with a connection that is open.
    pub fn with(self, connection: OpenFile) -> Self {
        Self {
            connection: Some(connection.into()),
            ..self
        }
    }

    /// The connection to the file that is there, or was there just before.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if there is none, or none that can be used.
    pub fn recent(&mut self) -> Result<&mut C, Error> {
        let is_current = self.place.was_current();
        Ok(self.connection(is_current)?.0)
    }

    /// The connection to the file that is there now, and its place.
    ///
    /// # Errors
    /// As [`Self::recent`].
    pub fn current(&mut self) -> Result<(&mut C, &Place), Error> {
        let is_current = self.place.is_current();
        self.connection(is_current)
    }

    fn connection(&mut self, is_current: bool) -> Result<(&mut C, &Place), Error> {
        if !is_current {
            self.reopen()?;
        }
        let connection = match &mut self.connection {
            Some(connection) => connection,
            none => {
                let opened = (self.open)(self.place.path()).map_err(not_opened)?;
                none.insert(opened.into())
            }
        };
        Ok((connection, &self.place))
    }

    fn reopen(&mut self) -> Result<(), Error> {
        let place = self.place.now();
        let connection = (self.reopen)(place.path()).map_err(|reason| {
            Error::Unavailable(format!(
                "SQLite: the file was removed or replaced, and what is there now cannot be used: {reason}"
            ))
        })?;
        tracing::warn!("SQLite: the file was replaced; going on with the new one");
        self.connection = Some(connection.into());
        self.place = place;
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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use rusqlite::OpenFlags;

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
            OpenFile::open(file, OpenFlags::default())
        };
        let reopen: Open = |file| {
            REOPENED.fetch_add(1, Ordering::SeqCst);
            OpenFile::open(file, OpenFlags::default())
        };
        let opened = || [&OPENED, &REOPENED].map(|it| it.load(Ordering::SeqCst));
        let place = Place::of(&file);
        let mut link = Link::<OpenFile>::new(&place, open, reopen);
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
            _ => OpenFile::open(file, OpenFlags::default()),
        };
        let place = Place::of(&file);
        let mut link = Link::<OpenFile>::new(&place, open, open);
        assert!(matches!(link.recent(), Err(Error::Failed(_))));
        assert!(matches!(link.recent(), Err(Error::Unavailable(_))));
        assert!(link.recent().is_ok());
    }
}
