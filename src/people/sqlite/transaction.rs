//! Transactions, begun and ended by statements that are compiled once.

use rusqlite::Connection;

/// A transaction, which is undone unless it is committed.
pub struct Transaction<'c>(&'c Connection);

impl<'c> Transaction<'c> {
    /// One of reads, which all see one moment.
    pub fn of_reads(connection: &'c Connection) -> rusqlite::Result<Self> {
        Self::begin(connection, "BEGIN")
    }

    /// One that may write: it waits until no other may.
    pub fn of_writes(connection: &'c Connection) -> rusqlite::Result<Self> {
        Self::begin(connection, "BEGIN IMMEDIATE")
    }

    fn begin(connection: &'c Connection, begin: &str) -> rusqlite::Result<Self> {
        execute(connection, begin)?;
        Ok(Self(connection))
    }

    /// Puts what was written on the disk.
    pub fn commit(self) -> rusqlite::Result<()> {
        execute(self.0, "COMMIT")
    }

    /// Whether SQLite has ended the transaction by itself.
    pub fn is_over(&self) -> bool {
        self.0.is_autocommit()
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if !self.is_over() {
            // The only error is that SQLite has ended the transaction already.
            let _ = execute(self.0, "ROLLBACK");
        }
    }
}

fn execute(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(sql)?.execute(()).map(drop)
}
