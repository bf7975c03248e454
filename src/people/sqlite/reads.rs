//! Reading: at once, or a few at a time on threads.

use std::io;
use std::sync::Mutex;

use rusqlite::Connection;

use super::link::Link;
use super::threads::{Jobs, Queued, Reply, Threads};
use crate::people::store::Error;
use crate::people::waits::Waits;

/// The connections and threads that read.
pub struct Readers {
    /// Connections of short reads, as far as none of those uses them now.
    idle: Mutex<Vec<Link>>,
    threads: Threads<Read>,
}

type Read = Box<dyn FnOnce(Result<&Connection, Error>) + Send>;

impl Readers {
    /// Starts a thread for each of the second connections. The first do not wait for other processes.
    pub fn start(idle: Vec<Link>, links: Vec<Link>) -> io::Result<Self> {
        Ok(Self {
            idle: Mutex::new(idle),
            threads: Threads::start("people-read", links, read_all)?,
        })
    }

    /// Runs a `read` that takes microseconds at once; on one of the threads if no connection is idle, or if it would have to wait.
    pub async fn run_short<T: Send + 'static>(
        &self,
        read: impl Fn(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        match self.run_at_once(&read) {
            Some(outcome) => outcome,
            None => self.run(read).await,
        }
    }

    fn run_at_once<T>(
        &self,
        read: impl Fn(&Connection) -> Result<T, Error>,
    ) -> Option<Result<T, Error>> {
        let mut link = self.idle.lock().ok()?.pop()?;
        let outcome = link.current().and_then(|connection| read(connection));
        self.idle.lock().ok()?.push(link);
        Some(outcome).filter(|outcome| !matches!(outcome, Err(Error::Unavailable(_))))
    }

    /// How long reads wait for one of the threads.
    pub fn waits(&self) -> Waits {
        self.threads.waits.clone()
    }

    /// Runs `read` on one of the threads.
    pub async fn run<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let job = |reply: Reply<T>| -> Read {
            Box::new(move |connection| reply.send(connection.and_then(read)))
        };
        self.threads.run(job).await
    }
}

fn read_all(mut link: Link, reads: &Jobs<Read>) {
    while let Some(read) = next(reads) {
        read(link.current().map(|connection| &*connection));
    }
}

fn next(reads: &Jobs<Read>) -> Option<Read> {
    reads.lock().ok()?.recv().ok().map(Queued::take)
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::super::connections;
    use super::*;

    #[actix_web::test]
    async fn a_short_read_is_done_at_once_while_a_connection_is_idle() {
        let folder = tempfile::tempdir().expect("a folder");
        let links = connections::open(&folder.path().join("people.db"), &[]).expect("opened");
        let readers = Readers::start(links.idle, links.readers).expect("started");
        let one =
            |connection: &Connection| Ok(connection.query_one("SELECT 1", (), |row| row.get(0))?);
        let read = || readers.run_short::<u8>(one);
        assert_eq!(read().now_or_never(), Some(Ok(1)));
        let busy = std::mem::take(&mut *readers.idle.lock().expect("not poisoned"));
        assert_eq!(read().await, Ok(1));
        readers.idle.lock().expect("not poisoned").extend(busy);
        assert_eq!(read().now_or_never(), Some(Ok(1)));
    }

    #[actix_web::test]
    async fn a_short_read_that_would_have_to_wait_is_done_on_a_thread() {
        let folder = tempfile::tempdir().expect("a folder");
        let links = connections::open(&folder.path().join("people.db"), &[]).expect("opened");
        let readers = Readers::start(links.idle, links.readers).expect("started");
        let thread = std::thread::current().id();
        let read = readers.run_short(move |_| match std::thread::current().id() == thread {
            true => Err(Error::Unavailable("SQLite: busy".to_owned())),
            false => Ok(2),
        });
        assert_eq!(read.await, Ok(2));
    }
}
