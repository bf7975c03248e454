//! What is wrong with a document, where, and what to do: one short paragraph each.

use std::fmt;
use std::sync::Arc;

use super::location::Location;
use super::position::Position;

/// How many faults one report shows.
const SHOWN: usize = 20;

/// One thing that is wrong, at one place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    file: Arc<str>,
    position: Option<Position>,
    pointer: String,
    text: String,
}

impl Fault {
    /// A fault in the value at `location`, which is at `position` of its file.
    pub(crate) fn at(location: &Location, position: Position, text: impl Into<String>) -> Fault {
        Fault {
            file: Arc::clone(&location.file),
            position: Some(position),
            pointer: one_line(&location.pointer),
            text: one_line(&text.into()),
        }
    }

    /// A fault of the text of a file, where there is no value yet.
    pub(crate) fn in_text(file: &Arc<str>, position: Position, text: impl Into<String>) -> Fault {
        Fault {
            file: Arc::clone(file),
            position: Some(position),
            pointer: String::new(),
            text: one_line(&text.into()),
        }
    }

    /// A fault of a file as a whole.
    pub(crate) fn in_file(file: &Arc<str>, text: impl Into<String>) -> Fault {
        Fault {
            file: Arc::clone(file),
            position: None,
            pointer: String::new(),
            text: one_line(&text.into()),
        }
    }

    /// The file that is at fault.
    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    /// Whether the fault is in the value at `location`, or in something inside of it.
    pub(crate) fn is_inside(&self, location: &Location) -> bool {
        let inner = self.pointer.strip_prefix(&one_line(&location.pointer));
        let is_inside = inner.is_some_and(|inner| inner.is_empty() || inner.starts_with('/'));
        self.file == location.file && is_inside
    }

    /// Line and column, unless the fault is the whole file's.
    pub(crate) fn position(&self) -> Option<Position> {
        self.position
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.file)?;
        if let Some(Position { line, column }) = self.position {
            write!(formatter, ":{line}:{column}")?;
        }
        if !self.pointer.is_empty() {
            write!(formatter, ": {}", self.pointer)?;
        }
        write!(formatter, ": {}", self.text)
    }
}

/// The text without line breaks, which names in a document may have and cargo's messages may not.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, "\u{fffd}")
}

/// All faults as one text, a line each; of very many, the first.
pub fn report(faults: &[Fault]) -> String {
    let mut lines: Vec<String> = faults.iter().take(SHOWN).map(Fault::to_string).collect();
    if faults.len() > SHOWN {
        lines.push(format!("… and {} more.", faults.len() - SHOWN));
    }
    lines.join("\n")
}
