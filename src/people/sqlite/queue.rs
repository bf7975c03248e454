//! Jobs on their way to the threads that do them.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::people::waits::{Waiting, Waits};

/// A queue from which threads take one job at a time, or several that have gathered.
pub struct Queue<J> {
    state: Mutex<State<J>>,
    filled: Condvar,
    /// How long jobs are in the queue.
    pub waits: Waits,
}

struct State<J> {
    jobs: VecDeque<(J, Waiting)>,
    /// How many threads wait, and for how many jobs: they are not woken before.
    waiting: usize,
    wanted: usize,
    is_closed: bool,
}

impl<J> Default for Queue<J> {
    fn default() -> Self {
        Self {
            state: Mutex::new(State {
                jobs: VecDeque::new(),
                waiting: 0,
                wanted: 1,
                is_closed: false,
            }),
            filled: Condvar::default(),
            waits: Waits::default(),
        }
    }
}

impl<J> Queue<J> {
    /// Adds a job. In a queue that is closed, it is dropped.
    pub fn push(&self, job: J) {
        let mut state = self.lock();
        if state.is_closed {
            return;
        }
        state.jobs.push_back((job, self.waits.begin()));
        let is_awaited = state.waiting > 0 && state.jobs.len() >= state.wanted;
        drop(state);
        // To notify is a call of the system, whether anybody waits or not.
        if is_awaited {
            self.filled.notify_one();
        }
    }

    /// Waits for a job, and takes it; none if the queue is closed and empty.
    pub fn take(&self) -> Option<J> {
        let mut state = self.wait(self.lock(), 1, None);
        let (job, _) = state.jobs.pop_front()?;
        Some(job)
    }

    /// Waits for a job, and then at most for a `pause` until there are as many as are `expected`; takes `most` at most. None if the
    /// queue is closed and empty.
    pub fn take_batch(&self, expected: usize, pause: Duration, most: usize) -> Option<Vec<J>> {
        let mut state = self.wait(self.lock(), 1, None);
        let end = Instant::now() + pause;
        state = self.wait(state, expected.min(most), Some(end));
        let count = state.jobs.len().min(most);
        let jobs = state.jobs.drain(..count).map(|(job, _)| job);
        Some(jobs.collect()).filter(|jobs: &Vec<J>| !jobs.is_empty())
    }

    /// How many jobs are in the queue.
    pub fn len(&self) -> usize {
        self.lock().jobs.len()
    }

    /// Has the threads end once they have done the jobs that are there.
    pub fn close(&self) {
        self.lock().is_closed = true;
        self.filled.notify_all();
    }

    /// Drops the jobs, which nobody is left to do, and all that come.
    pub fn abandon(&self) {
        let mut state = self.lock();
        state.is_closed = true;
        state.jobs.clear();
    }

    /// Waits until there are as many jobs as are `wanted`, until the `end` if there is one, or until the queue is closed.
    fn wait<'q>(
        &'q self,
        mut state: MutexGuard<'q, State<J>>,
        wanted: usize,
        end: Option<Instant>,
    ) -> MutexGuard<'q, State<J>> {
        while state.jobs.len() < wanted && !state.is_closed {
            let left = end.map(|end| end.saturating_duration_since(Instant::now()));
            if left.is_some_and(|left| left.is_zero()) {
                break;
            }
            state.wanted = wanted;
            state.waiting += 1;
            let woken = match left {
                None => self.filled.wait(state),
                Some(left) => {
                    let waited = self.filled.wait_timeout(state, left);
                    Ok(waited.unwrap_or_else(PoisonError::into_inner).0)
                }
            };
            state = woken.unwrap_or_else(PoisonError::into_inner);
            state.waiting -= 1;
        }
        state
    }

    fn lock(&self) -> MutexGuard<'_, State<J>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    const LONG: Duration = Duration::from_secs(60);
    const SHORT: Duration = Duration::from_millis(20);

    fn queue(jobs: impl IntoIterator<Item = u32>) -> Queue<u32> {
        let queue = Queue::default();
        jobs.into_iter().for_each(|job| queue.push(job));
        queue
    }

    #[test]
    fn jobs_are_taken_in_their_order_by_threads_that_wait() {
        let queue = queue([1, 2]);
        assert_eq!([queue.take(), queue.take()], [Some(1), Some(2)]);
        let mut taken = thread::scope(|scope| {
            let threads = [0; 3].map(|_| scope.spawn(|| queue.take()));
            thread::sleep(SHORT);
            (3..6).for_each(|job| queue.push(job));
            threads.map(|thread| thread.join().expect("no panic"))
        });
        taken.sort_unstable();
        assert_eq!(taken, [Some(3), Some(4), Some(5)]);
    }

    #[test]
    fn a_batch_is_what_is_there_up_to_the_most() {
        let queue = queue(0..300);
        let batch = |expected| queue.take_batch(expected, LONG, 256);
        assert_eq!(batch(1), Some((0..256).collect()));
        assert_eq!(queue.len(), 44);
        assert_eq!(batch(44), Some((256..300).collect()));
        (0..300).for_each(|job| queue.push(job));
        assert_eq!(batch(1000), Some((0..256).collect()));
    }

    #[test]
    fn a_batch_waits_for_as_many_as_are_expected() {
        let queue = queue([1]);
        let batch = thread::scope(|scope| {
            scope.spawn(|| {
                for job in [2, 3] {
                    thread::sleep(SHORT);
                    queue.push(job);
                }
            });
            queue.take_batch(3, LONG, 256)
        });
        assert_eq!(batch, Some(vec![1, 2, 3]));
    }

    #[test]
    fn a_batch_does_not_wait_longer_than_the_pause() {
        let queue = queue([1]);
        assert_eq!(queue.take_batch(3, SHORT, 256), Some(vec![1]));
        assert_eq!(queue.lock().waiting, 0);
    }

    #[test]
    fn a_closed_queue_ends_once_it_is_empty() {
        let filled = queue([1, 2]);
        filled.close();
        filled.push(3);
        assert_eq!(filled.take(), Some(1));
        assert_eq!(filled.take_batch(9, LONG, 256), Some(vec![2]));
        assert_eq!(filled.take_batch(9, LONG, 256), None);
        assert_eq!(filled.take(), None);
        let empty = queue([]);
        let ended = thread::scope(|scope| {
            let waits = scope.spawn(|| empty.take());
            thread::sleep(SHORT);
            empty.close();
            waits.join().expect("no panic")
        });
        assert_eq!(ended, None);
    }

    #[test]
    fn jobs_that_nobody_does_are_dropped() {
        let queue = queue([1]);
        queue.abandon();
        queue.push(2);
        assert_eq!(queue.len(), 0);
    }
}
