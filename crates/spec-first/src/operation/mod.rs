//! Operations: the table of them, and how a request for one is handled.

pub(crate) mod accept;
pub(crate) mod body;
pub(crate) mod call;
pub(crate) mod caller;
pub(crate) mod counts;
pub(crate) mod declared;
pub(crate) mod dispatch;
mod item;
mod limits;
pub(crate) mod parameters;
mod principal;
mod proven;
mod rejections;
mod representations;
pub(crate) mod respond;
pub(crate) mod response_builder;
pub(crate) mod routes;
pub(crate) mod table;
