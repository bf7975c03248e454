//! What the server logs.

use std::io::{self, Write};
use std::sync::{Mutex, Once};

use tracing_subscriber::fmt::MakeWriter;

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Sink;

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.lock()
            .expect("the log is not poisoned")
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Sink {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        Self
    }
}

/// Keeps what is logged from now on.
pub fn keep() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let subscriber = tracing_subscriber::fmt().with_ansi(false).without_time();
        subscriber.with_writer(|| Sink).init();
    });
}

/// The lines about an operation, which no other test uses.
pub fn about(operation: &str) -> Vec<String> {
    lines(&format!("operation=\"{operation}\""))
}

/// The lines that contain a text.
pub fn lines(mark: &str) -> Vec<String> {
    let log = LOG.lock().expect("the log is not poisoned");
    let text = String::from_utf8_lossy(&log);
    let lines = text.lines().filter(|line| line.contains(mark));
    lines.map(str::to_owned).collect()
}
