//! What values are checked with, without anything of HTTP: the build judges defaults and examples by it as the server will.

mod format;
mod show;

pub use format::check_formats;
pub use show::{cut, cut_at, quote, show};
