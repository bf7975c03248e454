//! Texts that a pattern matches. Most do; the caller validates them.

use std::collections::HashSet;

use regex_syntax::hir::{Class, Hir, HirKind};
use spec_first::schema::rust_regex;

/// How many parts of a pattern are written at most, each repetition counted.
const MOST_STEPS: usize = 200_000;

/// How many variants of a pattern's letters are tried at most.
const MOST_VARIANTS: usize = 1_000;

/// Letters that read well.
const LETTERS: &str = "aA0-_ bcdefgBCDEFG123456789.";

/// Texts that the pattern suggests, up to about `wanted` different ones of at least `least` letters, as far as it has such.
pub fn texts(ecma: &str, wanted: usize, least: usize) -> Vec<String> {
    let (plain, positives) = without_look_around(ecma);
    let Some(hir) = parse(&plain) else {
        return Vec::new();
    };
    let prefix: String = positives
        .iter()
        .filter_map(|part| Some(text(&parse(part)?, 0, 0)))
        .collect();
    let mut long = Vec::new();
    let mut short = Vec::new();
    let mut known = HashSet::new();
    for extra in [0, 1, 2, 3, least as u32] {
        for variant in 0..wanted.min(MOST_VARIANTS) {
            let plain = text(&hir, extra, variant);
            let prefixed = (!prefix.is_empty()).then(|| format!("{prefix}{plain}"));
            for text in prefixed.into_iter().chain([plain]) {
                if known.insert(text.clone()) {
                    let is_long = text.chars().count() >= least;
                    if is_long { &mut long } else { &mut short }.push(text);
                }
            }
        }
        if long.len() >= wanted.max(2) {
            break;
        }
    }
    long.extend(short);
    long
}

fn parse(ecma: &str) -> Option<Hir> {
    // What is too large for the engine may still be parsed.
    let rust = rust_regex(ecma).or_else(|| {
        let rust = jsonschema_regex::to_rust_regex(ecma).ok()?;
        Some(rust.into_owned())
    });
    regex_syntax::parse(&rust?).ok()
}

/// A pattern without the groups that look around, and the contents of those that look ahead for what has to be there.
fn without_look_around(ecma: &str) -> (String, Vec<String>) {
    let mut plain = String::new();
    let mut positives = Vec::new();
    let mut rest = ecma;
    while let Some(letter) = rest.chars().next() {
        let openings = ["(?=", "(?!", "(?<=", "(?<!"];
        let opening = openings.iter().find(|opening| rest.starts_with(**opening));
        if let Some(opening) = opening
            && let Some(length) = group_length(rest)
        {
            if *opening == "(?=" {
                positives.push(rest[opening.len()..length - 1].to_owned());
            }
            rest = &rest[length..];
            continue;
        }
        let mut taken = letter.len_utf8();
        if letter == '\\' {
            taken += rest[taken..].chars().next().map_or(0, char::len_utf8);
        }
        plain.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    (plain, positives)
}

/// The length of the group at the start of `text`, in bytes, with both parentheses.
fn group_length(text: &str) -> Option<usize> {
    let mut depth = 0;
    let mut is_escaped = false;
    let mut in_class = false;
    for (index, letter) in text.char_indices() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => depth += 1,
            ')' if !in_class => {
                depth -= 1;
                if depth == 0 {
                    return Some(index + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// A text of a pattern: what may be repeated is repeated `extra` times more than it has to be; `variant` is a number whose digits
/// choose among letters and alternatives.
fn text(hir: &Hir, extra: u32, variant: usize) -> String {
    let mut writer = Writer {
        extra,
        variant,
        text: String::new(),
        steps: 0,
    };
    writer.write(hir);
    writer.text
}

/// A text in the making.
struct Writer {
    extra: u32,
    variant: usize,
    text: String,
    steps: usize,
}

impl Writer {
    fn write(&mut self, part: &Hir) {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return;
        }
        match part.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => {
                self.text.push_str(&String::from_utf8_lossy(&literal.0));
            }
            HirKind::Class(class) => {
                let (letter, count) = letter(class, self.variant);
                self.text.extend(letter);
                self.variant /= count.max(1);
            }
            HirKind::Repetition(repetition) => {
                let most = repetition.max.unwrap_or(u32::MAX);
                let count = repetition.min.saturating_add(self.extra).min(most);
                for _ in 0..count {
                    if self.steps > MOST_STEPS {
                        return;
                    }
                    self.write(&repetition.sub);
                }
            }
            HirKind::Capture(capture) => self.write(&capture.sub),
            HirKind::Concat(parts) => parts.iter().for_each(|part| self.write(part)),
            HirKind::Alternation(parts) => {
                let part = &parts[self.variant % parts.len()];
                self.variant /= parts.len();
                self.write(part);
            }
        }
    }
}

/// A letter of a class, and how many there are to choose from: such as read well, if there are some.
fn letter(class: &Class, variant: usize) -> (Option<char>, usize) {
    let Class::Unicode(class) = class else {
        return (None, 1);
    };
    let ranges = || class.ranges().iter();
    let has = |letter: &char| ranges().any(|range| (range.start()..=range.end()).contains(letter));
    let mut letters: Vec<_> = LETTERS.chars().filter(has).collect();
    if letters.is_empty() {
        let all = ranges().flat_map(|range| range.start()..=range.end());
        letters = all.take(LETTERS.len()).collect();
    }
    let count = letters.len();
    (letters.get(variant % count.max(1)).copied(), count)
}

#[cfg(test)]
mod tests {
    use super::super::node::matches;
    use super::*;

    #[test]
    fn the_first_text_that_is_long_enough_matches() {
        for (pattern, least, expected) in [
            ("^[a-z]{3}$", 0, "aaa"),
            (r"^\d{4}-\d{2}$", 0, "0000-00"),
            ("^(cat|dog)s?$", 0, "cat"),
            ("^[A-Z]+$", 4, "AAAA"),
            ("b", 0, "b"),
            (r"^(?=.*[A-Z])(?=.*\d).{3,}$", 0, "A0aaa"),
        ] {
            let found = texts(pattern, 1, least);
            assert_eq!(found[0], expected, "{pattern}");
            assert!(matches(pattern, &found[0]), "{pattern}");
        }
    }

    #[test]
    fn a_pattern_that_repeats_repetitions_ends() {
        assert!(!texts("^((a*)*)*$", 1, 1_000_000).is_empty());
        assert!(!texts("^(((){9999}){9999}){9999}$", 1, 0).is_empty());
    }

    #[test]
    fn a_pattern_has_several_texts() {
        let found = texts("^[a-c]$", 3, 0);
        assert_eq!(found, ["a", "b", "c"]);
    }
}
