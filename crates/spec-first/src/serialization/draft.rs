//! A value that was read from text, and what its parts may mean instead.
//!
//! A text is often ambiguous: `5` is an integer or a string, and an empty one is an empty list or a list of an empty string. The
//! schema decides: a [`Draft`] has the most specific interpretation first, and moves on where the schema rejects it.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::schema::{Schema, Violation};

/// How often a value is validated at most. Each time it moves on in all rejected places at once.
const MAX_ROUNDS: usize = 8;

/// How many rejected places of a value are looked at: no value of a parameter has more parts.
const MAX_PLACES: usize = 10_000;

/// Of how many ambiguous parts all combinations are tried, if those that [`Draft::move_on`] finds are rejected: 64 at most.
const MAX_COMBINED: usize = 6;

/// A value, before it is validated.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    value: Value,
    choices: Vec<Choice>,
    misread: Vec<Misread>,
}

/// What a part of a value may mean instead.
#[derive(Clone, Debug)]
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
        let is_combined = (2..=MAX_COMBINED).contains(&self.choices.len());
        let original = is_combined.then(|| self.clone());
        let mut first = None;
        for _ in 0..MAX_ROUNDS {
            let rejection = match schema.validate(self.value) {
                Ok(value) => return Ok(value),
                Err(rejection) => rejection,
            };
            first.get_or_insert_with(|| rejection.violations());
            if self.choices.is_empty() {
                break;
            }
            let rejected = rejection.pointers(MAX_PLACES);
            self.value = rejection.into_value();
            if !self.move_on(&rejected) {
                break;
            }
        }
        let combined = original.and_then(|original| original.combine(schema));
        combined.ok_or(first.unwrap_or_default())
    }

    /// The first combination that the schema accepts of the next interpretations of some parts. A union of objects may take one
    /// member as a number and another as a text.
    fn combine(self, schema: &Schema) -> Option<Value> {
        let some = 1..(1 << self.choices.len());
        let mut accepted = some.filter_map(|some: usize| {
            let moving = self.choices.iter().enumerate();
            let moving = moving.filter(|(index, _)| some & (1 << index) != 0);
            let moving = moving.map(|(_, choice)| choice.pointer.clone()).collect();
            let mut draft = self.clone();
            draft.advance_all(&moving);
            schema.validate(draft.value).ok()
        });
        accepted.next()
    }

    /// The first interpretation, where no schema constrains it.
    ///
    /// # Errors
    /// What was misread.
    pub fn unchecked(self) -> Result<Value, Vec<Violation>> {
        match self.misread.is_empty() {
            true => Ok(self.value),
            false => Err(self.misread.into_iter().map(Violation::from).collect()),
        }
    }

    /// Whether the first interpretation is a list.
    pub fn is_list(&self) -> bool {
        self.value.is_array()
    }

    /// Moves on to the next interpretation of each rejected part: of the parts in it, or else of the nearest part that contains
    /// it. False if there is none.
    fn move_on(&mut self, rejected: &[String]) -> bool {
        let moving = self.moving(rejected);
        self.advance_all(&moving);
        !moving.is_empty()
    }

    fn advance_all(&mut self, moving: &HashSet<String>) {
        for choice in std::mem::take(&mut self.choices) {
            // What is in a part that moves on is replaced with it.
            let is_replaced = ancestors(&choice.pointer).any(|pointer| moving.contains(pointer));
            if moving.contains(&choice.pointer) {
                self.advance(choice);
            } else if !is_replaced {
                self.choices.push(choice);
            }
        }
    }

    /// The pointers of the choices that move on.
    fn moving(&self, rejected: &[String]) -> HashSet<String> {
        let rejected: HashSet<&str> = rejected.iter().map(String::as_str).collect();
        let all: HashSet<&str> = self.choices.iter().map(|choice| &*choice.pointer).collect();
        let is_rejected = |pointer: &&str| ancestors(pointer).any(|it| rejected.contains(it));
        let mut moving: HashSet<&str> = all.iter().copied().filter(is_rejected).collect();
        let outer: HashSet<&str> = moving.iter().flat_map(|it| ancestors(it).skip(1)).collect();
        moving.retain(|pointer| !outer.contains(pointer));
        let unexplained = rejected.into_iter();
        let unexplained =
            unexplained.filter(|pointer| !moving.contains(pointer) && !outer.contains(pointer));
        let nearest =
            unexplained.filter_map(|pointer| ancestors(pointer).find(|it| all.contains(it)));
        let nearest: Vec<_> = nearest.filter(|pointer| !outer.contains(pointer)).collect();
        moving.extend(nearest);
        moving.into_iter().map(str::to_owned).collect()
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
pub(super) fn token(name: &str) -> String {
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::schema::{Checks, Dialect};

    fn ambiguous(number: i64) -> Draft {
        Draft::choice([json!(number), json!(number.to_string())].map(Draft::from))
    }

    fn check(draft: Draft, schema: &Value) -> Result<Value, Vec<String>> {
        let schema = Schema::compile(schema, Dialect::Draft4, Checks::default());
        let schema = schema.expect("it is a schema");
        let checked = draft.check(&schema);
        checked.map_err(|violations| violations.into_iter().map(|it| it.pointer).collect())
    }

    #[test]
    fn a_rejected_part_moves_on_and_the_others_stay() {
        let small = json!({ "anyOf": [{ "type": "integer", "maximum": 9 }, { "type": "string" }] });
        let schema = json!({ "items": small });
        let list = || Draft::list([ambiguous(5), ambiguous(12)]);
        assert_eq!(check(list(), &schema), Ok(json!([5, "12"])));
        let numbers = json!({ "items": { "type": "integer", "maximum": 9 } });
        assert_eq!(check(list(), &numbers), Err(vec!["/1".to_owned()]));
    }

    #[test]
    fn a_part_without_another_meaning_moves_on_what_contains_it() {
        let list = Draft::list([Draft::from(json!(""))]);
        let draft = Draft::object([("a".to_owned(), Draft::choice([list, Draft::list([])]))]);
        let items = json!({ "items": { "type": "integer" } });
        let schema = json!({ "properties": { "a": items } });
        assert_eq!(check(draft, &schema), Ok(json!({ "a": [] })));
    }

    #[test]
    fn members_are_combined_as_one_branch_of_a_union_has_them() {
        let branch = |a, b| json!({ "properties": { "a": { "type": a }, "b": { "type": b } } });
        let union = json!({ "oneOf": [branch("integer", "string"), branch("string", "boolean")] });
        let members = [("a", 1), ("b", 2)];
        let members = members.map(|(name, number)| (name.to_owned(), ambiguous(number)));
        let expected = json!({ "a": 1, "b": "2" });
        assert_eq!(check(Draft::object(members), &union), Ok(expected));
    }

    #[test]
    fn what_was_misread_is_told_with_its_place() {
        let list = Draft::list([Draft::from(json!(1)), Draft::misread("it is broken")]);
        let draft = Draft::object([("a/b".to_owned(), list)]);
        assert_eq!(check(draft, &json!({})), Err(vec!["/a~1b/1".to_owned()]));
        let read = Draft::choice([Draft::misread("it is broken"), Draft::from(json!(1))]);
        assert_eq!(check(read, &json!({})), Ok(json!(1)));
    }
}
