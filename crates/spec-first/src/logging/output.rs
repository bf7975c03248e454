//! Lines on their way to the standard error output: gathered by the threads that log, and written by one of their own, so that a
//! slow reader slows no request down.

use std::io::{self, Write};
use std::mem;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use tracing_subscriber::fmt::MakeWriter;

/// How long lines wait for others, so that many are written at once.
const DELAY: Duration = Duration::from_millis(5);
/// How many bytes wait at most; lines beyond that are dropped, and counted.
const LIMIT: usize = 16 << 20;
/// How long [`Output::flush`] waits for a reader.
const FLUSH_TIMEOUT: Duration = Duration::from_secs(2);

/// Lines that are not written yet.
pub struct Output {
    lines: Mutex<Lines>,
    /// There are lines, or somebody waits for them to be written.
    arrived: Condvar,
    written: Condvar,
}

struct Lines {
    text: Vec<u8>,
    /// How many did not fit.
    dropped: usize,
    /// How many lines there have been, and how many of them are written or dropped.
    count: u64,
    done: u64,
    /// How many threads wait for lines to be written.
    flushing: usize,
}

impl Output {
    pub const fn new() -> Self {
        Self {
            lines: Mutex::new(Lines {
                text: Vec::new(),
                dropped: 0,
                count: 0,
                done: 0,
                flushing: 0,
            }),
            arrived: Condvar::new(),
            written: Condvar::new(),
        }
    }

    /// Starts the thread that writes. It is a daemon: whoever ends the process calls [`Self::flush`] first.
    pub fn start(&'static self, mut writer: impl Write + Send + 'static) {
        let thread = thread::Builder::new().name("log".to_owned());
        let started = thread.spawn(move || self.run(&mut writer));
        // Without a thread for the log there is none for the workers either, and the server does not start.
        started.expect("the system has a thread");
    }

    /// Waits until all lines so far are written, at most two seconds: the reader may have stopped to read.
    pub fn flush(&self) {
        let mut lines = self.lock();
        lines.flushing += 1;
        self.arrived.notify_all();
        let count = lines.count;
        let is_behind = |lines: &mut Lines| lines.done < count;
        let waited = self
            .written
            .wait_timeout_while(lines, FLUSH_TIMEOUT, is_behind);
        let (mut lines, _) = waited.unwrap_or_else(PoisonError::into_inner);
        lines.flushing -= 1;
    }

    fn add(&self, line: &[u8]) {
        let mut lines = self.lock();
        lines.count += 1;
        if lines.text.len() + line.len() > LIMIT {
            lines.dropped += 1;
            return;
        }
        let is_first = lines.text.is_empty();
        lines.text.extend_from_slice(line);
        drop(lines);
        // The thread is awake while there are others.
        if is_first {
            self.arrived.notify_all();
        }
    }

    /// Writes what arrives, for ever.
    fn run(&self, writer: &mut impl Write) {
        let mut batch = Vec::new();
        loop {
            let count = self.take(&mut batch);
            // Nobody is left to tell if the output is closed.
            let _ = writer.write_all(&batch).and_then(|()| writer.flush());
            batch.clear();
            batch.shrink_to(64 << 10);
            self.lock().done = count;
            self.written.notify_all();
        }
    }

    /// Waits for lines, and exchanges them for the empty batch; how many there have been so far.
    fn take(&self, batch: &mut Vec<u8>) -> u64 {
        let lines = self.lock();
        let waited = self
            .arrived
            .wait_while(lines, |lines| lines.text.is_empty());
        let lines = waited.unwrap_or_else(PoisonError::into_inner);
        let delay = |lines: &mut Lines| lines.flushing == 0;
        let waited = self.arrived.wait_timeout_while(lines, DELAY, delay);
        let (mut lines, _) = waited.unwrap_or_else(PoisonError::into_inner);
        mem::swap(&mut lines.text, batch);
        let dropped = mem::take(&mut lines.dropped);
        if dropped > 0 {
            let report = format!("{dropped} lines of the log are lost: nobody read them in time\n");
            batch.extend_from_slice(report.as_bytes());
        }
        lines.count
    }

    fn lock(&self) -> MutexGuard<'_, Lines> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes one line a call, as the formatter writes them.
impl Write for &Output {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.add(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for &'static Output {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::time::Instant;

    use super::*;

    /// A writer that takes a batch only when it is told to, and passes it on.
    struct Reader {
        ready: Receiver<()>,
        batches: Sender<String>,
    }

    impl Write for Reader {
        fn write(&mut self, batch: &[u8]) -> io::Result<usize> {
            // Without a sender it is always ready.
            let _ = self.ready.recv();
            let text = String::from_utf8_lossy(batch).into_owned();
            let _ = self.batches.send(text);
            Ok(batch.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn start() -> (&'static Output, Sender<()>, Receiver<String>) {
        let output: &'static Output = Box::leak(Box::new(Output::new()));
        let ((ready, is_ready), (batches, batch)) = (channel(), channel());
        output.start(Reader {
            ready: is_ready,
            batches,
        });
        (output, ready, batch)
    }

    #[test]
    fn what_is_flushed_is_written_in_order() {
        let (output, ready, batches) = start();
        drop(ready);
        let lines: Vec<_> = (0..10_000).map(|number| format!("{number}\n")).collect();
        lines.iter().for_each(|line| output.add(line.as_bytes()));
        output.flush();
        let written: String = batches.try_iter().collect();
        assert_eq!(written, lines.concat());
        output.flush();
        assert_eq!(batches.try_iter().count(), 0);
    }

    #[test]
    fn a_reader_that_stops_delays_nobody_and_learns_what_it_missed() {
        let (output, ready, batches) = start();
        output.add(b"first\n");
        let line = [b'x'; 1 << 20];
        let start = Instant::now();
        // As many as fit are in the batch of "first" at most.
        (0..50).for_each(|_| output.add(&line));
        output.flush();
        assert!(start.elapsed() >= FLUSH_TIMEOUT);
        drop(ready);
        output.flush();
        output.add(b"last\n");
        output.flush();
        let written: String = batches.try_iter().collect();
        let lines = written.matches('x').count() / line.len();
        assert!((15..=32).contains(&lines), "{lines}");
        let report = format!(
            "{} lines of the log are lost: nobody read them in time\n",
            50 - lines
        );
        assert!(written.starts_with("first\n") && written.ends_with(&(report + "last\n")));
    }
}
