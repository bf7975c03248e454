//! Threads that wait for SQLite, so that no other has to.

use std::io;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use tokio::sync::oneshot;

use crate::people::store::Error;
use crate::people::waits::{Waiting, Waits};

/// Threads that take jobs from one queue, each with a connection of its own.
pub struct Threads<J> {
    queue: Option<Sender<Queued<J>>>,
    /// How long jobs are in the queue.
    pub waits: Waits,
    threads: Vec<JoinHandle<()>>,
}

/// The end of the queue from which the threads take.
pub type Jobs<J> = Mutex<Receiver<Queued<J>>>;

/// A job in the queue.
pub struct Queued<J> {
    job: J,
    waiting: Waiting,
}

impl<J> Queued<J> {
    pub fn new(job: J, waiting: Waiting) -> Self {
        Self { job, waiting }
    }

    /// The job, which waits no longer.
    pub fn take(self) -> J {
        drop(self.waiting);
        self.job
    }
}

impl<J: Send + 'static> Threads<J> {
    /// Starts a thread for each connection, which works until there are no more jobs.
    pub fn start<L: Send + 'static>(
        name: &str,
        links: Vec<L>,
        work: fn(L, &Jobs<J>),
    ) -> io::Result<Self> {
        let (queue, jobs) = mpsc::channel();
        let jobs = Arc::new(Mutex::new(jobs));
        let start = |link| {
            let jobs = Arc::clone(&jobs);
            let thread = thread::Builder::new().name(name.to_owned());
            thread.spawn(move || work(link, &jobs))
        };
        let threads = links.into_iter().map(start).collect::<Result<_, _>>()?;
        Ok(Self {
            queue: Some(queue),
            waits: Waits::default(),
            threads,
        })
    }

    /// Has the job done that answers by the sender it is made with, and waits for that answer.
    pub async fn run<T>(&self, job: impl FnOnce(Reply<T>) -> J) -> Result<T, Error> {
        let (reply, answer) = oneshot::channel();
        if let Some(queue) = &self.queue {
            // If no thread is left, the job is dropped, and its reply with it.
            let _ = queue.send(Queued::new(job(Reply(reply)), self.waits.begin()));
        }
        answer
            .await
            .map_err(|_| Error::Failed("SQLite: its thread is gone".to_owned()))?
    }
}

/// Waits until the jobs are done and the connections closed, so that the log is moved into the file.
impl<J> Drop for Threads<J> {
    fn drop(&mut self) {
        self.queue = None;
        for thread in self.threads.drain(..) {
            // One that panicked has printed that itself.
            let _ = thread.join();
        }
    }
}

/// Where the outcome of a job goes.
pub struct Reply<T>(oneshot::Sender<Result<T, Error>>);

impl<T> Reply<T> {
    pub fn send(self, outcome: Result<T, Error>) {
        // Nobody receives it if the client has gone.
        let _ = self.0.send(outcome);
    }
}
