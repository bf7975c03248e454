//! What each call does in SQL.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, named_params};

use crate::people::condition::Condition;
use crate::people::search;
use crate::people::store::{Change, Error, Page, Part, Person};
use crate::people::timestamp::Timestamp;
use crate::people::version::Version;

/// A part of the list, and the count, of one moment.
pub fn list(connection: &Connection, part: &Part) -> Result<Page, Error> {
    let _moment = Moment::begin(connection)?;
    Ok(match part.prefix.is_empty() {
        true => list_all(connection, part),
        false => list_found(connection, part),
    }?)
}

/// A transaction of reads alone, by statements that are compiled once.
struct Moment<'c>(&'c Connection);

impl<'c> Moment<'c> {
    fn begin(connection: &'c Connection) -> rusqlite::Result<Self> {
        connection.prepare_cached("BEGIN")?.execute(())?;
        Ok(Self(connection))
    }
}

impl Drop for Moment<'_> {
    /// Nothing was changed. The only error is that SQLite has ended the transaction already.
    fn drop(&mut self) {
        let end = self.0.prepare_cached("ROLLBACK");
        let _ = end.and_then(|mut end| end.execute(()));
    }
}

fn list_all(connection: &Connection, part: &Part) -> rusqlite::Result<Page> {
    let mut statement =
        connection.prepare_cached("SELECT start, people FROM person_range ORDER BY start")?;
    let mut ranges = statement.query(())?;
    // Where the range starts that the offset is in, and how many people come before it.
    let (mut start, mut before, mut total) = (String::new(), 0, 0);
    while let Some(range) = ranges.next()? {
        if total <= part.offset {
            (start, before) = (range.get(0)?, total);
        }
        total += range.get::<_, u64>(1)?;
    }
    let people = match &part.after {
        None => read(connection, FROM, &start, part.length, part.offset - before)?,
        Some(after) => read(connection, AFTER, after, part.length, part.offset)?,
    };
    Ok(Page { people, total })
}

const FROM: &str =
    "SELECT last_name, first_name, changed_at, version FROM person WHERE last_name >= ?1
     ORDER BY last_name LIMIT ?2 OFFSET ?3";
const AFTER: &str =
    "SELECT last_name, first_name, changed_at, version FROM person WHERE last_name > ?1
     ORDER BY last_name LIMIT ?2 OFFSET ?3";

fn read(
    connection: &Connection,
    sql: &str,
    start: &str,
    length: u16,
    offset: u64,
) -> rusqlite::Result<Vec<Person>> {
    let mut statement = connection.prepare_cached(sql)?;
    statement
        .query_map((start, length, clamp(offset)), person)?
        .collect()
}

fn list_found(connection: &Connection, part: &Part) -> rusqlite::Result<Page> {
    let end = End(search::end(&part.prefix));
    let (total, everybody) = count_found(connection, part, &end)?;
    let is_rare = total.saturating_mul(3) < everybody;
    let mut statement = connection.prepare_cached(if is_rare { COLLECTED } else { MET })?;
    // No last name is empty, so that everybody comes after the empty one.
    let after = part.after.as_deref().unwrap_or_default();
    let people = statement
        .query_map(
            named_params! {
                ":prefix": part.prefix, ":end": end, ":after": after,
                ":length": part.length, ":offset": clamp(part.offset),
            },
            person,
        )?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Page { people, total })
}

/// How many have the prefix, and how many people there are.
fn count_found(connection: &Connection, part: &Part, end: &End) -> rusqlite::Result<(u64, u64)> {
    let mut statement = connection.prepare_cached(
        "SELECT (SELECT count(*) FROM person WHERE first_folded >= :prefix AND first_folded < :end)
             + (SELECT count(*) FROM person WHERE last_folded >= :prefix AND last_folded < :end)
             - (SELECT count(*) FROM person WHERE first_folded >= :prefix AND first_folded < :end
                AND last_folded >= :prefix AND last_folded < :end),
             (SELECT sum(people) FROM person_range)",
    )?;
    let found = named_params! {":prefix": part.prefix, ":end": end};
    statement.query_one(found, |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Those with a prefix that is rare, collected by the indexes.
const COLLECTED: &str = "
    SELECT last_name, first_name, changed_at, version FROM person WHERE last_name > :after AND last_name IN (
        SELECT last_name FROM person WHERE first_folded >= :prefix AND first_folded < :end
        UNION
        SELECT last_name FROM person WHERE last_folded >= :prefix AND last_folded < :end
    ) ORDER BY last_name LIMIT :length OFFSET :offset";

/// Those with a prefix that many have, met on the way along the list, for which `+` keeps SQLite from using those indexes.
const MET: &str = "
    SELECT last_name, first_name, changed_at, version FROM person WHERE last_name > :after AND (
        (+first_folded >= :prefix AND +first_folded < :end) OR (+last_folded >= :prefix AND +last_folded < :end)
    ) ORDER BY last_name LIMIT :length OFFSET :offset";

/// SQLite counts up to [`i64::MAX`], and no file holds that many people.
fn clamp(offset: u64) -> i64 {
    i64::try_from(offset).unwrap_or(i64::MAX)
}

/// Where the names with a prefix end. Behind every text if nowhere: SQLite orders a blob after all text.
struct End(Option<String>);

impl ToSql for End {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match &self.0 {
            Some(end) => ToSqlOutput::from(end.as_str()),
            None => ToSqlOutput::Borrowed(ValueRef::Blob(&[])),
        })
    }
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
    last_name: &str,
    change: &Change,
    condition: &Condition,
) -> Result<Person, Error> {
    check(connection, last_name, condition)?;
    let mut statement = connection.prepare_cached(
        "UPDATE person SET first_name = ?2, changed_at = ?3, version = ?4, first_folded = ?5 WHERE last_name = ?1
         RETURNING last_name, first_name, changed_at, version",
    )?;
    let Change {
        first_name,
        changed,
        version,
    } = change;
    let folded = search::fold(first_name);
    let updated = statement.query_one((last_name, first_name, changed, version, folded), person);
    updated.optional()?.ok_or(Error::NotFound)
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

fn person(row: &Row) -> rusqlite::Result<Person> {
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
