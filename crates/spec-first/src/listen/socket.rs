//! An open socket.

use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener};

use socket2::{SockRef, Socket as RawSocket};

#[cfg(unix)]
use super::unix;

/// A socket that connections are accepted from.
#[derive(Debug)]
pub(crate) enum Socket {
    Tcp(TcpListener, SocketAddr),
    #[cfg(unix)]
    Unix(unix::Listener),
}

impl Socket {
    pub(super) fn from_tcp(listener: TcpListener) -> io::Result<Self> {
        let address = listener.local_addr()?;
        Ok(Self::Tcp(listener, address))
    }

    /// The address and port of TCP.
    pub fn tcp_address(&self) -> Option<SocketAddr> {
        match self {
            Self::Tcp(_, address) => Some(*address),
            #[cfg(unix)]
            Self::Unix(_) => None,
        }
    }

    /// A second handle of a TCP socket.
    pub fn try_clone(&self) -> Option<RawSocket> {
        match self {
            Self::Tcp(listener, _) => SockRef::from(listener).try_clone().ok(),
            #[cfg(unix)]
            Self::Unix(_) => None,
        }
    }
}

impl fmt::Display for Socket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(_, address) => address.fmt(f),
            #[cfg(unix)]
            Self::Unix(listener) => listener.fmt(f),
        }
    }
}
