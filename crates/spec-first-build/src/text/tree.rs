//! One file's text as a tree of JSON values that remembers line and column. It knows nothing of OpenAPI.

use serde_json::Value;

use super::fault::Fault;
use super::location::Location;
use super::position::Position;

/// How deep a file may nest; beyond it, walking the tree could exhaust the stack.
pub(super) const DEEPEST: usize = 200;

/// The position of a value (of a member: of its name), and its children in order.
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
    /// What is not portable in the text.
    pub warnings: Vec<Fault>,
}

impl Source {
    /// The position of the value at `location`; of one that is missing, that of its nearest ancestor.
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
