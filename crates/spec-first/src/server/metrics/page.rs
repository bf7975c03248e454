//! The metrics in the text format of Prometheus.

use std::fmt;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, MetricEncoder, NoLabelSet, prometheus_text};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::exemplar::Exemplar;
use prometheus_client::registry::Registry;

use super::Metrics;
use super::counters::{BOUNDS, Counted, Requests};
use crate::operation::counts::REASONS;

/// The media type of a page.
pub(in crate::server) const MEDIA_TYPE: &str = prometheus_text::CONTENT_TYPE;

/// All metrics of a server, those of its application included.
pub(in crate::server) struct Page(Registry);

impl Page {
    /// The metrics of the server, and those that each of `register` adds.
    pub fn new(
        metrics: Arc<Metrics>,
        register: impl IntoIterator<Item = impl FnOnce(&mut Registry)>,
    ) -> Self {
        let mut registry = Registry::default();
        registry.register_collector(Box::new(Collected(metrics)));
        for register in register {
            register(&mut registry);
        }
        Self(registry)
    }

    /// Writes the values of now.
    ///
    /// # Errors
    /// A metric of the application cannot be written.
    pub fn write(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        prometheus_text::encode(&mut text, &self.0)?;
        Ok(text)
    }
}

struct Collected(Arc<Metrics>);

impl fmt::Debug for Collected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Collected").finish_non_exhaustive()
    }
}

impl Collector for Collected {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let (metrics, counted) = (&*self.0, self.0.sum());
        encode_requests(&mut encoder, metrics, &counted)?;
        encode_durations(&mut encoder, metrics, &counted)?;
        encode_incomplete(&mut encoder, metrics, &counted)?;
        encode_operations(&mut encoder, metrics)?;
        encode_exceeded(&mut encoder, metrics)?;
        encode_now(&mut encoder, metrics, &counted)?;
        encode_about(&mut encoder, metrics)
    }
}

fn encode_requests(
    encoder: &mut DescriptorEncoder<'_>,
    metrics: &Metrics,
    counted: &Counted,
) -> fmt::Result {
    let mut requests = encoder.encode_descriptor(
        "http_requests",
        "Requests that a response was sent to",
        None,
        MetricType::Counter,
    )?;
    for (group, group_requests) in counted.groups() {
        let mut responses = group_requests.responses.clone();
        responses.sort_unstable_by_key(|(key, _)| *key);
        for ((method, status), number) in responses {
            let status = status.to_string();
            let labels = [
                ("operation", metrics.name(group)),
                ("method", method),
                ("status", &status),
            ];
            count(&mut requests.encode_family(&labels)?, number)?;
        }
    }
    Ok(())
}

fn encode_durations(
    encoder: &mut DescriptorEncoder<'_>,
    metrics: &Metrics,
    counted: &Counted,
) -> fmt::Result {
    let mut durations = encoder.encode_descriptor(
        "http_request_duration_seconds",
        "Time from the head of a request until its response is sent",
        None,
        MetricType::Histogram,
    )?;
    for (group, requests) in counted.groups() {
        if requests.number() == 0 {
            continue;
        }
        let labels = [("operation", metrics.name(group))];
        durations
            .encode_family(&labels)?
            .encode_histogram::<NoLabelSet>(
                seconds(requests.microseconds),
                requests.number(),
                &buckets(requests),
                None,
            )?;
    }
    Ok(())
}

fn buckets(requests: &Requests) -> Vec<(f64, u64)> {
    let bounds = BOUNDS.iter().map(|bound| seconds(*bound));
    let bounds = bounds.chain([f64::INFINITY]);
    bounds.zip(requests.durations).collect()
}

fn encode_incomplete(
    encoder: &mut DescriptorEncoder<'_>,
    metrics: &Metrics,
    counted: &Counted,
) -> fmt::Result {
    let mut incomplete = encoder.encode_descriptor(
        "http_requests_incomplete",
        "Requests whose response was not sent to its end",
        None,
        MetricType::Counter,
    )?;
    for (group, requests) in counted.groups() {
        let reasons = [
            ("client_left", requests.abandoned),
            ("body_failed", requests.failed),
        ];
        for (reason, number) in reasons.into_iter().filter(|(_, number)| *number > 0) {
            let labels = [("operation", metrics.name(group)), ("reason", reason)];
            count(&mut incomplete.encode_family(&labels)?, number)?;
        }
    }
    Ok(())
}

/// What the operations count themselves.
fn encode_operations(encoder: &mut DescriptorEncoder<'_>, metrics: &Metrics) -> fmt::Result {
    let operations = metrics.service.contract().operations();
    let mut rejected = encoder.encode_descriptor(
        "http_requests_rejected",
        "Requests for an operation that the server rejected by the spec",
        None,
        MetricType::Counter,
    )?;
    for operation in operations {
        for (reason, number) in REASONS.iter().zip(operation.counts.rejected()) {
            if number > 0 {
                let labels = [("operation", &*operation.id), ("reason", reason)];
                count(&mut rejected.encode_family(&labels)?, number)?;
            }
        }
    }
    let mut violations = encoder.encode_descriptor(
        "http_response_violations",
        "Responses of the application that break the spec",
        None,
        MetricType::Counter,
    )?;
    for operation in operations {
        let labels = [("operation", &*operation.id)];
        let number = operation.responses.breaches.number();
        count(&mut violations.encode_family(&labels)?, number)?;
    }
    Ok(())
}

/// The requests beyond a limit, all of them from the start on: a first one is an increase then.
fn encode_exceeded(encoder: &mut DescriptorEncoder<'_>, metrics: &Metrics) -> fmt::Result {
    let mut exceeded = encoder.encode_descriptor(
        "http_requests_over_limit",
        "Requests that exceeded a limit of the server",
        None,
        MetricType::Counter,
    )?;
    for (reason, number) in metrics.exceeded.numbers() {
        count(&mut exceeded.encode_family(&[("reason", reason)])?, number)?;
    }
    Ok(())
}

fn encode_now(
    encoder: &mut DescriptorEncoder<'_>,
    metrics: &Metrics,
    counted: &Counted,
) -> fmt::Result {
    let mut gauge = |name: &str, help: &str, value: u64| {
        let mut metric = encoder.encode_descriptor(name, help, None, MetricType::Gauge)?;
        metric.encode_gauge(&value)
    };
    let open = metrics.connections.now();
    gauge(
        "http_requests_in_flight",
        "Requests that are handled now",
        counted.in_flight,
    )?;
    gauge(
        "http_connections_open",
        "Connections that are open now",
        open,
    )?;
    let mut accepted = encoder.encode_descriptor(
        "http_connections_accepted",
        "Connections that were accepted",
        None,
        MetricType::Counter,
    )?;
    count(&mut accepted, metrics.connections.accepted())
}

fn encode_about(encoder: &mut DescriptorEncoder<'_>, metrics: &Metrics) -> fmt::Result {
    let about = metrics.service.about();
    let mut info = encoder.encode_descriptor(
        "spec_info",
        "The spec that is served",
        None,
        MetricType::Gauge,
    )?;
    let labels = [
        ("title", about.title.as_str()),
        ("version", about.version.as_str()),
        ("sha256", about.sha256.as_str()),
    ];
    info.encode_family(&labels)?.encode_gauge(&1_u64)?;
    let mut start = encoder.encode_descriptor(
        "process_start_time_seconds",
        "When the server started, in seconds since 1970",
        None,
        MetricType::Gauge,
    )?;
    let since = metrics.start.duration_since(UNIX_EPOCH).unwrap_or_default();
    start.encode_gauge(&since.as_secs_f64())
}

fn count(metric: &mut MetricEncoder<'_>, number: u64) -> fmt::Result {
    metric.encode_counter(&number, None::<&Exemplar<NoLabelSet, f64>>)
}

fn seconds(microseconds: u64) -> f64 {
    std::time::Duration::from_micros(microseconds).as_secs_f64()
}
