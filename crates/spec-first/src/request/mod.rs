//! A request: its parameters and body, decoded and validated.

pub(crate) mod accept;
pub(crate) mod body;
pub(crate) mod cookies;
pub(crate) mod pairs;
pub(crate) mod parameter;
pub(crate) mod violation;
