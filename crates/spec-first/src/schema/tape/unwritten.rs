//! Why no tape is made of a value.

use std::fmt::{self, Display};
use std::num::TryFromIntError;

use serde::ser;

/// That a value has no tape. The reason is found by making a tree of it.
#[derive(Debug)]
pub(super) struct Unwritten;

impl Display for Unwritten {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the value cannot be written")
    }
}

impl std::error::Error for Unwritten {}

impl ser::Error for Unwritten {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

impl From<TryFromIntError> for Unwritten {
    fn from(_: TryFromIntError) -> Self {
        Self
    }
}

impl From<serde_json::Error> for Unwritten {
    fn from(_: serde_json::Error) -> Self {
        Self
    }
}
