//! How long the calls of a store wait before they begin, for the metrics of the server.

use std::fmt;
use std::time::Instant;

use spec_first::prometheus_client::collector::Collector;
use spec_first::prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use spec_first::prometheus_client::metrics::MetricType;
use spec_first::prometheus_client::metrics::gauge::Gauge;
use spec_first::prometheus_client::metrics::histogram::Histogram;

/// The upper bounds of the histogram's buckets, in seconds.
const BOUNDS: [f64; 10] = [
    0.0001, 0.001, 0.0025, 0.01, 0.025, 0.1, 0.25, 1.0, 2.5, 10.0,
];

/// How long calls wait for one thing, such as a connection.
#[derive(Clone, Debug)]
pub struct Waits {
    waiting: Gauge,
    seconds: Histogram,
}

impl Default for Waits {
    fn default() -> Self {
        Self {
            waiting: Gauge::default(),
            seconds: Histogram::new(BOUNDS),
        }
    }
}

/// A call that waits, for as long as this value exists.
#[derive(Debug)]
pub struct Waiting {
    waits: Waits,
    since: Instant,
}

impl Waits {
    /// Begins to wait.
    pub fn begin(&self) -> Waiting {
        Waiting {
            waits: self.clone(),
            since: self.enter(),
        }
    }

    /// Begins to wait until [`Self::leave`].
    pub fn enter(&self) -> Instant {
        self.waiting.inc();
        Instant::now()
    }

    /// Ends to wait.
    pub fn leave(&self, since: Instant, now: Instant) {
        self.waiting.dec();
        let waited = now.saturating_duration_since(since);
        self.seconds.observe(waited.as_secs_f64());
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.waits.leave(self.since, Instant::now());
    }
}

/// The metrics of all that the calls of a store wait for, by their names.
#[derive(Debug)]
pub struct Collected(pub Vec<(&'static str, Waits)>);

impl Collector for Collected {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let mut waiting = encoder.encode_descriptor(
            "store_waiting",
            "Calls of the store that wait now",
            None,
            MetricType::Gauge,
        )?;
        for (name, waits) in &self.0 {
            let labels = [("for", *name)];
            waits.waiting.encode(waiting.encode_family(&labels)?)?;
        }
        let mut seconds = encoder.encode_descriptor(
            "store_wait_seconds",
            "Time that calls of the store waited before they began",
            None,
            MetricType::Histogram,
        )?;
        for (name, waits) in &self.0 {
            let labels = [("for", *name)];
            waits.seconds.encode(seconds.encode_family(&labels)?)?;
        }
        Ok(())
    }
}
