//! Bodies that are not one value of a schema: files, bytes and streams of items, as an application receives and returns them.

mod event;
mod items;

pub use self::event::Event;
pub use self::items::Items;
