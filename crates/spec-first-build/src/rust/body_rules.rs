//! The rules of a body, and the function for them.

use super::rules::Rule;

/// What is checked of a body, or of each of its items.
#[derive(Clone, Debug, Default)]
pub struct BodyRules {
    pub rules: Vec<Rule>,
    /// The function that does, if the type has no such rules itself.
    pub function: String,
}

impl From<Vec<Rule>> for BodyRules {
    fn from(rules: Vec<Rule>) -> Self {
        Self {
            rules,
            function: String::new(),
        }
    }
}
