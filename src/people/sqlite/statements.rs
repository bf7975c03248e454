//! What the calls that read one person do in SQL, and how its values are written there.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, ToSql};

use crate::people::store::{Error, Person};
use crate::people::timestamp::Timestamp;
use crate::people::version::Version;

/// The person with this last name, if there is one.
pub fn find(connection: &Connection, last_name: &str) -> rusqlite::Result<Option<Person>> {
    let mut statement = connection.prepare_cached(
        "SELECT last_name, first_name, changed_at, version FROM person WHERE last_name = ?1",
    )?;
    statement.query_one([last_name], person).optional()
}

/// Reads from the table, whether it has people or not.
pub fn probe(connection: &Connection) -> Result<(), Error> {
    let mut statement = connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM person)")?;
    Ok(statement.query_one((), |_| Ok(()))?)
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
