//! The connections of a process, for the metrics of the server.

use std::fmt;

use deadpool_postgres::Pool;
use spec_first::prometheus_client::collector::Collector;
use spec_first::prometheus_client::encoding::DescriptorEncoder;
use spec_first::prometheus_client::metrics::MetricType;

/// The metrics of a pool.
#[derive(Debug)]
pub struct Collected(pub Pool);

impl Collector for Collected {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let status = self.0.status();
        let mut connections = encoder.encode_descriptor(
            "store_connections",
            "Connections to the database",
            None,
            MetricType::Gauge,
        )?;
        let used = status.size.saturating_sub(status.available);
        for (state, number) in [("used", used), ("idle", status.available)] {
            let labels = [("state", state)];
            let mut metric = connections.encode_family(&labels)?;
            metric.encode_gauge(&(number as u64))?;
        }
        let mut most = encoder.encode_descriptor(
            "store_connections_max",
            "Connections to the database that there are at most",
            None,
            MetricType::Gauge,
        )?;
        most.encode_gauge(&(status.max_size as u64))
    }
}
