//! Finds the resource at a path. A literal segment takes precedence over one with text around parameters, and that over a
//! parameter alone (OpenAPI 3.1, 4.8.8.2), whatever the order in the spec.
//!
//! Not `matchit`, which compares the literal text of a path byte by byte, so that `%61` is not `a`, and has one parameter in a
//! segment at most; nor actix-web's own, which decodes a path before it matches, so that an encoded slash is no longer one.

use std::ops::Range;

use smallvec::SmallVec;

use crate::routing::percent;
use crate::routing::template::{Mixed, Segment};

/// The targets of paths.
#[derive(Debug)]
pub(crate) struct Router<T> {
    root: Node<T>,
    start: Start,
}

/// How all paths begin, as a base path does: it is compared at once.
#[derive(Debug, Default)]
struct Start {
    text: String,
    /// How many segments it consists of.
    depth: usize,
}

/// A tree of segments, with a `T` at the end of each path.
#[derive(Debug)]
struct Node<T> {
    target: Option<T>,
    /// In the order of their texts.
    literals: Vec<(String, Node<T>)>,
    mixed: Vec<(Mixed, Node<T>)>,
    parameter: Option<Box<Node<T>>>,
}

/// Where the values of parameters are in a path, in their order.
pub(crate) type Values = SmallVec<[Range<usize>; 2]>;

/// The target of a path, and its parameters.
#[derive(Debug)]
pub(crate) struct Found<'r, T> {
    pub target: &'r T,
    /// The parameters' values, as they were sent.
    pub values: Values,
}

impl<T> Default for Router<T> {
    fn default() -> Self {
        Self {
            root: Node::default(),
            start: Start::default(),
        }
    }
}

impl<T> Router<T> {
    /// The target of the path with these segments, which may be new.
    pub fn entry(&mut self, segments: &[Segment]) -> &mut Option<T> {
        self.root.entry(segments);
        self.start = Start::of(&self.root);
        self.root.entry(segments)
    }

    /// The target of the raw path of a request.
    ///
    /// The path is split before it is decoded, so that an encoded slash is part of a value. A malformed segment matches only a
    /// parameter.
    pub fn find(&self, path: &str) -> Option<Found<'_, T>> {
        let mut values = Values::new();
        let target = match self.start.skip(path) {
            Some(next) => self.start.node(&self.root).step(path, next, &mut values),
            // It may begin with the same segments in another notation.
            None if path.starts_with('/') => self.root.walk(path, 1, &mut values),
            None => None,
        }?;
        values.reverse();
        Some(Found { target, values })
    }
}

impl Start {
    fn of<T>(root: &Node<T>) -> Self {
        let (mut start, mut node) = (Self::default(), root);
        while let Some((text, next)) = node.only_literal() {
            start.text.push('/');
            start.text.push_str(text);
            start.depth += 1;
            node = next;
        }
        start
    }

    /// Where the next segment of a path with this start begins, if it has a further one; none if the path has another start.
    fn skip(&self, path: &str) -> Option<Option<usize>> {
        let rest = path.strip_prefix(self.text.as_str())?;
        match rest.as_bytes().first() {
            None if self.depth > 0 => Some(None),
            Some(b'/') => Some(Some(self.text.len() + 1)),
            _ => None,
        }
    }

    /// Its last segment.
    fn node<'n, T>(&self, root: &'n Node<T>) -> &'n Node<T> {
        (0..self.depth).fold(root, |node, _| &node.literals[0].1)
    }
}

impl<T> Default for Node<T> {
    fn default() -> Self {
        Self {
            target: None,
            literals: Vec::new(),
            mixed: Vec::new(),
            parameter: None,
        }
    }
}

impl<T> Node<T> {
    fn entry(&mut self, segments: &[Segment]) -> &mut Option<T> {
        let Some((segment, rest)) = segments.split_first() else {
            return &mut self.target;
        };
        match segment {
            Segment::Literal(text) => self.literal_entry(text),
            Segment::Parameter => self.parameter.get_or_insert_default(),
            Segment::Mixed(mixed) => self.mixed_entry(mixed),
        }
        .entry(rest)
    }

    fn literal_entry(&mut self, text: &str) -> &mut Self {
        let index = self.literal(text).unwrap_or_else(|index| {
            self.literals
                .insert(index, (text.to_owned(), Self::default()));
            index
        });
        &mut self.literals[index].1
    }

    /// Where the segment of this text is, or else would be.
    fn literal(&self, text: &str) -> Result<usize, usize> {
        let literals = &self.literals;
        literals.binary_search_by(|(other, _)| other.as_str().cmp(text))
    }

    fn mixed_entry(&mut self, mixed: &Mixed) -> &mut Self {
        let known = self.mixed.iter().position(|(other, _)| other == mixed);
        let index = known.unwrap_or_else(|| {
            self.mixed.push((mixed.clone(), Self::default()));
            self.mixed.len() - 1
        });
        &mut self.mixed[index].1
    }

    /// The only way on from here, if that is a literal that can be written in one way without escapes.
    fn only_literal(&self) -> Option<(&str, &Self)> {
        match (
            &self.target,
            self.literals.as_slice(),
            &*self.mixed,
            &self.parameter,
        ) {
            (None, [(text, next)], [], None) if !text.contains(['%', '/']) => Some((text, next)),
            _ => None,
        }
    }

    /// Finds `path` from the segment that begins at `start`, and collects the values from the last to the first.
    fn walk(&self, path: &str, start: usize, values: &mut Values) -> Option<&T> {
        let mut rest = path.as_bytes()[start..].iter();
        let end = rest.position(|byte| *byte == b'/').map(|at| start + at);
        let raw = &path[start..end.unwrap_or(path.len())];
        let next = end.map(|end| end + 1);
        let segment = percent::decode(raw);
        if let Ok(text) = &segment {
            let literal = self.literal(text).ok();
            let literal = literal.map(|index| &self.literals[index].1);
            if let Some(target) = literal.and_then(|it| it.step(path, next, values)) {
                return Some(target);
            }
            for (mixed, router) in &self.mixed {
                let Some(found) = mixed.matches(raw, text) else {
                    continue;
                };
                if let Some(target) = router.step(path, next, values) {
                    let found = found.into_iter().rev();
                    values.extend(found.map(|range| start + range.start..start + range.end));
                    return Some(target);
                }
            }
        }
        let parameter = self.parameter.as_ref().filter(|_| !raw.is_empty())?;
        let target = parameter.step(path, next, values)?;
        values.push(start..start + raw.len());
        Some(target)
    }

    fn step(&self, path: &str, next: Option<usize>, values: &mut Values) -> Option<&T> {
        match next {
            Some(start) => self.walk(path, start, values),
            None => self.target.as_ref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routing::template;

    fn router(templates: &[&str]) -> Router<usize> {
        let mut router = Router::default();
        for (number, template) in templates.iter().enumerate() {
            let (segments, _) = template::parse(template).expect("it is well-formed");
            *router.entry(&segments) = Some(number);
        }
        router
    }

    fn assert_found(router: &Router<usize>, path: &str, expected: Option<(usize, &[&str])>) {
        let found = router.find(path);
        let values = found.iter().flat_map(|it| &it.values);
        let values: Vec<_> = values.map(|range| &path[range.clone()]).collect();
        let found = found.as_ref().map(|it| (*it.target, values.as_slice()));
        assert_eq!(found, expected, "{path}");
    }

    #[test]
    fn a_common_start_is_found_in_any_notation() {
        let router = router(&["/api/people", "/api/people/{lname}"]);
        assert_eq!(
            (router.start.text.as_str(), router.start.depth),
            ("/api/people", 2)
        );
        for start in ["/api/people", "/%61pi/people", "/api/%70eople"] {
            assert_found(&router, start, Some((0, &[])));
            assert_found(&router, &format!("{start}/a%2Fb"), Some((1, &["a%2Fb"])));
            assert_found(&router, &format!("{start}s"), None);
            assert_found(&router, &format!("{start}/"), None);
            assert_found(&router, &format!("{start}/a/b"), None);
        }
        for path in ["", "/", "/api", "/api/", "api/people", "/Api/people"] {
            assert_found(&router, path, None);
        }
    }

    #[test]
    fn a_start_ends_where_paths_differ() {
        let router = router(&["/api/a/{x}", "/api/b", "/api/b/c"]);
        assert_eq!(router.start.text, "/api");
        assert_found(&router, "/api/a/1", Some((0, &["1"])));
        assert_found(&router, "/api/b", Some((1, &[])));
        assert_found(&router, "/api/b/c", Some((2, &[])));
        assert_found(&router, "/api", None);
        assert_found(&self::router(&["/{x}"]), "/1", Some((0, &["1"])));
        assert_found(&self::router(&["/"]), "/", Some((0, &[])));
        assert_found(&self::router(&[]), "/", None);
    }

    #[test]
    fn an_escape_in_a_start_stays_one() {
        let slash = router(&["/a%2Fb/c"]);
        assert_found(&slash, "/a%2Fb/c", Some((0, &[])));
        assert_found(&slash, "/a/b/c", None);
        let percent = router(&["/100%25/{x}"]);
        assert_found(&percent, "/100%25/1", Some((0, &["1"])));
        assert_found(&percent, "/100%/1", None);
    }
}
