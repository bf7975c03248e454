//! Transactions, begun and undone by statements that are compiled once.

use rusqlite::Connection;

/// A transaction of reads: while it lasts, all reads of a connection see one moment.
pub struct Transaction<'c>(&'c Connection);

impl<'c> Transaction<'c> {
    pub fn begin(connection: &'c Connection) -> rusqlite::Result<Self> {
        execute(connection, "BEGIN")?;
        Ok(Self(connection))
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        undo(self.0);
    }
}

/// Ends the transaction of a connection, if it is in one, and undoes what it has written.
pub fn undo(connection: &Connection) {
    if !connection.is_autocommit() {
        // The only error is that SQLite has ended the transaction already.
        let _ = execute(connection, "ROLLBACK");
    }
}

fn execute(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(sql)?.execute(()).map(drop)
}
