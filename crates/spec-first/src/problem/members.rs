//! What an application adds to a problem: a type of its own, and extension members (RFC 9457, 3.1.1 and 3.2).

use serde_json::{Map, Value};

/// The type of a problem that says no more than its status (RFC 9457, 4.2.1).
pub(super) const BLANK: &str = "about:blank";

/// The members that a problem has itself, each with what sets it.
const OWN: [(&str, &str); 5] = [
    ("type", "`with_type`"),
    ("title", "`with_title`"),
    ("status", "the status that it is made of"),
    ("detail", "the text that it is made of"),
    ("errors", "`with_errors`"),
];

/// The members that few problems have.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Members {
    pub kind: Option<String>,
    pub title: Option<String>,
    pub extensions: Map<String, Value>,
}

/// What sets a member that a problem has itself, if `name` is one.
pub(super) fn setter(name: &str) -> Option<&'static str> {
    let own = OWN.iter().find(|(own, _)| *own == name);
    own.map(|(_, setter)| *setter)
}
