//! A response: what the spec declares of it, and what the application answers, checked and sent.

pub(crate) mod declared;
pub(crate) mod reply;
