//! The constants of generated code that rules refer to: patterns, and keywords of schemas.

use serde_json::{Map, Value};
use spec_first::schema::{Dialect, Keywords, Pattern};

use crate::naming;

/// A constant.
#[derive(Clone, Debug, PartialEq)]
pub struct Constant {
    pub name: String,
    pub kind: ConstantKind,
}

/// What a constant holds.
#[derive(Clone, Debug, PartialEq)]
pub enum ConstantKind {
    /// A pattern in the syntax of ECMA-262, which is matched in linear time.
    Pattern(String),
    /// Keywords of a schema, which need no other keyword and no other schema.
    Keywords(Map<String, Value>),
}

/// The constants of a spec, each once.
#[derive(Debug)]
pub struct Constants {
    /// The JSON Schema that keywords are written in.
    dialect: Dialect,
    all: Vec<Constant>,
}

impl Default for Constants {
    fn default() -> Self {
        Self {
            dialect: Dialect::Draft4,
            all: Vec::new(),
        }
    }
}

impl Constants {
    /// None yet, for the schemas of a contract.
    pub fn new(contract: &Value) -> Self {
        let dialect = serde_json::from_value(contract["dialect"].clone());
        Self {
            dialect: dialect.unwrap_or(Dialect::Draft202012),
            ..Self::default()
        }
    }

    /// The name of the dialect.
    pub fn dialect(&self) -> String {
        let name = serde_json::to_value(self.dialect).unwrap_or_default();
        name.as_str().unwrap_or_default().to_owned()
    }

    /// The constant for a pattern, which is named after `hint` if it is new; none if it cannot be matched in linear time.
    pub fn pattern(&mut self, pattern: &str, hint: &str) -> Option<String> {
        Pattern::new(pattern)?;
        Some(self.constant(ConstantKind::Pattern(pattern.to_owned()), hint))
    }

    /// The constant for keywords, as [`Constants::pattern`]; none if there are none, or if they are no schema by themselves.
    pub fn keywords(&mut self, keywords: Map<String, Value>, hint: &str) -> Option<String> {
        let schema = Value::from(keywords.clone());
        if keywords.is_empty() || Keywords::new(self.dialect, &schema).is_err() {
            return None;
        }
        let hint = format!("{hint} keywords");
        Some(self.constant(ConstantKind::Keywords(keywords), &hint))
    }

    fn constant(&mut self, kind: ConstantKind, hint: &str) -> String {
        if let Some(known) = self.all.iter().find(|known| known.kind == kind) {
            return known.name.clone();
        }
        let is_free = |name: &String| self.all.iter().all(|known| known.name != *name);
        let name = naming::free(&naming::screaming(hint), is_free);
        self.all.push(Constant {
            name: name.clone(),
            kind,
        });
        name
    }

    /// All of them, in the order in which they were made.
    pub fn all(&self) -> &[Constant] {
        &self.all
    }

    /// What a constant holds.
    pub fn get(&self, name: &str) -> Option<&ConstantKind> {
        let constant = self.all.iter().find(|known| known.name == name);
        constant.map(|constant| &constant.kind)
    }
}
