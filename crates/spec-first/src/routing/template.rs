//! One segment of a path template: a literal, a parameter, or text around parameters as in `{id}.json`.

use std::ops::Range;

use crate::routing::percent;

/// A segment between two slashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Segment {
    /// Decoded text.
    Literal(String),
    /// A parameter that is all of the segment.
    Parameter,
    /// Parameters with text around them.
    Mixed(Mixed),
}

/// Text, and for each parameter the text that follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mixed {
    before: String,
    after: Vec<String>,
}

/// Parses a path template into segments and the names of its parameters.
///
/// # Errors
/// A sentence: braces do not match, or the text is malformed.
pub(crate) fn parse(template: &str) -> Result<(Vec<Segment>, Vec<String>), String> {
    let mut names = Vec::new();
    let path = template
        .strip_prefix('/')
        .ok_or_else(|| format!("the path {template:?} does not begin with /"))?;
    let segments = path.split('/').map(|text| segment(text, &mut names));
    let segments = segments.collect::<Option<_>>();
    let segments = segments.ok_or_else(|| format!("the path {template:?} is malformed"))?;
    Ok((segments, names))
}

fn segment(text: &str, names: &mut Vec<String>) -> Option<Segment> {
    let mut pieces = text.split('{');
    let before = literal(pieces.next()?)?;
    let mut after = Vec::new();
    for piece in pieces {
        let (name, text) = piece.split_once('}')?;
        names.push(name.to_owned());
        after.push(literal(text)?);
    }
    Some(match after.as_slice() {
        [] => Segment::Literal(before),
        [rest] if before.is_empty() && rest.is_empty() => Segment::Parameter,
        _ => Segment::Mixed(Mixed { before, after }),
    })
}

fn literal(text: &str) -> Option<String> {
    let decoded = percent::decode(text).ok()?;
    (!text.contains('}')).then(|| decoded.into_owned())
}

impl Mixed {
    /// Where the parameters' values are in `raw`, as they were sent, if `text`, which is `raw` decoded, matches. A value is as
    /// short as possible, but not empty.
    pub fn matches(&self, raw: &str, text: &str) -> Option<Vec<Range<usize>>> {
        let ranges = self.ranges(text)?;
        if raw.len() == text.len() {
            return Some(ranges);
        }
        let starts = starts(raw);
        let values = ranges.into_iter();
        let values = values.map(|range| starts[range.start]..starts[range.end]);
        // Each begins and ends where a character does.
        let values = values.map(|range| raw.get(range.clone()).map(|_| range));
        values.collect()
    }

    /// Where the values are in `text`.
    fn ranges(&self, text: &str) -> Option<Vec<Range<usize>>> {
        let (mut from, end) = (self.before.len(), text.len());
        text.strip_prefix(self.before.as_str())?;
        let (last, others) = self.after.split_last()?;
        let mut ranges = Vec::with_capacity(self.after.len());
        for literal in others {
            let first = from + text[from..].chars().next()?.len_utf8();
            let to = first + text[first..].find(literal.as_str())?;
            ranges.push(from..to);
            from = to + literal.len();
        }
        let value = text[from..].strip_suffix(last.as_str())?;
        ranges.push(from..end - last.len());
        (!value.is_empty()).then_some(ranges)
    }
}

/// Where each byte of the decoded text begins in a percent-encoded one, and its end.
fn starts(raw: &str) -> Vec<usize> {
    let mut starts = Vec::with_capacity(raw.len());
    let mut at = 0;
    while at < raw.len() {
        starts.push(at);
        at += if raw.as_bytes()[at] == b'%' { 3 } else { 1 };
    }
    starts.push(raw.len());
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mixed(template: &str) -> Mixed {
        let (segments, _) = parse(template).unwrap();
        match segments.into_iter().next() {
            Some(Segment::Mixed(mixed)) => mixed,
            other => panic!("{other:?}"),
        }
    }

    fn matches<'r>(template: &str, raw: &'r str) -> Option<Vec<&'r str>> {
        let text = percent::decode(raw).expect("it is well-formed");
        let ranges = mixed(template).matches(raw, &text)?;
        Some(ranges.into_iter().map(|range| &raw[range]).collect())
    }

    #[test]
    fn text_around_a_parameter_is_not_its_value() {
        assert_eq!(matches("/{id}.json", "a.json.json"), Some(vec!["a.json"]));
        assert_eq!(matches("/{id}.json", ".json"), None);
        assert_eq!(matches("/v{a}-{b}", "v1-2-3"), Some(vec!["1", "2-3"]));
        assert_eq!(matches("/v{a}-{b}", "v-2"), None);
        assert_eq!(matches("/{a}{b}", "éx"), Some(vec!["é", "x"]));
    }

    #[test]
    fn values_are_as_they_were_sent() {
        assert_eq!(matches("/{id}.json", "%61%2Ejson"), Some(vec!["%61"]));
        assert_eq!(
            matches("/v{a}-{b}", "%76a%2Cb%2D%C3%A9,-"),
            Some(vec!["a%2Cb", "%C3%A9,-"])
        );
        assert_eq!(matches("/{a}{b}", "%C3%A9x"), Some(vec!["%C3%A9", "x"]));
    }

    #[test]
    fn names_are_in_order() {
        let (segments, names) = parse("/a%20b%7D/{x}/{y}.{z}").unwrap();
        assert_eq!(segments[0], Segment::Literal("a b}".to_owned()));
        assert_eq!(segments[1], Segment::Parameter);
        assert_eq!(names, ["x", "y", "z"]);
    }

    #[test]
    fn braces_that_do_not_match_are_an_error() {
        for template in ["a", "/{a", "/a}", "/{a}}", "/%zz"] {
            assert!(parse(template).is_err(), "{template}");
        }
    }
}
