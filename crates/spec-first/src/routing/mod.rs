//! From the path of a request to a resource. It does not know operations.

pub(crate) mod percent;
pub(crate) mod resource;
pub(crate) mod router;
pub(crate) mod template;
