//! Opens the sockets of addresses.

use std::io;
use std::net::{SocketAddr, TcpListener};

use socket2::{Domain, Protocol, Socket as RawSocket, Type};

use super::address::Address;
use super::socket::{Owner, Socket};
#[cfg(unix)]
use super::{inherited, unix};

/// How many connections may wait to be accepted.
const BACKLOG: i32 = 1024;

/// Opens the sockets of all addresses. With `reuse_port` another process may listen on the same addresses: the one that takes
/// over from this one.
///
/// # Errors
/// A sentence that names the address.
pub(crate) fn open(addresses: &[Address], reuse_port: bool) -> Result<Vec<Socket>, String> {
    let mut sockets = Vec::new();
    for address in addresses {
        let opened = match address {
            Address::Tcp(address) => {
                let socket = tcp(*address, reuse_port);
                let socket = socket.and_then(|it| Socket::from_tcp(it, Owner::Process));
                socket.map(|socket| vec![socket])
            }
            #[cfg(unix)]
            Address::Unix(path) => {
                unix::Listener::open(path, reuse_port).map(|socket| vec![Socket::Unix(socket)])
            }
            #[cfg(unix)]
            Address::Systemd(name) => inherited::take(name.as_deref()),
            #[cfg(not(unix))]
            Address::Unix(_) | Address::Systemd(_) => Err(io::ErrorKind::Unsupported.into()),
        };
        sockets.extend(opened.map_err(|error| format!("cannot listen on {address}: {error}"))?);
    }
    Ok(sockets)
}

/// Opens a socket for TCP.
///
/// # Errors
/// That of the system.
pub(crate) fn tcp(address: SocketAddr, reuse_port: bool) -> io::Result<TcpListener> {
    let socket = RawSocket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    // A server that starts again need not wait for the connections of the last one to be forgotten.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    #[cfg(unix)]
    socket.set_reuse_port(reuse_port)?;
    #[cfg(not(unix))]
    if reuse_port {
        return Err(io::ErrorKind::Unsupported.into());
    }
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}
