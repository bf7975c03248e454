//! Whether somebody has committed since a file was last read, by one call of the system.
//!
//! SQLite counts commits in the header of the index of the log, which all processes with the file open share as memory. As SQLite
//! tells it (`PRAGMA data_version`), it takes and gives back a lock.

use std::path::Path;

use super::handles::Handle;

/// The header is there twice, since it is written without a lock for those who read it: the second is written first.
/// <https://sqlite.org/walformat.html>, section 2.1.
const HEADER: usize = 48;

/// The index of a file's log, if it is known.
#[derive(Default)]
pub struct WalIndex(Option<Handle>);

/// A state of the database. No two are equal with a commit in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State([u8; HEADER]);

impl WalIndex {
    /// Of the file at this path, as SQLite knows it, which a connection has read since the log was turned on. Where the index
    /// cannot be opened, the state is never known.
    pub fn open(file: &Path) -> Self {
        let mut index = file.as_os_str().to_owned();
        index.push("-shm");
        Self(Handle::open(Path::new(&index)).ok())
    }

    /// The state after all that was committed before the call; none while somebody commits.
    pub fn state(&self) -> Option<State> {
        let mut headers = [[0; HEADER]; 2];
        let read = self.0.as_ref()?.read_start(headers.as_flattened_mut());
        let [one, two] = headers;
        (read.ok()? == 2 * HEADER && one == two).then_some(State(one))
    }
}

#[cfg(test)]
impl State {
    pub fn of(byte: u8) -> Self {
        Self([byte; HEADER])
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
        let index = WalIndex::open(&file);
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
        let file = folder.path().join("file");
        assert_eq!(WalIndex::open(&file).state(), None);
        let written = |headers: &[u8]| {
            fs::write(folder.path().join("file-shm"), headers).expect("written");
            WalIndex::open(&file).state()
        };
        assert_eq!(written(&[1; 100]), Some(State::of(1)));
        assert_eq!(written(&[1; 95]), None);
        assert_eq!(written(&[[1; 48], [2; 48]].concat()), None);
    }
}
