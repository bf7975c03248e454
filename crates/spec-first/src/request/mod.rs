//! A request: its query, parameters and body, decoded and checked.

pub(crate) mod body;
pub(crate) mod json;
pub(crate) mod parameter;
pub(crate) mod parameters;
pub(crate) mod query;
pub(crate) mod violation;
