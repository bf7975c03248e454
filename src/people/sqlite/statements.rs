//! What each call of one person does in SQL.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, ToSql};

use crate::people::condition::Condition;
use crate::people::search;
use crate::people::store::{Change, Error, Person};
use crate::people::timestamp::Timestamp;
use crate::people::version::Version;

/// A number that changes with each commit of another connection, of this process or not, before it is read.
pub fn data_version(connection: &Connection) -> Result<i64, Error> {
    let mut statement = connection.prepare_cached("PRAGMA data_version")?;
    Ok(statement.query_one((), |row| row.get(0))?)
}

pub fn add(connection: &Connection, person: &Person) -> Result<(), Error> {
    match insert(connection, person)? {
        1 => Ok(()),
        _ => Err(Error::AlreadyExists),
    }
}

/// Adds a person if there is none with the last name, and says how many were added.
pub fn insert(connection: &Connection, person: &Person) -> rusqlite::Result<usize> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO person (last_name, first_name, changed_at, version, last_folded, first_folded)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
    )?;
    let Person {
        last_name,
        first_name,
        changed,
        version,
    } = person;
    let folded = [last_name, first_name].map(|name| search::fold(name));
    statement.execute((
        last_name, first_name, changed, version, &folded[0], &folded[1],
    ))
}

pub fn find(connection: &Connection, last_name: &str) -> Result<Person, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT last_name, first_name, changed_at, version FROM person WHERE last_name = ?1",
    )?;
    statement
        .query_one([last_name], person)
        .optional()?
        .ok_or(Error::NotFound)
}

/// Reads from the table, whether it has people or not.
pub fn probe(connection: &Connection) -> Result<(), Error> {
    let mut statement = connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM person)")?;
    Ok(statement.query_one((), |_| Ok(()))?)
}

// The two below are called in a transaction that may write, so that nobody else changes what they have looked at.

pub fn update(
    connection: &Connection,
    last_name: String,
    change: Change,
    condition: &Condition,
) -> Result<Person, Error> {
    check(connection, &last_name, condition)?;
    let mut statement = connection.prepare_cached(
        "UPDATE person SET first_name = ?2, changed_at = ?3, version = ?4, first_folded = ?5 WHERE last_name = ?1",
    )?;
    let Change {
        first_name,
        changed,
        version,
    } = change;
    let folded = search::fold(&first_name);
    // `RETURNING` would make a table of its own for one row, of which everything is known.
    match statement.execute((&last_name, &first_name, changed, version, folded))? {
        0 => Err(Error::NotFound),
        _ => Ok(Person {
            last_name,
            first_name,
            changed,
            version,
        }),
    }
}

pub fn remove(
    connection: &Connection,
    last_name: &str,
    condition: &Condition,
) -> Result<(), Error> {
    check(connection, last_name, condition)?;
    let mut statement = connection.prepare_cached("DELETE FROM person WHERE last_name = ?1")?;
    match statement.execute([last_name])? {
        1 => Ok(()),
        _ => Err(Error::NotFound),
    }
}

fn check(connection: &Connection, last_name: &str, condition: &Condition) -> Result<(), Error> {
    if *condition == Condition::default() {
        return Ok(());
    }
    let mut statement =
        connection.prepare_cached("SELECT version FROM person WHERE last_name = ?1")?;
    let version = statement.query_one([last_name], |row| row.get(0));
    match version.optional()? {
        None => Err(Error::NotFound),
        Some(version) if condition.accepts(version) => Ok(()),
        Some(_) => Err(Error::NotAccepted),
    }
}

/// The person in a row of last name, first name, time and version.
pub fn person(row: &Row) -> rusqlite::Result<Person> {
    Ok(Person {
        last_name: row.get(0)?,
        first_name: row.get(1)?,
        changed: row.get(2)?,
        version: row.get(3)?,
    })
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

impl ToSql for Version {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.number().into())
    }
}

impl FromSql for Version {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64().map(Self::from_number)
    }
}
