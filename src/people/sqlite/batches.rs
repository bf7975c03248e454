//! Which writes share a transaction, and so one wait for the disk.

use std::time::Duration;

use super::queue::Queue;

/// How many writes share one transaction at most.
const MOST: usize = 256;

/// How long writes wait at most for others that are expected.
const LONGEST: Duration = Duration::from_millis(2);

/// Takes the writes from a queue in batches.
///
/// While a batch is put on the disk, further writes arrive. Those who sent either are expected to write again, and the next
/// batch waits for them: for as long as the last one took, since that is what a batch less saves. A write without others at the
/// same time never waits.
pub struct Batches {
    expected: usize,
    pause: Duration,
}

impl Default for Batches {
    fn default() -> Self {
        Self {
            expected: 1,
            pause: Duration::ZERO,
        }
    }
}

impl Batches {
    /// Waits for a write, and for those that are expected with it; none if there will be no more.
    pub fn next<W>(&self, queue: &Queue<W>) -> Option<Vec<W>> {
        queue.take_batch(self.expected, self.pause, MOST)
    }

    /// Learns from a batch of this many that was written, which took this long, and from what has arrived in that time.
    pub fn written<W>(&mut self, queue: &Queue<W>, writes: usize, took: Duration) {
        self.expected = writes + queue.len();
        self.pause = LONGEST.min(took);
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn a_batch_waits_for_as_many_as_wrote_before() {
        let (queue, mut batches) = (Queue::default(), Batches::default());
        queue.push(1);
        assert_eq!(batches.next(&queue), Some(vec![1]));
        // Two arrive behind it.
        queue.push(2);
        queue.push(3);
        batches.written(&queue, 1, Duration::from_micros(10));
        let pause = Duration::from_micros(10);
        assert_eq!((batches.expected, batches.pause), (3, pause));
        batches.pause = LONG;
        thread::scope(|scope| {
            scope.spawn(|| {
                thread::sleep(Duration::from_millis(20));
                queue.push(4);
            });
            assert_eq!(batches.next(&queue), Some(vec![2, 3, 4]));
        });
        batches.written(&queue, 3, LONG);
        assert_eq!((batches.expected, batches.pause), (3, LONGEST));
    }

    #[test]
    fn those_that_do_not_come_are_expected_no_more() {
        let queue = Queue::default();
        let mut batches = Batches {
            expected: 3,
            ..Batches::default()
        };
        queue.push(1);
        assert_eq!(batches.next(&queue), Some(vec![1]));
        batches.written(&queue, 1, LONG);
        assert_eq!(batches.expected, 1);
        // It does not wait, since nobody else is expected.
        batches.pause = LONG;
        queue.push(2);
        assert_eq!(batches.next(&queue), Some(vec![2]));
    }
}
