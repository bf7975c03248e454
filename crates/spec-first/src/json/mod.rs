//! JSON straight into types and out of them, for bodies whose types are proven to enforce their schemas (the build's `proof`). What
//! serde and `serde_json` let through beyond a type's own values is refused here; a refused body is validated by its schema.

mod during;
mod kept;
mod names;
mod notation;
mod reader;
mod refused;
mod text;
mod writer;

pub(crate) use kept::serialize_kept;
pub(crate) use reader::{is_reading, read, read_value};
pub(crate) use text::write as write_text;
pub(crate) use writer::{is_writing, without_writing, write};
