//! Finds the resource at a path. A literal segment takes precedence over one with text around parameters, and that over a
//! parameter alone (OpenAPI 3.1, 4.8.8.2), whatever the order in the spec.
//!
//! Not `matchit`, which compares the literal text of a path byte by byte, so that `%61` is not `a`, and has one parameter in a
//! segment at most; nor actix-web's own, which decodes a path before it matches, so that an encoded slash is no longer one.

use std::collections::HashMap;

use crate::routing::percent;
use crate::routing::template::{Mixed, Segment};

/// A tree of segments, with a `T` at the end of each path.
#[derive(Debug)]
pub(crate) struct Router<T> {
    target: Option<T>,
    literals: HashMap<String, Router<T>>,
    mixed: Vec<(Mixed, Router<T>)>,
    parameter: Option<Box<Router<T>>>,
}

/// The target of a path, and its parameters.
#[derive(Debug)]
pub(crate) struct Found<'r, T> {
    pub target: &'r T,
    /// The parameters' values in their order, as they were sent.
    pub values: Vec<String>,
}

impl<T> Default for Router<T> {
    fn default() -> Self {
        Self {
            target: None,
            literals: HashMap::new(),
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
            Segment::Literal(text) => self.literals.entry(text.clone()).or_default(),
            Segment::Parameter => self.parameter.get_or_insert_default(),
            Segment::Mixed(mixed) => self.mixed_entry(mixed),
        }
        .entry(rest)
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
        let mut values = Vec::new();
        let target = self.walk(path.strip_prefix('/')?, &mut values)?;
        values.reverse();
        Some(Found { target, values })
    }

    /// Finds `path`, and collects the values from the last to the first.
    fn walk(&self, path: &str, values: &mut Vec<String>) -> Option<&T> {
        let (raw, rest) = match path.split_once('/') {
            Some((raw, rest)) => (raw, Some(rest)),
            None => (path, None),
        };
        let segment = percent::decode(raw);
        if let Ok(text) = &segment {
            let literal = self.literals.get(&**text);
            if let Some(target) = literal.and_then(|next| next.step(rest, values)) {
                return Some(target);
            }
            for (mixed, next) in &self.mixed {
                let Some(found) = mixed.matches(raw, text) else {
                    continue;
                };
                if let Some(target) = next.step(rest, values) {
                    let found = found.into_iter().rev();
                    values.extend(found.map(str::to_owned));
                    return Some(target);
                }
            }
        }
        let parameter = self.parameter.as_ref().filter(|_| !raw.is_empty())?;
        let target = parameter.step(rest, values)?;
        values.push(raw.to_owned());
        Some(target)
    }

    fn step(&self, rest: Option<&str>, values: &mut Vec<String>) -> Option<&T> {
        match rest {
            Some(rest) => self.walk(rest, values),
            None => self.target.as_ref(),
        }
    }
}
