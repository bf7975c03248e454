//! Closes connections that are idle for too long, where actix-web has no timeout of its own.
//!
//! actix-web limits the time for the head of a connection's first request and the time between two requests. It waits forever
//! for the head of a later request, for the rest of a chunked body that no handler reads, and for a client that does not read
//! its response.

use std::any::Any;
use std::cell::Cell;
use std::net::Shutdown;
use std::rc::{Rc, Weak};
use std::time::{Duration, Instant};

#[cfg(feature = "tls")]
use actix_tls::accept::rustls_0_23::TlsStream;
use actix_web::dev::Extensions;
use actix_web::{HttpRequest, rt};
#[cfg(target_os = "linux")]
use socket2::Domain;
use socket2::{SockRef, Socket};

use crate::server::lifecycle::{Lifecycle, OpenConnection};

/// How long a connection may be without a complete request. Longer than actix-web's timeouts for keep-alive and for a head,
/// so that those come first: they send a response.
const TIMEOUT: Duration = Duration::from_secs(20);

/// A connection with a timeout.
struct Connection {
    /// A second handle of the connection's socket: actix-web owns the first one.
    socket: Option<Socket>,
    /// How many requests there are.
    busy: Cell<u32>,
    idle_since: Cell<Instant>,
    open: OpenConnection,
    /// Whether there were too many when it was accepted.
    is_excess: bool,
}

/// Counts a new connection, and starts its timeout.
pub(super) fn start(
    lifecycle: &Lifecycle,
    max_connections: usize,
    stream: &dyn Any,
    extensions: &mut Extensions,
) {
    let Some(socket) = socket(stream) else {
        return;
    };
    #[cfg(target_os = "linux")]
    if socket.domain().is_ok_and(|domain| domain != Domain::UNIX)
        && let Err(error) = socket.set_tcp_user_timeout(Some(TIMEOUT))
    {
        tracing::debug!(%error, "no timeout for a client that does not read its response");
    }
    let connection = Connection {
        // For example, too many files are open. This connection has no timeout then.
        socket: socket.try_clone().ok(),
        busy: Cell::new(0),
        idle_since: Cell::new(Instant::now()),
        open: lifecycle.connect(),
        is_excess: lifecycle.connections() > max_connections,
    };
    let connection = Rc::new(connection);
    rt::spawn(close_when_idle(Rc::downgrade(&connection)));
    #[cfg(feature = "tls")]
    if is_http_2(stream) {
        let connection = Rc::downgrade(&connection);
        rt::spawn(close_at_shutdown(connection, lifecycle.clone()));
    }
    extensions.insert(connection);
}

/// Whether the request came by a connection that was one too many when it was accepted.
pub(super) fn is_excess(request: &HttpRequest) -> bool {
    let connection = request.conn_data::<Rc<Connection>>();
    connection.is_some_and(|connection| connection.is_excess)
}

/// The socket of a connection of any kind.
fn socket(stream: &dyn Any) -> Option<SockRef<'_>> {
    #[cfg(unix)]
    if let Some(stream) = stream.downcast_ref::<rt::net::UnixStream>() {
        return Some(SockRef::from(stream));
    }
    #[cfg(feature = "tls")]
    if let Some(stream) = stream.downcast_ref::<TlsStream<rt::net::TcpStream>>() {
        return Some(SockRef::from(stream.get_ref().0));
    }
    let stream = stream.downcast_ref::<rt::net::TcpStream>()?;
    Some(SockRef::from(stream))
}

#[cfg(feature = "tls")]
fn is_http_2(stream: &dyn Any) -> bool {
    let stream = stream.downcast_ref::<TlsStream<rt::net::TcpStream>>();
    stream.is_some_and(|stream| stream.get_ref().1.alpn_protocol() == Some(b"h2"))
}

/// A request that is handled, or whose response is sent: its connection has no timeout until this is dropped.
pub(super) struct Suspended(Option<Rc<Connection>>);

impl Suspended {
    /// Suspends the timeout of the request's connection.
    pub fn of(request: &HttpRequest) -> Self {
        let connection = request.conn_data::<Rc<Connection>>().cloned();
        if let Some(connection) = &connection {
            connection.busy.set(connection.busy.get() + 1);
        }
        Self(connection)
    }

    /// Whether the server is about to stop, so that the response is the last one of its connection.
    pub fn is_last(&self) -> bool {
        self.0.as_ref().is_some_and(|it| it.open.is_stopping())
    }
}

impl Drop for Suspended {
    fn drop(&mut self) {
        if let Some(connection) = &self.0 {
            connection.busy.set(connection.busy.get() - 1);
            connection.idle_since.set(Instant::now());
        }
    }
}

impl Connection {
    /// How long there has been no request.
    fn idle(&self) -> Duration {
        match self.busy.get() {
            0 => self.idle_since.get().elapsed(),
            _ => Duration::ZERO,
        }
    }

    /// Ends the connection. Only its reading half: the rest of a response is still sent to a slow client.
    fn close(&self) {
        if let Some(socket) = &self.socket {
            let _ = socket.shutdown(Shutdown::Read);
        }
    }
}

async fn close_when_idle(connection: Weak<Connection>) {
    let mut wait = TIMEOUT;
    while !wait.is_zero() {
        rt::time::sleep(wait).await;
        let Some(connection) = connection.upgrade() else {
            return;
        };
        wait = TIMEOUT.saturating_sub(connection.idle());
    }
    if let Some(connection) = connection.upgrade() {
        connection.close();
    }
}

/// Closes a connection of HTTP/2 once the server closes connections and no request is left: actix-web would wait for its client.
#[cfg(feature = "tls")]
async fn close_at_shutdown(connection: Weak<Connection>, lifecycle: Lifecycle) {
    const PAUSE: Duration = Duration::from_millis(100);

    lifecycle.closing().await;
    while let Some(connection) = connection.upgrade() {
        if connection.idle() >= PAUSE {
            return connection.close();
        }
        drop(connection);
        rt::time::sleep(PAUSE).await;
    }
}
