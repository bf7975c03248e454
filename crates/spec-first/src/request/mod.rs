//! A request: its query, parameters and body, decoded and validated.

pub(crate) mod body;
pub(crate) mod json;
pub(crate) mod parameter;
pub(crate) mod query;
pub(crate) mod violation;
