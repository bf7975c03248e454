//! Which writes share a transaction, and so one wait for the disk.

use std::mem;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use super::threads::Queued;

/// How many writes share one transaction at most.
const MOST: usize = 256;

/// How long writes wait at most for others that are expected.
const LONGEST: Duration = Duration::from_millis(2);

/// Takes the writes from a queue in batches.
///
/// While a batch is put on the disk, further writes arrive. Those who sent either are expected to write again, and the next
/// batch waits for them: for a fourth of the time that the last one took, in which it would save more than that. A write
/// without others at the same time never waits.
pub struct Batches<W> {
    behind: Vec<W>,
    expected: usize,
    pause: Duration,
}

impl<W> Default for Batches<W> {
    fn default() -> Self {
        Self {
            behind: Vec::new(),
            expected: 1,
            pause: Duration::ZERO,
        }
    }
}

impl<W> Batches<W> {
    /// Waits for a write, and for those that are expected with it; none if there will be no more.
    pub fn next(&mut self, queue: &Receiver<Queued<W>>) -> Option<Vec<W>> {
        let mut batch = mem::take(&mut self.behind);
        if batch.is_empty() {
            batch.push(queue.recv().ok()?.take());
        }
        let end = Instant::now() + self.pause;
        while batch.len() < MOST {
            let next = match queue.try_recv() {
                Err(_) if batch.len() < self.expected => {
                    let left = end.saturating_duration_since(Instant::now());
                    queue.recv_timeout(left).ok()
                }
                next => next.ok(),
            };
            match next {
                Some(write) => batch.push(write.take()),
                None => break,
            }
        }
        Some(batch)
    }

    /// Takes what has arrived while a batch of this many was written, which took this long.
    pub fn written(&mut self, queue: &Receiver<Queued<W>>, writes: usize, took: Duration) {
        self.behind = queue.try_iter().take(MOST).map(Queued::take).collect();
        self.expected = writes + self.behind.len();
        self.pause = LONGEST.min(took / 4);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::thread;

    use super::*;
    use crate::people::waits::Waits;

    const LONG: Duration = Duration::from_secs(60);

    fn queued(write: u32) -> Queued<u32> {
        Queued::new(write, Waits::default().begin())
    }

    #[test]
    fn what_is_in_the_queue_is_one_batch() {
        let (sender, queue) = mpsc::channel();
        let mut batches = Batches::default();
        for write in 0..300 {
            sender.send(queued(write)).expect("sent");
        }
        assert_eq!(batches.next(&queue), Some((0..256).collect()));
        assert_eq!(batches.next(&queue), Some((256..300).collect()));
        drop(sender);
        assert_eq!(batches.next(&queue), None);
    }

    #[test]
    fn a_batch_waits_for_as_many_as_wrote_before() {
        let (sender, queue) = mpsc::channel();
        let mut batches = Batches::default();
        let send = |write| sender.send(queued(write)).expect("sent");
        send(1);
        assert_eq!(batches.next(&queue), Some(vec![1]));
        // Two arrive behind it.
        send(2);
        send(3);
        batches.written(&queue, 1, Duration::ZERO);
        assert_eq!((batches.expected, batches.pause), (3, Duration::ZERO));
        batches.pause = LONG;
        thread::scope(|scope| {
            scope.spawn(|| {
                thread::sleep(Duration::from_millis(20));
                send(4);
            });
            assert_eq!(batches.next(&queue), Some(vec![2, 3, 4]));
        });
        batches.written(&queue, 3, LONG);
        assert_eq!((batches.expected, batches.pause), (3, LONGEST));
    }

    #[test]
    fn those_that_do_not_come_are_expected_no_more() {
        let (sender, queue) = mpsc::channel();
        let mut batches = Batches {
            expected: 3,
            ..Batches::default()
        };
        sender.send(queued(1)).expect("sent");
        assert_eq!(batches.next(&queue), Some(vec![1]));
        batches.written(&queue, 1, LONG);
        assert_eq!(batches.expected, 1);
        // It does not wait, since nobody else is expected.
        batches.pause = LONG;
        sender.send(queued(2)).expect("sent");
        assert_eq!(batches.next(&queue), Some(vec![2]));
    }
}
