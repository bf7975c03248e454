//! Arguments for who calls an operation.

/// An argument for who calls.
#[derive(Debug)]
pub struct Principal {
    pub name: String,
    pub kind: PrincipalKind,
    /// Whether a request without credentials is accepted.
    pub is_optional: bool,
}

/// What an argument contains.
#[derive(Debug)]
pub enum PrincipalKind {
    /// The principals of all of these schemes.
    All(Vec<usize>),
    /// The enum of this number.
    Choice(usize),
}
