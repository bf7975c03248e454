//! Names of types: no two alike, and the author's own first.

use super::{ItemBuilder, Shape};
use crate::naming;
use crate::rust::item::{Item, Kind};
use crate::rust::views::View;
use crate::text::Location;

/// Types and traits that the file of routes names, and does not import.
const ROUTES_TYPES: [&str; 3] = ["A", "Send", "Sync"];

impl ItemBuilder<'_> {
    /// A name for the enum of the responses that mean success for the operation `name`, whose whole id is `title`.
    pub fn success_name(&mut self, name: &str, title: &str) -> String {
        self.claim(name, &format!("{title} responses"))
    }

    /// A name for the enum of the failures of the operation `name`, whose whole id is `title`.
    pub fn failure_name(&mut self, name: &str, title: &str) -> String {
        self.claim(&format!("{name} error"), &format!("{title} failures"))
    }

    /// A name for the enum of the representations that the operation `name`, whose whole id is `title`, responds with.
    pub fn accept_name(&mut self, name: &str, title: &str) -> String {
        self.claim(&format!("{name} accept"), &format!("{title} accept choice"))
    }

    /// A name for the enum of the bodies of the operation `name`, whose whole id is `title`.
    pub fn body_name(&mut self, name: &str, title: &str) -> String {
        self.claim(&format!("{name} body"), &format!("{title} body"))
    }

    /// A name for the trait of the module `title`.
    pub fn trait_name(&mut self, title: &str) -> String {
        self.claim(title, &format!("{title} operations"))
    }

    /// A name for something that is no schema: `title`, else `second`, else a numbered one.
    fn claim(&mut self, title: &str, second: &str) -> String {
        let second = naming::type_name(second);
        let first = match naming::pascal(title) {
            name if naming::type_name(title) == name && !ROUTES_TYPES.contains(&name.as_str()) => {
                name
            }
            _ => second.clone(),
        };
        let name = self.free(&Location::root(&"".into()), [first, second]);
        self.named.insert(name.clone(), Location::root(&"".into()));
        name
    }

    /// The first of the candidates, or the last with a number, that no other type than the one at `at` has or may want.
    pub(super) fn free(&self, at: &Location, [first, second]: [String; 2]) -> String {
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
            kind: Kind::Struct {
                members: Vec::new(),
                closed: false,
                hidden: Vec::new(),
            },
            ruled: false,
            required: None,
            rest_function: String::new(),
            rules: Vec::new(),
            rule_function: String::new(),
        });
        self.items.len() - 1
    }

    /// A name that no other type has: one that is taken is followed by a number. Two equal `x-rust-name`s stay a fault.
    fn name(&mut self, view: View, at: &Location, hint: &str) -> String {
        let name = self.views.type_name(view, at, hint);
        if self.views.rust_name(at).is_some() {
            let reserved = self.reserved.get(&name);
            let other = self.named.get(&name).or(reserved);
            if let Some(other) = other.filter(|other| *other != at).cloned() {
                self.clash(at, &other, &name, "types");
            }
            return name;
        }
        self.free(at, [name.clone(), name])
    }

    /// The names, the author's own where there is one. That two are alike because of it is a fault.
    pub fn chosen(&mut self, names: Vec<String>, places: &[Location], what: &str) -> Vec<String> {
        let chosen = |place: &Location| {
            self.views
                .rust_name(place)
                .map(|name| naming::chosen_snake(&name))
        };
        let names = names.into_iter().enumerate();
        let names: Vec<_> = names
            .map(|(index, name)| places.get(index).and_then(chosen).unwrap_or(name))
            .collect();
        self.report_clashes(&names, places, what);
        names
    }

    fn report_clashes(&mut self, names: &[String], places: &[Location], what: &str) {
        for (index, name) in names.iter().take(places.len()).enumerate() {
            let Some(first) = names[..index].iter().position(|other| other == name) else {
                continue;
            };
            let (here, there) = (&places[index], &places[first]);
            let is_chosen = |place| self.views.rust_name(place).is_some();
            if is_chosen(here) {
                self.clash(here, there, name, what);
            } else if is_chosen(there) {
                self.clash(there, here, name, what);
            }
        }
    }

    fn clash(&mut self, at: &Location, other: &Location, name: &str, what: &str) {
        let found = match other.file.is_empty() {
            true => format!("`{name}` is the name of a generated trait or enum, too"),
            false => format!("The {what} here and at {other} would both be `{name}` in Rust"),
        };
        let remedy = "Give one of them another `x-rust-name`.";
        self.faults
            .push(self.views.fault(&at.member("x-rust-name"), found, remedy));
    }
}
