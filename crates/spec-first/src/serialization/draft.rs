//! A value that was read from text, and what its parts may mean instead.
//!
//! A text is often ambiguous: `5` is an integer or a string, and an empty one is an empty list or a list of an empty string. The
//! schema decides: a [`Draft`] has the most specific interpretation first, and moves on where the schema rejects it.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::schema::{Rejection, Schema, Violation};

/// How often a value is validated at most. Each time it moves on in all rejected places at once, of which a rejection lists at
/// most [`MAX_VIOLATIONS`](crate::schema::MAX_VIOLATIONS).
const MAX_ROUNDS: usize = 40;

/// A value, before it is validated.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    value: Value,
    choices: Vec<Choice>,
    misread: Vec<Misread>,
}

/// What a part of a value may mean instead.
#[derive(Debug)]
struct Choice {
    /// JSON pointer to the part.
    pointer: String,
    /// The next interpretations, the last one first.
    next: Vec<Draft>,
}

/// A part of a text that is no value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Misread {
    /// JSON pointer to the part.
    pub pointer: String,
    /// What is wrong, as a sentence.
    pub detail: String,
}

impl Draft {
    /// A text that is no value.
    pub fn misread(detail: impl Into<String>) -> Self {
        let misread = Misread {
            pointer: String::new(),
            detail: detail.into(),
        };
        Self {
            misread: vec![misread],
            ..Self::default()
        }
    }

    /// The first interpretation, or the next ones in their order. Those that were misread do not count, unless all were.
    pub fn choice(interpretations: impl IntoIterator<Item = Draft>) -> Self {
        let interpretations = interpretations.into_iter().flat_map(Self::alternatives);
        let (mut read, misread): (Vec<_>, Vec<_>) =
            interpretations.partition(|draft| draft.misread.is_empty());
        read.reverse();
        let Some(mut first) = read.pop() else {
            return misread.into_iter().next().unwrap_or_default();
        };
        if !read.is_empty() {
            first.choices.push(Choice {
                pointer: String::new(),
                next: read,
            });
        }
        first
    }

    /// Itself without what it may mean as a whole instead, and then that.
    fn alternatives(mut self) -> Vec<Self> {
        let whole = self
            .choices
            .iter()
            .position(|choice| choice.pointer.is_empty());
        let next = whole.map(|at| self.choices.swap_remove(at).next);
        let next = next.into_iter().flatten().rev();
        std::iter::once(self).chain(next).collect()
    }

    /// A list of these items.
    pub fn list(items: impl IntoIterator<Item = Draft>) -> Self {
        let mut list = Self::default();
        let mut values = Vec::new();
        for (index, item) in items.into_iter().enumerate() {
            values.push(list.part(&index.to_string(), item));
        }
        list.value = Value::Array(values);
        list
    }

    /// An object of these members. Of several with one name, the last counts.
    pub fn object(members: impl IntoIterator<Item = (String, Draft)>) -> Self {
        let mut object = Self::default();
        let mut values = Map::new();
        for (name, member) in members {
            if values.contains_key(&name) {
                object.forget(&token(&name));
            }
            let value = object.part(&name, member);
            values.insert(name, value);
        }
        object.value = Value::Object(values);
        object
    }

    /// Takes over all of a part but its value, which is returned.
    fn part(&mut self, name: &str, part: Draft) -> Value {
        if !part.choices.is_empty() || !part.misread.is_empty() {
            let token = token(name);
            self.adopt(&token, part.choices);
            let misread = part.misread.into_iter();
            self.misread.extend(misread.map(|misread| Misread {
                pointer: format!("{token}{}", misread.pointer),
                ..misread
            }));
        }
        part.value
    }

    fn adopt(&mut self, pointer: &str, choices: Vec<Choice>) {
        self.choices
            .extend(choices.into_iter().map(|choice| Choice {
                pointer: format!("{pointer}{}", choice.pointer),
                ..choice
            }));
    }

    /// Drops what is known of the part at `pointer`.
    fn forget(&mut self, pointer: &str) {
        self.choices
            .retain(|choice| !is_within(&choice.pointer, pointer));
        self.misread
            .retain(|misread| !is_within(&misread.pointer, pointer));
    }

    /// The first interpretation that the schema accepts.
    ///
    /// # Errors
    /// What was misread; or else why the schema rejects the first interpretation.
    pub fn check(mut self, schema: &Schema) -> Result<Value, Vec<Violation>> {
        if !self.misread.is_empty() {
            return Err(self.misread.into_iter().map(Violation::from).collect());
        }
        let mut first = None;
        for _ in 0..MAX_ROUNDS {
            let rejection = match schema.validate(self.value) {
                Ok(value) => return Ok(value),
                Err(rejection) => rejection,
            };
            let violations = rejection.violations();
            self.value = Rejection::into_value(rejection);
            let is_moved = self.move_on(&violations);
            first.get_or_insert(violations);
            if !is_moved {
                break;
            }
        }
        Err(first.unwrap_or_default())
    }

    /// Moves on to the next interpretation of each rejected part: of the parts in it, or else of the nearest part that contains
    /// it. False if there is none.
    fn move_on(&mut self, violations: &[Violation]) -> bool {
        let rejected: HashSet<&str> = violations.iter().map(|it| it.pointer.as_str()).collect();
        let mut moving: HashSet<String> = HashSet::new();
        for choice in &self.choices {
            if ancestors(&choice.pointer).any(|pointer| rejected.contains(pointer)) {
                moving.insert(choice.pointer.clone());
            }
        }
        for pointer in rejected {
            let is_explained = moving.iter().any(|moving| is_within(moving, pointer));
            if !is_explained {
                moving.extend(self.nearest(pointer).map(str::to_owned));
            }
        }
        let outer: HashSet<String> = moving
            .iter()
            .flat_map(|pointer| ancestors(pointer).skip(1).map(str::to_owned))
            .collect();
        moving.retain(|pointer| !outer.contains(pointer));
        for choice in std::mem::take(&mut self.choices) {
            // What is in a part that moves on is replaced with it.
            let is_replaced = ancestors(&choice.pointer).any(|pointer| moving.contains(pointer));
            if moving.contains(&choice.pointer) {
                self.advance(choice);
            } else if !is_replaced {
                self.choices.push(choice);
            }
        }
        !moving.is_empty()
    }

    /// The choice that contains the part at `pointer`, and no other one that does.
    fn nearest(&self, pointer: &str) -> Option<&str> {
        let outer = self.choices.iter().map(|choice| choice.pointer.as_str());
        let outer = outer.filter(|outer| is_within(pointer, outer));
        outer.max_by_key(|outer| outer.len())
    }

    fn advance(&mut self, mut choice: Choice) {
        let place = self.value.pointer_mut(&choice.pointer);
        let (Some(next), Some(place)) = (choice.next.pop(), place) else {
            return;
        };
        *place = next.value;
        self.adopt(&choice.pointer, next.choices);
        if !choice.next.is_empty() {
            self.choices.push(choice);
        }
    }
}

impl From<Value> for Draft {
    fn from(value: Value) -> Self {
        Self {
            value,
            ..Self::default()
        }
    }
}

impl From<Misread> for Violation {
    fn from(misread: Misread) -> Self {
        Self {
            pointer: misread.pointer,
            keyword: None,
            schema: None,
            detail: misread.detail,
        }
    }
}

/// The part of a JSON pointer that leads to a member.
fn token(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// Whether the part at `pointer` is the one at `outer`, or in it.
fn is_within(pointer: &str, outer: &str) -> bool {
    let rest = pointer.strip_prefix(outer);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A pointer, and those of all values that contain the part.
fn ancestors(pointer: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(pointer), |pointer| {
        pointer.rsplit_once('/').map(|(outer, _)| outer)
    })
}
