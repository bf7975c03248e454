//! Finds the resource at a path. A literal segment takes precedence over one with text around parameters, and that over a
//! parameter alone (OpenAPI 3.1, 4.8.8.2), whatever the order in the spec.
//!
//! Not `matchit`, which compares the literal text of a path byte by byte, so that `%61` is not `a`, and has one parameter in a
//! segment at most; nor actix-web's own, which decodes a path before it matches, so that an encoded slash is no longer one.

use std::ops::Range;

use smallvec::SmallVec;

use crate::routing::percent;
use crate::routing::template::{Mixed, Segment};

/// A tree of segments, with a `T` at the end of each path.
#[derive(Debug)]
pub(crate) struct Router<T> {
    target: Option<T>,
    /// In the order of their texts.
    literals: Vec<(String, Router<T>)>,
    mixed: Vec<(Mixed, Router<T>)>,
    parameter: Option<Box<Router<T>>>,
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
            target: None,
            literals: Vec::new(),
            mixed: Vec::new(),
            parameter: None,
        }
    }
}

impl<T> Router<T> {
    /// The target of the path with these segments, which may be new.
    pub fn entry(&mut self, segments: &[Segment]) -> &mut Option<T> {
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

    /// The target of the raw path of a request.
    ///
    /// The path is split before it is decoded, so that an encoded slash is part of a value. A malformed segment matches only a
    /// parameter.
    pub fn find(&self, path: &str) -> Option<Found<'_, T>> {
        let mut values = Values::new();
        path.starts_with('/').then_some(())?;
        let target = self.walk(path, 1, &mut values)?;
        values.reverse();
        Some(Found { target, values })
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
