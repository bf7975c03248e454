//! An event as a line of text: `2018-05-10T18:12:42.000001Z  INFO span{field=1}: target: message field=1 other="text"`.

use std::error::Error;
use std::fmt::{self, Debug, Write};

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields, FormattedFields};
use tracing_subscriber::registry::LookupSpan;

use super::clock;
use super::fields::{Causes, OneLine, REQUEST_ID, is_message, name, write_line};
use super::request;
use crate::plain::is_plain;

/// The format.
pub struct Text;

impl<S, N> FormatEvent<S, N> for Text
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
        let has_colours = writer.has_ansi_escapes();
        write_line(writer, |line| {
            clock::write(line)?;
            line.push_str(level(*event.metadata().level(), has_colours));
            write_spans(context, line)?;
            line.push_str(event.metadata().target());
            line.push(':');
            let mut fields = Fields::new(line);
            event.record(&mut fields);
            fields.end()?;
            line.push('\n');
            Ok(())
        })
    }
}

/// The level between two blanks, as wide as the longest; with its colour, on a terminal.
fn level(level: Level, has_colours: bool) -> &'static str {
    match (level, has_colours) {
        (Level::ERROR, false) => " ERROR ",
        (Level::WARN, false) => "  WARN ",
        (Level::INFO, false) => "  INFO ",
        (Level::DEBUG, false) => " DEBUG ",
        (Level::TRACE, false) => " TRACE ",
        (Level::ERROR, true) => " \x1b[31mERROR\x1b[0m ",
        (Level::WARN, true) => "  \x1b[33mWARN\x1b[0m ",
        (Level::INFO, true) => "  \x1b[32mINFO\x1b[0m ",
        (Level::DEBUG, true) => " \x1b[34mDEBUG\x1b[0m ",
        (Level::TRACE, true) => " \x1b[35mTRACE\x1b[0m ",
    }
}

/// The spans of the application that the event is in, the outermost first.
fn write_spans<S, N>(context: &FmtContext<'_, S, N>, line: &mut String) -> fmt::Result
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    let Some(scope) = context.event_scope() else {
        return Ok(());
    };
    for span in scope.from_root() {
        line.push_str(span.metadata().name());
        let extensions = span.extensions();
        let fields = extensions.get::<FormattedFields<N>>();
        if let Some(fields) = fields.filter(|fields| !fields.is_empty()) {
            line.push('{');
            OneLine(&mut *line).write_str(&fields.fields)?;
            line.push('}');
        }
        line.push_str(": ");
    }
    Ok(())
}

/// Writes fields one after another.
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
            self.line.push_str(" request_id=");
            write_quoted(self.line, id.as_str())?;
        }
        self.result
    }

    /// Writes ` name=`, or only the blank before the text of the event; whether it is that text.
    #[inline(always)]
    fn write_name(&mut self, field: &Field) -> bool {
        self.line.push(' ');
        let is_message = is_message(field);
        if !is_message {
            let name = name(field);
            self.has_request_id |= name == REQUEST_ID;
            self.line.push_str(name);
            self.line.push('=');
        }
        is_message
    }

    fn write(&mut self, field: &Field, value: fmt::Arguments<'_>) {
        self.write_name(field);
        let written = OneLine(&mut *self.line).write_fmt(value);
        self.result = self.result.and(written);
    }

    fn write_number(&mut self, field: &Field, value: impl itoa::Integer) {
        self.write_name(field);
        self.line.push_str(itoa::Buffer::new().format(value));
    }
}

impl Visit for Fields<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        let written = match self.write_name(field) {
            true => OneLine(&mut *self.line).write_str(value),
            false => write_quoted(self.line, value),
        };
        self.result = self.result.and(written);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.write_number(field, value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.write_number(field, value);
    }

    fn record_error(&mut self, field: &Field, value: &(dyn Error + 'static)) {
        self.write(field, format_args!("{}", Causes(value)));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.write(field, format_args!("{value:?}"));
    }
}

/// Writes a text in quotation marks, with escapes as in Rust.
#[inline]
fn write_quoted(line: &mut String, text: &str) -> fmt::Result {
    if !is_plain(text.as_bytes()) {
        return write!(line, "{text:?}");
    }
    line.push('"');
    line.push_str(text);
    line.push('"');
    Ok(())
}
