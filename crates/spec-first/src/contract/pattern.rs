//! Patterns that `validator` checks.

use regex::Regex;

/// Compiles a pattern of a generated type.
///
/// # Panics
/// If it is no regular expression; the generator has parsed it.
pub fn pattern(regex: &str) -> Regex {
    Regex::new(regex).expect("the generator has parsed the pattern")
}
