//! Whether a server is about to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The state of a server, which all of its parts share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lifecycle(Arc<State>);

#[derive(Debug, Default)]
struct State {
    is_stopping: AtomicBool,
}

impl Lifecycle {
    /// Whether a signal to stop has arrived: the server is not ready for more.
    pub fn is_stopping(&self) -> bool {
        self.0.is_stopping.load(Ordering::Relaxed)
    }

    /// Announces the stop.
    pub fn stop(&self) {
        self.0.is_stopping.store(true, Ordering::Relaxed);
    }
}
