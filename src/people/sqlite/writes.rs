//! Writing, by one thread, with one wait for the disk for all that wait at once.

use std::io;
use std::time::Instant;

use rusqlite::Connection;

use super::batches::Batches;
use super::connections::TIMEOUT;
use super::link::Link;
use super::threads::{Jobs, Reply, Threads};
use super::transaction::Transaction;
use crate::people::store::Error;
use crate::people::waits::Waits;

/// The thread that writes.
pub struct Writer(Threads<Box<dyn Write>>);

/// A write that somebody waits for.
trait Write: Send {
    /// Whether it has waited as long for those before it as one may wait for another process.
    fn is_late(&self) -> bool;

    fn run(&mut self, connection: &Connection);

    /// Sends the outcome if the transaction was committed, and otherwise why it was not.
    fn answer(self: Box<Self>, committed: Result<(), Error>);
}

impl Writer {
    /// Starts the thread.
    pub fn start(link: Link) -> io::Result<Self> {
        Threads::start("people-write", vec![link], write_all).map(Self)
    }

    /// How long writes wait for the thread.
    pub fn waits(&self) -> Waits {
        self.0.waits.clone()
    }

    /// Runs `statement`, the only one that changes anything, on the thread, and answers once what it did is on the disk.
    pub async fn run<T: Send + 'static>(
        &self,
        statement: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let job = |reply| -> Box<dyn Write> {
            Box::new(Waiting {
                since: Instant::now(),
                statement: Some(statement),
                outcome: None,
                reply,
            })
        };
        self.0.run(job).await
    }
}

fn write_all(mut link: Link, writes: &Jobs<Box<dyn Write>>) {
    let Ok(queue) = writes.lock() else { return };
    let mut batches = Batches::default();
    while let Some(batch) = batches.next(&queue) {
        let (start, count) = (Instant::now(), batch.len());
        let (late, batch): (Vec<_>, _) = batch.into_iter().partition(|write| write.is_late());
        for write in late {
            let cause = "SQLite: not begun, since others waited too long before it".to_owned();
            write.answer(Err(Error::Unavailable(cause)));
        }
        write_together(&mut link, batch);
        batches.written(&queue, count, start.elapsed());
    }
}

/// Does every write of the batch in one transaction, and only then sends the outcomes.
///
/// A write that is refused leaves nothing, since a single statement of it changes anything, and doesn't hold up the others.
fn write_together(link: &mut Link, mut batch: Vec<Box<dyn Write>>) {
    if batch.is_empty() {
        return;
    }
    let committed = commit(link, &mut batch);
    for write in batch {
        write.answer(committed.clone());
    }
}

fn commit(link: &mut Link, batch: &mut [Box<dyn Write>]) -> Result<(), Error> {
    let connection = link.current()?;
    let transaction = Transaction::of_writes(connection)?;
    for write in batch {
        write.run(connection);
        // A full disk, for one, makes SQLite do that.
        if transaction.is_over() {
            return Err(Error::Unavailable(
                "SQLite: undone with another write that failed".to_owned(),
            ));
        }
    }
    transaction.commit()?;
    // What went into a file that is no longer there is not kept.
    if !link.is_current() {
        return Err(Error::Unavailable(
            "SQLite: the file was removed or replaced during the change".to_owned(),
        ));
    }
    Ok(())
}

struct Waiting<S, T> {
    since: Instant,
    statement: Option<S>,
    outcome: Option<Result<T, Error>>,
    reply: Reply<T>,
}

impl<S, T> Write for Waiting<S, T>
where
    S: FnOnce(&Connection) -> Result<T, Error> + Send,
    T: Send,
{
    fn is_late(&self) -> bool {
        self.since.elapsed() > TIMEOUT
    }

    fn run(&mut self, connection: &Connection) {
        self.outcome = self.statement.take().map(|statement| statement(connection));
    }

    fn answer(self: Box<Self>, committed: Result<(), Error>) {
        let outcome = match (self.outcome, committed) {
            // The failure of a write explains more than that of the transaction that it ended.
            (Some(Err(error @ (Error::Failed(_) | Error::Unavailable(_)))), _) => Err(error),
            (Some(outcome), Ok(())) => outcome,
            (_, committed) => committed.and(Err(Error::Failed("SQLite: not run".to_owned()))),
        };
        self.reply.send(outcome);
    }
}
