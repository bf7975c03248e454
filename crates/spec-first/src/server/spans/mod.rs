//! A span for each request, exported by OTLP: of a build with the feature `otlp`, and where the environment names an endpoint.

#[cfg(not(feature = "otlp"))]
mod none;
#[cfg(feature = "otlp")]
mod otlp;
#[cfg(feature = "otlp")]
mod transport;

use actix_web::http::{Method, StatusCode};

#[cfg(not(feature = "otlp"))]
pub(super) use self::none::{Exporter, Span, Spans};
#[cfg(feature = "otlp")]
pub(super) use self::otlp::{Exporter, Span, Spans};

/// What a span has of a request that has ended.
#[cfg_attr(
    not(feature = "otlp"),
    expect(dead_code, reason = "only spans have it")
)]
pub(super) struct Ended<'a> {
    pub request_id: &'a str,
    pub method: &'a Method,
    pub route: Option<&'a str>,
    pub operation: Option<&'a str>,
    /// None if the client left before there was one.
    pub status: Option<StatusCode>,
    /// Whether the response was sent to its end.
    pub is_complete: bool,
}
