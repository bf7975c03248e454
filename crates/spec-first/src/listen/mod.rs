//! Where a server listens: the addresses that an option names, and the sockets opened for them.

mod address;
#[cfg(unix)]
mod inherited;
mod open;
mod socket;
#[cfg(unix)]
mod unix;

pub use self::address::Address;
pub(crate) use self::open::{open, tcp};
pub(crate) use self::socket::Socket;
#[cfg(unix)]
pub(crate) use self::unix::File;

/// The file of a Unix socket, which there is none of here.
#[cfg(not(unix))]
pub(crate) enum File {}
