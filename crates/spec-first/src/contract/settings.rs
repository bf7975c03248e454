//! What the person who starts the server may choose about the checks.

use std::time::Duration;

/// How the contract is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Whether a query parameter that the spec does not know is refused.
    pub strict: bool,
    /// Whether an operation is answered although the spec asks more of it than is served, without that part. Only for a mock:
    /// what is left out may be what protects the operation.
    pub partial: bool,
    /// Whether `format` is checked, in requests and in responses.
    pub formats: bool,
    /// What becomes of a member that is for responses alone when a request has it.
    pub read_only: ReadOnly,
    /// What becomes of a response that breaks the contract.
    pub responses: Responses,
    /// The longest body that is read, in bytes.
    pub body_limit: usize,
    /// The longest time that a body may take to arrive.
    pub body_timeout: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            strict: false,
            partial: false,
            formats: true,
            read_only: ReadOnly::Drop,
            responses: Responses::Enforce,
            body_limit: 1024 * 1024,
            body_timeout: Duration::from_secs(30),
        }
    }
}

/// What becomes of a member of a request's body that the spec keeps for responses (`readOnly`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadOnly {
    /// It is checked, and does not reach the application.
    Drop,
    /// The request is refused.
    Refuse,
}

/// What becomes of a response that breaks the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Responses {
    /// A 500 goes out in its place, and the log tells why.
    Enforce,
    /// It goes out, and the log tells what is wrong with it.
    Report,
    /// It goes out unchecked.
    Off,
}
