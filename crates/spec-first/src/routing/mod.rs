//! From a path to what is at it. It knows no operation.

pub(crate) mod percent;
pub(crate) mod resource;
pub(crate) mod router;
pub(crate) mod template;
