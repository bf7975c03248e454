//! A store in one SQLite file, which several processes may share.
//!
//! Reads and writes have threads and connections of their own, so that no worker thread waits for the disk and no read
//! waits for a write. A change is on the disk before it is acknowledged (write-ahead log, synchronous FULL).

mod connections;
mod header;
mod open_error;
mod reads;
mod schema;
mod threads;
mod version;
mod writes;

#[cfg(test)]
mod tests;

use std::path::Path;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, ToSql};

pub use self::open_error::OpenError;
use self::open_error::Reason;
use self::reads::Readers;
use self::writes::Writer;
use super::store::{Error, Person, Store};
use super::timestamp::Timestamp;

/// People in an SQLite file.
pub struct Sqlite {
    // Closed first, since the last to close moves the log into the file, which a reader may not.
    readers: Readers,
    writer: Writer,
}

impl Sqlite {
    /// Opens the store in `file`; if there is none yet, creates it with the people in `first`.
    ///
    /// # Errors
    /// The file cannot be used, in one sentence. A file that this server did not make, or that is damaged, stays as it is.
    pub fn open(file: &Path, first: &[Person]) -> Result<Self, OpenError> {
        Self::try_open(file, first).map_err(|reason| OpenError::new(file, reason))
    }

    fn try_open(file: &Path, first: &[Person]) -> Result<Self, Reason> {
        let (writer, readers) = connections::open(file, first)?;
        Ok(Self {
            readers: Readers::start(readers)?,
            writer: Writer::start(writer)?,
        })
    }
}

impl Store for Sqlite {
    async fn list(&self, length: u16, offset: u64) -> Result<Vec<Person>, Error> {
        // SQLite counts up to i64::MAX, and no file holds that many people.
        let offset = i64::try_from(offset).unwrap_or(i64::MAX);
        self.readers
            .run(move |connection| list(connection, length, offset))
            .await
    }

    async fn add(&self, person: Person) -> Result<(), Error> {
        self.writer
            .run(move |connection| add(connection, &person))
            .await
    }

    async fn find(&self, last_name: &str) -> Result<Person, Error> {
        let last_name = last_name.to_owned();
        self.readers
            .run(move |connection| find(connection, &last_name))
            .await
    }

    async fn update(
        &self,
        last_name: &str,
        first_name: String,
        now: Timestamp,
    ) -> Result<Person, Error> {
        let last_name = last_name.to_owned();
        self.writer
            .run(move |connection| update(connection, &last_name, &first_name, now))
            .await
    }

    async fn remove(&self, last_name: &str) -> Result<(), Error> {
        let last_name = last_name.to_owned();
        self.writer
            .run(move |connection| remove(connection, &last_name))
            .await
    }
}

// Each of these is one statement, so that it happens wholly or not at all.

fn list(connection: &Connection, length: u16, offset: i64) -> Result<Vec<Person>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT last_name, first_name, changed_at FROM person ORDER BY last_name LIMIT ?1 OFFSET ?2",
    )?;
    let people = statement
        .query_map((length, offset), person)?
        .collect::<Result<_, _>>()?;
    Ok(people)
}

fn add(connection: &Connection, person: &Person) -> Result<(), Error> {
    one(insert(connection, person)?, Error::AlreadyExists)
}

fn insert(connection: &Connection, person: &Person) -> rusqlite::Result<usize> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO person (last_name, first_name, changed_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    )?;
    statement.execute((&person.last_name, &person.first_name, person.changed))
}

fn find(connection: &Connection, last_name: &str) -> Result<Person, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT last_name, first_name, changed_at FROM person WHERE last_name = ?1",
    )?;
    statement
        .query_one([last_name], person)
        .optional()?
        .ok_or(Error::NotFound)
}

fn update(
    connection: &Connection,
    last_name: &str,
    first_name: &str,
    now: Timestamp,
) -> Result<Person, Error> {
    let mut statement = connection.prepare_cached(
        "UPDATE person SET first_name = ?2, changed_at = ?3 WHERE last_name = ?1
         RETURNING last_name, first_name, changed_at",
    )?;
    let updated = statement.query_one((last_name, first_name, now), person);
    updated.optional()?.ok_or(Error::NotFound)
}

fn remove(connection: &Connection, last_name: &str) -> Result<(), Error> {
    let mut statement = connection.prepare_cached("DELETE FROM person WHERE last_name = ?1")?;
    let rows = statement.execute([last_name])?;
    one(rows, Error::NotFound)
}

fn one(rows: usize, otherwise: Error) -> Result<(), Error> {
    if rows == 1 { Ok(()) } else { Err(otherwise) }
}

fn person(row: &Row) -> rusqlite::Result<Person> {
    Ok(Person {
        last_name: row.get(0)?,
        first_name: row.get(1)?,
        changed: row.get(2)?,
    })
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(format!("SQLite: {error}"))
    }
}

impl ToSql for Timestamp {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.seconds().into())
    }
}

impl FromSql for Timestamp {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let seconds = value.as_i64()?;
        Self::from_seconds(seconds).ok_or(FromSqlError::OutOfRange(seconds))
    }
}
