//! A regular expression as a table for texts of ASCII alone: one look-up per byte, no allocation, and nothing that threads share.
//!
//! A text with another character is for the engine, whose automaton for all of Unicode is too large to be built in advance.

use std::collections::HashMap;

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::primitives::StateID;
use regex_automata::util::start;
use regex_automata::{Anchored, MatchKind};
use regex_syntax::hir::{Class, ClassUnicodeRange, Hir, HirKind, Look, Repetition};

/// How many characters ASCII has.
const CHARACTERS: usize = 128;

/// The largest automaton that becomes a table, in states.
const MAX_STATES: usize = 1024;

/// How much memory may be used to build one, in bytes.
const MAX_SIZE: usize = 1 << 20;

/// The row of a text that cannot match any more, that of a text that matches whatever follows, and that of a text that is not ASCII.
const REJECTED: u16 = 0;
const ACCEPTED: u16 = 1;
const FOREIGN: u16 = 2;

/// How many bytes are matched without a look at the end of the text.
const STEP: usize = 4;

/// Which texts of ASCII an expression matches.
#[derive(Debug)]
pub(super) struct AsciiTable {
    /// Bytes of one class lead from a state to the same one.
    classes: [u8; 256],
    /// By state, a row of the next state for each class; a state is the start of its row.
    next: Vec<u16>,
    start: u16,
    /// By state, whether a text that ends there matches; none if it is not ASCII.
    is_match: Vec<Option<bool>>,
}

impl AsciiTable {
    /// The table of an expression in the syntax of the `regex` crate; none if it would be too large.
    pub fn new(regex: &str) -> Option<Self> {
        let expression = regex_syntax::parse(regex).ok()?;
        let nfa = thompson::Compiler::new()
            .configure(thompson::Config::new().nfa_size_limit(Some(MAX_SIZE)))
            .build_from_hir(&restrict(&expression))
            .ok()?;
        let config = dense::Config::new()
            .match_kind(MatchKind::All)
            .start_kind(StartKind::Unanchored)
            .accelerate(false)
            .dfa_size_limit(Some(MAX_SIZE))
            .determinize_size_limit(Some(MAX_SIZE));
        let dfa = dense::Builder::new().configure(config).build_from_nfa(&nfa);
        Rows::explore(&dfa.ok()?)?.compress()
    }

    /// Whether the expression matches a part of `text`; none if that is not ASCII.
    pub fn is_match(&self, text: &str) -> Option<bool> {
        let next = |state: usize, byte: &u8| {
            let class = self.classes[usize::from(*byte)];
            usize::from(self.next[state + usize::from(class)])
        };
        let (steps, rest) = text.as_bytes().as_chunks::<STEP>();
        let start = usize::from(self.start);
        let state = steps
            .iter()
            .fold(start, |state, step| step.iter().fold(state, next));
        self.is_match[rest.iter().fold(state, next)]
    }
}

/// The expression without the characters that are not ASCII.
fn restrict(expression: &Hir) -> Hir {
    match expression.kind() {
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) if literal.0.is_ascii() => Hir::literal(literal.0.clone()),
        HirKind::Literal(_) => Hir::fail(),
        HirKind::Class(class) => Hir::class(ascii(class)),
        HirKind::Look(look) => Hir::look(ascii_look(*look)),
        HirKind::Repetition(repetition) => Hir::repetition(Repetition {
            sub: Box::new(restrict(&repetition.sub)),
            ..repetition.clone()
        }),
        HirKind::Capture(capture) => restrict(&capture.sub),
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(restrict).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.iter().map(restrict).collect()),
    }
}

fn ascii(class: &Class) -> Class {
    let mut class = class.clone();
    match &mut class {
        Class::Unicode(characters) => {
            let ascii = ClassUnicodeRange::new('\0', '\u{7f}');
            characters.intersect(&regex_syntax::hir::ClassUnicode::new([ascii]));
        }
        Class::Bytes(bytes) => {
            let ascii = regex_syntax::hir::ClassBytesRange::new(0, 0x7f);
            bytes.intersect(&regex_syntax::hir::ClassBytes::new([ascii]));
        }
    }
    class
}

/// In a text of ASCII the words of Unicode are those of ASCII.
fn ascii_look(look: Look) -> Look {
    match look {
        Look::WordUnicode => Look::WordAscii,
        Look::WordUnicodeNegate => Look::WordAsciiNegate,
        Look::WordStartUnicode => Look::WordStartAscii,
        Look::WordEndUnicode => Look::WordEndAscii,
        Look::WordStartHalfUnicode => Look::WordStartHalfAscii,
        Look::WordEndHalfUnicode => Look::WordEndHalfAscii,
        other => other,
    }
}

/// The states that texts of ASCII lead to, each with the next one for every character.
struct Rows {
    next: Vec<[u16; CHARACTERS]>,
    is_match: Vec<Option<bool>>,
    start: u16,
}

impl Rows {
    fn explore(dfa: &dense::DFA<Vec<u32>>) -> Option<Self> {
        let start = start::Config::new().anchored(Anchored::No);
        let start = dfa.start_state(&start).ok()?;
        let mut rows = Self {
            next: [REJECTED, ACCEPTED, FOREIGN]
                .map(|row| [row; CHARACTERS])
                .into(),
            is_match: vec![Some(false), Some(true), None],
            start: 0,
        };
        let mut numbers = HashMap::new();
        let mut ahead = Vec::new();
        rows.start = rows.number(dfa, start, &mut numbers, &mut ahead)?;
        while let Some(state) = ahead.pop() {
            let from = usize::from(*numbers.get(&state)?);
            for byte in 0..CHARACTERS {
                let next = dfa.next_state(state, u8::try_from(byte).ok()?);
                rows.next[from][byte] = rows.number(dfa, next, &mut numbers, &mut ahead)?;
            }
            rows.is_match[from] = Some(dfa.is_match_state(dfa.next_eoi_state(state)));
        }
        Some(rows)
    }

    /// The number of a state, which may be new; none if there are too many.
    fn number(
        &mut self,
        dfa: &dense::DFA<Vec<u32>>,
        state: StateID,
        numbers: &mut HashMap<StateID, u16>,
        ahead: &mut Vec<StateID>,
    ) -> Option<u16> {
        if dfa.is_match_state(state) {
            return Some(ACCEPTED);
        }
        if dfa.is_dead_state(state) {
            return Some(REJECTED);
        }
        if let Some(number) = numbers.get(&state) {
            return Some(*number);
        }
        if self.next.len() == MAX_STATES || dfa.is_quit_state(state) {
            return None;
        }
        let number = u16::try_from(self.next.len()).ok()?;
        self.next.push([REJECTED; CHARACTERS]);
        self.is_match.push(None);
        numbers.insert(state, number);
        ahead.push(state);
        Some(number)
    }

    /// The table with one column for all characters that lead to the same states, and the first for bytes of no character.
    fn compress(self) -> Option<AsciiTable> {
        let mut columns: Vec<Vec<u16>> = vec![vec![FOREIGN; self.next.len()]];
        let mut classes = [0; 256];
        for (byte, class) in classes.iter_mut().enumerate().take(CHARACTERS) {
            let column: Vec<_> = self.next.iter().map(|row| row[byte]).collect();
            let known = columns.iter().position(|other| *other == column);
            *class = u8::try_from(known.unwrap_or(columns.len())).ok()?;
            if known.is_none() {
                columns.push(column);
            }
        }
        let width = columns.len();
        let row = |state: u16| u16::try_from(usize::from(state) * width).ok();
        let states = 0..self.next.len();
        let next = states.flat_map(|state| columns.iter().map(move |column| row(column[state])));
        let is_match = self.is_match.iter();
        Some(AsciiTable {
            classes,
            next: next.collect::<Option<_>>()?,
            start: row(self.start)?,
            is_match: is_match
                .flat_map(|it| std::iter::repeat_n(*it, width))
                .collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::AsciiTable;

    /// Expressions of every kind of syntax, and all texts of up to five characters that they tell apart.
    #[test]
    fn a_table_matches_what_the_engine_matches() {
        let expressions = [
            "",
            "a",
            "^a",
            "a$",
            "^$",
            "^a*$",
            "a|^b$",
            "(?:ab|a-)+$",
            "^[^é]{2,3}$",
            "^[a-é]?b",
            "é|b",
            "(?i)B",
            r"(?-u:\b)a(?-u:\B)",
            r"\ba\b",
            "^(?:a(?:-[ab])*)?$",
            "(?m)^a$",
            "(?s).a",
            r"^\P{L}+$",
            "[a&&b]",
        ];
        let letters = ['a', 'b', '-', '\n'];
        let mut texts = vec![String::new()];
        for length in 0..5 {
            let longest: Vec<_> = texts
                .iter()
                .filter(|it| it.len() == length)
                .cloned()
                .collect();
            for text in longest {
                texts.extend(letters.iter().map(|letter| format!("{text}{letter}")));
            }
        }
        for expression in expressions {
            let engine = Regex::new(expression).expect(expression);
            let table = AsciiTable::new(expression).expect(expression);
            for text in &texts {
                let expected = Some(engine.is_match(text));
                assert_eq!(table.is_match(text), expected, "{expression} {text:?}");
            }
        }
    }

    #[test]
    fn a_text_that_is_not_ascii_is_for_the_engine() {
        let table = AsciiTable::new("^a").expect("it is small");
        assert_eq!(table.is_match("é"), None);
        assert_eq!(table.is_match("bé"), None);
        assert_eq!(table.is_match("aaaé"), None);
        assert_eq!(table.is_match("éaaaaaaa"), None);
    }

    #[test]
    fn an_automaton_that_is_too_large_has_no_table() {
        assert!(AsciiTable::new("^[a-z]{2000}$").is_none());
        assert!(AsciiTable::new("(?:a|b)*a(?:a|b){14}$").is_none());
    }
}
