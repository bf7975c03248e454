//! Expressions for the values that the functions of rules check.

/// An expression for a value.
pub struct Place {
    pub text: String,
    /// Whether it is a reference to the value.
    pub is_reference: bool,
}

impl Place {
    pub fn item() -> Self {
        Self {
            text: "it".to_owned(),
            is_reference: true,
        }
    }

    pub fn field(&self, name: &str) -> Self {
        Self {
            text: format!("{}.{name}", self.text),
            is_reference: false,
        }
    }

    pub fn reference(&self) -> String {
        match self.is_reference {
            true => self.text.clone(),
            false => format!("&{}", self.text),
        }
    }

    pub fn value(&self) -> String {
        match self.is_reference {
            true => format!("*{}", self.text),
            false => self.text.clone(),
        }
    }

    /// A condition that depends on no value, and takes it nevertheless: a literal would leave the argument of a function unused.
    pub fn call(&self, function: &str) -> String {
        format!("rule::{function}({})", self.reference())
    }
}
