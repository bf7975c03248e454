//! The names that a discriminator accepts: those in `mapping`, those of the components, and those that a schema lists itself.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::inheritance::Inheritance;
use super::keyword::{property, union};
use super::listed::Listed;
use super::mapping::{Mapped, mapping};
use crate::document::{Document, reference};
use crate::text::Location;

/// How a child of a parent may be named, other than by its component.
const EXTENSIONS: [&str; 2] = ["x-ms-discriminator-value", "x-discriminator-value"];

/// How many unions inside each other, over `$ref`s, are searched for names.
const DEEPEST: usize = 100;

/// The discriminators of a document.
pub(crate) struct Discriminators<'a> {
    pub(super) document: &'a Document,
    pub(super) inheritance: Inheritance,
    /// The names that the mappings of the whole document give to a schema: the property, and its value.
    mapped: HashMap<Location, Vec<(String, Value)>>,
    pub(super) listed: Listed<'a>,
    /// The property of the base that a schema with subtypes of its own inherits from.
    inherited: HashMap<Location, String>,
}

impl<'a> Discriminators<'a> {
    /// The discriminators of `document`.
    pub fn new(document: &'a Document) -> Discriminators<'a> {
        let mut discriminators = Discriminators {
            document,
            inheritance: Inheritance::new(document),
            mapped: HashMap::new(),
            listed: Listed::new(document),
            inherited: HashMap::new(),
        };
        for place in document.places() {
            discriminators.add_mapping(&place.location);
            discriminators.add_inherited(&place.location);
        }
        discriminators
    }

    /// Adds the names that the schema at `location` maps to others.
    fn add_mapping(&mut self, location: &Location) {
        let schema = self.document.value(location).and_then(Value::as_object);
        let Some(property) = schema.and_then(property) else {
            return;
        };
        for Mapped { name, place, .. } in mapping(self.document, location) {
            let place = place.and_then(|place| self.document.resolve(&place).ok());
            if let Some(place) = place {
                let names = self.mapped.entry(place).or_default();
                names.push((property.to_owned(), name.into()));
            }
        }
    }

    /// Adds the subtypes of the base at `location` that have subtypes themselves.
    fn add_inherited(&mut self, location: &Location) {
        let schema = self.document.value(location).and_then(Value::as_object);
        let schema = schema.filter(|schema| union(schema).is_none());
        let Some(property) = schema.and_then(property) else {
            return;
        };
        for subtype in self.inheritance.children(location) {
            if !self.inheritance.children(subtype).is_empty() {
                let inherited = self.inherited.entry(subtype.clone());
                inherited.or_insert_with(|| property.to_owned());
            }
        }
    }

    /// What the discriminator of the schema at `location` decides, as the translated schema has it; none if it decides nothing.
    ///
    /// `branches` are the values of each branch: a branch without any takes the objects that no other takes. `names` are those
    /// of a parent and of all that inherit from it, its `subtypes`. Neither is a check by itself, until guards are made of
    /// it. One of several generations has its subtypes from the discriminator of the first, which checks their names.
    pub fn annotation(&self, location: &Location) -> Option<Value> {
        let schema = self.document.value(location)?.as_object()?;
        let Some(property) = property(schema) else {
            let property = self.inherited.get(location)?;
            let subtypes = self.subtypes(location, property)?;
            return union(schema)
                .is_none()
                .then(|| json!({ "propertyName": property, "subtypes": subtypes }));
        };
        Some(match union(schema) {
            Some(keyword) => {
                let branches = self.branch_names(location, keyword, property);
                json!({ "propertyName": property, "branches": branches })
            }
            None => {
                let names = self.family_names(location, property)?;
                let mut annotation = json!({ "propertyName": property, "names": names });
                if let Some(subtypes) = self.subtypes(location, property) {
                    annotation["subtypes"] = subtypes;
                }
                annotation
            }
        })
    }

    /// The names of each branch of the union at `location`.
    fn branch_names(&self, location: &Location, keyword: &str, property: &str) -> Vec<Vec<Value>> {
        let branches: Vec<_> = self.document.elements(&location.member(keyword)).collect();
        let mut names = self.given_names(location, &branches, property);
        let given: Vec<Value> = names.concat();
        for (branch, names) in branches.iter().zip(&mut names) {
            let own = self.own_names(branch, property, &mut HashSet::new());
            names.extend(own.into_iter().filter(|name| !given.contains(name)));
        }
        names.into_iter().map(distinct).collect()
    }

    /// The names that the author gives to branches: by `mapping`, and by their components' names.
    pub(crate) fn given_names(
        &self,
        location: &Location,
        branches: &[Location],
        property: &str,
    ) -> Vec<Vec<Value>> {
        let mut names = vec![Vec::new(); branches.len()];
        let resolved = self.resolve_all(branches);
        for Mapped { name, place, .. } in mapping(self.document, location) {
            if let Some(branch) = place.and_then(|place| self.branch(&resolved, &place)) {
                names[branch].push(name.into());
            }
        }
        for (branch, names) in branches.iter().zip(&mut names) {
            let listed = self.listed.values(branch, property);
            let name = self.component_name(branch).map(Value::from);
            // A schema that lists the values itself is named by those, and not by its component.
            let component = name.filter(|name| listed.is_none_or(|listed| listed.contains(name)));
            names.extend(component);
        }
        names.into_iter().map(distinct).collect()
    }

    /// The values that the schema at `location`, with all that it is composed of, lists for `property`; none if it lists none.
    pub(crate) fn listed_values(&self, location: &Location, property: &str) -> Option<Vec<Value>> {
        self.listed.values(location, property)
    }

    /// The branches at the ends of their `$ref`s.
    pub(crate) fn resolve_all(&self, branches: &[Location]) -> Vec<Location> {
        branches
            .iter()
            .map(|branch| self.resolved(branch))
            .collect()
    }

    pub(super) fn resolved(&self, location: &Location) -> Location {
        let target = self.document.resolve(location);
        target.unwrap_or_else(|_| location.clone())
    }

    /// Which of the branches, at the ends of their `$ref`s, a schema is, or inherits from, or is one of.
    pub(crate) fn branch(&self, branches: &[Location], place: &Location) -> Option<usize> {
        let place = self.resolved(place);
        let own = branches.iter().position(|branch| *branch == place);
        let inherited = || {
            let mut branches = branches.iter();
            branches.position(|branch| self.inheritance.children(branch).contains(&place))
        };
        let inner = || {
            let mut branches = branches.iter();
            branches.position(|branch| self.is_inside(branch, &place, &mut HashSet::new()))
        };
        own.or_else(inherited).or_else(inner)
    }

    /// Whether a schema is a branch of the union at `union`, or of one that is.
    fn is_inside(&self, outer: &Location, place: &Location, seen: &mut HashSet<Location>) -> bool {
        let Some((outer, Value::Object(schema))) = self.document.resolved(outer) else {
            return false;
        };
        let is_new = seen.len() < DEEPEST && seen.insert(outer.clone());
        let keyword = union(schema).filter(|_| is_new);
        keyword.is_some_and(|keyword| {
            let mut branches = self.document.elements(&outer.member(keyword));
            branches.any(|branch| {
                self.document.resolve(&branch).as_ref() == Ok(place)
                    || self.is_inside(&branch, place, seen)
            })
        })
    }

    /// The names of the parent at `location` and of its children; none if it has none, so that nothing is chosen from.
    fn family_names(&self, location: &Location, property: &str) -> Option<Vec<Value>> {
        let children = self.inheritance.children(location);
        if children.is_empty() {
            return None;
        }
        let mapped = mapping(self.document, location);
        // The names of the parent itself come first, so that an example of it is none of a child.
        let mut names = self.listed.values(location, property).unwrap_or_default();
        names.extend(location.tokens().last().map(Value::from));
        names.extend(mapped.iter().map(|mapped| Value::from(mapped.name)));
        for member in [location].into_iter().chain(children) {
            names.extend(member.tokens().last().map(Value::from));
            names.extend(self.extension(member));
            names.extend(self.mapped_names(member, property));
            names.extend(self.listed.values(member, property).into_iter().flatten());
        }
        Some(distinct(names))
    }

    /// The names that the schema at `location` lists itself, and those of its own discriminator and of its branches.
    fn own_names(
        &self,
        location: &Location,
        name: &str,
        seen: &mut HashSet<Location>,
    ) -> Vec<Value> {
        let mut names = self.listed.values(location, name).unwrap_or_default();
        let resolved = self.document.resolved(location);
        let Some((location, Value::Object(schema))) = resolved else {
            return names;
        };
        if seen.len() >= DEEPEST || !seen.insert(location.clone()) {
            return names;
        }
        names.extend(self.mapped_names(&location, name));
        let is_same = property(schema) == Some(name);
        let keyword = union(schema);
        if is_same && keyword.is_none() {
            names.extend(self.family_names(&location, name).into_iter().flatten());
        }
        let mapping = mapping(self.document, &location)
            .into_iter()
            .filter(|_| is_same);
        names.extend(mapping.map(|mapped| mapped.name.into()));
        for branch in keyword
            .into_iter()
            .flat_map(|keyword| self.document.elements(&location.member(keyword)))
        {
            let name_of_branch = self.component_name(&branch).filter(|_| is_same);
            names.extend(name_of_branch.map(Value::from));
            names.extend(self.own_names(&branch, name, seen));
        }
        names
    }

    /// The name of the component that the schema at `location` refers to.
    fn component_name(&self, location: &Location) -> Option<String> {
        let reference = reference::of(self.document.value(location)?)?;
        let target = self.document.target(location, reference).ok()?;
        target.is_component().then(|| target.tokens().last())?
    }

    /// The names that a mapping anywhere gives to the schema at `location`.
    pub(super) fn mapped_names(
        &self,
        location: &Location,
        property: &str,
    ) -> impl Iterator<Item = Value> {
        let names = self.mapped.get(location).into_iter().flatten();
        let names = names.filter(move |(known, _)| known == property);
        names.map(|(_, name)| name.clone())
    }

    /// The name that an extension gives to a child.
    pub(super) fn extension(&self, location: &Location) -> Option<Value> {
        let schema = self.document.value(location)?;
        let mut extensions = EXTENSIONS.into_iter();
        extensions.find_map(|extension| schema.get(extension).cloned())
    }
}

/// The values, each once.
fn distinct(values: Vec<Value>) -> Vec<Value> {
    let mut seen = HashSet::new();
    let mut values = values;
    values.retain(|value| seen.insert(value.to_string()));
    values
}
