//! One file's text as a tree of JSON values that remembers line and column. It knows nothing of OpenAPI.

use std::sync::Arc;

use serde_json::Value;

use super::{Fault, Location, json, yaml};

/// How deep a file may nest; beyond it, walking the tree could exhaust the stack.
pub(super) const DEEPEST: usize = 200;

/// Line and column, both from 1, the column in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position {
    pub line: u32,
    pub column: u32,
}

/// Where a value stands (a member: where its name stands), and its children in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mark {
    pub(super) position: Position,
    pub(super) children: Vec<Mark>,
}

/// The content of one file.
#[derive(Debug, Default)]
pub(crate) struct Source {
    pub value: Value,
    pub(super) mark: Mark,
}

impl Source {
    /// Reads `bytes`, the content of `file`, as JSON or else as YAML.
    pub fn parse(file: &Arc<str>, bytes: &[u8]) -> Result<Source, Fault> {
        let text = text(file, bytes)?;
        if !text.trim_start().starts_with(['{', '[']) {
            return yaml::parse(file, text);
        }
        match json::parse(file, text) {
            Err(fault) if file.ends_with(".json") => Err(fault),
            Err(_) => yaml::parse(file, text),
            read => read,
        }
    }

    /// Where the value at `location` stands; of one that is missing, where its nearest ancestor stands.
    pub fn position(&self, location: &Location) -> Position {
        let (mut value, mut mark) = (&self.value, &self.mark);
        for token in location.tokens() {
            let index = match value {
                Value::Object(members) => members.keys().position(|name| *name == token),
                Value::Array(_) => token.parse().ok(),
                _ => None,
            };
            let Some((next, child)) =
                index.and_then(|index| Some((child(value, index)?, mark.children.get(index)?)))
            else {
                break;
            };
            (value, mark) = (next, child);
        }
        mark.position
    }
}

fn child(value: &Value, index: usize) -> Option<&Value> {
    match value {
        Value::Object(members) => members.values().nth(index),
        Value::Array(elements) => elements.get(index),
        _ => None,
    }
}

fn text<'a>(file: &Arc<str>, bytes: &'a [u8]) -> Result<&'a str, Fault> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count();
        Fault::in_text(
            file,
            Position {
                line: position_number(line + 1),
                column: 1,
            },
            "This line is not UTF-8 text. Save the file as UTF-8.",
        )
    })
}

/// A line or column as it is stored; no file that could be read has more of them than fit.
pub(super) fn position_number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
