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
    Tcp(TcpListener, SocketAddr, Owner),
    #[cfg(unix)]
    Unix(unix::Listener),
}

/// Who has opened a socket, and may change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    Process,
    Systemd,
}

impl Socket {
    pub(super) fn from_tcp(listener: TcpListener, owner: Owner) -> io::Result<Self> {
        let address = listener.local_addr()?;
        Ok(Self::Tcp(listener, address, owner))
    }

    /// The address and port of TCP.
    pub fn tcp_address(&self) -> Option<SocketAddr> {
        match self {
            Self::Tcp(_, address, _) => Some(*address),
            #[cfg(unix)]
            Self::Unix(_) => None,
        }
    }

    /// A second handle of a TCP socket that this process has opened.
    pub fn own_handle(&self) -> Option<RawSocket> {
        match self {
            Self::Tcp(listener, _, Owner::Process) => SockRef::from(listener).try_clone().ok(),
            _ => None,
        }
    }
}

impl fmt::Display for Socket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(_, address, _) => address.fmt(f),
            #[cfg(unix)]
            Self::Unix(listener) => listener.fmt(f),
        }
    }
}
