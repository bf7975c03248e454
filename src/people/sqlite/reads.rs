//! Reading, a few at a time.

use std::io;

use rusqlite::Connection;

use super::link::Link;
use super::threads::{Jobs, Reply, Threads};
use crate::people::store::Error;

/// The threads that read.
pub struct Readers(Threads<Read>);

type Read = Box<dyn FnOnce(Result<&Connection, Error>) + Send>;

impl Readers {
    /// Starts a thread for each connection.
    pub fn start(links: Vec<Link>) -> io::Result<Self> {
        Threads::start("people-read", links, read_all).map(Self)
    }

    /// Runs `read` on one of the threads.
    pub async fn run<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let job = |reply: Reply<T>| -> Read {
            Box::new(move |connection| reply.send(connection.and_then(read)))
        };
        self.0.run(job).await
    }
}

fn read_all(mut link: Link, reads: &Jobs<Read>) {
    while let Some(read) = next(reads) {
        read(link.current().map(|connection| &*connection));
    }
}

fn next(reads: &Jobs<Read>) -> Option<Read> {
    reads.lock().ok()?.recv().ok()
}
