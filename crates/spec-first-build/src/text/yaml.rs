//! Reads YAML 1.2.

use std::borrow::Cow;
use std::sync::Arc;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Tag};
use serde_json::Value;

use super::builder::{Builder, Name, Trouble};
use super::fault::Fault;
use super::position::Position;
use super::scalar;
use super::tree::Source;

/// Reads `text`, the content of `file`.
pub(super) fn parse(file: &Arc<str>, text: &str) -> Result<Source, Fault> {
    read(text).map_err(|(position, sentence)| Fault::in_text(file, position, sentence))
}

fn read(text: &str) -> Result<Source, Trouble> {
    let mut builder = Builder::default();
    let mut parser = Parser::new_from_str(text);
    let mut documents = 0;
    while let Some(event) = parser.next_event() {
        let (event, span) =
            event.map_err(|error| (position(error.marker()), broken(error.info())))?;
        let position = position(&span.start);
        if matches!(event, Event::DocumentStart(_)) {
            documents += 1;
            if documents > 1 {
                return Err((
                    position,
                    "A second YAML document starts here. Put each into a file of its own.".into(),
                ));
            }
        }
        accept(&mut builder, event, position)?;
    }
    Ok(builder.source())
}

fn accept(builder: &mut Builder, event: Event<'_>, position: Position) -> Result<(), Trouble> {
    let names = builder.wants_name();
    match event {
        Event::Scalar(text, style, _, _) if names => {
            let merges = style == ScalarStyle::Plain && text == "<<";
            builder.name(Name {
                text: text.into_owned(),
                position,
                merges,
            });
            Ok(())
        }
        Event::Alias(_) | Event::MappingStart(..) | Event::SequenceStart(..) if names => Err((
            position,
            "A member's name is expected here, and it must be plain text. Write it out.".into(),
        )),
        Event::Scalar(text, style, anchor, tag) => {
            let value =
                value(text, style, tag.as_deref()).map_err(|sentence| (position, sentence))?;
            builder.scalar(value, position, anchor)
        }
        Event::Alias(anchor) => builder.alias(anchor, position),
        Event::MappingStart(anchor, _) => builder.start_object(position, anchor),
        Event::SequenceStart(anchor, _) => builder.start_array(position, anchor),
        Event::MappingEnd | Event::SequenceEnd => builder.end(),
        _ => Ok(()),
    }
}

fn value(text: Cow<'_, str>, style: ScalarStyle, tag: Option<&Tag>) -> Result<Value, String> {
    let Some(tag) = tag else {
        return match style {
            ScalarStyle::Plain => scalar::plain(&text),
            _ => Ok(Value::String(text.into_owned())),
        };
    };
    match (tag.is_yaml_core_schema(), tag.suffix.as_str()) {
        (true, "str" | "timestamp" | "binary") => Ok(Value::String(text.into_owned())),
        (true, "int" | "float" | "bool" | "null") => scalar::plain(&text),
        _ if tag.handle.is_empty() && tag.suffix == "!" => Ok(Value::String(text.into_owned())),
        _ => Err(format!(
            "The tag `{tag}` has no meaning in OpenAPI. Remove it."
        )),
    }
}

fn position(marker: &Marker) -> Position {
    Position::new(marker.line(), marker.col() + 1)
}

fn broken(reason: &str) -> String {
    if reason.contains("nicode") && reason.contains("escape") {
        return format!(
            "This is not valid YAML: {reason}. Write the character itself instead of its surrogates."
        );
    }
    format!(
        "This is not valid YAML: {reason}. Look at the quotes, colons and indentation here and just above."
    )
}
