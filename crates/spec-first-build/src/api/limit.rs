//! What the server does not support of an operation.

use crate::document::Part;
use crate::text::Location;

/// Something that the document describes and the server does not support.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// Where the document describes it.
    pub location: Location,
    /// What it is.
    pub cause: Cause,
}

/// What is not supported.
#[derive(Clone, Debug, PartialEq)]
pub enum Cause {
    /// A parameter is not read.
    Parameter {
        /// Its name on the wire.
        name: String,
        /// Its place in the request.
        part: Part,
        /// Whether a request without it is invalid.
        required: bool,
        /// Why it is not read.
        unread: Unread,
    },
    /// The request body has media types that are malformed.
    Body(MediaTypes),
    /// A success has media types that are none.
    Response(MediaTypes),
    /// A failure has media types that are malformed.
    Failure(MediaTypes),
    /// A response has a header with a name that no header can have.
    Header {
        /// The name.
        name: String,
    },
    /// A response declares a body, and HTTP sends none with its status.
    Bodiless {
        /// The status, or its range.
        status: String,
    },
    /// No status of success is declared.
    NoSuccess,
}

/// Why a parameter is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is a header whose name no header can have.
    HeaderName,
}

/// Media types that are not supported.
#[derive(Clone, Debug, PartialEq)]
pub struct MediaTypes {
    /// As the document writes them; at least one.
    pub unsupported: Vec<String>,
    /// Whether others of the same body are supported.
    pub is_alternative: bool,
}

impl Limit {
    /// Whether the operation makes no sense without it, so that the server answers 501.
    pub fn is_refusal(&self) -> bool {
        match &self.cause {
            Cause::Parameter { required, .. } => *required,
            Cause::Body(media_types) | Cause::Response(media_types) => !media_types.is_alternative,
            Cause::Failure(_)
            | Cause::Header { .. }
            | Cause::Bodiless { .. }
            | Cause::NoSuccess => false,
        }
    }

    /// The limit as a clause of a sentence, without capital and full stop.
    pub fn reason(&self) -> String {
        match &self.cause {
            Cause::Parameter { name, unread, .. } => {
                let kind = unread.predicate();
                format!("the parameter `{name}` {kind}, which is not served yet")
            }
            Cause::Body(media_types)
            | Cause::Response(media_types)
            | Cause::Failure(media_types) => {
                let list = media_types.list();
                match media_types.unsupported.len() {
                    1 => format!("{list} is no media type"),
                    _ => format!("{list} are no media types"),
                }
            }
            Cause::Header { name } => {
                format!("the response's header `{name}` has a name that no header can have")
            }
            Cause::Bodiless { status } => {
                format!("HTTP sends no body with the status {status} (RFC 9110)")
            }
            Cause::NoSuccess => "no status of success is declared".to_owned(),
        }
    }
}

impl Unread {
    fn predicate(self) -> &'static str {
        match self {
            Unread::HeaderName => "has a name that no header can have",
        }
    }
}

impl MediaTypes {
    /// The media types in backticks, with commas between them.
    pub(super) fn list(&self) -> String {
        let quoted = self.unsupported.iter().map(|name| format!("`{name}`"));
        quoted.collect::<Vec<_>>().join(", ")
    }
}
