//! Spans by OpenTelemetry's SDK, with the names of its semantic conventions for HTTP servers.

use std::env;

use actix_web::http::StatusCode;
use opentelemetry::trace::{
    Span as _, SpanContext, SpanId, SpanKind, Status, TraceContextExt, TraceFlags, TraceId, Tracer,
    TracerProvider,
};
use opentelemetry::{Context, KeyValue};
use opentelemetry_otlp::{SpanExporter, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider};

use super::Ended;
use super::transport::Client;
use crate::server::method::defined;
use crate::spec::document::About;
use crate::trace::TraceContext;

/// The variables that name an endpoint, without which nothing is exported.
const ENDPOINTS: [&str; 2] = [
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
];

/// Exports spans, on a thread of its own.
pub struct Exporter(SdkTracerProvider);

/// Makes the spans of a worker.
#[derive(Clone)]
pub struct Spans(SdkTracer);

/// The span of a request.
pub struct Span(opentelemetry_sdk::trace::Span);

impl Exporter {
    /// Starts to export, if the environment names an endpoint and does not disable it. The SDK reads the other variables of
    /// OpenTelemetry, too: the sampler's, those of the batches, headers and attributes of the service.
    ///
    /// # Errors
    /// A sentence: the endpoint cannot be used.
    pub fn start(about: &About) -> Result<Option<Self>, String> {
        let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_disabled =
            env::var("OTEL_SDK_DISABLED").is_ok_and(|it| it.eq_ignore_ascii_case("true"));
        if is_disabled || !ENDPOINTS.iter().any(|name| is_set(name)) {
            return Ok(None);
        }
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Client::new());
        let exporter = exporter
            .build()
            .map_err(|error| format!("traces cannot be exported: {error}"))?;
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .with_resource(resource(about));
        Ok(Some(Self(provider.build())))
    }

    /// What makes the spans that are exported.
    pub fn spans(&self) -> Spans {
        Spans(self.0.tracer("spec-first"))
    }

    /// Exports what is left, and waits for that.
    pub fn stop(self) {
        if let Err(error) = self.0.shutdown() {
            tracing::warn!(%error, "the last traces were not exported");
        }
    }
}

/// What the spans are of: the environment's service, or else the API by its title.
fn resource(about: &About) -> Resource {
    let (title, version) = (about.title.clone(), about.version.clone());
    let version = KeyValue::new("service.version", version);
    let is_named = env::var_os("OTEL_SERVICE_NAME").is_some()
        || env::var("OTEL_RESOURCE_ATTRIBUTES").is_ok_and(|it| it.contains("service.name="));
    let resource = Resource::builder().with_attribute(version);
    match is_named || title.is_empty() {
        true => resource.build(),
        false => resource.with_service_name(title).build(),
    }
}

impl Spans {
    /// Begins the span of a request, in the trace of its client if there is one.
    pub fn begin(&self, trace: Option<&TraceContext>) -> Span {
        let parent = trace.map_or_else(Context::new, |trace| {
            Context::new().with_remote_span_context(remote(trace))
        });
        let builder = self.0.span_builder("request");
        let builder = builder.with_kind(SpanKind::Server);
        Span(builder.start_with_context(&self.0, &parent))
    }
}

fn remote(trace: &TraceContext) -> SpanContext {
    let state = trace.tracestate().and_then(|state| state.parse().ok());
    SpanContext::new(
        TraceId::from_bytes(trace.trace_bytes()),
        SpanId::from_bytes(trace.parent_bytes()),
        TraceFlags::new(trace.flags()),
        true,
        state.unwrap_or_default(),
    )
}

impl Span {
    /// The trace with this span as the parent, for the calls of the application.
    pub fn context(&self) -> Option<TraceContext> {
        let context = self.0.span_context();
        context.is_valid().then(|| {
            TraceContext::new(
                context.trace_id().to_bytes(),
                context.span_id().to_bytes(),
                context.trace_flags().to_u8(),
                &context.trace_state().header(),
            )
        })
    }

    /// Ends the span with what is known of its request by then.
    pub fn end(mut self, ended: &Ended<'_>) {
        let span = &mut self.0;
        if !span.is_recording() {
            return;
        }
        // The name that the conventions have for all others.
        let method = defined(ended.method).unwrap_or("_OTHER");
        span.update_name(match (method, ended.route) {
            ("_OTHER", Some(route)) => format!("HTTP {route}"),
            ("_OTHER", None) => "HTTP".to_owned(),
            (method, Some(route)) => format!("{method} {route}"),
            (method, None) => method.to_owned(),
        });
        span.set_attribute(KeyValue::new("http.request.method", method));
        span.set_attribute(KeyValue::new("request_id", ended.request_id.to_owned()));
        let texts = [
            ("http.route", ended.route),
            ("openapi.operation_id", ended.operation),
        ];
        for (name, value) in texts {
            if let Some(value) = value {
                span.set_attribute(KeyValue::new(name, value.to_owned()));
            }
        }
        if let Some(status) = ended.status {
            let number = i64::from(status.as_u16());
            span.set_attribute(KeyValue::new("http.response.status_code", number));
        }
        if let Some(error) = error(ended) {
            span.set_attribute(KeyValue::new("error.type", error));
            span.set_status(Status::error(""));
        }
        span.end();
    }
}

/// What went wrong: a failure of the server, or a response that was not sent. What a client did wrong is no error of a server.
fn error(ended: &Ended<'_>) -> Option<String> {
    let failed = ended.status.filter(StatusCode::is_server_error);
    let failed = failed.map(|status| status.as_str().to_owned());
    failed.or_else(|| (!ended.is_complete).then(|| "incomplete".to_owned()))
}
