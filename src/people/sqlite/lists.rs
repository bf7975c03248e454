//! The list in SQL.

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, Row, ToSql, named_params};

use super::statements::person;
use super::transaction::Transaction;
use crate::people::search;
use crate::people::store::{Error, Page, Part, Person};

/// How many rows a short read may skip.
const SHORT_OFFSET: u64 = 1000;

/// Whether a part of the list is read in microseconds.
pub fn is_short(part: &Part) -> bool {
    part.prefix.is_empty() && part.offset <= SHORT_OFFSET
}

/// A part of the list, and the count, of one moment.
pub fn list<R: From<Person>>(connection: &Connection, part: &Part) -> Result<Page<R>, Error> {
    if is_short(part)
        && let Some(page) = list_short(connection, part)?
    {
        return Ok(page);
    }
    let _moment = Transaction::begin(connection)?;
    Ok(match part.prefix.is_empty() {
        true => list_all(connection, part),
        false => list_found(connection, part),
    }?)
}

/// A part of everybody by one statement, which needs no transaction; none if nobody is in that part.
fn list_short<R: From<Person>>(
    connection: &Connection,
    part: &Part,
) -> rusqlite::Result<Option<Page<R>>> {
    let mut statement = connection.prepare_cached(match part.after {
        None => FIRST,
        Some(_) => NEXT,
    })?;
    let offset = clamp(part.offset);
    let mut rows = match &part.after {
        None => statement.query((part.length, offset))?,
        Some(after) => statement.query((part.length, offset, after))?,
    };
    let mut people = Vec::new();
    let mut total = 0;
    while let Some(row) = rows.next()? {
        if people.is_empty() {
            total = row.get(4)?;
        }
        people.push(person(row)?.into());
    }
    Ok((!people.is_empty()).then_some(Page { people, total }))
}

pub const FIRST: &str =
    "SELECT last_name, first_name, changed_at, version, (SELECT sum(people) FROM person_range)
     FROM person ORDER BY last_name LIMIT ?1 OFFSET ?2";
const NEXT: &str =
    "SELECT last_name, first_name, changed_at, version, (SELECT sum(people) FROM person_range)
     FROM person WHERE last_name > ?3 ORDER BY last_name LIMIT ?1 OFFSET ?2";

fn list_all<R: From<Person>>(connection: &Connection, part: &Part) -> rusqlite::Result<Page<R>> {
    let mut statement = connection.prepare_cached(RANGES)?;
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

const RANGES: &str = "SELECT start, people FROM person_range ORDER BY start";
const FROM: &str =
    "SELECT last_name, first_name, changed_at, version FROM person WHERE last_name >= ?1
     ORDER BY last_name LIMIT ?2 OFFSET ?3";
const AFTER: &str =
    "SELECT last_name, first_name, changed_at, version FROM person WHERE last_name > ?1
     ORDER BY last_name LIMIT ?2 OFFSET ?3";

fn read<R: From<Person>>(
    connection: &Connection,
    sql: &str,
    start: &str,
    length: u16,
    offset: u64,
) -> rusqlite::Result<Vec<R>> {
    let mut statement = connection.prepare_cached(sql)?;
    statement
        .query_map((start, length, clamp(offset)), listed)?
        .collect()
}

fn list_found<R: From<Person>>(connection: &Connection, part: &Part) -> rusqlite::Result<Page<R>> {
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
            listed,
        )?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Page { people, total })
}

/// How many have the prefix, and how many people there are.
fn count_found(connection: &Connection, part: &Part, end: &End) -> rusqlite::Result<(u64, u64)> {
    let mut statement = connection.prepare_cached(COUNTED)?;
    let found = named_params! {":prefix": part.prefix, ":end": end};
    statement.query_one(found, |row| Ok((row.get(0)?, row.get(1)?)))
}

const COUNTED: &str = "
    SELECT (SELECT count(*) FROM person WHERE first_folded >= :prefix AND first_folded < :end)
        + (SELECT count(*) FROM person WHERE last_folded >= :prefix AND last_folded < :end)
        - (SELECT count(*) FROM person WHERE first_folded >= :prefix AND first_folded < :end
           AND last_folded >= :prefix AND last_folded < :end),
        (SELECT sum(people) FROM person_range)";

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

fn listed<R: From<Person>>(row: &Row) -> rusqlite::Result<R> {
    person(row).map(R::from)
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;
    use tempfile::TempDir;

    use super::*;
    use crate::people::sqlite::connections;
    use crate::people::store_cases::part;

    /// A file with this many people.
    fn file_of(people: usize) -> (TempDir, Connection) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("people.db");
        drop(connections::open::<Person>(&file, &[]).expect("created"));
        let connection = Connection::open(&file).expect("opened");
        let seed = format!(
            "WITH RECURSIVE number(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < {people} - 1)
             INSERT INTO person (last_name, first_name, changed_at, version, last_folded, first_folded)
             SELECT printf('Last %06d', n), 'First', n, n + 1, printf('last %06d', n), 'first' FROM number"
        );
        connection.execute_batch(&seed).expect("filled");
        (folder, connection)
    }

    /// How many steps SQLite takes for a part, which starts with the person of this number.
    fn steps(connection: &Connection, part: &Part, first: usize) -> i32 {
        let page = list::<Person>(connection, part).expect("a list");
        assert_eq!(page.people.len(), usize::from(part.length));
        assert_eq!(page.people[0].last_name, format!("Last {first:06}"));
        let statements = [FIRST, NEXT, RANGES, FROM, AFTER, COUNTED, COLLECTED, MET];
        let steps = statements.map(|sql| {
            let statement = connection.prepare_cached(sql).expect("compiled");
            statement.reset_status(StatementStatus::VmStep)
        });
        steps.iter().sum()
    }

    fn after(number: usize) -> Part {
        Part {
            after: Some(format!("Last {number:06}")),
            ..part(100, 0)
        }
    }

    fn assert_every_page_takes_about_as_many_steps(people: usize) {
        let (_folder, connection) = file_of(people);
        let first = steps(&connection, &part(100, 0), 0);
        println!("the first page: {first} steps");
        for place in [1000, 1001, 1999, people / 2, people - 100] {
            let at = steps(&connection, &part(100, place as u64), place);
            let after = steps(&connection, &after(place - 1), place);
            println!("from {place} on: {at} steps by offset, {after} by name");
            assert!(at < 5 * first && after < 5 * first);
        }
    }

    #[test]
    fn a_page_takes_about_as_many_steps_everywhere() {
        assert_every_page_takes_about_as_many_steps(20_000);
    }

    #[test]
    #[ignore = "takes minutes: run tests/run"]
    fn a_page_of_a_million_takes_about_as_many_steps_everywhere() {
        assert_every_page_takes_about_as_many_steps(1_000_000);
    }
}
