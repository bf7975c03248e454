//! A connection that reads, and what it has read since the file last changed.

use super::cache::Cache;
use super::lists;
use super::open_file::OpenFile;
use super::statements;
use super::wal_index::State;
use crate::people::store::{Error, Page, Part, Person};

/// A connection with what it has read, in rows `R`.
pub struct Reader<R> {
    file: OpenFile,
    cache: Cache<R>,
}

impl<R> From<OpenFile> for Reader<R> {
    fn from(file: OpenFile) -> Self {
        Self {
            file,
            cache: Cache::default(),
        }
    }
}

impl<R: Clone + From<Person>> Reader<R> {
    /// A part of the list: as it was read before, if nobody has changed the file since.
    pub fn list(&mut self, part: &Part) -> Result<Page<R>, Error> {
        let state = self.turn();
        if let Some(page) = self.cache.page(part) {
            return Ok(page);
        }
        let page = lists::list(&self.file.connection, part)?;
        if self.is_still(state) {
            self.cache.keep_page(part, &page);
        }
        Ok(page)
    }

    /// The person with this last name: as was read before, likewise.
    pub fn find(&mut self, last_name: &str) -> Result<R, Error> {
        let state = self.turn();
        let person = match self.cache.person(last_name) {
            Some(kept) => kept,
            None => {
                let person = statements::find(&self.file.connection, last_name)?.map(R::from);
                if self.is_still(state) {
                    self.cache.keep_person(last_name, &person);
                }
                person
            }
        };
        person.ok_or(Error::NotFound)
    }

    /// Has the cache keep nothing of another state than the present one.
    fn turn(&mut self) -> Option<State> {
        let state = self.file.index.state();
        self.cache.turn_to(state);
        state
    }

    /// Whether what was read since is of this state.
    fn is_still(&self, state: Option<State>) -> bool {
        state.is_some() && state == self.file.index.state()
    }

    /// Reads from the table, whether it has people or not.
    pub fn probe(&self) -> Result<(), Error> {
        statements::probe(&self.file.connection)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::slice::from_ref;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::thread;

    use rusqlite::{Connection, StatementStatus};

    use super::*;
    use crate::people::condition::Condition;
    use crate::people::sqlite::changes::Changes;
    use crate::people::sqlite::connections;
    use crate::people::store_cases::{part, person};

    /// A file, with a connection that writes, as another process has one, and two that read.
    fn open(folder: &Path) -> (Connection, [Reader<Person>; 2]) {
        let file = folder.join("people.db");
        drop(connections::open::<Person>(&file, &[]).expect("created"));
        let reader = || connections::open_reader(&file).expect("opened").into();
        let writer = Connection::open(&file).expect("opened");
        (writer, [reader(), reader()])
    }

    /// Whether SQLite has read a page since it was last looked.
    fn has_read(reader: &Reader<Person>) -> bool {
        let statement = reader.file.connection.prepare_cached(lists::FIRST);
        let steps = statement
            .expect("compiled")
            .reset_status(StatementStatus::VmStep);
        steps > 0
    }

    #[test]
    fn a_page_is_read_again_only_after_a_commit() {
        let folder = tempfile::tempdir().expect("a folder");
        let (writer, [mut reader, mut other]) = open(folder.path());
        let mut changes = Changes::new(&writer).expect("compiled");
        let mut list = |is_read| {
            let page = reader.list(&part(10, 0)).expect("a list");
            assert_eq!(has_read(&reader), is_read);
            page.people
        };
        let [one, two] = ["a", "b"].map(person);
        changes.begin().expect("begun");
        changes.add(&one).expect("added");
        changes.commit().expect("committed");
        assert_eq!(list(true), from_ref(&one));
        assert_eq!(list(false), from_ref(&one));
        changes.begin().expect("begun");
        changes.add(&two).expect("added");
        assert_eq!(list(false), from_ref(&one));
        changes.commit().expect("committed");
        assert_eq!(list(true), [one.clone(), two.clone()]);
        assert_eq!(list(false), [one.clone(), two.clone()]);
        writer
            .execute_batch("BEGIN; DELETE FROM person; ROLLBACK")
            .expect("undone");
        assert_eq!(list(false), [one.clone(), two.clone()]);
        changes.begin().expect("begun");
        changes.remove("a", &Condition::default()).expect("removed");
        changes.commit().expect("committed");
        assert_eq!(list(true), from_ref(&two));
        assert_eq!(other.list(&part(10, 0)).expect("a list").people, [two]);
    }

    #[test]
    fn a_page_is_never_older_than_a_commit_before_it() {
        const CHANGES: u64 = 300;
        let folder = tempfile::tempdir().expect("a folder");
        let (writer, readers) = open(folder.path());
        let mut changes = Changes::new(&writer).expect("compiled");
        let committed = AtomicU64::new(0);
        let read = |mut reader: Reader<Person>| {
            let mut before = 0;
            while before < CHANGES {
                before = committed.load(Ordering::SeqCst);
                assert!(reader.list(&part(5, 0)).expect("a list").total >= before);
            }
        };
        thread::scope(|scope| {
            for reader in readers {
                scope.spawn(|| read(reader));
            }
            for number in 1..=CHANGES {
                changes.begin().expect("begun");
                changes.add(&person(&number.to_string())).expect("added");
                changes.commit().expect("committed");
                committed.store(number, Ordering::SeqCst);
            }
        });
    }

    #[test]
    fn every_page_and_person_is_as_the_file_has_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let (writer, mut readers) = open(folder.path());
        let mut changes = Changes::new(&writer).expect("compiled");
        for round in 0..200_usize {
            let name = (round * 7919 % 31).to_string();
            changes.begin().expect("begun");
            match changes.add(&person(&name)) {
                Err(Error::AlreadyExists) => {
                    changes
                        .remove(&name, &Condition::default())
                        .expect("removed");
                }
                added => added.expect("added"),
            }
            changes.commit().expect("committed");
            let after = Part {
                after: Some(name.clone()),
                ..part(3, 0)
            };
            let found = Part {
                prefix: "1".to_owned(),
                ..part(3, 0)
            };
            for part in [part(1000, 0), part(2, 3), part(2, 1001), after, found] {
                let page = lists::list(&writer, &part).expect("a list");
                // One of the readers sees fewer of the changes.
                for reader in &mut readers[..1 + usize::from(round % 3 == 0)] {
                    assert_eq!(reader.list(&part), Ok(page.clone()));
                    assert_eq!(reader.list(&part), Ok(page.clone()));
                }
            }
            let person = statements::find(&writer, &name).expect("read");
            let person = person.ok_or(Error::NotFound);
            for reader in &mut readers[..1 + usize::from(round % 3 == 0)] {
                assert_eq!(reader.find(&name), person);
                assert_eq!(reader.find(&name), person);
            }
        }
    }
}
