//! Random patterns that look around, matched by their conditions, and as ECMA-262 defines it: by all places at which each part may
//! end. Not compared with an engine that backtracks, since `fancy-regex` 0.19 finds
//! `^(?=[0-9A-Za-z_]+\\.*)(?!$)[^a)]+b?[^a)]+$` in `b`.

use std::collections::BTreeSet;

use crate::schema::pattern::TextPattern;

/// Whether a part that begins with a character matches it.
type Class = fn(char) -> bool;

/// A part of a pattern: as it is written, and the classes of each alternative.
type Atom = (&'static str, &'static [&'static [Class]]);

const ATOMS: [Atom; 9] = [
    ("a", &[&[|it| it == 'a']]),
    ("b", &[&[|it| it == 'b']]),
    ("é", &[&[|it| it == 'é']]),
    (".", &[&[|it| it != '\n']]),
    (r"\.", &[&[|it| it == '.']]),
    ("[a-b]", &[&[|it| matches!(it, 'a' | 'b')]]),
    ("[^a)]", &[&[|it| !matches!(it, 'a' | ')')]]),
    (
        "(?:ab|-)",
        &[&[|it| it == 'a', |it| it == 'b'], &[|it| it == '-']],
    ),
    ("(a|é)", &[&[|it| it == 'a'], &[|it| it == 'é']]),
];

const COUNTS: [(&str, usize, usize); 6] = [
    ("", 1, 1),
    ("", 1, 1),
    ("*", 0, 9),
    ("+", 1, 9),
    ("?", 0, 1),
    ("{1,2}", 1, 2),
];

/// An atom, and how often it is repeated.
type Part = (Atom, (&'static str, usize, usize));

/// A pattern without an end, or one that ends with the text.
struct Sequence {
    parts: Vec<Part>,
    at_end: bool,
}

/// A look-around: whether it has to match, and its alternatives.
type Look = (bool, Vec<Sequence>);

impl Sequence {
    fn source(&self) -> String {
        let parts = self
            .parts
            .iter()
            .map(|((atom, _), (count, ..))| format!("{atom}{count}"));
        parts.chain(self.at_end.then(|| "$".to_owned())).collect()
    }

    /// Where it may end if it begins at `from`.
    fn ends(&self, text: &[char], from: usize) -> BTreeSet<usize> {
        let mut ends = BTreeSet::from([from]);
        for part in &self.parts {
            ends = ends
                .into_iter()
                .flat_map(|from| repeated(part, text, from))
                .collect();
        }
        ends.retain(|end| !self.at_end || *end == text.len());
        ends
    }
}

fn repeated(
    ((_, alternatives), (_, least, most)): &Part,
    text: &[char],
    from: usize,
) -> BTreeSet<usize> {
    let (mut all, mut ends) = (BTreeSet::new(), BTreeSet::from([from]));
    for count in 0..=*most {
        if count >= *least {
            all.extend(&ends);
        }
        let next = ends
            .iter()
            .flat_map(|from| alternatives.iter().filter_map(|it| once(it, text, *from)));
        ends = next.collect();
    }
    all
}

fn once(classes: &[Class], text: &[char], from: usize) -> Option<usize> {
    let end = from + classes.len();
    let letters = text.get(from..end)?;
    let mut pairs = letters.iter().zip(classes);
    pairs.all(|(letter, is_in)| is_in(*letter)).then_some(end)
}

/// `^`, look-aheads, a body, and look-behinds before a `$`.
struct Pattern {
    ahead: Vec<Look>,
    body: Sequence,
    behind: Vec<Look>,
}

impl Pattern {
    fn source(&self) -> String {
        let look = |signs: [&str; 2], (is_match, alternatives): &Look| {
            let alternatives: Vec<_> = alternatives.iter().map(Sequence::source).collect();
            format!(
                "({}{})",
                signs[usize::from(*is_match)],
                alternatives.join("|")
            )
        };
        let ahead: String = self.ahead.iter().map(|it| look(["?!", "?="], it)).collect();
        let behind: String = self
            .behind
            .iter()
            .map(|it| look(["?<!", "?<="], it))
            .collect();
        let body = self.body.source();
        let (body, end) = body
            .strip_suffix('$')
            .map_or((&*body, ""), |body| (body, "$"));
        format!("^{ahead}{body}{behind}{end}")
    }

    fn is_match(&self, text: &[char]) -> bool {
        let is_ahead = |(is_match, alternatives): &Look| {
            alternatives.iter().any(|it| !it.ends(text, 0).is_empty()) == *is_match
        };
        let is_behind = |(is_match, alternatives): &Look| {
            let ends = |from| {
                alternatives
                    .iter()
                    .any(move |it| it.ends(text, from).contains(&text.len()))
            };
            (0..=text.len()).any(ends) == *is_match
        };
        self.ahead.iter().all(is_ahead)
            && self.behind.iter().all(is_behind)
            && !self.body.ends(text, 0).is_empty()
    }
}

/// The numbers of a linear congruential generator (Knuth's MMIX).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn sequence(&mut self, at_end: bool) -> Sequence {
        let count = self.below(4);
        let parts = (0..count).map(|_| {
            (
                ATOMS[self.below(ATOMS.len())],
                COUNTS[self.below(COUNTS.len())],
            )
        });
        Sequence {
            parts: parts.collect(),
            at_end,
        }
    }

    fn looks(&mut self, most: usize, may_end: bool) -> Vec<Look> {
        let count = self.below(most + 1);
        let looks = (0..count).map(|_| {
            let alternatives = 1 + self.below(2);
            let at_end = may_end && self.below(2) == 0;
            let alternatives = (0..alternatives).map(|_| self.sequence(at_end)).collect();
            (self.below(2) == 0, alternatives)
        });
        looks.collect()
    }

    fn pattern(&mut self) -> Pattern {
        let at_end = self.below(3) > 0;
        Pattern {
            ahead: self.looks(2, true),
            body: self.sequence(at_end),
            behind: if at_end {
                self.looks(2, false)
            } else {
                Vec::new()
            },
        }
    }

    fn text(&mut self) -> String {
        let count = self.below(6);
        (0..count)
            .map(|_| ['a', 'b', 'é', '-', '.', ')', '\n'][self.below(7)])
            .collect()
    }
}

#[test]
fn conditions_match_what_the_pattern_matches() {
    let mut random = Random(7);
    let mut split = 0;
    for _ in 0..300 {
        let pattern = random.pattern();
        let source = pattern.source();
        let matcher = TextPattern::without_backtracking(&source).expect("it is split");
        split += usize::from(matches!(matcher, TextPattern::Conditions(_)));
        for _ in 0..30 {
            let text = random.text();
            let expected = pattern.is_match(&Vec::from_iter(text.chars()));
            assert_eq!(matcher.is_match(&text), expected, "{source} {text:?}");
        }
    }
    assert!(split > 100, "{split} patterns look around");
}
