//! A transaction of reads, begun and ended by statements that are compiled once.

use rusqlite::Connection;

/// While it lasts, all reads of a connection see one moment.
pub struct Transaction<'c>(&'c Connection);

impl<'c> Transaction<'c> {
    pub fn begin(connection: &'c Connection) -> rusqlite::Result<Self> {
        execute(connection, "BEGIN")?;
        Ok(Self(connection))
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if !self.0.is_autocommit() {
            // The only error is that SQLite has ended the transaction already.
            let _ = execute(self.0, "ROLLBACK");
        }
    }
}

fn execute(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(sql)?.execute(()).map(drop)
}
