//! What each call that changes a person does in SQL, by statements that are compiled once for a connection.

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OptionalExtension, Statement};

use super::transaction;
use crate::people::condition::Condition;
use crate::people::search;
use crate::people::store::{Change, Error, Person};

/// How many people a range has without being divided, or joined with the one before it.
const USUAL: std::ops::RangeInclusive<i64> = 250..=2000;

/// The statements of a connection that writes.
///
/// The triggers of the schema are for other programs. On this connection they are off, since a change with triggers costs half
/// as much again as one that does their work itself.
pub struct Changes<'c> {
    pub connection: &'c Connection,
    begin: Statement<'c>,
    commit: Statement<'c>,
    version: Statement<'c>,
    add: Statement<'c>,
    update: Statement<'c>,
    remove: Statement<'c>,
    range: Statement<'c>,
    resize: Statement<'c>,
    /// The range that was changed last in this transaction.
    counted: Option<Range>,
}

/// A range as it is in the table, but for its count.
struct Range {
    start: String,
    /// Where the next one starts.
    end: Option<String>,
    people: i64,
}

impl<'c> Changes<'c> {
    pub fn new(connection: &'c Connection) -> rusqlite::Result<Self> {
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
        let compile = |sql| connection.prepare(sql);
        Ok(Self {
            connection,
            begin: compile("BEGIN IMMEDIATE")?,
            commit: compile("COMMIT")?,
            version: compile("SELECT version FROM person WHERE last_name = ?1")?,
            add: compile(ADD)?,
            update: compile(
                "UPDATE person SET first_name = ?2, changed_at = ?3, version = ?4, first_folded = ?5
                 WHERE last_name = ?1",
            )?,
            remove: compile("DELETE FROM person WHERE last_name = ?1")?,
            range: compile(
                "SELECT start, people, (SELECT min(start) FROM person_range WHERE start > ?1)
                 FROM person_range WHERE start <= ?1 ORDER BY start DESC LIMIT 1",
            )?,
            resize: compile("UPDATE person_range SET people = ?2 WHERE start = ?1")?,
            counted: None,
        })
    }

    /// Begins a transaction that may write: it waits until no other may.
    pub fn begin(&mut self) -> rusqlite::Result<()> {
        self.counted = None;
        self.begin.execute(()).map(drop)
    }

    /// Puts what was written on the disk.
    pub fn commit(&mut self) -> rusqlite::Result<()> {
        self.write_count()?;
        self.commit.execute(()).map(drop)
    }

    /// Undoes what was written since [`Self::begin`].
    pub fn undo(&self) {
        transaction::undo(self.connection);
    }

    // Those below are called in a transaction, so that nobody else changes what they have looked at, and so that what they did
    // is undone where they fail. What they refuse, they refuse before they change anything.

    pub fn add(&mut self, person: &Person) -> Result<(), Error> {
        match add(&mut self.add, person)? {
            1 => Ok(self.count(&person.last_name, 1)?),
            _ => Err(Error::AlreadyExists),
        }
    }

    pub fn update(
        &mut self,
        last_name: String,
        change: Change,
        condition: &Condition,
    ) -> Result<Person, Error> {
        self.check(&last_name, condition)?;
        let Change {
            first_name,
            changed,
            version,
        } = change;
        let folded = search::fold(&first_name);
        let update = (&last_name, &first_name, changed, version, folded);
        match self.update.execute(update)? {
            1 => Ok(Person {
                last_name,
                first_name,
                changed,
                version,
            }),
            _ => Err(Error::NotFound),
        }
    }

    pub fn remove(&mut self, last_name: &str, condition: &Condition) -> Result<(), Error> {
        self.check(last_name, condition)?;
        match self.remove.execute([last_name])? {
            1 => Ok(self.count(last_name, -1)?),
            _ => Err(Error::NotFound),
        }
    }

    fn check(&mut self, last_name: &str, condition: &Condition) -> Result<(), Error> {
        if *condition == Condition::default() {
            return Ok(());
        }
        let version = self.version.query_one([last_name], |row| row.get(0));
        match version.optional()? {
            None => Err(Error::NotFound),
            Some(version) if condition.accepts(version) => Ok(()),
            Some(_) => Err(Error::NotAccepted),
        }
    }

    /// Counts people who have come or gone in the range of a last name. The count is written before the next range is counted, and
    /// before the transaction ends.
    fn count(&mut self, last_name: &str, people: i64) -> rusqlite::Result<()> {
        let known = self.counted.take_if(|range| range.contains(last_name));
        let mut counted = match known {
            Some(range) => range,
            None => {
                self.write_count()?;
                self.range.query_one([last_name], |row| {
                    Ok(Range {
                        start: row.get(0)?,
                        people: row.get(1)?,
                        end: row.get(2)?,
                    })
                })?
            }
        };
        counted.people += people;
        let is_usual = counted.is_usual();
        self.counted = Some(counted);
        match is_usual {
            true => Ok(()),
            false => self.write_count(),
        }
    }

    fn write_count(&mut self) -> rusqlite::Result<()> {
        let Some(range) = self.counted.take() else {
            return Ok(());
        };
        if range.is_usual() {
            return self.resize.execute((&range.start, range.people)).map(drop);
        }
        // The triggers divide and join ranges. To turn them on and off has all statements compiled again, which is seldom enough.
        let triggers = |on| {
            let config = DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER;
            self.connection.set_db_config(config, on).map(drop)
        };
        triggers(true)?;
        let resized = self.resize.execute((&range.start, range.people)).map(drop);
        triggers(false)?;
        resized
    }
}

impl Range {
    fn contains(&self, last_name: &str) -> bool {
        let is_before_end = self.end.as_deref().is_none_or(|end| last_name < end);
        is_before_end && last_name >= self.start.as_str()
    }

    /// Whether it is neither divided nor joined. The first range has none before it to be joined with.
    fn is_usual(&self) -> bool {
        USUAL.contains(&self.people) || (self.start.is_empty() && self.people <= *USUAL.end())
    }
}

/// Adds a person to a file whose triggers count, if there is none with the last name.
pub fn insert(connection: &Connection, person: &Person) -> rusqlite::Result<()> {
    add(&mut connection.prepare(ADD)?, person).map(drop)
}

const ADD: &str =
    "INSERT INTO person (last_name, first_name, changed_at, version, last_folded, first_folded)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING";

/// How many people were added: one, or none.
fn add(statement: &mut Statement, person: &Person) -> rusqlite::Result<usize> {
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::people::sqlite::connections;
    use crate::people::store_cases::person;

    fn open(folder: &Path) -> Connection {
        let file = folder.join("people.db");
        drop(connections::open::<Person>(&file, &[]).expect("created"));
        Connection::open(&file).expect("opened")
    }

    /// The ranges, each as it is kept and as it is counted.
    fn ranges(connection: &Connection) -> Vec<(i64, i64)> {
        let sql = "SELECT people, (SELECT count(*) FROM person WHERE last_name >= start AND (next IS NULL OR last_name < next))
             FROM (SELECT start, people, lead(start) OVER (ORDER BY start) AS next FROM person_range) ORDER BY start";
        let mut statement = connection.prepare(sql).expect("compiled");
        let ranges = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?)));
        ranges.and_then(Iterator::collect).expect("ranges")
    }

    fn assert_counted(connection: &Connection, people: i64) {
        let ranges = ranges(connection);
        assert!(ranges.iter().all(|(kept, counted)| kept == counted));
        assert_eq!(ranges.iter().map(|(kept, _)| kept).sum::<i64>(), people);
        assert!(ranges[1..].iter().all(|(kept, _)| USUAL.contains(kept)));
        assert!(ranges[0].0 <= *USUAL.end());
    }

    #[test]
    fn every_range_is_counted_while_people_come_and_go() {
        const PEOPLE: i64 = 5000;
        let folder = tempfile::tempdir().expect("a folder");
        let connection = open(folder.path());
        let mut changes = Changes::new(&connection).expect("compiled");
        // An order that is neither that of the names nor its reverse.
        let names = (0..PEOPLE).map(|number| (number * 2741 % PEOPLE).to_string());
        let names: Vec<_> = names.collect();
        changes.begin().expect("begun");
        for name in &names {
            changes.add(&person(name)).expect("added");
        }
        assert_eq!(changes.add(&person("7")), Err(Error::AlreadyExists));
        changes.commit().expect("committed");
        assert_counted(&connection, PEOPLE);
        assert!(ranges(&connection).len() > 2);
        let any = Condition::default();
        for (removed, names) in (1..).zip(names[..4500].chunks(250)) {
            changes.begin().expect("begun");
            for name in names {
                changes.remove(name, &any).expect("removed");
                assert_eq!(changes.remove(name, &any), Err(Error::NotFound));
            }
            changes.commit().expect("committed");
            assert_counted(&connection, PEOPLE - removed * 250);
        }
    }

    #[test]
    fn what_is_undone_is_not_counted() {
        let folder = tempfile::tempdir().expect("a folder");
        let connection = open(folder.path());
        let mut changes = Changes::new(&connection).expect("compiled");
        changes.begin().expect("begun");
        changes.add(&person("a")).expect("added");
        changes.undo();
        changes.begin().expect("begun");
        changes.add(&person("b")).expect("added");
        changes.commit().expect("committed");
        assert_counted(&connection, 1);
    }

    #[test]
    fn what_triggers_count_and_what_changes_count_is_the_same() {
        let folder = tempfile::tempdir().expect("a folder");
        let connection = open(folder.path());
        insert(&connection, &person("a")).expect("inserted");
        assert_counted(&connection, 1);
        let mut changes = Changes::new(&connection).expect("compiled");
        changes.begin().expect("begun");
        changes.add(&person("b")).expect("added");
        changes.commit().expect("committed");
        assert_counted(&connection, 2);
    }
}
