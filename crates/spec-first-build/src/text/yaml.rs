//! Reads YAML: by the rules of version 1.2, or else as libyaml does.

use std::borrow::Cow;
use std::sync::Arc;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Tag};
use serde_json::Value;

use super::builder::{Builder, Name, Trouble};
use super::event::{CORE, Failure, Located};
use super::fault::Fault;
use super::libyaml;
use super::position::Position;
use super::scalar;
use super::tree::Source;

/// Reads `text`, the content of `file`.
///
/// What YAML 1.2 forbids but libyaml and its descendants accept, for example a line of a quoted scalar that is indented less
/// than its key, is read as they read it, with a warning at its first place: public documents have it, since most tools read
/// with libyaml.
///
/// # Errors
/// Text that neither reader accepts, or that is no document.
pub(super) fn parse(file: &Arc<str>, text: &str) -> Result<Source, Fault> {
    let fault = |(position, sentence): Trouble| Fault::in_text(file, position, sentence);
    let (position, reason) = match read(strict_events(text)) {
        Ok(source) => return Ok(source),
        Err(Failure::Content(trouble)) => return Err(fault(trouble)),
        Err(Failure::Syntax(position, reason)) => (position, reason),
    };
    match read(libyaml::events(text)) {
        Ok(mut source) => {
            source.warnings.push(fault((position, lenient(&reason))));
            Ok(source)
        }
        Err(Failure::Content(trouble)) => Err(fault(trouble)),
        Err(Failure::Syntax(..)) => Err(fault((position, broken(&reason)))),
    }
}

/// The events of YAML 1.2.
fn strict_events(text: &str) -> impl Iterator<Item = Located<'_>> {
    Parser::new_from_str(text).map(|event| match event {
        Ok((event, span)) => Ok((event, position(&span.start))),
        Err(error) => Err(Failure::Syntax(
            position(error.marker()),
            error.info().to_owned(),
        )),
    })
}

fn read<'a>(events: impl Iterator<Item = Located<'a>>) -> Result<Source, Failure> {
    let mut builder = Builder::default();
    let mut documents = 0;
    for event in events {
        let (event, position) = event?;
        if matches!(event, Event::DocumentStart(_)) {
            documents += 1;
        }
        if documents > 1 {
            let text = "A second YAML document starts here. Put each into a file of its own.";
            return Err(Failure::Content((position, text.into())));
        }
        accept(&mut builder, event, position).map_err(Failure::Content)?;
    }
    Ok(builder.source())
}

fn accept(builder: &mut Builder, event: Event<'_>, position: Position) -> Result<(), Trouble> {
    let names = builder.wants_name();
    match event {
        Event::Scalar(text, style, anchor, tag) if names => {
            let merges = style == ScalarStyle::Plain && text == "<<";
            if anchor > 0 {
                let value = value(text.clone(), style, tag.as_deref());
                builder.anchor_name(anchor, value.map_err(|sentence| (position, sentence))?);
            }
            builder.name(Name {
                text: text.into_owned(),
                position,
                merges,
            });
            Ok(())
        }
        Event::Alias(anchor) if names => {
            let text = builder.scalar_at(anchor).ok_or_else(|| no_name(position))?;
            builder.name(Name {
                text,
                position,
                merges: false,
            });
            Ok(())
        }
        Event::MappingStart(..) | Event::SequenceStart(..) if names => Err(no_name(position)),
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
    let name = format!("{}{}", tag.handle, tag.suffix);
    match name.strip_prefix(CORE).unwrap_or(&name) {
        "str" | "timestamp" | "binary" | "!" => Ok(Value::String(text.into_owned())),
        "int" | "float" | "bool" | "null" => scalar::plain(&text),
        _ => Err(format!(
            "The tag `{tag}` has no meaning in OpenAPI. Remove it."
        )),
    }
}

fn no_name(position: Position) -> Trouble {
    let text = "A member's name is expected here, and it must be plain text. Write it out.";
    (position, text.into())
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

fn lenient(reason: &str) -> String {
    format!(
        "YAML 1.2 forbids this ({reason}), and not every tool reads it. It is read as libyaml does. \
         Look at the quotes, colons and indentation here and just above."
    )
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::parse;
    use crate::text::Location;

    /// Texts that YAML 1.2 forbids, with the values that PyYAML reads.
    #[test]
    fn what_libyaml_accepts_is_read_with_a_warning() {
        for (text, value) in [
            (
                "a:\n  b: \"x\ny\n\n  z\"\n  c: d\n",
                json!({"a": {"b": "x y\nz", "c": "d"}}),
            ),
            ("a:\n  b: 'x\n  y'\n", json!({"a": {"b": "x y"}})),
            ("a:\n  - \"x\ny\"\n", json!({"a": ["x y"]})),
            ("a: \"x\\\ny\"\n", json!({"a": "xy"})),
            ("a:\n  b: \"x\n\ty\"\n", json!({"a": {"b": "x y"}})),
            ("a:\n  b: \"x\n# y\"\n", json!({"a": {"b": "x # y"}})),
            ("a:\tb\n", json!({"a": "b"})),
            ("a: [b,\nc]\n", json!({"a": ["b", "c"]})),
            ("a:\n  b: [\n  c\n]\n", json!({"a": {"b": ["c"]}})),
            (
                "a:\n  b: {c: d,\ne: f}\n  g: h\n",
                json!({"a": {"b": {"c": "d", "e": "f"}, "g": "h"}}),
            ),
            ("a: [b,#c\nd]\n", json!({"a": ["b", "d"]})),
            ("a: \"b\"#c\n", json!({"a": "b"})),
            ("a: |#c\n  x\n", json!({"a": "x\n"})),
            ("---\n\u{feff}a: b\n", json!({"a": "b"})),
            (
                "a: &x \"b\nc\"\n*x : 1\nd: *x\n",
                json!({"a": "b c", "b c": 1, "d": "b c"}),
            ),
        ] {
            let source = parse(&file(), text).unwrap_or_else(|fault| panic!("{text:?}: {fault}"));
            assert_eq!(
                (source.value, source.warnings.len()),
                (value, 1),
                "{text:?}"
            );
        }
    }

    #[test]
    fn what_yaml_1_2_accepts_is_read_without_a_warning() {
        for (text, value) in [
            ("a:\n  b: \"x\n    y\"\n", json!({"a": {"b": "x y"}})),
            ("%YAML 1.1\n---\na: b\n", json!({"a": "b"})),
            ("? a\n: - b\n", json!({"a": ["b"]})),
            (
                "x: &x {a: b}\ny:\n  <<: [*x]\n  a: c\n",
                json!({"x": {"a": "b"}, "y": {"a": "c"}}),
            ),
            ("&x a: b\nc: *x\n", json!({"a": "b", "c": "a"})),
            ("&x 200: b\nc: *x\n", json!({"200": "b", "c": 200})),
            (
                "a: |\r\n  x\r\n  y\r\nb: c\r\n",
                json!({"a": "x\ny\n", "b": "c"}),
            ),
            ("a: !<tag:yaml.org,2002:str> 1\n", json!({"a": "1"})),
            ("a: b # c\n", json!({"a": "b"})),
        ] {
            let source = parse(&file(), text).unwrap_or_else(|fault| panic!("{text:?}: {fault}"));
            assert_eq!(
                (source.value, source.warnings.len()),
                (value, 0),
                "{text:?}"
            );
        }
    }

    #[test]
    fn what_neither_accepts_is_a_fault() {
        for text in [
            "a: b: c\n",
            "a: \"b\n",
            "a: [b\n",
            "a: [!!str, b]]\n",
            "- &a b\n- ? [*a]\n  : c\n",
        ] {
            assert!(parse(&file(), text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn values_and_warnings_have_their_positions() {
        let source = parse(&file(), "é:\n  b: \"x\ny\"\n  c: [é, d]\n").expect("accepted");
        let location = Location::root(&file()).member("é").member("c").element(1);
        let position = source.position(&location);
        assert_eq!((position.line, position.column), (4, 10));
        let warning = source.warnings[0].to_string();
        assert!(
            warning.starts_with("a.yml:2:6: YAML 1.2 forbids this"),
            "{warning}"
        );
    }

    fn file() -> Arc<str> {
        "a.yml".into()
    }
}
