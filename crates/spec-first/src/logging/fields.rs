//! What the two formats have in common.

use std::cell::Cell;
use std::error::Error;
use std::fmt::{self, Write};

use tracing::field::Field;
use tracing_subscriber::fmt::format::Writer;

use crate::plain::is_printable;

thread_local! {
    /// Its capacity serves one event after another.
    static LINE: Cell<String> = const { Cell::new(String::new()) };
}

/// Writes a line at once: the writer of an event is reached through a table of functions, which costs more than most of what
/// is written.
pub fn write_line(
    mut writer: Writer<'_>,
    format: impl FnOnce(&mut String) -> fmt::Result,
) -> fmt::Result {
    let mut line = LINE.take();
    line.clear();
    let formatted = format(&mut line).and_then(|()| writer.write_str(&line));
    LINE.set(line);
    formatted
}

/// The field that has the id of a request.
pub const REQUEST_ID: &str = "request_id";

/// The name of a field, as it is written.
pub fn name(field: &Field) -> &'static str {
    let name = field.name();
    name.strip_prefix("r#").unwrap_or(name)
}

/// Whether the field is the text of the event.
pub fn is_message(field: &Field) -> bool {
    field.name() == "message"
}

/// An error with its causes.
pub struct Causes<'a>(pub &'a (dyn Error + 'static));

impl fmt::Display for Causes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

/// Text without control characters: of an event is made one line, whatever is in it.
pub struct OneLine<W>(pub W);

impl<W: Write> Write for OneLine<W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if is_printable(text.as_bytes()) {
            return self.0.write_str(text);
        }
        text.chars().try_for_each(|it| match it.is_control() {
            true => write!(self.0, "{}", it.escape_default()),
            false => self.0.write_char(it),
        })
    }
}
