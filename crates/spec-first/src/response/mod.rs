//! A response as the spec declares it: its content and its headers, which validate what is sent; the bodies that are sent in
//! parts; and problems.

pub(crate) mod accepted;
pub(crate) mod breach;
pub(crate) mod content;
pub(crate) mod declared;
pub(crate) mod download;
pub(crate) mod events;
pub(crate) mod header;
pub(crate) mod problems;
pub(crate) mod stream;
