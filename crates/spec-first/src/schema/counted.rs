//! Patterns that repeat one character class very often, such as `^.{0,262144}$`. The engine would write the class out as often
//! as that; here its matches are counted instead.

use regex::Regex;

/// From how many repetitions on they are counted.
const MIN_REPETITIONS: usize = 256;

/// A pattern that consists of one repeated character class, anchored or not.
#[derive(Debug)]
pub(super) struct Counted {
    /// Finds the longest runs of characters of the class.
    runs: Regex,
    least: usize,
    most: usize,
    at_start: bool,
    at_end: bool,
}

impl Counted {
    /// The pattern, if it is of this form. `compile` makes a regular expression of one of JSON Schema.
    pub fn read(pattern: &str, compile: impl Fn(&str) -> Option<Regex>) -> Option<Self> {
        let (at_start, rest) = match pattern.strip_prefix('^') {
            Some(rest) => (true, rest),
            None => (false, pattern),
        };
        let (at_end, rest) = match rest.strip_suffix("}$") {
            Some(rest) => (true, rest),
            None => (false, rest.strip_suffix("}?").or(rest.strip_suffix('}'))?),
        };
        let (class, counts) = rest.split_at(class_length(rest)?);
        let (least, most) = counts.strip_prefix('{').map(bounds)??;
        if least.max(most) < MIN_REPETITIONS {
            return None;
        }
        Some(Self {
            runs: compile(&format!("{class}+"))?,
            least,
            most,
            at_start,
            at_end,
        })
    }

    /// Whether the pattern matches a part of `text`, or all of it if it has both anchors.
    pub fn is_match(&self, text: &str) -> bool {
        let is_whole = self.at_start && self.at_end;
        if text.is_empty() || !is_whole && self.least == 0 {
            return self.least == 0;
        }
        self.runs.find_iter(text).any(|run| {
            let fits =
                (!self.at_start || run.start() == 0) && (!self.at_end || run.end() == text.len());
            let count = if fits {
                run.as_str().chars().count()
            } else {
                0
            };
            // What follows the last repetition is free without an anchor.
            fits && count >= self.least && (!is_whole || count <= self.most)
        })
    }
}

/// `least`, or `least,`, or `least,most`.
fn bounds(counts: &str) -> Option<(usize, usize)> {
    let (least, most) = counts.split_once(',').unwrap_or((counts, counts));
    let least = least.parse().ok()?;
    Some((
        least,
        if most.is_empty() {
            usize::MAX
        } else {
            most.parse().ok()?
        },
    ))
}

/// The length of the character class at the start of a pattern: a dot, brackets, or an escape of a class.
fn class_length(pattern: &str) -> Option<usize> {
    if pattern.starts_with('.') {
        return Some(1);
    }
    if let Some(escape) = pattern.strip_prefix('\\') {
        return match escape.chars().next()? {
            'd' | 'D' | 's' | 'S' | 'w' | 'W' => Some(2),
            'p' | 'P' if escape[1..].starts_with('{') => Some(pattern.find('}')? + 1),
            _ => None,
        };
    }
    let mut is_escaped = false;
    let inside = pattern.strip_prefix('[')?;
    let end = inside.find(|letter| {
        let is_end = letter == ']' && !is_escaped;
        is_escaped = letter == '\\' && !is_escaped;
        is_end
    })?;
    Some(end + 2)
}

#[cfg(test)]
mod tests {
    use super::Counted;
    use crate::schema::rust_regex;

    fn read(pattern: &str) -> Option<Counted> {
        Counted::read(pattern, |pattern| {
            regex::Regex::new(&rust_regex(pattern)?).ok()
        })
    }

    #[test]
    fn repetitions_of_a_class_are_counted_as_an_engine_matches_them() {
        let texts = [
            "", "a", "é", "ab", "a b", "aaa", "aaa-", "-aaa", "a-aa", "aaaa", "aa\naa", "aaaaa",
        ];
        for class in [r"\w", "[a]", r"[^\]-]", ".", r"\p{L}", r"\S"] {
            for (start, end) in [("^", "$"), ("^", ""), ("", "$"), ("", ""), ("", "?")] {
                for least in 0..5 {
                    let engine = format!("{start}{class}{{{least},4}}{end}");
                    let engine = regex::Regex::new(&rust_regex(&engine).unwrap()).unwrap();
                    let counted = read(&format!("{start}{class}{{{least},300}}{end}"));
                    let mut counted = counted.expect("it is counted");
                    counted.most = 4;
                    for text in texts {
                        let found = counted.is_match(text);
                        assert_eq!(found, engine.is_match(text), "{engine} {text:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn very_many_repetitions_have_bounds() {
        let pattern = read("^.{2,262144}$").expect("it is counted");
        for (length, expected) in [(1, false), (2, true), (262_144, true), (262_145, false)] {
            assert_eq!(pattern.is_match(&"é".repeat(length)), expected, "{length}");
        }
        let pattern = read(r"[^\p{C}]{300}").expect("it is counted");
        assert!(pattern.is_match(&format!("\0{}\0", "a".repeat(301))));
        assert!(!pattern.is_match(&format!("{0}\0{0}", "a".repeat(299))));
    }

    #[test]
    fn other_patterns_are_not_counted() {
        for pattern in [
            "^.{0,255}$",
            "^.{300}b$",
            "^a.{300}$",
            r"^(ab){1,300}$",
            r"\b{300}",
            r"^[a]{300}{2}$",
            r"a{300}|b{300}",
            "^.*$",
        ] {
            assert!(read(pattern).is_none(), "{pattern}");
        }
    }
}
