//! The files as text: each a tree of JSON values with line and column, and the faults found there.

mod builder;
mod event;
mod fault;
mod json;
mod libyaml;
mod location;
mod nearest;
mod parse;
mod position;
mod scalar;
mod tree;
mod yaml;

pub use self::fault::{Fault, report};
pub use self::location::Location;
pub(crate) use self::nearest::{hint, nearest};
pub(crate) use self::parse::parse;
pub(crate) use self::tree::Source;
