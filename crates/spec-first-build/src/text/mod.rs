//! The files as text: each a tree of JSON values with line and column, and the faults found there.

mod builder;
pub mod fault;
mod json;
pub mod location;
mod scalar;
pub(crate) mod source;
mod yaml;

pub(crate) use self::fault::Fault;
pub(crate) use self::location::Location;
pub(crate) use self::source::{Position, Source};
