//! The settings of the checks.

use std::time::Duration;

use clap::ValueEnum;

/// How requests and responses are validated. [`Options::settings`](crate::options::Options::settings) makes these of a command
/// line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Whether a query parameter that the spec does not declare is rejected, and several values of a parameter that has one; else
    /// the first is ignored, and of the second the last value counts. False by default.
    pub strict: bool,
    /// Whether an operation that the spec requires more of than is supported yet is served without that part, instead of 501;
    /// false by default. Only for a mock: the unsupported part may be what protects the operation.
    pub partial: bool,
    /// Whether `format` is checked in requests and responses; true by default.
    pub formats: bool,
    /// What happens to a member for responses alone in a request; dropped by default.
    pub read_only: ReadOnly,
    /// What happens to a response that breaks the contract; a 500 by default.
    pub responses: Responses,
    /// The longest request body that is read into memory, in bytes; 1 MiB by default.
    pub body_limit: usize,
    /// The longest request body that is not read into memory as a whole, in bytes: a stream, or a multipart form with its files;
    /// 32 MiB by default.
    pub upload_limit: usize,
    /// How long a request body may take to arrive, or each part of one that is not read into memory; 30 seconds by default.
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
            upload_limit: 32 * 1024 * 1024,
            body_timeout: Duration::from_secs(30),
        }
    }
}

/// What to do about a member of a request's body that the spec declares for responses alone (`readOnly`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReadOnly {
    /// Check it, and do not pass it on
    Drop,
    /// Refuse the request
    Refuse,
}

/// What to do about a response that breaks the spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Responses {
    /// Answer 500 instead, and log what is wrong
    Enforce,
    /// Send it, and log what is wrong
    Report,
    /// Send it unchecked
    Off,
}
