//! Log events: a line each, on the standard error output.

use std::io::{self, IsTerminal};
use std::panic;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

use crate::options::{LogFormat, LogLevel};

/// Sends log events and panics of the whole program to the standard error output.
///
/// Only the first call in a process has an effect.
pub fn start(level: LogLevel, format: LogFormat) {
    let layer = fmt::layer()
        .with_writer(io::stderr)
        .log_internal_errors(false);
    let layer = match format {
        LogFormat::Text => layer.with_ansi(io::stderr().is_terminal()).boxed(),
        LogFormat::Json => layer
            .json()
            .flatten_event(true)
            .with_span_list(false)
            .boxed(),
    };
    let started = tracing_subscriber::registry()
        .with(layer.with_filter(filter(level)))
        .try_init();
    if started.is_ok() {
        panic::set_hook(Box::new(log_panic));
    }
}

/// actix-web logs details that are no use to an operator, and logs a client's malformed bytes as an error of the server.
fn filter(level: LogLevel) -> Targets {
    let level = match level {
        LogLevel::Off => LevelFilter::OFF,
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    };
    let actix_http = if level >= LevelFilter::DEBUG {
        level
    } else {
        LevelFilter::OFF
    };
    let actix_server = if level >= LevelFilter::DEBUG {
        level
    } else {
        level.min(LevelFilter::WARN)
    };
    Targets::new()
        .with_default(level)
        .with_target("actix_http", actix_http)
        .with_target("actix_server", actix_server)
}

fn log_panic(panic: &panic::PanicHookInfo<'_>) {
    let payload = panic.payload();
    let text = payload.downcast_ref::<&str>().copied();
    let message = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let location = panic.location().map(ToString::to_string);
    tracing::error!(panic = message, location, "a panic");
}
