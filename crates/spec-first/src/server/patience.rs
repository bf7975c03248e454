//! Ends connections that only keep the server waiting, where actix-web sets no limit of its own.
//!
//! actix-web limits the head of a connection's first request and the time between two requests. It waits without end for the
//! head of a later request, for the rest of a chunked body that nobody reads, and for a client that takes no answer.

use std::any::Any;
use std::cell::Cell;
use std::net::Shutdown;
use std::rc::{Rc, Weak};
use std::time::{Duration, Instant};

use actix_web::body::MessageBody;
use actix_web::dev::{Extensions, ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, rt};
use socket2::{SockRef, Socket};

/// How long a connection may be without a whole request. More than actix-web allows for idling and for a head, so that those
/// limits, which answer politely, come first.
const LIMIT: Duration = Duration::from_secs(20);

/// A connection that is watched.
struct Connection {
    /// A second handle on the connection's socket: the first one is out of reach.
    socket: Socket,
    busy: Cell<bool>,
    idle_since: Cell<Instant>,
}

/// Starts to watch a new connection.
pub(super) fn watch(stream: &dyn Any, extensions: &mut Extensions) {
    let Some(stream) = stream.downcast_ref::<rt::net::TcpStream>() else {
        return;
    };
    let socket = SockRef::from(stream);
    #[cfg(target_os = "linux")]
    if let Err(error) = socket.set_tcp_user_timeout(Some(LIMIT)) {
        tracing::debug!(%error, "a client that takes no answer will not be cut off");
    }
    // Too many open files, say. Then this connection is served unwatched.
    let Ok(socket) = socket.try_clone() else {
        return;
    };
    let connection = Connection {
        socket,
        busy: Cell::new(false),
        idle_since: Cell::new(Instant::now()),
    };
    let connection = Rc::new(connection);
    rt::spawn(end_when_idle(Rc::downgrade(&connection)));
    extensions.insert(connection);
}

/// Keeps the watch off a connection while a request of its is answered.
///
/// # Errors
/// None of its own.
pub(super) async fn excuse<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let connection = request.conn_data::<Rc<Connection>>().cloned();
    if let Some(connection) = &connection {
        connection.busy.set(true);
    }
    let response = next.call(request).await;
    if let Some(connection) = connection {
        connection.busy.set(false);
        connection.idle_since.set(Instant::now());
    }
    response
}

async fn end_when_idle(connection: Weak<Connection>) {
    let mut wait = LIMIT;
    while !wait.is_zero() {
        rt::time::sleep(wait).await;
        let Some(connection) = connection.upgrade() else {
            return;
        };
        let idle = if connection.busy.get() {
            Duration::ZERO
        } else {
            connection.idle_since.get().elapsed()
        };
        wait = LIMIT.saturating_sub(idle);
    }
    // Reading only: what is still to be sent to a slow reader goes out.
    if let Some(connection) = connection.upgrade() {
        let _ = connection.socket.shutdown(Shutdown::Read);
    }
}
