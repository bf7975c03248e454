//! Whether somebody has committed since a file was last read, by one call of the system.
//!
//! SQLite counts commits in the header of the index of the log, which all processes with the file open share as memory. To query
//! the count from SQLite (`PRAGMA data_version`) has it take and release a lock.

use std::io;
use std::path::Path;

use super::handles::Handle;

/// The header is there twice, since it is written without a lock for those who read it: the second is written first.
/// <https://sqlite.org/walformat.html>, section 2.1.
const HEADER: usize = 48;

/// Which byte of the header says that it is filled.
const FILLED: usize = 12;

/// The index of a file's log. Of the default, no state is known.
#[derive(Default)]
pub struct WalIndex(Option<Handle>);

/// A state of the database. No two are equal with a commit in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State([u8; HEADER]);

impl WalIndex {
    /// Opens an index, which is there once a connection has read the file with its log turned on.
    pub fn open(index: &Path) -> io::Result<Self> {
        Handle::open(index).map(|handle| Self(Some(handle)))
    }

    /// The state after all that was committed before the call; none while somebody commits.
    pub fn state(&self) -> Option<State> {
        let mut headers = [[0; HEADER]; 2];
        let read = self.0.as_ref()?.read_start(headers.as_flattened_mut());
        let [one, two] = headers;
        let is_whole = read.ok()? == 2 * HEADER && one == two && one[FILLED] == 1;
        is_whole.then_some(State(one))
    }

    /// Has the state be unknown from now on, to all in this process, if it is still the one before a commit: there are file systems
    /// where what is read of a file is not what SQLite has mapped of it (9P with `cache=mmap`).
    pub fn verify(&self, before: Option<State>) {
        if let Some(index) = &self.0
            && before.is_some()
            && before == self.state()
        {
            tracing::warn!(
                "SQLite: its file system does not show commits; every read queries SQLite"
            );
            index.mark_unreliable();
        }
    }
}

#[cfg(test)]
impl State {
    pub fn of(byte: u8) -> Self {
        let mut header = [byte; HEADER];
        header[FILLED] = 1;
        Self(header)
    }

    /// What the index has in this state.
    pub fn headers(self) -> Vec<u8> {
        [self.0; 2].concat()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use rusqlite::Connection;

    use super::*;

    #[test]
    fn a_state_changes_with_each_commit_and_with_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("file");
        let open = || Connection::open(&file).expect("opened");
        let [one, two] = [open(), open()];
        let sql = |connection: &Connection, sql: &str| connection.execute_batch(sql).expect("done");
        sql(&one, "PRAGMA journal_mode = WAL; CREATE TABLE t (c)");
        let index = WalIndex::open(&folder.path().join("file-shm")).expect("opened");
        let mut state = index.state().expect("known");
        for (connection, sql_of_it, is_commit) in [
            (&one, "INSERT INTO t VALUES (1)", true),
            (&two, "INSERT INTO t VALUES (1)", true),
            (&two, "SELECT * FROM t", false),
            (&two, "BEGIN; INSERT INTO t VALUES (1); ROLLBACK", false),
            (&two, "BEGIN; INSERT INTO t VALUES (1)", false),
            (&two, "COMMIT", true),
            (&one, "DELETE FROM t WHERE c = 2", false),
            (&one, "PRAGMA wal_checkpoint(PASSIVE)", false),
            // Written to the beginning of the log.
            (&one, "INSERT INTO t VALUES (1)", true),
            (&one, "DELETE FROM t", true),
        ] {
            sql(connection, sql_of_it);
            let before = std::mem::replace(&mut state, index.state().expect("known"));
            assert_eq!(state != before, is_commit, "{sql_of_it}");
            assert_eq!(index.state(), Some(state));
        }
    }

    #[test]
    fn a_state_is_not_known_without_an_index_or_while_it_is_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("file-shm");
        assert!(WalIndex::open(&file).is_err());
        assert_eq!(WalIndex::default().state(), None);
        let written = |headers: &[u8]| {
            fs::write(&file, headers).expect("written");
            WalIndex::open(&file).expect("opened").state()
        };
        let [one, two] = [1, 2].map(|byte| State::of(byte).0);
        assert_eq!(written(&[one, one, [0; 48]].concat()), Some(State(one)));
        assert_eq!(written(&[one, one].concat()[..95]), None);
        assert_eq!(written(&[one, two].concat()), None);
        assert_eq!(written(&[[0; 48]; 2].concat()), None);
    }

    #[test]
    fn an_index_that_does_not_show_a_commit_is_not_relied_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("file-shm");
        let write = |byte| fs::write(&file, State::of(byte).headers()).expect("written");
        write(1);
        let [one, two] = [(); 2].map(|()| WalIndex::open(&file).expect("opened"));
        for (before, after, is_reliable) in
            [(None, 2, true), (Some(2), 3, true), (Some(3), 3, false)]
        {
            write(after);
            one.verify(before.map(State::of));
            let state = is_reliable.then(|| State::of(after));
            assert_eq!([one.state(), two.state()], [state; 2], "{before:?}");
        }
    }
}
