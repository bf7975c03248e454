//! The names that a discriminator knows: those that are mapped, those of the components, and those that a schema lists itself.

use std::collections::HashSet;

use serde_json::Value;

use super::{Discriminators, KEYWORD, property, union};
use crate::document::reference;
use crate::text::Location;

/// How a child of a base may be called, beside its component's name.
const EXTENSIONS: [&str; 2] = ["x-ms-discriminator-value", "x-discriminator-value"];

/// How many unions that stand inside each other, over `$ref`s, are asked for names.
const DEEPEST: usize = 100;

/// One entry of `mapping`.
pub(crate) struct Mapped<'a> {
    pub name: &'a str,
    /// As it is written: a component's name or a reference.
    pub target: &'a str,
    /// Where it leads; none if nothing is there.
    pub place: Option<Location>,
}

impl<'a> Discriminators<'a> {
    /// The entries of the `mapping` of the schema at `location`.
    pub fn mapping(&self, location: &Location) -> Vec<Mapped<'a>> {
        let discriminator = location.member(KEYWORD);
        let mapping = self.document.value(&discriminator.member("mapping"));
        let entries = mapping.and_then(Value::as_object).into_iter().flatten();
        let entries = entries.filter_map(|(name, target)| Some((name, target.as_str()?)));
        entries
            .map(|(name, target)| Mapped {
                name,
                target,
                place: self.place(&discriminator, target),
            })
            .collect()
    }

    /// Where a target of `mapping` leads: a component comes before a file of that name.
    fn place(&self, location: &Location, target: &str) -> Option<Location> {
        let files = [Location::root(&location.file), self.document.root()];
        let components =
            files.map(|file| file.member("components").member("schemas").member(target));
        let referred = self.document.target(location, target).ok();
        let mut places = components.into_iter().chain(referred);
        places.find(|place| self.document.value(place).is_some())
    }

    /// The names of each branch of the union at `location`.
    pub(super) fn branch_names(
        &self,
        location: &Location,
        keyword: &str,
        property: &str,
    ) -> Vec<Vec<Value>> {
        let branches: Vec<_> = self.document.elements(&location.member(keyword)).collect();
        let mut names = self.given_names(location, &branches, property);
        let given: Vec<Value> = names.concat();
        for (branch, names) in branches.iter().zip(&mut names) {
            let told = self.told(branch, property, &mut HashSet::new());
            names.extend(told.into_iter().filter(|name| !given.contains(name)));
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
        let ends = self.ends(branches);
        for Mapped { name, place, .. } in self.mapping(location) {
            if let Some(branch) = place.and_then(|place| self.branch(&ends, &place)) {
                names[branch].push(name.into());
            }
        }
        for (branch, names) in branches.iter().zip(&mut names) {
            let listed = self.listed(branch, property);
            let name = self.component_name(branch).map(Value::from);
            // A schema that lists the values itself means those, and not its own name.
            let meant = name.filter(|name| listed.is_none_or(|listed| listed.contains(name)));
            names.extend(meant);
        }
        names.into_iter().map(distinct).collect()
    }

    /// Where the `$ref`s of branches lead.
    pub(crate) fn ends(&self, branches: &[Location]) -> Vec<Location> {
        branches.iter().map(|branch| self.end(branch)).collect()
    }

    pub(super) fn end(&self, location: &Location) -> Location {
        let end = self.document.resolve(location);
        end.unwrap_or_else(|_| location.clone())
    }

    /// Which of the branches, at the ends of their `$ref`s, a schema is, or inherits from, or is one of.
    pub(crate) fn branch(&self, branches: &[Location], place: &Location) -> Option<usize> {
        let place = self.end(place);
        let own = branches.iter().position(|branch| *branch == place);
        let inherited = || {
            let mut branches = branches.iter();
            branches.position(|branch| self.families.heirs(branch).contains(&place))
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

    /// The names of the base at `location` and of its heirs; none if it has no heirs, so that nothing is chosen from.
    pub(super) fn family_names(&self, location: &Location, property: &str) -> Option<Vec<Value>> {
        let heirs = self.families.heirs(location);
        if heirs.is_empty() {
            return None;
        }
        let mapped = self.mapping(location);
        let mut names: Vec<Value> = mapped.iter().map(|mapped| mapped.name.into()).collect();
        for member in [location].into_iter().chain(heirs) {
            names.extend(member.tokens().last().map(Value::from));
            names.extend(self.extension(member));
            names.extend(self.called(member, property));
            names.extend(self.listed(member, property).into_iter().flatten());
        }
        Some(distinct(names))
    }

    /// What the schema at `location` tells of the values itself, or its own discriminator, or its branches.
    fn told(&self, location: &Location, name: &str, seen: &mut HashSet<Location>) -> Vec<Value> {
        let mut told = self.listed(location, name).unwrap_or_default();
        let resolved = self.document.resolved(location);
        let Some((location, Value::Object(schema))) = resolved else {
            return told;
        };
        if seen.len() >= DEEPEST || !seen.insert(location.clone()) {
            return told;
        }
        told.extend(self.called(&location, name));
        let is_same = property(schema) == Some(name);
        let keyword = union(schema);
        if is_same && keyword.is_none() {
            told.extend(self.family_names(&location, name).into_iter().flatten());
        }
        let mapping = self.mapping(&location).into_iter().filter(|_| is_same);
        told.extend(mapping.map(|mapped| mapped.name.into()));
        for branch in keyword
            .into_iter()
            .flat_map(|keyword| self.document.elements(&location.member(keyword)))
        {
            let name_of_branch = self.component_name(&branch).filter(|_| is_same);
            told.extend(name_of_branch.map(Value::from));
            told.extend(self.told(&branch, name, seen));
        }
        told
    }

    /// The name of the component that the schema at `location` refers to.
    fn component_name(&self, location: &Location) -> Option<String> {
        let reference = reference::of(self.document.value(location)?)?;
        let target = self.document.target(location, reference).ok()?;
        target.is_component().then(|| target.tokens().last())?
    }

    /// The names that a mapping anywhere gives to the schema at `location`.
    fn called(&self, location: &Location, property: &str) -> impl Iterator<Item = Value> {
        let names = self.called.get(location).into_iter().flatten();
        let names = names.filter(move |(known, _)| known == property);
        names.map(|(_, name)| name.clone())
    }

    /// The name that an extension gives to a child.
    fn extension(&self, location: &Location) -> Option<Value> {
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
