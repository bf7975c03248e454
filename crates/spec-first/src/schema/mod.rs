//! What values are checked with, without anything of HTTP: the build judges defaults and examples by it as the server will.

#[cfg(feature = "server")]
pub(crate) mod compile;
#[cfg(feature = "server")]
pub(crate) mod discriminator;
mod format;
#[cfg(feature = "server")]
pub(crate) mod matching;
#[cfg(feature = "server")]
pub(crate) mod media_type;
#[cfg(feature = "server")]
pub(crate) mod read_only;
#[cfg(feature = "server")]
pub(crate) mod sentence;
mod show;
#[cfg(feature = "server")]
pub(crate) mod validate;

pub use format::check_formats;
pub use show::{cut, cut_at, quote, show};
