//! Classes in brackets.

use super::escape::{Escape, plain};
use super::{PatternFault, Translator};

/// Authors who write two such classes, one after the other, mean a character of two UTF-16 code units.
const ONLY_HALVES: &str = r"this class has only halves of characters; write characters above U+FFFF as `[\u{10000}-\u{10ffff}]`";

/// Whether a code point is a surrogate: no text has it by itself, so in a class it matches nothing.
fn is_half(code: u32) -> bool {
    (0xd800..0xe000).contains(&code)
}

impl Translator {
    /// A class; its opening bracket has been read.
    pub(super) fn class(&mut self) -> Result<(), PatternFault> {
        let start = self.here;
        let is_negated = self.peek() == Some('^');
        self.here += usize::from(is_negated);
        let mut items = String::new();
        loop {
            match self.peek() {
                None => return Err(super::fault(start - 1, "this class has no `]`")),
                Some(']') => break,
                Some(_) => items.push_str(&self.items()?),
            }
        }
        let has_items = self.here > start + usize::from(is_negated);
        if items.is_empty() && has_items && !is_negated {
            return Err(super::fault(start - 1, ONLY_HALVES));
        }
        self.here += 1;
        self.engine.push_str(&match (is_negated, items.is_empty()) {
            (false, true) => r"[^\u{0}-\u{10ffff}]".to_owned(),
            (true, true) => r"[\u{0}-\u{10ffff}]".to_owned(),
            (false, false) => format!("[{items}]"),
            (true, false) => format!("[^{items}]"),
        });
        Ok(())
    }

    /// One item, or a range. Beside a class a hyphen is itself (ECMA-262, B.1.2.8.1).
    fn items(&mut self) -> Result<String, PatternFault> {
        let start = self.here;
        let first = self.item()?;
        let ends = self
            .letters
            .get(self.here + 1)
            .is_none_or(|next| *next == ']');
        if self.peek() != Some('-') || ends {
            return self.text(&first);
        }
        self.here += 1;
        let last = self.item()?;
        if let (Escape::Character(least), Escape::Character(most)) = (&first, &last) {
            if least > most {
                let range: String = self.letters[start..self.here].iter().collect();
                return Err(super::fault(
                    start,
                    format!("the range `{range}` ends before it begins"),
                ));
            }
            return self.range(*least, *most);
        }
        Ok(format!("{}\\-{}", self.text(&first)?, self.text(&last)?))
    }

    fn item(&mut self) -> Result<Escape, PatternFault> {
        match self.next() {
            Some('\\') => self.escaped(true),
            Some(letter) => Ok(Escape::Character(u32::from(letter))),
            None => Err(self.fault(0, "this class has no `]`")),
        }
    }

    /// A range without the halves of characters in it.
    fn range(&self, least: u32, most: u32) -> Result<String, PatternFault> {
        let least = if is_half(least) { 0xe000 } else { least };
        let most = if is_half(most) { 0xd7ff } else { most };
        if least > most {
            return Ok(String::new());
        }
        let text = |code| self.text(&Escape::Character(code));
        Ok(format!("{}-{}", text(least)?, text(most)?))
    }

    fn text(&self, item: &Escape) -> Result<String, PatternFault> {
        match item {
            Escape::Character(code) if is_half(*code) => Ok(String::new()),
            Escape::Character(code) => {
                let character = self.character(*code)?;
                Ok(plain(character, r"\[]^&~-".contains(character)))
            }
            Escape::Class(inner) => Ok(inner.clone()),
        }
    }
}
