//! A response as the spec declares it: its content and its headers, which validate what is sent; and the bodies that are sent
//! in parts.

pub(crate) mod content;
pub(crate) mod declared;
pub(crate) mod download;
pub(crate) mod events;
pub(crate) mod header;
pub(crate) mod stream;
