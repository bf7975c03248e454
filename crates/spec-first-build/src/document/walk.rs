//! The walk through a document, from its root over every member of the grammar and every reference.

use std::collections::{HashSet, VecDeque};

use serde_json::Value;

use super::grammar::{Kind, Shape, Version, members};
use super::reference;
use crate::text::Location;

/// An object of the document.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub location: Location,
    pub kind: Kind,
    /// Whether it is a schema inside another one, so that what is done to the outer is done to it.
    pub inner: bool,
}

/// A walk under way.
pub(crate) struct Walk {
    version: Version,
    seen: HashSet<(Location, Kind)>,
    ahead: VecDeque<Place>,
    passed: Vec<Place>,
}

impl Walk {
    pub fn new(root: Location, kind: Kind, version: Version) -> Walk {
        let mut walk = Walk {
            version,
            seen: HashSet::new(),
            ahead: VecDeque::new(),
            passed: Vec::new(),
        };
        walk.refer(root, kind);
        walk
    }

    /// Adds the place that a reference names.
    pub fn refer(&mut self, location: Location, kind: Kind) {
        self.add(Place {
            location,
            kind,
            inner: false,
        });
    }

    /// Adds a place to enter, unless it has been added before.
    fn add(&mut self, place: Place) {
        if self.seen.insert((place.location.clone(), place.kind)) {
            self.ahead.push_back(place);
        }
    }

    /// The next place to enter.
    pub fn next(&mut self) -> Option<Place> {
        self.ahead.pop_front()
    }

    /// Adds everything inside `value`, which is at `place`; returns the reference, if it is one.
    pub fn enter<'a>(&mut self, place: &Place, value: &'a Value) -> Option<&'a str> {
        self.passed.push(place.clone());
        let reference = if is_referable(place.kind) {
            reference::of(value)
        } else {
            None
        };
        if reference.is_none() || has_siblings(place.kind, self.version) {
            let known = members(place.kind, self.version);
            for (name, inner) in value.as_object().into_iter().flatten() {
                if let Some(member) = known.iter().find(|member| member.name == name) {
                    self.add_member(place, &place.location.member(name), inner, member.shape);
                }
            }
        }
        reference
    }

    /// All places that were entered, in the order of the walk.
    pub fn finish(self) -> Vec<Place> {
        self.passed
    }

    fn add_member(&mut self, outer: &Place, location: &Location, value: &Value, shape: Shape) {
        let place = |location, kind| Place {
            location,
            kind,
            inner: outer.kind == Kind::Schema,
        };
        match (shape, value) {
            (Shape::One(kind) | Shape::Switch(kind) | Shape::OneOrList(kind), Value::Object(_)) => {
                self.add(place(location.clone(), kind))
            }
            // True and false are schemas too; inside of others they come along with them.
            (Shape::One(Kind::Schema), Value::Bool(_)) if outer.kind != Kind::Schema => {
                self.add(place(location.clone(), Kind::Schema));
            }
            (Shape::Map(kind), Value::Object(values)) => {
                for name in values.keys().filter(|name| !is_extension(name, kind)) {
                    self.add(place(location.member(name), kind));
                }
            }
            (Shape::List(kind) | Shape::OneOrList(kind), Value::Array(values)) => {
                for index in 0..values.len() {
                    self.add(place(location.element(index), kind));
                }
            }
            _ => {}
        }
    }
}

/// Whether an object of this kind may be written as a `$ref` to another.
fn is_referable(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::Document
            | Kind::Info
            | Kind::Components
            | Kind::Operation
            | Kind::MediaType
            | Kind::Encoding
    )
}

/// Whether the siblings of a `$ref` count: in path items, and in the schemas of JSON Schema 2020-12.
pub(crate) fn has_siblings(kind: Kind, version: Version) -> bool {
    kind == Kind::PathItem || kind == Kind::Schema && version == Version::OpenApi31
}

/// Whether `name` is no path and no status, but an extension of the object that holds them.
pub(crate) fn is_extension(name: &str, kind: Kind) -> bool {
    matches!(kind, Kind::PathItem | Kind::Response) && name.starts_with("x-")
}
