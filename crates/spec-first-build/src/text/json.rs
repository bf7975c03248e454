//! Reads JSON: `serde_json` decodes names, strings and numbers, and the places are counted here.

use std::sync::Arc;

use serde_json::Value;

use super::builder::{Builder, Name, Trouble};
use super::fault::Fault;
use super::position::Position;
use super::tree::Source;

/// Reads `text`, the content of `file`.
pub(super) fn parse(file: &Arc<str>, text: &str) -> Result<Source, Fault> {
    let mut reader = Reader {
        text,
        offset: 0,
        here: Position { line: 1, column: 1 },
        counted: 0,
    };
    let mut builder = Builder::default();
    reader
        .document(&mut builder)
        .map_err(|(position, text)| Fault::in_text(file, position, text))?;
    Ok(builder.source())
}

/// What may follow.
#[derive(Clone, Copy, PartialEq)]
enum Next {
    Value,
    ValueOrEnd,
    Name,
    NameOrEnd,
    CommaOrEnd,
}

struct Reader<'a> {
    text: &'a str,
    offset: usize,
    /// The place of the byte `counted`; it follows `offset` when it is needed, so that no byte is counted twice.
    here: Position,
    counted: usize,
}

impl Reader<'_> {
    fn document(&mut self, builder: &mut Builder) -> Result<(), Trouble> {
        let mut open = Vec::new();
        let mut next = Next::Value;
        loop {
            next = self.step(builder, &mut open, next)?;
            if open.is_empty() {
                break;
            }
        }
        self.skip_blanks();
        if self.peek().is_some() {
            return Err(self.broken("the end of the document"));
        }
        Ok(())
    }

    /// Reads one token; `open` are the closing brackets that are still to come.
    fn step(
        &mut self,
        builder: &mut Builder,
        open: &mut Vec<u8>,
        next: Next,
    ) -> Result<Next, Trouble> {
        self.skip_blanks();
        let position = self.position();
        let inside = open.last().copied();
        match (next, self.peek()) {
            (Next::ValueOrEnd | Next::NameOrEnd | Next::CommaOrEnd, byte)
                if byte.is_some() && byte == inside =>
            {
                self.offset += 1;
                open.pop();
                builder.end()?;
                Ok(Next::CommaOrEnd)
            }
            (Next::CommaOrEnd, Some(b',')) => {
                self.offset += 1;
                Ok(if inside == Some(b'}') {
                    Next::Name
                } else {
                    Next::Value
                })
            }
            (Next::Name | Next::NameOrEnd, Some(b'"')) => {
                self.name(builder, position)?;
                Ok(Next::Value)
            }
            (Next::Value | Next::ValueOrEnd, Some(b'{')) => {
                self.offset += 1;
                open.push(b'}');
                builder.start_object(position, 0)?;
                Ok(Next::NameOrEnd)
            }
            (Next::Value | Next::ValueOrEnd, Some(b'[')) => {
                self.offset += 1;
                open.push(b']');
                builder.start_array(position, 0)?;
                Ok(Next::ValueOrEnd)
            }
            (Next::Value | Next::ValueOrEnd, Some(_)) => {
                let value = self.scalar()?;
                builder.scalar(value, position, 0)?;
                Ok(Next::CommaOrEnd)
            }
            (Next::Name | Next::NameOrEnd, _) => Err(self.broken("a name in double quotes")),
            (Next::CommaOrEnd, _) => Err(self.broken("a comma or a closing bracket")),
            (_, None) => Err(self.broken("a value")),
        }
    }

    fn name(&mut self, builder: &mut Builder, position: Position) -> Result<(), Trouble> {
        let Value::String(text) = self.scalar()? else {
            return Err(self.broken("a name in double quotes"));
        };
        builder.name(Name {
            text,
            position,
            merges: false,
        });
        self.skip_blanks();
        if self.peek() != Some(b':') {
            return Err(self.broken("a colon"));
        }
        self.offset += 1;
        Ok(())
    }

    /// A string, number, `true`, `false` or `null`.
    fn scalar(&mut self) -> Result<Value, Trouble> {
        let rest = &self.text[self.offset..];
        let length = if rest.starts_with('"') {
            string_length(rest)
        } else {
            word_length(rest)
        };
        match serde_json::from_str(&rest[..length]) {
            Ok(value) => {
                self.offset += length;
                Ok(value)
            }
            Err(error) if length > 0 => Err(self.broken(&format!("a value ({})", reason(&error)))),
            Err(_) => Err(self.broken("a value")),
        }
    }

    fn skip_blanks(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'\n' | b' ' | b'\t' | b'\r' => self.offset += 1,
                _ => return,
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.offset).copied()
    }

    fn position(&mut self) -> Position {
        for character in self.text[self.counted..self.offset].chars() {
            self.here = match character {
                '\n' => Position {
                    line: self.here.line.saturating_add(1),
                    column: 1,
                },
                _ => Position {
                    line: self.here.line,
                    column: self.here.column.saturating_add(1),
                },
            };
        }
        self.counted = self.offset;
        self.here
    }

    fn broken(&mut self, expected: &str) -> Trouble {
        let found = match self.text[self.offset..].chars().next() {
            Some(character) => format!("`{character}`"),
            None => "the end of the file".to_owned(),
        };
        let text = format!(
            "This is not valid JSON: expected {expected}, found {found}. Mend it here or just above."
        );
        (self.position(), text)
    }
}

/// The length of the string that `text` starts with, quotes included.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    let end = text.bytes().skip(1).position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |end| end + 2)
}

fn word_length(text: &str) -> usize {
    text.find(|character: char| !(character.is_ascii_alphanumeric() || "+-.".contains(character)))
        .unwrap_or(text.len())
}

/// The reason without the place in the snippet, which means nothing to the reader.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}
