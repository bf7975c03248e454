//! The events of a YAML text, by whichever reader.

use saphyr_parser::Event;

use super::builder::Trouble;
use super::position::Position;

/// The prefix of YAML's own tags.
pub(super) const CORE: &str = "tag:yaml.org,2002:";

/// Why a document cannot be read.
pub(super) enum Failure {
    /// It is not the YAML that the reader knows: where, and why in the reader's words.
    Syntax(Position, String),
    /// It is YAML, but no tree of JSON values.
    Content(Trouble),
}

/// An event with the position where it starts.
pub(super) type Located<'a> = Result<(Event<'a>, Position), Failure>;
