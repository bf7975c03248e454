//! A store in one SQLite file, which several processes may share.
//!
//! A read of a few rows takes less time than handing it to another thread, and is done at once. Other reads, and writes, have
//! threads of their own, and all have connections of their own, so that no read waits for a write. A change is on the disk
//! before it is acknowledged (write-ahead log, synchronous FULL).

mod batches;
mod cache;
mod changes;
mod connections;
mod handles;
mod header;
mod link;
mod lists;
mod open_error;
mod open_file;
mod place;
mod queue;
mod reader;
mod reads;
mod schema;
mod statements;
mod threads;
mod transaction;
mod version;
mod wal_index;
mod writes;

#[cfg(test)]
mod tests;

use std::path::Path;

use rusqlite::ErrorCode;
use spec_first::prometheus_client::registry::Registry;

use self::changes::Changes;
pub use self::open_error::OpenError;
use self::open_error::Reason;
use self::reader::Reader;
use self::reads::Readers;
use self::writes::Writer;
use super::condition::Condition;
use super::store::{Change, Error, Page, Part, Person, Store};
use super::waits;

/// People in an SQLite file. Of each it answers a row `R`, and rows that were read are kept until the file changes.
pub struct Sqlite<R = Person> {
    // Closed first, since the last to close moves the log into the file, which a reader may not.
    readers: Readers<R>,
    writer: Writer,
}

impl<R: Clone + From<Person> + Send + 'static> Sqlite<R> {
    /// Opens the store in `file`; if there is none yet, creates it with the people in `first`.
    ///
    /// # Errors
    /// The file cannot be used, in one sentence. A file that this server did not make, or that is damaged, stays as it is.
    pub fn open(file: &Path, first: &[Person]) -> Result<Self, OpenError> {
        Self::try_open(file, first).map_err(|reason| OpenError::new(file, reason))
    }

    fn try_open(file: &Path, first: &[Person]) -> Result<Self, Reason> {
        let links = connections::open(file, first)?;
        Ok(Self {
            readers: Readers::start(links.idle, links.readers)?,
            writer: Writer::start(links.writer)?,
        })
    }
}

impl<R: Clone + From<Person> + Send + 'static> Store for Sqlite<R> {
    type Row = R;

    async fn list(&self, part: Part) -> Result<Page<R>, Error> {
        let is_short = lists::is_short(&part);
        let read = move |reader: &mut Reader<R>| reader.list(&part);
        match is_short {
            true => self.readers.run_short(read).await,
            false => self.readers.run(read).await,
        }
    }

    async fn add(&self, person: Person) -> Result<R, Error> {
        let add = move |changes: &mut Changes<'_>| {
            changes.add(&person)?;
            Ok(person.into())
        };
        self.writer.run(add).await
    }

    async fn find(&self, last_name: &str) -> Result<R, Error> {
        let last_name = last_name.to_owned();
        self.readers
            .run_short(move |reader| reader.find(&last_name))
            .await
    }

    async fn update(
        &self,
        last_name: &str,
        change: Change,
        condition: Condition,
    ) -> Result<R, Error> {
        let last_name = last_name.to_owned();
        let update = move |changes: &mut Changes<'_>| {
            let person = changes.update(last_name, change, &condition)?;
            Ok(person.into())
        };
        self.writer.run(update).await
    }

    async fn remove(&self, last_name: &str, condition: Condition) -> Result<(), Error> {
        let last_name = last_name.to_owned();
        self.writer
            .run(move |changes| changes.remove(&last_name, &condition))
            .await
    }

    /// On a thread, since the disk may be what does not respond.
    async fn check(&self) -> Result<(), Error> {
        self.readers.run(|reader| reader.probe()).await
    }

    fn register(&self, registry: &mut Registry) {
        let waits = [
            ("read", self.readers.waits()),
            ("write", self.writer.waits()),
        ];
        registry.register_collector(Box::new(waits::Collected(waits.into())));
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        let cause = format!("SQLite: {error}");
        match error.sqlite_error_code() {
            // Another process writes for long, the disk is full or the file as long as it may be: all may pass.
            Some(
                ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::DiskFull
                | ErrorCode::SystemIoFailure,
            ) => Self::Unavailable(cause),
            _ => Self::Failed(cause),
        }
    }
}
