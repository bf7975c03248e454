//! Bodies that are not one value of a schema: files, bytes and streams of items, as an application receives and returns them.

mod download;
mod event;
mod file;
mod items;
mod parts;
mod shared;
mod upload;
mod writer;

pub use self::download::Download;
pub(crate) use self::download::Source;
pub use self::event::Event;
pub use self::file::{File, Reader};
pub use self::items::Items;
pub use self::shared::Shared;
pub use self::upload::Upload;

pub(crate) use self::file::Spool;
pub(crate) use self::parts::Parts;
