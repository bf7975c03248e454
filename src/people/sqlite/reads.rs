//! Reading: at once, or a few at a time on threads.

use std::io;
use std::sync::Mutex;

use super::link::Link;
use super::queue::Queue;
use super::reader::Reader;
use super::threads::{Reply, Threads};
use crate::people::store::Error;
use crate::people::waits::Waits;

/// The connections and threads that read.
pub struct Readers<R> {
    /// Connections of short reads, as far as none of those uses them now.
    idle: Mutex<Vec<Link<Reader<R>>>>,
    threads: Threads<Read<R>>,
}

type Read<R> = Box<dyn FnOnce(Result<&mut Reader<R>, Error>) + Send>;

impl<R: Send + 'static> Readers<R> {
    /// Starts a thread for each of the second connections. The first do not wait for other processes.
    pub fn start(idle: Vec<Link<Reader<R>>>, links: Vec<Link<Reader<R>>>) -> io::Result<Self> {
        Ok(Self {
            idle: Mutex::new(idle),
            threads: Threads::start("people-read", links, read_all)?,
        })
    }

    /// Runs a `read` that takes microseconds at once; on one of the threads if no connection is idle, or if it would have to wait.
    pub async fn run_short<T: Send + 'static>(
        &self,
        read: impl Fn(&mut Reader<R>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        match self.run_at_once(&read) {
            Some(outcome) => outcome,
            None => self.run(read).await,
        }
    }

    fn run_at_once<T>(
        &self,
        read: impl Fn(&mut Reader<R>) -> Result<T, Error>,
    ) -> Option<Result<T, Error>> {
        let mut link = self.idle.lock().ok()?.pop()?;
        let outcome = link.recent().and_then(read);
        self.idle.lock().ok()?.push(link);
        Some(outcome).filter(|outcome| !matches!(outcome, Err(Error::Unavailable(_))))
    }

    /// How long reads wait for one of the threads.
    pub fn waits(&self) -> Waits {
        self.threads.waits()
    }

    /// Runs `read` on one of the threads.
    pub async fn run<T: Send + 'static>(
        &self,
        read: impl FnOnce(&mut Reader<R>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let job = |reply: Reply<T>| -> Read<R> {
            Box::new(move |reader| reply.send(reader.and_then(read)))
        };
        self.threads.run(job).await
    }
}

fn read_all<R>(mut link: Link<Reader<R>>, queue: &Queue<Read<R>>) {
    while let Some(read) = queue.take() {
        read(link.recent());
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use futures_util::FutureExt;

    use super::*;
    use crate::people::sqlite::connections;
    use crate::people::store::Person;

    fn readers(folder: &Path) -> Readers<Person> {
        let links = connections::open(&folder.join("people.db"), &[]).expect("opened");
        Readers::start(links.idle, links.readers).expect("started")
    }

    #[actix_web::test]
    async fn a_short_read_is_done_at_once_while_a_connection_is_idle() {
        let folder = tempfile::tempdir().expect("a folder");
        let readers = readers(folder.path());
        let read = || readers.run_short(|_| Ok(1));
        assert_eq!(read().now_or_never(), Some(Ok(1)));
        let busy = std::mem::take(&mut *readers.idle.lock().expect("not poisoned"));
        assert_eq!(read().await, Ok(1));
        readers.idle.lock().expect("not poisoned").extend(busy);
        assert_eq!(read().now_or_never(), Some(Ok(1)));
    }

    #[actix_web::test]
    async fn a_short_read_that_would_have_to_wait_is_done_on_a_thread() {
        let folder = tempfile::tempdir().expect("a folder");
        let readers = readers(folder.path());
        let thread = std::thread::current().id();
        let read = readers.run_short(move |_| match std::thread::current().id() == thread {
            true => Err(Error::Unavailable("SQLite: busy".to_owned())),
            false => Ok(2),
        });
        assert_eq!(read.await, Ok(2));
    }
}
