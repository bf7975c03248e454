//! Log events: a line each, on the standard error output.

mod clock;
mod fields;
mod json;
mod output;
pub mod request;
#[cfg(test)]
mod tests;
mod text;

use std::io::{self, IsTerminal};
use std::panic;

use tracing::Subscriber;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::format::JsonFields;
use tracing_subscriber::fmt::{self, MakeWriter};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

use self::json::Json;
use self::output::Output;
use self::text::Text;
use crate::options::{LogFormat, LogLevel};

static OUTPUT: Output = Output::new();

/// Sends log events and panics of the whole program to the standard error output.
///
/// Only the first call in a process has an effect.
pub fn start(level: LogLevel, format: LogFormat) {
    let has_colours = io::stderr().is_terminal();
    let subscriber = subscriber(level, format, has_colours, &OUTPUT);
    if subscriber.try_init().is_ok() {
        request::set_read();
        OUTPUT.start(io::stderr());
        panic::set_hook(Box::new(log_panic));
    }
}

/// What formats events, and gives them to the writer line by line.
fn subscriber<W>(
    level: LogLevel,
    format: LogFormat,
    has_colours: bool,
    writer: W,
) -> impl Subscriber + Send + Sync
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let layer = fmt::layer().with_writer(writer).log_internal_errors(false);
    let layer = match format {
        LogFormat::Text => layer.with_ansi(has_colours).event_format(Text).boxed(),
        LogFormat::Json => layer
            .fmt_fields(JsonFields::new())
            .event_format(Json)
            .boxed(),
    };
    // A filter of all layers rather than of this one: what it disables is not looked at again.
    let registry = tracing_subscriber::registry();
    registry.with(filter(level)).with(layer)
}

/// Waits until what was logged is written, at most two seconds.
pub fn flush() {
    OUTPUT.flush();
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
    // It may be the last that this process does.
    flush();
}
