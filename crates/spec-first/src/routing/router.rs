//! Which resource a path names. A literal segment goes before one with text about parameters, and that before a
//! parameter alone (OpenAPI 3.1, 4.8.8.2), whatever the order in the spec.

use std::collections::HashMap;

use crate::routing::percent::{self, Malformed};
use crate::routing::template::{Mixed, Segment};

/// A tree of segments; a `T` stands where a path ends.
#[derive(Debug)]
pub(crate) struct Router<T> {
    here: Option<T>,
    literals: HashMap<String, Router<T>>,
    mixed: Vec<(Mixed, Router<T>)>,
    parameter: Option<Box<Router<T>>>,
}

/// What a path leads to.
#[derive(Debug)]
pub(crate) struct Found<'r, T> {
    pub target: &'r T,
    /// The parameters' values in their order, decoded.
    pub values: Vec<Result<String, Malformed>>,
}

impl<T> Default for Router<T> {
    fn default() -> Self {
        Self {
            here: None,
            literals: HashMap::new(),
            mixed: Vec::new(),
            parameter: None,
        }
    }
}

impl<T> Router<T> {
    /// The place of the path made of `segments`.
    pub fn entry(&mut self, segments: &[Segment]) -> &mut Option<T> {
        let Some((segment, rest)) = segments.split_first() else {
            return &mut self.here;
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

    /// What the raw path of a request leads to.
    ///
    /// The path is taken apart before it is decoded, so that an encoded slash belongs to a value. What is malformed
    /// only fits a parameter.
    pub fn find(&self, path: &str) -> Option<Found<'_, T>> {
        let mut values = Vec::new();
        let target = self.walk(path.strip_prefix('/')?, &mut values)?;
        values.reverse();
        Some(Found { target, values })
    }

    /// Looks for `path`, and collects the values on the way back.
    fn walk(&self, path: &str, values: &mut Vec<Result<String, Malformed>>) -> Option<&T> {
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
                let Some(found) = mixed.fit(text) else {
                    continue;
                };
                if let Some(target) = next.step(rest, values) {
                    let found = found.into_iter().rev();
                    values.extend(found.map(|value| Ok(value.to_owned())));
                    return Some(target);
                }
            }
        }
        let parameter = self.parameter.as_ref().filter(|_| !raw.is_empty())?;
        let target = parameter.step(rest, values)?;
        values.push(segment.map(Into::into));
        Some(target)
    }

    fn step(&self, rest: Option<&str>, values: &mut Vec<Result<String, Malformed>>) -> Option<&T> {
        match rest {
            Some(rest) => self.walk(rest, values),
            None => self.here.as_ref(),
        }
    }
}
