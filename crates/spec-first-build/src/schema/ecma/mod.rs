//! Patterns as browsers read them without the `u` flag (ECMA-262, Annex B.1.2), in the syntax of the engine that matches them.
//!
//! The engine reads most of ECMA-262 as it is, and that is kept as the author wrote it. Rewritten are references to named
//! groups, octal and needless escapes, and signs that are themselves because they open or close nothing. `\u{…}` and `\p{…}`
//! have the meaning that they have with the `u` flag, as JSON Schema recommends.

mod class;
mod escape;
mod groups;
pub(crate) mod java;

use regex_syntax::hir::Hir;

use self::groups::Groups;

/// Why a pattern cannot be run, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PatternFault {
    /// The first character at fault, counted from 1.
    pub place: usize,
    /// What is wrong there, as a clause of a sentence.
    pub reason: String,
}

/// The pattern in the syntax of the engine.
///
/// # Errors
/// What is no pattern in a browser either, or what the engine has no equivalent for.
pub(crate) fn translate(pattern: &str) -> Result<String, PatternFault> {
    let letters: Vec<char> = pattern.chars().collect();
    let mut translator = Translator {
        groups: Groups::find(&letters)?,
        letters,
        here: 0,
        captures: 0,
        closed: Vec::new(),
        is_repeatable: false,
        engine: String::with_capacity(pattern.len()),
    };
    translator.pattern()?;
    let engine = translator.engine;
    let is_same = meaning(&engine).is_some_and(|meaning| self::meaning(pattern) == Some(meaning));
    Ok(if is_same { pattern.to_owned() } else { engine })
}

/// What the engine matches by the pattern, if it accepts it and has no references to groups to follow.
fn meaning(pattern: &str) -> Option<Hir> {
    if !jsonschema_regex::is_valid_ecma_regex(pattern) {
        return None;
    }
    match groups::without_look_around(pattern) {
        // Its classes are not translated any more.
        Some(consumed) => regex_syntax::parse(&consumed).ok(),
        None => regex_syntax::parse(&jsonschema_regex::to_rust_regex(pattern).ok()?).ok(),
    }
}

/// The letters that are escaped although ECMA-262 gives their escape no meaning, with their places from 1: authors expect the
/// meaning of another language, such as `\Z`.
pub(crate) fn needless_escapes(pattern: &str) -> Vec<(usize, char)> {
    let letters: Vec<char> = pattern.chars().collect();
    let mut found = Vec::new();
    let mut here = 0;
    while let Some(letter) = letters.get(here) {
        if *letter == '\\' {
            let next = letters.get(here + 1).copied();
            found.extend(
                next.filter(|next| escape::is_needless(*next))
                    .map(|next| (here + 1, next)),
            );
            here += 1;
        }
        here += 1;
    }
    found
}

struct Translator {
    groups: Groups,
    letters: Vec<char>,
    /// The next character.
    here: usize,
    /// How many capturing groups have begun.
    captures: usize,
    /// The numbers of the groups that are complete.
    closed: Vec<usize>,
    /// Whether a quantifier may follow what has been read.
    is_repeatable: bool,
    engine: String,
}

/// A group that is open.
struct Open {
    /// Where it begins in the author's pattern.
    place: usize,
    /// Where it begins in the engine's.
    start: usize,
    is_lookahead: bool,
    is_lookbehind: bool,
    /// The number of what it captures; 0 if it captures nothing.
    number: usize,
}

impl Translator {
    fn pattern(&mut self) -> Result<(), PatternFault> {
        let mut open: Vec<Open> = Vec::new();
        while let Some(letter) = self.next() {
            match letter {
                '\\' => self.escape()?,
                '[' => self.class()?,
                '(' => open.push(self.group()?),
                ')' => {
                    let Some(group) = open.pop() else {
                        return Err(self.fault(1, "`)` closes no group"));
                    };
                    self.is_repeatable = self.close(&group);
                    continue;
                }
                '*' | '+' | '?' => {
                    self.here -= 1;
                    self.repeat(&letter.to_string())?;
                    continue;
                }
                '{' => {
                    self.brace()?;
                    continue;
                }
                '}' | ']' => self.engine.extend(['\\', letter]),
                _ => self.engine.push(letter),
            }
            let before = self.letters.get(self.here.wrapping_sub(2)).copied();
            let is_boundary = matches!(self.letters[self.here - 1], 'b' | 'B')
                && letter == '\\'
                && before == Some('\\');
            self.is_repeatable = !is_boundary && !matches!(letter, '(' | '|' | '^' | '$');
        }
        match open.pop() {
            Some(group) => Err(fault(group.place, "this group has no `)`")),
            None => Ok(()),
        }
    }

    /// The start of a group; its parenthesis has been read.
    fn group(&mut self) -> Result<Open, PatternFault> {
        let (place, start) = (self.here - 1, self.engine.len());
        let is_lookahead = self.starts_with("?=") || self.starts_with("?!");
        let is_lookbehind = self.starts_with("?<=") || self.starts_with("?<!");
        self.engine.push('(');
        let rest = &self.letters[self.here..];
        let name = groups::name_length(rest);
        let sign = groups::sign_length(rest)
            .map_err(|sign| fault(place, format!("`({sign}` begins no group")))?;
        let captures = name.is_some() || self.peek() != Some('?') || self.starts_with("?P<");
        self.captures += usize::from(captures);
        // References are by number, since the engine allows fewer names than ECMA-262.
        match name {
            Some(length) => self.here += length,
            None => {
                self.engine.extend(&self.letters[self.here..][..sign]);
                self.here += sign;
            }
        }
        Ok(Open {
            place,
            start,
            is_lookahead,
            is_lookbehind,
            number: if captures { self.captures } else { 0 },
        })
    }

    /// The end of a group; its parenthesis has been read. Whether a quantifier may follow.
    fn close(&mut self, group: &Open) -> bool {
        self.engine.push(')');
        self.closed.push(group.number);
        let quantifier = match self.peek() {
            Some(sign @ ('*' | '+' | '?')) => Some(sign.to_string()),
            _ => self.quantifier(),
        };
        let Some(quantifier) = quantifier else {
            return true;
        };
        let is_optional = quantifier.starts_with(['*', '?']) || quantifier.starts_with("{0");
        if group.is_lookahead {
            // The engine does not repeat it, and to look ahead twice is to look ahead once.
            self.here += quantifier.len();
            self.here += usize::from(self.peek() == Some('?'));
            if is_optional {
                self.engine.insert_str(group.start, "(?:");
                self.engine.push_str("|)");
            }
            return false;
        }
        if quantifier == "?" && self.groups.references.contains(&group.number) {
            // A group that takes no part is empty for its references in ECMA-262, and matches nowhere in the engine.
            self.here += 1;
            self.engine.insert_str(group.start + 1, "(?:");
            self.engine.push_str("?)");
            if self.peek() == Some('?') {
                self.here += 1;
                self.engine.insert(self.engine.len() - 1, '?');
            }
            return false;
        }
        !group.is_lookbehind
    }

    /// A quantifier, which is next, and the `?` that makes it lazy.
    fn repeat(&mut self, quantifier: &str) -> Result<(), PatternFault> {
        if !self.is_repeatable {
            return Err(fault(
                self.here,
                format!("`{quantifier}` has nothing to repeat"),
            ));
        }
        self.here += quantifier.len();
        self.engine.push_str(quantifier);
        if self.peek() == Some('?') {
            self.here += 1;
            self.engine.push('?');
        }
        self.is_repeatable = false;
        Ok(())
    }

    /// A brace is itself unless it opens a quantifier; it has been read.
    fn brace(&mut self) -> Result<(), PatternFault> {
        self.here -= 1;
        let Some(quantifier) = self.quantifier() else {
            self.here += 1;
            self.engine.push_str("\\{");
            self.is_repeatable = true;
            return Ok(());
        };
        let bounds = quantifier.trim_matches(['{', '}']).split_once(',');
        if let Some((least, most)) = bounds
            && let (Ok(least), Ok(most)) = (least.parse::<u64>(), most.parse::<u64>())
            && least > most
        {
            return Err(self.fault(0, format!("`{quantifier}` ends before it begins")));
        }
        let numbers = quantifier.trim_matches(['{', '}']).split(',');
        if numbers
            .filter(|number| !number.is_empty())
            .any(|number| number.parse::<u32>().is_err())
        {
            return Err(self.fault(
                0,
                format!("`{quantifier}` repeats more often than the server can count"),
            ));
        }
        self.repeat(&quantifier)
    }

    /// The quantifier in braces that is next, if one is.
    fn quantifier(&self) -> Option<String> {
        let rest = &self.letters[self.here..];
        let end = rest.iter().position(|letter| *letter == '}')?;
        let text: String = rest[..=end].iter().collect();
        let bounds = text.strip_prefix('{')?.strip_suffix('}')?;
        let (least, most) = bounds.split_once(',').unwrap_or((bounds, ""));
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        (!least.is_empty() && is_number(least) && is_number(most)).then_some(text)
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.here += 1;
        Some(letter)
    }

    fn peek(&self) -> Option<char> {
        self.letters.get(self.here).copied()
    }

    fn starts_with(&self, text: &str) -> bool {
        let rest = self.letters[self.here..].iter().copied();
        rest.take(text.len()).eq(text.chars())
    }

    /// A fault `back` characters before the next one.
    fn fault(&self, back: usize, reason: impl Into<String>) -> PatternFault {
        fault(self.here - back, reason)
    }
}

fn fault(index: usize, reason: impl Into<String>) -> PatternFault {
    PatternFault {
        place: index + 1,
        reason: reason.into(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use spec_first::schema::{Checks, Dialect, Schema};

    use super::{needless_escapes, translate};

    /// Patterns, with a text that browsers match and one that they do not.
    #[test]
    fn patterns_match_what_browsers_match() {
        for (pattern, good, bad) in [
            (r"^(?<y>a+)-\k<y>$", "aa-aa", "aa-a"),
            (r"^(?<y$é>a)\k<y$é>$", "aa", "ab"),
            (r"^(?<y>a)(b)\2\1$", "abba", "abab"),
            (r"^(\d\d)(-)?\d\d\2$", "1234", "12-34"),
            (r"^(\d\d)(-)?\d\d\2$", "12-34-", "1234-"),
            (r"^\k<y>(?<y>a)$", "a", "aa"),
            (r"^\k<y>$", "k<y>", "y"),
            (r"^(a)\2$", "a\u{2}", "aa"),
            (r"^(a)\18$", "a\u{1}8", "aa8"),
            (r"^[\w- ]+$", "a- b", "a.b"),
            (r"^[a-\d]+$", "a-5", "b"),
            (r"^\_\-\@\é$", "_-@é", r"\_-@é"),
            ("^a]$", "a]", "a"),
            ("^a}$", "a}", "a"),
            ("^{a}$", "{a}", "a"),
            ("^a{,5}$", "a{,5}", "aaa"),
            ("^a+?b??$", "aa", "bb"),
            (r"^\\b?[b]{2,}?$", r"\bb", "b"),
            ("^(?=a)*?b$", "b", "a"),
            ("^(?:a)?(b|c)*$", "abc", "aa"),
            ("^a{1$", "a{1", "a"),
            (r"^\c$", r"\c", "c"),
            (r"^\cJ$", "\n", "J"),
            (r"^[\c1]$", "\u{11}", "c"),
            (r"^\0$", "\0", "0"),
            (r"^\101$", "A", "1"),
            (r"^[\101]$", "A", "1"),
            (r"^\x4$", "x4", "\u{4}"),
            (r"^\Z$", "Z", ""),
            (r"^\pL$", "pL", "é"),
            (r"^\p{Lu}$", "É", "é"),
            (r"^\u{1f600}$", "\u{1f600}", "u"),
            (r"^\ud83d\ude00$", "\u{1f600}", "u"),
            ("^[^]$", "\n", ""),
            ("^a[]?$", "a", "a]"),
            ("^(?=a)*b", "b", "a"),
            (r"^(?!x)[\w-.]+\s$", "a-.\u{feff}", "é "),
            (r"^(?!x)[^\D]$", "7", "٧"),
            (r"^[\]\[]$", "[", r"\"),
            (r"^[a\b]$", "\u{8}", "b"),
            (r"^\p{Print}+$", "a ~", "é"),
            ("^a.b$", "a b", "a\rb"),
            (r"^(?!x)\ba.", "a b", "a\u{2028}b"),
            (r"^[\p{Alnum}_]\P{Graph}$", "_ ", "- "),
            (r"^(?!x)\P{XDigit}$", "g", "f"),
            (r"^[\p{Blank}a]$", "\t", "b"),
            (r"^[\ud800\udbff-\udc00\udfffa]$", "a", "\u{1f600}"),
            (r"^[^\ud800-\udfff]$", "\u{1f600}", "ab"),
            (r"^[\u0020-\udbff]$", "\u{d7ff}", "\u{e000}"),
            (r"^[\udc00-\uffff]$", "\u{e000}", "\u{d7ff}"),
        ] {
            let engine = translate(pattern).unwrap_or_else(|fault| panic!("{pattern}: {fault:?}"));
            let schema = Schema::compile(
                &json!({ "pattern": engine }),
                Dialect::Draft4,
                Checks::default(),
            )
            .unwrap_or_else(|error| panic!("{pattern} as {engine}: {error}"));
            let matches = |text: &str| schema.validate(json!(text)).is_ok();
            assert_eq!(
                (matches(good), matches(bad)),
                (true, false),
                "{pattern} as {engine}"
            );
        }
    }

    #[test]
    fn what_the_engine_reads_as_browsers_do_is_kept() {
        for pattern in [
            r"^\d{4}-\d{2}$",
            r"^[\w.-]+@[\w-]+$",
            r"^\/[^/]*$",
            r"^[a&&b~-]$",
            r"\bword\b",
            r"^(?!\.{1,2}$)[^\u0000-\u001f\u007f-\u009f]*$",
            r"^(?=[a-z-]*$)(?<!x)a",
        ] {
            assert_eq!(translate(pattern).as_deref(), Ok(pattern));
        }
    }

    #[test]
    fn what_browsers_reject_is_a_fault_at_its_place() {
        for (pattern, place, reason) in [
            ("a[b", 2, "this class has no `]`"),
            ("é(b", 2, "this group has no `)`"),
            ("a)", 2, "`)` closes no group"),
            ("[b-a]", 2, "the range `b-a` ends before it begins"),
            ("a{3,2}", 2, "`{3,2}` ends before it begins"),
            ("{2}", 1, "`{2}` has nothing to repeat"),
            ("*a", 1, "`*` has nothing to repeat"),
            ("a**", 3, "`*` has nothing to repeat"),
            ("a{2}+", 5, "`+` has nothing to repeat"),
            ("a*??", 4, "`?` has nothing to repeat"),
            ("^*", 2, "`*` has nothing to repeat"),
            ("(|+)", 3, "`+` has nothing to repeat"),
            (r"\b?", 3, "`?` has nothing to repeat"),
            ("(?<=a)*", 7, "`*` has nothing to repeat"),
            ("(?=a)+*", 7, "`*` has nothing to repeat"),
            ("b(?i)a", 2, "`(?i)` begins no group"),
            ("(?>a)", 1, "`(?>` begins no group"),
            ("(?#a)", 1, "`(?#` begins no group"),
            ("(?<1>x)", 1, "`(?<1` begins no group"),
            (
                "x{99999999999}",
                2,
                "`{99999999999}` repeats more often than the server can count",
            ),
            (
                r"a\",
                2,
                r"the backslash at the end escapes nothing; write `\\`",
            ),
            (r"(?<y>a)\k<z>", 8, "there is no group `z`"),
            (r"(?<y>a)\k", 8, r"`\k` names no group; write `\k<name>`"),
            ("(?<y>a)(?<y>b)", 8, "another group has the name `y`"),
            (
                r"a[\ud800-\udbff][\udc00-\udfff]",
                2,
                r"this class has only halves of characters; write characters above U+FFFF as `[\u{10000}-\u{10ffff}]`",
            ),
            (
                r"a\p{Elvish}",
                2,
                r"`\p{Elvish}`: Unicode property not found",
            ),
        ] {
            let fault = translate(pattern).expect_err(pattern);
            assert_eq!((fault.place, fault.reason.as_str()), (place, reason));
        }
    }

    #[test]
    fn escapes_without_a_meaning_are_found() {
        assert_eq!(needless_escapes(r"\A\d\\Z\-\Z"), [(1, 'A'), (10, 'Z')]);
    }
}
