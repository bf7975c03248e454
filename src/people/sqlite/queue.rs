//! Jobs on their way to the threads that do them.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::people::waits::Waits;

/// A queue from which threads take one job at a time, or several that have gathered.
pub struct Queue<J> {
    state: Mutex<State<J>>,
    filled: Condvar,
    /// How long jobs are in the queue.
    pub waits: Waits,
}

struct State<J> {
    /// With the time at which each came.
    jobs: VecDeque<(J, Instant)>,
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
        state.jobs.push_back((job, self.waits.enter()));
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
        let (job, since) = state.jobs.pop_front()?;
        self.waits.leave(since, Instant::now());
        Some(job)
    }

    /// Waits for as many jobs as are `expected` until the `end`, and after it for one; takes `most` at most, each with the time at
    /// which it came. None if the queue is closed and empty.
    pub fn take_batch(
        &self,
        expected: usize,
        end: Instant,
        most: usize,
    ) -> Option<Vec<(J, Instant)>> {
        let mut state = self.wait(self.lock(), expected.min(most), Some(end));
        state = self.wait(state, 1, None);
        let count = state.jobs.len().min(most);
        let jobs: Vec<_> = state.jobs.drain(..count).collect();
        drop(state);
        let now = Instant::now();
        for (_, since) in &jobs {
            self.waits.leave(*since, now);
        }
        Some(jobs).filter(|jobs| !jobs.is_empty())
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
        for (_, since) in state.jobs.drain(..) {
            self.waits.leave(since, Instant::now());
        }
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
    use std::time::Duration;

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

    fn batch(queue: &Queue<u32>, expected: usize, pause: Duration) -> Option<Vec<u32>> {
        let batch = queue.take_batch(expected, Instant::now() + pause, 256)?;
        Some(batch.into_iter().map(|(job, _)| job).collect())
    }

    #[test]
    fn a_batch_is_what_is_there_up_to_the_most() {
        let queue = queue(0..300);
        assert_eq!(batch(&queue, 1, LONG), Some((0..256).collect()));
        assert_eq!(queue.len(), 44);
        assert_eq!(batch(&queue, 44, LONG), Some((256..300).collect()));
        (0..300).for_each(|job| queue.push(job));
        assert_eq!(batch(&queue, 1000, LONG), Some((0..256).collect()));
    }

    #[test]
    fn a_batch_waits_for_as_many_as_are_expected() {
        let queue = queue([1]);
        let start = Instant::now();
        let batch = thread::scope(|scope| {
            scope.spawn(|| {
                for job in [2, 3] {
                    thread::sleep(SHORT);
                    queue.push(job);
                }
            });
            queue.take_batch(3, start + LONG, 256).expect("jobs")
        });
        let [(1, _), (2, _), (3, last)] = batch[..] else {
            panic!("{batch:?}");
        };
        assert!((SHORT..LONG).contains(&(last - start)));
        assert_eq!(queue.lock().waiting, 0);
    }

    #[test]
    fn a_batch_does_not_wait_longer_than_the_pause_unless_there_is_none() {
        let queue = queue([1]);
        assert_eq!(batch(&queue, 3, SHORT), Some(vec![1]));
        assert_eq!(queue.lock().waiting, 0);
        let start = Instant::now();
        let batch = thread::scope(|scope| {
            scope.spawn(|| {
                thread::sleep(SHORT * 2);
                queue.push(2);
            });
            queue.take_batch(3, start + SHORT, 256).expect("a job")
        });
        let [(2, came)] = batch[..] else {
            panic!("{batch:?}");
        };
        assert!(came - start > SHORT);
    }

    #[test]
    fn a_closed_queue_ends_once_it_is_empty() {
        let filled = queue([1, 2]);
        filled.close();
        filled.push(3);
        assert_eq!(filled.take(), Some(1));
        assert_eq!(batch(&filled, 9, LONG), Some(vec![2]));
        assert_eq!(batch(&filled, 9, LONG), None);
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
