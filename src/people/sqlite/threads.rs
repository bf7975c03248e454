//! Threads that wait for SQLite, so that no other has to.

use std::io;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use tokio::sync::oneshot;

use super::queue::Queue;
use crate::people::store::Error;
use crate::people::waits::Waits;

/// Threads that take jobs from one queue, each with a connection of its own.
pub struct Threads<J> {
    queue: Arc<Queue<J>>,
    threads: Vec<JoinHandle<()>>,
}

impl<J: Send + 'static> Threads<J> {
    /// Starts a thread for each connection, which works until there are no more jobs.
    pub fn start<L: Send + 'static>(
        name: &str,
        links: Vec<L>,
        work: fn(L, &Queue<J>),
    ) -> io::Result<Self> {
        let queue = Arc::new(Queue::default());
        // All of them have one.
        let end = Arc::new(End(Arc::clone(&queue)));
        let start = |link| {
            let (queue, end) = (Arc::clone(&queue), Arc::clone(&end));
            let thread = thread::Builder::new().name(name.to_owned());
            thread.spawn(move || {
                let _end = end;
                work(link, &queue);
            })
        };
        let threads = links.into_iter().map(start).collect::<Result<_, _>>()?;
        Ok(Self { queue, threads })
    }

    /// Has the job done that answers by the sender it is made with, and waits for that answer.
    pub async fn run<T>(&self, job: impl FnOnce(Reply<T>) -> J) -> Result<T, Error> {
        let (reply, answer) = oneshot::channel();
        self.queue.push(job(Reply(reply)));
        answer
            .await
            .map_err(|_| Error::Failed("SQLite: its thread is gone".to_owned()))?
    }
}

impl<J> Threads<J> {
    /// How long jobs wait for a thread.
    pub fn waits(&self) -> Waits {
        self.queue.waits.clone()
    }
}

/// Waits until the jobs are done and the connections closed, so that the log is moved into the file.
impl<J> Drop for Threads<J> {
    fn drop(&mut self) {
        self.queue.close();
        for thread in self.threads.drain(..) {
            // One that panicked has printed that itself.
            let _ = thread.join();
        }
    }
}

/// What the threads of a queue have until the last of them ends. With it go the jobs, if it panicked, and their replies.
struct End<J>(Arc<Queue<J>>);

impl<J> Drop for End<J> {
    fn drop(&mut self) {
        self.0.abandon();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn a_job_fails_if_all_threads_have_panicked() {
        let work = |(): (), queue: &Queue<Reply<()>>| {
            queue.take();
            panic!("as the test wants");
        };
        let threads = Threads::start("test", vec![(), ()], work).expect("started");
        for _ in 0..3 {
            let gone = Error::Failed("SQLite: its thread is gone".to_owned());
            assert_eq!(threads.run(|reply| reply).await, Err(gone));
        }
    }
}
