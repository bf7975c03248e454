//! Operations: the table of them, and the way of a request to one, through the checks and back.

pub(crate) mod call;
pub(crate) mod declared;
pub(crate) mod dispatch;
pub(crate) mod routes;
pub(crate) mod table;
