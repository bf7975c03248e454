//! One segment of a path template: a literal, a parameter, or text around parameters as in `{id}.json`.

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
    (!decoded.contains('}')).then(|| decoded.into_owned())
}

impl Mixed {
    /// The parameters' values, if `text` matches. A value is as short as possible, but not empty.
    pub fn matches<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        let mut rest = text.strip_prefix(self.before.as_str())?;
        let (last, others) = self.after.split_last()?;
        let mut values = Vec::with_capacity(self.after.len());
        for literal in others {
            let first = rest.chars().next()?.len_utf8();
            let end = first + rest[first..].find(literal.as_str())?;
            values.push(&rest[..end]);
            rest = &rest[end + literal.len()..];
        }
        let value = rest.strip_suffix(last.as_str())?;
        values.push(value);
        (!value.is_empty()).then_some(values)
    }
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

    #[test]
    fn text_around_a_parameter_is_not_its_value() {
        assert_eq!(
            mixed("/{id}.json").matches("a.json.json"),
            Some(vec!["a.json"])
        );
        assert_eq!(mixed("/{id}.json").matches(".json"), None);
        assert_eq!(mixed("/v{a}-{b}").matches("v1-2-3"), Some(vec!["1", "2-3"]));
        assert_eq!(mixed("/v{a}-{b}").matches("v-2"), None);
        assert_eq!(mixed("/{a}{b}").matches("éx"), Some(vec!["é", "x"]));
    }

    #[test]
    fn names_are_in_order() {
        let (segments, names) = parse("/a%20b/{x}/{y}.{z}").unwrap();
        assert_eq!(segments[0], Segment::Literal("a b".to_owned()));
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
