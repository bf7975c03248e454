//! Bodies that are not one value of a schema: files, bytes and streams of items, as an application receives and returns them.

mod download;
mod event;
mod items;

pub use self::download::Download;
pub(crate) use self::download::Source;
pub use self::event::Event;
pub use self::items::Items;
