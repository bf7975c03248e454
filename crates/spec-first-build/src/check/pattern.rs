//! Regular expressions are ones that the server can run.

use std::collections::HashMap;

use serde_json::json;
use spec_first::schema::{Checks, Dialect, Schema};

/// Which patterns have been tried, since documents repeat theirs.
#[derive(Default)]
pub(super) struct Patterns {
    known: HashMap<String, bool>,
}

impl Patterns {
    /// Whether `pattern` is a regular expression in the sense of JSON Schema (ECMA-262).
    pub fn accepts(&mut self, pattern: &str) -> bool {
        if let Some(known) = self.known.get(pattern) {
            return *known;
        }
        let compiles = Schema::compile(
            &json!({ "pattern": pattern }),
            Dialect::Draft4,
            Checks::default(),
        )
        .is_ok();
        self.known.insert(pattern.to_owned(), compiles);
        compiles
    }
}
