//! The connections of a server.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many connections there are, and have been.
#[derive(Clone, Debug, Default)]
pub(in crate::server) struct Connections(Arc<Numbers>);

#[derive(Debug, Default)]
struct Numbers {
    accepted: AtomicU64,
    closed: AtomicU64,
}

impl Connections {
    /// Counts a connection, which is open for as long as the returned value exists.
    pub fn open(&self) -> OpenConnection {
        self.0.accepted.fetch_add(1, Ordering::Relaxed);
        OpenConnection(self.clone())
    }

    pub fn accepted(&self) -> u64 {
        self.0.accepted.load(Ordering::Relaxed)
    }

    /// How many are open now.
    pub fn now(&self) -> u64 {
        let closed = self.0.closed.load(Ordering::Relaxed);
        self.accepted().saturating_sub(closed)
    }
}

/// A connection that is open.
#[derive(Debug)]
pub(in crate::server) struct OpenConnection(Connections);

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.0.0.closed.fetch_add(1, Ordering::Relaxed);
    }
}
