//! Why a proof fails.

use std::fmt;

use crate::text::Location;

/// The keyword of a schema that no rule and no type enforces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The schema.
    pub at: Location,
    /// The keyword in it; `false` for a schema that accepts nothing.
    pub keyword: String,
}

impl Gap {
    /// The gap at a keyword of the schema at `at`.
    pub(super) fn new(at: &Location, keyword: &str) -> Self {
        Self {
            at: at.clone(),
            keyword: keyword.to_owned(),
        }
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` at {}", self.keyword, self.at)
    }
}
