//! Whether a server is about to stop, and how many connections it has.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

#[cfg(feature = "tls")]
use tokio::sync::Notify;

/// The state of a server, which all of its parts share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lifecycle(Arc<State>);

#[derive(Debug, Default)]
struct State {
    is_stopping: AtomicBool,
    connections: AtomicUsize,
    #[cfg(feature = "tls")]
    closing: Notify,
}

/// An open connection, for as long as this value exists.
#[derive(Debug)]
pub(crate) struct OpenConnection(Lifecycle);

impl Lifecycle {
    /// Whether a signal to stop has arrived: the server is not ready for more, and closes connections after their responses.
    pub fn is_stopping(&self) -> bool {
        self.0.is_stopping.load(Ordering::Relaxed)
    }

    /// Announces the stop.
    pub fn stop(&self) {
        self.0.is_stopping.store(true, Ordering::Relaxed);
    }

    /// Announces that connections are closed once they have no request.
    #[cfg(feature = "tls")]
    pub fn close(&self) {
        self.0.closing.notify_waiters();
    }

    /// Waits for connections to be closed.
    #[cfg(feature = "tls")]
    pub async fn closing(&self) {
        self.0.closing.notified().await;
    }

    /// The number of open connections.
    pub fn connections(&self) -> usize {
        self.0.connections.load(Ordering::Relaxed)
    }

    /// Counts a connection.
    pub fn connect(&self) -> OpenConnection {
        self.0.connections.fetch_add(1, Ordering::Relaxed);
        OpenConnection(self.clone())
    }
}

impl OpenConnection {
    /// Whether the server is about to stop.
    pub fn is_stopping(&self) -> bool {
        self.0.is_stopping()
    }
}

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.0.0.connections.fetch_sub(1, Ordering::Relaxed);
    }
}
