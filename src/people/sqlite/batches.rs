//! Which writes share a transaction, and so one wait for the disk.

use std::time::{Duration, Instant};

use super::queue::Queue;

/// How many writes share one transaction at most.
const MOST: usize = 256;

/// What part of those who are expected and do not come is not expected any more: half of them after three batches.
const FADE: usize = 4;

/// How long writes wait at most for others that are expected.
const LONGEST: Duration = Duration::from_millis(2);

/// Takes the writes from a queue in batches.
///
/// While a batch is put on the disk, further writes arrive. Those who sent either are expected to write again, and the next
/// batch waits for them: for as long as the last one took, since that is what a batch less saves, or for twice as long as the
/// last one needed to gather. A write without others at the same time never waits.
pub struct Batches {
    expected: usize,
    pause: Duration,
    gathered: Duration,
}

impl Default for Batches {
    fn default() -> Self {
        Self {
            expected: 1,
            pause: Duration::ZERO,
            gathered: Duration::ZERO,
        }
    }
}

impl Batches {
    /// Waits for a write, and for those that are expected with it, each with the time at which it came; none if there will be no
    /// more.
    pub fn next<W>(&mut self, queue: &Queue<W>) -> Option<Vec<(W, Instant)>> {
        let start = Instant::now();
        let batch = queue.take_batch(self.expected, start + self.pause, MOST)?;
        let (_, last) = batch.last()?;
        // Who comes after the pause may have needed that long; one who was alone has waited for nobody.
        self.gathered = match self.expected {
            1 => Duration::ZERO,
            _ => last.saturating_duration_since(start).min(self.pause),
        };
        Some(batch)
    }

    /// Learns from a batch of this many that was written and not yet answered, which took this long, and from what has arrived in
    /// that time.
    pub fn written<W>(&mut self, queue: &Queue<W>, writes: usize, took: Duration) {
        let sent = writes + queue.len();
        self.expected = sent.max(self.expected - self.expected.div_ceil(FADE));
        self.pause = took.max(self.gathered * 2).min(LONGEST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    fn next(batches: &mut Batches, queue: &Queue<u32>) -> Option<Vec<u32>> {
        let batch = batches.next(queue)?;
        Some(batch.into_iter().map(|(write, _)| write).collect())
    }

    #[test]
    fn as_many_as_wrote_before_are_expected() {
        let (queue, mut batches) = (Queue::default(), Batches::default());
        queue.push(1);
        assert_eq!(next(&mut batches, &queue), Some(vec![1]));
        // Two arrive behind it.
        queue.push(2);
        queue.push(3);
        batches.written(&queue, 1, Duration::from_micros(10));
        let pause = Duration::from_micros(10);
        assert_eq!((batches.expected, batches.pause), (3, pause));
        queue.push(4);
        assert_eq!(next(&mut batches, &queue), Some(vec![2, 3, 4]));
    }

    #[test]
    fn those_that_do_not_come_are_expected_less_and_less() {
        let queue = Queue::default();
        let mut batches = Batches {
            expected: 5,
            ..Batches::default()
        };
        for expected in [3, 2, 1, 1] {
            queue.push(1);
            assert_eq!(next(&mut batches, &queue), Some(vec![1]));
            batches.written(&queue, 1, Duration::ZERO);
            assert_eq!(batches.expected, expected);
        }
        // It does not wait, since nobody else is expected.
        batches.pause = LONG;
        queue.push(2);
        assert_eq!(next(&mut batches, &queue), Some(vec![2]));
    }

    #[test]
    fn the_pause_is_as_long_as_a_batch_takes_or_twice_as_long_as_it_gathers() {
        let queue = Queue::<u32>::default();
        let mut batches = Batches::default();
        let mut pause = |gathered, took| {
            batches.gathered = Duration::from_micros(gathered);
            batches.written(&queue, 1, Duration::from_micros(took));
            batches.pause.as_micros()
        };
        assert_eq!(
            [pause(0, 300), pause(100, 300), pause(400, 300)],
            [300, 300, 800]
        );
        assert_eq!([pause(3000, 300), pause(0, 3000)], [2000, 2000]);
    }
}
