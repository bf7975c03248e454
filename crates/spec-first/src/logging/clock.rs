//! The time of a log event.

use std::cell::RefCell;
use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::{self, FormatTime};

thread_local! {
    static SECOND: RefCell<Second> = const {
        RefCell::new(Second {
            number: u64::MAX,
            text: String::new(),
        })
    };
}

/// A second of the calendar, which most events share with the one before.
struct Second {
    /// Counted from the start of 1970.
    number: u64,
    /// As `2018-05-10T18:12:42.`.
    text: String,
}

/// Adds the time in UTC, as `2018-05-10T18:12:42.000001Z` (RFC 3339).
pub fn write(line: &mut String) -> fmt::Result {
    SECOND.with_borrow_mut(|second| {
        let mut now = now();
        if now.as_secs() != second.number {
            (*second, now) = this_second()?;
        }
        line.push_str(&second.text);
        write_micros(line, now.subsec_micros());
        Ok(())
    })
}

/// The second that the clock shows, and the time.
fn this_second() -> Result<(Second, Duration), fmt::Error> {
    loop {
        let (start, mut text) = (now(), String::new());
        time::SystemTime.format_time(&mut Writer::new(&mut text))?;
        // Otherwise the text may be of the next second.
        if now().as_secs() == start.as_secs() {
            text.truncate(text.rfind('.').map_or(0, |point| point + 1));
            let number = start.as_secs();
            return Ok((Second { number, text }, start));
        }
    }
}

fn now() -> Duration {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
}

fn write_micros(line: &mut String, micros: u32) {
    // A digit before them keeps their zeros.
    let mut buffer = itoa::Buffer::new();
    let digits = buffer.format(1_000_000 + micros);
    line.push_str(&digits[1..]);
    line.push('Z');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_microseconds() {
        for (micros, text) in [(0, "000000Z"), (42, "000042Z"), (999_999, "999999Z")] {
            let mut written = String::new();
            write_micros(&mut written, micros);
            assert_eq!(written, text);
        }
    }

    #[test]
    fn a_time_is_between_those_of_the_library() {
        let library = || {
            let mut text = String::new();
            let written = time::SystemTime.format_time(&mut Writer::new(&mut text));
            written.map(|()| text).expect("written")
        };
        for _ in 0..1000 {
            let (before, mut text) = (library(), String::new());
            write(&mut text).expect("written");
            assert!(
                (before.as_str()..=&*library()).contains(&text.as_str()),
                "{text}"
            );
        }
    }
}
