//! What follows a backslash.

use regex_syntax::hir::{Class, ClassUnicodeRange, Hir, HirKind};

use super::{PatternFault, Translator, groups, java};

/// What an escape is.
pub(super) enum Escape {
    /// One character.
    Character(u32),
    /// A class, in the syntax of the engine, as a part of another class.
    Class(String),
}

/// Whether ECMA-262 gives the escape of this letter no meaning, so that it is the letter.
pub(super) fn is_needless(letter: char) -> bool {
    letter.is_ascii_alphabetic() && !"bBcdDfknpPrsStuvwWx".contains(letter)
}

impl Translator {
    /// An escape outside a class; its backslash has been read.
    pub(super) fn escape(&mut self) -> Result<(), PatternFault> {
        let rest = &self.letters[self.here..];
        if let Some((number, length)) = self.groups.number(rest) {
            self.here += length;
            self.refer(number);
            return Ok(());
        }
        if self.groups.is_by_name(rest) {
            return self.named_reference();
        }
        if let Some(boundary @ ('b' | 'B')) = self.peek() {
            self.here += 1;
            self.engine.extend(['\\', boundary]);
            return Ok(());
        }
        match self.escaped(false)? {
            Escape::Character(code) => {
                let character = self.character(code)?;
                let needs_escape = regex_syntax::is_meta_character(character);
                self.engine.push_str(&plain(character, needs_escape));
            }
            Escape::Class(inner) if inner.starts_with('\\') && !inner.starts_with(r"\u") => {
                self.engine.push_str(&inner);
            }
            Escape::Class(inner) => self.engine.push_str(&format!("[{inner}]")),
        }
        Ok(())
    }

    /// A reference to a group that is not complete is empty.
    fn refer(&mut self, number: usize) {
        if !self.closed.contains(&number) {
            self.engine.push_str("(?:)");
            return;
        }
        self.engine.push_str(&format!("\\{number}"));
        // A digit that follows is no part of the number.
        if self.peek().is_some_and(|next| next.is_ascii_digit()) {
            self.engine.push_str("(?:)");
        }
    }

    fn named_reference(&mut self) -> Result<(), PatternFault> {
        let Some(name) = groups::name_after(&self.letters[self.here + 1..]) else {
            return Err(self.fault(1, r"`\k` names no group; write `\k<name>`"));
        };
        let Some(number) = self.groups.named(&name) else {
            return Err(self.fault(1, format!("there is no group `{name}`")));
        };
        self.here += name.chars().count() + 3;
        self.refer(number);
        Ok(())
    }

    /// An escape that means the same in a class, if `in_class`, as outside; its backslash has been read.
    pub(super) fn escaped(&mut self, in_class: bool) -> Result<Escape, PatternFault> {
        let Some(letter) = self.next() else {
            return Err(self.fault(1, r"the backslash at the end escapes nothing; write `\\`"));
        };
        Ok(match letter {
            'd' | 'D' | 'w' | 'W' | 's' | 'S' => Escape::Class(self.perl_class(letter)),
            'p' | 'P' if self.peek() == Some('{') => Escape::Class(self.property(letter)?),
            'b' if in_class => Escape::Character(0x08),
            'f' => Escape::Character(0x0c),
            'n' => Escape::Character(0x0a),
            'r' => Escape::Character(0x0d),
            't' => Escape::Character(0x09),
            'v' => Escape::Character(0x0b),
            'c' => Escape::Character(self.control(in_class)),
            'x' => Escape::Character(self.hexadecimal(2).unwrap_or(u32::from('x'))),
            'u' => Escape::Character(self.unicode().unwrap_or(u32::from('u'))),
            '0'..='7' => Escape::Character(self.octal(letter)),
            other => Escape::Character(u32::from(other)),
        })
    }

    /// A class of a letter; where the engine backtracks, it would be that of Unicode.
    fn perl_class(&self, letter: char) -> String {
        if !self.groups.backtracks {
            return format!("\\{letter}");
        }
        let letter = match letter {
            // The class of the engine is that of ECMA-262 in the syntax tree alone.
            'd' => return "0-9".to_owned(),
            'w' => return "0-9A-Za-z_".to_owned(),
            other => other,
        };
        match super::meaning(&format!("\\{letter}"))
            .as_ref()
            .map(Hir::kind)
        {
            Some(HirKind::Class(Class::Unicode(class))) => class.iter().map(range).collect(),
            _ => format!("\\{letter}"),
        }
    }

    fn property(&mut self, letter: char) -> Result<String, PatternFault> {
        let rest = &self.letters[self.here..];
        let Some(end) = rest.iter().position(|letter| *letter == '}') else {
            return Err(self.fault(2, format!(r"`\{letter}{{` has no `}}`")));
        };
        let name: String = rest[..=end].iter().collect();
        let class = format!("\\{letter}{name}");
        if let Some(java) = java::class(letter, name.trim_matches(['{', '}'])) {
            self.here += end + 1;
            return Ok(java);
        }
        if let Err(error) = regex_syntax::parse(&class) {
            let reason = match error {
                regex_syntax::Error::Translate(error) => error.kind().to_string(),
                _ => "malformed".to_owned(),
            };
            return Err(self.fault(2, format!("`{class}`: {reason}")));
        }
        self.here += end + 1;
        Ok(class)
    }

    /// `\cJ`; without a letter the backslash is itself.
    fn control(&mut self, in_class: bool) -> u32 {
        match self.peek() {
            Some(letter)
                if letter.is_ascii_alphabetic()
                    || in_class && (letter.is_ascii_digit() || letter == '_') =>
            {
                self.here += 1;
                u32::from(letter) % 32
            }
            _ => {
                self.here -= 1;
                u32::from('\\')
            }
        }
    }

    /// Up to three octal digits that are at most 255.
    fn octal(&mut self, first: char) -> u32 {
        let mut code = first.to_digit(8).unwrap_or(0);
        for _ in 0..2 {
            let Some(digit) = self.peek().and_then(|next| next.to_digit(8)) else {
                break;
            };
            if code * 8 + digit > 0o377 {
                break;
            }
            code = code * 8 + digit;
            self.here += 1;
        }
        code
    }

    fn hexadecimal(&mut self, count: usize) -> Option<u32> {
        let digits: String = self
            .letters
            .get(self.here..self.here + count)?
            .iter()
            .collect();
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        self.here += count;
        u32::from_str_radix(&digits, 16).ok()
    }

    /// `\u0041` or `\u{41}`; two surrogates are one character.
    fn unicode(&mut self) -> Option<u32> {
        if self.peek() == Some('{') {
            let rest = &self.letters[self.here + 1..];
            let end = rest.iter().position(|letter| *letter == '}')?;
            let digits: String = rest[..end].iter().collect();
            let code = u32::from_str_radix(&digits, 16).ok()?;
            self.here += end + 2;
            return Some(code);
        }
        let high = self.hexadecimal(4)?;
        if (0xd800..0xdc00).contains(&high) && self.starts_with("\\u") {
            let start = self.here;
            self.here += 2;
            match self.hexadecimal(4) {
                Some(low @ 0xdc00..0xe000) => {
                    return Some(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
                }
                _ => self.here = start,
            }
        }
        Some(high)
    }

    pub(super) fn character(&self, code: u32) -> Result<char, PatternFault> {
        char::from_u32(code).ok_or_else(|| {
            let reason = format!(
                "`\\u{code:x}` is half of a character; write a character above U+FFFF as `\\u{{10000}}`"
            );
            self.fault(1, reason)
        })
    }
}

/// A character in the syntax of the engine.
pub(super) fn plain(character: char, needs_escape: bool) -> String {
    match character {
        _ if needs_escape => format!("\\{character}"),
        _ if character.is_control() => format!("\\u{{{:x}}}", u32::from(character)),
        _ => character.to_string(),
    }
}

fn range(range: &ClassUnicodeRange) -> String {
    let (start, end) = (u32::from(range.start()), u32::from(range.end()));
    format!("\\u{{{start:x}}}-\\u{{{end:x}}}")
}
