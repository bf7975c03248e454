//! How often the limits of a server were exceeded.
//!
//! All workers share these counters, since what is counted is rare.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A limit, for which a request was not handled, or not to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) enum Limit {
    Connections,
    ConcurrentRequests,
    UrlLength,
    HeaderLength,
    Timeout,
}

/// As the label `reason` names the limits, in the order of [`Limit`].
const REASONS: [&str; 5] = [
    "connections",
    "concurrent_requests",
    "url_length",
    "header_length",
    "timeout",
];

/// How many requests exceeded each limit.
#[derive(Clone, Debug, Default)]
pub(in crate::server) struct Exceeded(Arc<[AtomicU64; REASONS.len()]>);

impl Exceeded {
    /// Counts a request that exceeded the limit.
    pub fn count(&self, limit: Limit) {
        self.0[limit as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// All reasons with their numbers.
    pub fn numbers(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let numbers = self.0.iter().map(|it| it.load(Ordering::Relaxed));
        REASONS.into_iter().zip(numbers)
    }
}
