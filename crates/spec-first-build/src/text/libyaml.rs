//! The events of a text as libyaml reads it, in the form of those of YAML 1.2.
//!
//! A port of libyaml reads it, rather than a repair of the text before a strict parser: the values are then those of libyaml
//! by construction, with the positions of the author's text.

use std::borrow::Cow;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use libyaml_safer::{EventData, Mark, Parser, ScalarStyle};
use saphyr_parser as strict;

use super::event::{CORE, Failure, Located};
use super::position::Position;

/// The events of `text`.
pub(super) fn events(text: &str) -> impl Iterator<Item = Located<'static>> {
    let mut parser = Parser::new();
    parser.set_input(text.as_bytes());
    let mut anchors = Anchors::default();
    let mut is_over = false;
    std::iter::from_fn(move || {
        if is_over {
            return None;
        }
        let event = next(&mut parser).and_then(|(data, position)| {
            is_over = data == EventData::StreamEnd;
            Ok((anchors.event(data, position)?, position))
        });
        is_over |= event.is_err();
        Some(event)
    })
}

fn next(parser: &mut Parser<&[u8]>) -> Result<(EventData, Position), Failure> {
    // The parser panics where libyaml accepts a comma after a tag, as in `[!!str, a]`.
    let event = catch_unwind(AssertUnwindSafe(|| parser.parse()));
    match event {
        Ok(Ok(event)) => Ok((event.data, position(event.start_mark))),
        Ok(Err(error)) => {
            let mark = error.problem_mark().unwrap_or_default();
            Err(Failure::Syntax(position(mark), error.problem().to_owned()))
        }
        Err(_) => Err(Failure::Syntax(
            Position::default(),
            "unsupported tag".into(),
        )),
    }
}

fn position(mark: Mark) -> Position {
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    Position::new(
        number(mark.line).saturating_add(1),
        number(mark.column).saturating_add(1),
    )
}

/// The numbers of the anchors, which may be given anew.
#[derive(Default)]
struct Anchors {
    numbers: HashMap<String, usize>,
    count: usize,
}

impl Anchors {
    fn event(
        &mut self,
        data: EventData,
        position: Position,
    ) -> Result<strict::Event<'static>, Failure> {
        use strict::Event;
        Ok(match data {
            EventData::StreamStart { .. } => Event::StreamStart,
            EventData::StreamEnd => Event::StreamEnd,
            EventData::DocumentStart { implicit, .. } => Event::DocumentStart(!implicit),
            EventData::DocumentEnd { .. } => Event::DocumentEnd,
            EventData::Alias { anchor } => match self.numbers.get(&anchor) {
                Some(number) => Event::Alias(*number),
                None => {
                    let text = format!(
                        "There is no anchor `&{anchor}` before this alias. Add it, or write the value out."
                    );
                    return Err(Failure::Content((position, text)));
                }
            },
            EventData::Scalar {
                anchor,
                tag: name,
                value,
                style: kind,
                ..
            } => Event::Scalar(value.into(), style(kind), self.number(anchor), tag(name)),
            EventData::SequenceStart {
                anchor, tag: name, ..
            } => Event::SequenceStart(self.number(anchor), tag(name)),
            EventData::SequenceEnd => Event::SequenceEnd,
            EventData::MappingStart {
                anchor, tag: name, ..
            } => Event::MappingStart(self.number(anchor), tag(name)),
            EventData::MappingEnd => Event::MappingEnd,
        })
    }

    /// The number of a new anchor; 0 is that of none.
    fn number(&mut self, anchor: Option<String>) -> usize {
        let Some(anchor) = anchor else {
            return 0;
        };
        self.count += 1;
        self.numbers.insert(anchor, self.count);
        self.count
    }
}

fn style(style: ScalarStyle) -> strict::ScalarStyle {
    match style {
        ScalarStyle::SingleQuoted => strict::ScalarStyle::SingleQuoted,
        ScalarStyle::DoubleQuoted => strict::ScalarStyle::DoubleQuoted,
        ScalarStyle::Literal => strict::ScalarStyle::Literal,
        ScalarStyle::Folded => strict::ScalarStyle::Folded,
        _ => strict::ScalarStyle::Plain,
    }
}

fn tag(name: Option<String>) -> Option<Cow<'static, strict::Tag>> {
    let name = name?;
    let (handle, suffix) = match name.strip_prefix(CORE) {
        Some(suffix) => (CORE, suffix),
        None => ("", name.as_str()),
    };
    Some(Cow::Owned(strict::Tag {
        handle: handle.to_owned(),
        suffix: suffix.to_owned(),
    }))
}
