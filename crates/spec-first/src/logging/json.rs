//! An event as an object of JSON, in a line: `timestamp`, `level`, the fields, `target`, and the innermost `span`.

use std::error::Error;
use std::fmt::{self, Debug, Write};

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields, FormattedFields};
use tracing_subscriber::registry::LookupSpan;

use super::clock;
use super::fields::{Causes, REQUEST_ID, name, write_line};
use super::request;
use crate::plain::is_clean;

/// The format.
pub struct Json;

impl<S, N> FormatEvent<S, N> for Json
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        write_line(writer, |line| {
            line.push_str("{\"timestamp\":\"");
            clock::write(line)?;
            line.push_str(level(*event.metadata().level()));
            let mut fields = Fields::new(line);
            event.record(&mut fields);
            fields.end()?;
            write_member(line, "target")?;
            write_string(line, event.metadata().target())?;
            write_span(context, line)?;
            line.push_str("}\n");
            Ok(())
        })
    }
}

/// The end of the time, and the level.
fn level(level: Level) -> &'static str {
    match level {
        Level::ERROR => "\",\"level\":\"ERROR\"",
        Level::WARN => "\",\"level\":\"WARN\"",
        Level::INFO => "\",\"level\":\"INFO\"",
        Level::DEBUG => "\",\"level\":\"DEBUG\"",
        Level::TRACE => "\",\"level\":\"TRACE\"",
    }
}

/// The innermost span of the application that the event is in, whose fields are an object already.
fn write_span<S, N>(context: &FmtContext<'_, S, N>, line: &mut String) -> fmt::Result
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    let Some(span) = context.event_scope().and_then(|mut scope| scope.next()) else {
        return Ok(());
    };
    write_member(line, "span")?;
    line.push_str("{\"name\":");
    write_string(line, span.metadata().name())?;
    let extensions = span.extensions();
    let fields = extensions.get::<FormattedFields<N>>();
    let members = fields.and_then(|fields| fields.strip_prefix('{')?.strip_suffix('}'));
    if let Some(members) = members.filter(|members| !members.is_empty()) {
        line.push(',');
        line.push_str(members);
    }
    line.push('}');
    Ok(())
}

/// Writes fields as members, each after a comma.
struct Fields<'a> {
    line: &'a mut String,
    result: fmt::Result,
    has_request_id: bool,
}

impl<'a> Fields<'a> {
    fn new(line: &'a mut String) -> Self {
        Self {
            line,
            result: Ok(()),
            has_request_id: false,
        }
    }

    /// Adds the id of the request that the event belongs to, if it has not been written.
    fn end(self) -> fmt::Result {
        if !self.has_request_id
            && let Some(id) = request::id()
        {
            write_member(self.line, REQUEST_ID)?;
            write_string(self.line, id.as_str())?;
        }
        self.result
    }

    fn write_name(&mut self, field: &Field) {
        let name = name(field);
        self.has_request_id |= name == REQUEST_ID;
        self.result = self.result.and(write_member(self.line, name));
    }

    fn write(&mut self, field: &Field, value: fmt::Arguments<'_>) {
        self.write_name(field);
        self.result = self.result.and(self.line.write_fmt(value));
    }

    fn write_number(&mut self, field: &Field, value: impl itoa::Integer) {
        self.write_name(field);
        self.line.push_str(itoa::Buffer::new().format(value));
    }
}

impl Visit for Fields<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.write_name(field);
        self.result = self.result.and(write_string(self.line, value));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.write(field, format_args!("{value}"));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.write_number(field, value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.write_number(field, value);
    }

    fn record_u128(&mut self, field: &Field, value: u128) {
        self.write_number(field, value);
    }

    fn record_i128(&mut self, field: &Field, value: i128) {
        self.write_number(field, value);
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        // Null for what JSON has no number for.
        self.write(field, format_args!("{}", serde_json::Value::from(value)));
    }

    fn record_error(&mut self, field: &Field, value: &(dyn Error + 'static)) {
        self.record_str(field, &Causes(value).to_string());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.record_str(field, &format!("{value:?}"));
    }
}

fn write_member(line: &mut String, name: &str) -> fmt::Result {
    line.push(',');
    write_string(line, name)?;
    line.push(':');
    Ok(())
}

fn write_string(line: &mut String, text: &str) -> fmt::Result {
    if !is_clean(text.as_bytes()) {
        line.push_str(&serde_json::to_string(text).map_err(|_| fmt::Error)?);
        return Ok(());
    }
    line.push('"');
    line.push_str(text);
    line.push('"');
    Ok(())
}
