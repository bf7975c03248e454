//! A response as the spec declares it: its content and its headers, which validate what is sent.

pub(crate) mod content;
pub(crate) mod declared;
pub(crate) mod header;
