//! Names of types: no two alike, and the author's own first.

use super::{Schemas, Shape};
use crate::location::Location;
use crate::rust::item::{Item, Kind};
use crate::rust::names;
use crate::rust::views::View;

impl Schemas<'_> {
    /// A name for the enum of the ways in which the operation `title` succeeds.
    pub fn answer_name(&mut self, title: &str) -> String {
        self.claim(title, &format!("{title} answer"))
    }

    /// A name for the trait of the module `title`.
    pub fn trait_name(&mut self, title: &str) -> String {
        self.claim(title, &format!("{title} operations"))
    }

    /// A name for something that is no schema: `title`, else `second`, else a numbered one.
    fn claim(&mut self, title: &str, second: &str) -> String {
        let second = names::type_name(second);
        let first = match names::pascal(title) {
            name if names::type_name(title) == name => name,
            _ => second.clone(),
        };
        let name = self.free(&Location::root(&"".into()), [first, second]);
        self.named.insert(name.clone(), Location::root(&"".into()));
        name
    }

    /// The first of the candidates, or the last with a number, that no other type than the one at `at` has or may want.
    fn free(&self, at: &Location, [first, second]: [String; 2]) -> String {
        let is_free = |name: &String| {
            let owner = self.reserved.get(name);
            !self.named.contains_key(name) && owner.is_none_or(|owner| owner == at)
        };
        let numbered = (2..).map(|number| format!("{second}{number}"));
        let candidates = [first.clone(), second.clone()].into_iter().chain(numbered);
        candidates.into_iter().find(is_free).unwrap_or(first)
    }

    /// Makes room for an item, so that what it holds can mention it.
    pub(super) fn reserve(&mut self, shape: &Shape) -> usize {
        let at = shape.at;
        let name = self.name(shape.view, at, shape.hint);
        self.named.insert(name.clone(), at.clone());
        self.items.push(Item {
            name,
            docs: self.views.docs(at),
            kind: Kind::Enum {
                variants: Vec::new(),
                repr: None,
            },
            decoded: false,
            encoded: false,
            ruled: false,
        });
        self.items.len() - 1
    }

    /// A name that no other type has. A schema without a name of its own steps back: it is called after its module, too,
    /// and numbered at the last. What the author called alike for Rust stays a fault.
    fn name(&mut self, view: View, at: &Location, hint: &str) -> String {
        let name = self.views.type_name(view, at, hint);
        if self.views.rust_name(at).is_some() {
            if let Some(other) = self.named.get(&name).cloned() {
                self.clash(at, &name, &other.to_string(), "type");
            }
            return name;
        }
        let second = match self.views.is_named(at) {
            true => name.clone(),
            false => names::type_name(&format!("{} {hint}", self.module)),
        };
        self.free(at, [name, second])
    }

    pub(super) fn clash(&mut self, at: &Location, one: &str, other: &str, what: &str) {
        self.faults.push(self.views.fault(
            at,
            format!("{one:?} and {other:?} would have the same {what} name in Rust"),
            "Rename one of them, or give one an `x-rust-name`.",
        ));
    }
}
