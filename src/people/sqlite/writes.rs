//! Writing, by one thread, with one wait for the disk for all that wait at once.

use std::io;
use std::time::Instant;

use super::batches::Batches;
use super::changes::Changes;
use super::connections::TIMEOUT;
use super::link::Link;
use super::place::Place;
use super::queue::Queue;
use super::threads::{Reply, Threads};
use super::wal_index::WalIndex;
use crate::people::store::Error;
use crate::people::waits::Waits;

/// The thread that writes.
pub struct Writer(Threads<Box<dyn Write>>);

/// Each with the time at which it came.
type Batch = Vec<(Box<dyn Write>, Instant)>;

/// A write that somebody waits for.
trait Write: Send {
    /// Makes the change, and says whether it did not fail; to be refused is no failure.
    fn run(&mut self, changes: &mut Changes<'_>) -> bool;

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
        self.0.waits()
    }

    /// Makes a `change` on the thread, and answers once it is on the disk.
    pub async fn run<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Changes<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let job = |reply| -> Box<dyn Write> {
            Box::new(Waiting {
                change: Some(change),
                outcome: None,
                reply,
            })
        };
        self.0.run(job).await
    }
}

fn write_all(mut link: Link, queue: &Queue<Box<dyn Write>>) {
    let mut batches = Batches::default();
    let mut next = batches.next(queue);
    while let Some(batch) = next {
        next = match open(&mut link) {
            Ok(session) => session.write_on(batch, &mut batches, queue),
            Err(error) => {
                for (write, _) in batch {
                    write.answer(Err(error.clone()));
                }
                batches.next(queue)
            }
        };
    }
}

fn open(link: &mut Link) -> Result<Session<'_>, Error> {
    let (open, place) = link.current()?;
    Ok(Session {
        place,
        index: &open.index,
        changes: Changes::new(&open.connection)?,
    })
}

/// Writing to one file, as long as it is there.
struct Session<'l> {
    place: &'l Place,
    index: &'l WalIndex,
    changes: Changes<'l>,
}

impl Session<'_> {
    /// Writes batches, the first of which is given; returns the first that is for another file, and none if there are no more.
    fn write_on(
        mut self,
        mut batch: Batch,
        batches: &mut Batches,
        queue: &Queue<Box<dyn Write>>,
    ) -> Option<Batch> {
        loop {
            let (start, count) = (Instant::now(), batch.len());
            let mut writes = refuse_late(batch, start);
            let committed = self.write_together(&mut writes);
            // Those who are answered may write again at once.
            batches.written(queue, count, start.elapsed());
            for write in writes {
                write.answer(committed.clone());
            }
            batch = batches.next(queue)?;
            if !self.place.is_current() {
                return Some(batch);
            }
        }
    }

    /// Does every write of the batch in one transaction, which is undone if it cannot be committed.
    fn write_together(&mut self, batch: &mut [Box<dyn Write>]) -> Result<(), Error> {
        if batch.is_empty() {
            return Ok(());
        }
        let committed = self.commit(batch);
        if committed.is_err() {
            self.changes.undo();
        }
        committed
    }

    /// A write that is refused has changed nothing, and doesn't hold up the others. One that fails may have made half of its
    /// change, or a full disk may have made SQLite undo all.
    fn commit(&mut self, batch: &mut [Box<dyn Write>]) -> Result<(), Error> {
        self.changes.begin()?;
        // Until the end of the transaction, nobody else commits.
        let (state, rows) = (self.index.state(), self.changes.connection.total_changes());
        for write in batch {
            if !write.run(&mut self.changes) {
                return Err(Error::Unavailable(
                    "SQLite: undone with another write that failed".to_owned(),
                ));
            }
        }
        self.changes.commit()?;
        if self.changes.connection.total_changes() > rows {
            self.index.verify(state);
        }
        // What went into a file that is no longer there is not kept.
        if !self.place.is_current() {
            return Err(Error::Unavailable(
                "SQLite: the file was removed or replaced during the change".to_owned(),
            ));
        }
        Ok(())
    }
}

/// The writes of a batch that have not waited longer for those before them than one may wait for another process. The others are
/// answered.
fn refuse_late(batch: Batch, now: Instant) -> Vec<Box<dyn Write>> {
    let is_in_time = |(write, since): (Box<dyn Write>, Instant)| {
        if now.saturating_duration_since(since) <= TIMEOUT {
            return Some(write);
        }
        let cause = "SQLite: not begun, since others waited too long before it".to_owned();
        write.answer(Err(Error::Unavailable(cause)));
        None
    };
    batch.into_iter().filter_map(is_in_time).collect()
}

struct Waiting<C, T> {
    change: Option<C>,
    outcome: Option<Result<T, Error>>,
    reply: Reply<T>,
}

impl<C, T> Write for Waiting<C, T>
where
    C: FnOnce(&mut Changes<'_>) -> Result<T, Error> + Send,
    T: Send,
{
    fn run(&mut self, changes: &mut Changes<'_>) -> bool {
        self.outcome = self.change.take().map(|change| change(changes));
        !matches!(
            self.outcome,
            Some(Err(Error::Failed(_) | Error::Unavailable(_)))
        )
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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;
    use crate::people::condition::Condition;
    use crate::people::sqlite::connections;
    use crate::people::sqlite::wal_index::State;
    use crate::people::store::Person;
    use crate::people::store_cases::person;

    /// Counts how often it is answered that others waited too long.
    struct Counted(Arc<AtomicUsize>);

    impl Write for Counted {
        fn run(&mut self, _: &mut Changes<'_>) -> bool {
            unreachable!("nothing is written")
        }

        fn answer(self: Box<Self>, committed: Result<(), Error>) {
            let cause = "SQLite: not begun, since others waited too long before it".to_owned();
            assert_eq!(committed, Err(Error::Unavailable(cause)));
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    #[test]
    fn a_write_that_has_waited_too_long_is_answered_before_the_others_are_written() {
        let start = Instant::now();
        let now = start + TIMEOUT + Duration::from_millis(1);
        let answered = Arc::new(AtomicUsize::new(0));
        let write = || -> Box<dyn Write> { Box::new(Counted(Arc::clone(&answered))) };
        let in_time = start + Duration::from_millis(1);
        let batch = [start, in_time, start, now].map(|since| (write(), since));
        assert_eq!(refuse_late(batch.into(), now).len(), 2);
        assert_eq!(answered.load(Ordering::SeqCst), 2);
    }

    #[actix_web::test]
    async fn an_index_that_does_not_show_what_was_written_is_not_relied_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("people.db");
        let mut link = connections::open::<Person>(&file, &[])
            .expect("opened")
            .writer;
        let other = folder.path().join("other-shm");
        fs::write(&other, State::of(1).headers()).expect("written");
        let [index, same] = [(); 2].map(|()| WalIndex::open(&other).expect("opened"));
        let (open, _) = link.current().expect("a connection");
        open.index = same;
        let writer = Writer::start(link).expect("started");
        // It changes nothing, so that there is no commit.
        let removed = writer.run(|changes| changes.remove("a", &Condition::default()));
        assert_eq!(removed.await, Err(Error::NotFound));
        assert_eq!(index.state(), Some(State::of(1)));
        assert_eq!(
            writer.run(|changes| changes.add(&person("a"))).await,
            Ok(())
        );
        assert_eq!(index.state(), None);
    }
}
