//! What the text of a parameter may mean, as the contract has it.

use serde_json::{Map, Value, json};

/// What the text of a parameter may mean. The default is anything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    /// The JSON types that the schema admits; none if it does not name any.
    pub types: Vec<String>,
    /// Of the items of a list.
    pub items: Option<Box<Shape>>,
    /// Of the members of an object that the schema names.
    pub members: Vec<(String, Shape)>,
    /// Of all other members; none if the schema does not provide for others.
    pub rest: Option<Box<Shape>>,
    /// What separates the items, if it is an item of a list itself.
    pub delimiter: Option<Delimiter>,
}

/// What separates the items of a list in a list (Swagger 2.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiter {
    /// `csv`.
    Comma,
    /// `ssv`.
    Space,
    /// `pipes`.
    Pipe,
    /// `tsv`.
    Tab,
}

impl Delimiter {
    fn name(self) -> &'static str {
        match self {
            Delimiter::Comma => "comma",
            Delimiter::Space => "space",
            Delimiter::Pipe => "pipe",
            Delimiter::Tab => "tab",
        }
    }
}

impl Shape {
    /// The shape in the contract, without what it leaves open.
    pub fn json(&self) -> Value {
        let mut shape = json!({});
        if !self.types.is_empty() {
            shape["types"] = json!(self.types);
        }
        if let Some(items) = &self.items {
            shape["items"] = items.json();
        }
        if !self.members.is_empty() {
            let members = self.members.iter();
            let members: Map<_, _> = members
                .map(|(name, it)| (name.clone(), it.json()))
                .collect();
            shape["members"] = members.into();
        }
        if let Some(rest) = &self.rest {
            shape["rest"] = rest.json();
        }
        if let Some(delimiter) = self.delimiter {
            shape["delimiter"] = json!(delimiter.name());
        }
        shape
    }
}
