//! The rows of the tables, as `cases.json` has them.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// One row.
#[derive(Deserialize)]
pub struct Case {
    pub name: String,
    /// A schema with the keyword; references as OpenAPI 3 writes them.
    pub schema: Value,
    pub accepted: Value,
    /// None where the keyword is what lets the accepted value in.
    pub refused: Option<Value>,
    #[serde(default)]
    pub note: String,
}

/// The tables by their names.
pub fn read() -> BTreeMap<String, Vec<Case>> {
    serde_json::from_str(include_str!("cases.json")).expect("the cases are read")
}

/// The rows of the table of styles.
pub fn styles() -> Vec<super::styles::Case> {
    serde_json::from_str(include_str!("styles.json")).expect("the styles are read")
}

/// The rows of the table of bodies.
pub fn bodies() -> Vec<super::bodies::Case> {
    serde_json::from_str(include_str!("bodies.json")).expect("the bodies are read")
}

/// The rows of the table of security schemes.
pub fn schemes() -> Vec<super::schemes::Case> {
    serde_json::from_str(include_str!("schemes.json")).expect("the schemes are read")
}
