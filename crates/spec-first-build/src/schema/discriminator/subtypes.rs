//! What inherits from a base: the names of each subtype, and the parts that it adds to the base.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::discriminators::Discriminators;
use super::keyword::{property, union};
use super::mapping::{Mapped, mapping};
use crate::document::reference;
use crate::text::Location;

/// Keywords that apply lists of schemas to the value itself, other than `allOf`.
const CHOICES: [&str; 2] = ["anyOf", "oneOf"];

/// Keywords that apply one schema to the value itself.
const SINGLE: [&str; 4] = ["not", "if", "then", "else"];

/// The letters and digits of a name, in lower case.
fn letters(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// What a subtype adds to its base.
#[derive(Default)]
struct Parts {
    /// Schemas that the subtype has in addition to its base.
    places: Vec<Location>,
    /// Schemas whose own keywords, without `allOf` and `$ref`, the subtype has in addition to its base.
    own: Vec<Location>,
}

impl Discriminators<'_> {
    /// The subtypes of the base at `base`; none if there is none, or if their names or parts are ambiguous.
    ///
    /// `names` are those of the subtype, `all` also those of its subtypes. `places` and `own` are the schemas that it adds: whole, and
    /// without their `allOf` and `$ref`.
    pub(super) fn subtypes(&self, base: &Location, property: &str) -> Option<Value> {
        let subtypes = self.inheritance.children(base);
        let names = self.subtypes_names(base, subtypes, property);
        let mut texts = names.iter().flatten();
        if subtypes.is_empty() || !texts.all(Value::is_string) {
            return None;
        }
        let subtypes: Option<Vec<Value>> = subtypes
            .iter()
            .zip(&names)
            .map(|(subtype, own)| {
                let family = self.inheritance.children(subtype);
                let inner = subtypes.iter().zip(&names);
                let inner = inner.filter(|(other, _)| family.contains(other));
                let inner: Vec<&Value> = inner.flat_map(|(_, names)| names).collect();
                let all: Vec<&Value> = own.iter().chain(inner).collect();
                let mut parts = Parts::default();
                self.add_parts(subtype, base, &mut parts)?;
                let [places, whole] = [parts.own, parts.places].map(|places| {
                    let places = places.iter().map(ToString::to_string);
                    places.collect::<Vec<_>>()
                });
                Some(json!({
                    "place": subtype.to_string(),
                    "names": own,
                    "all": all,
                    "places": whole,
                    "own": places,
                }))
            })
            .collect();
        subtypes.map(Value::from)
    }

    /// The names of each subtype. One that several could have belongs to the one that the author names most explicitly: by the
    /// mapping of the base, then by any other means, then by the component's name.
    fn subtypes_names(
        &self,
        base: &Location,
        subtypes: &[Location],
        property: &str,
    ) -> Vec<Vec<Value>> {
        let mapped = mapping(self.document, base);
        let of_base = self.listed.values(base, property);
        let by_mapping = |subtype: &Location| {
            let is_target = |mapped: &&Mapped| {
                let place = mapped.place.as_ref();
                place.is_some_and(|place| self.resolved(place) == *subtype)
            };
            let names = mapped.iter().filter(is_target);
            names.map(|mapped| mapped.name.into()).collect::<Vec<_>>()
        };
        let by_itself = |subtype: &Location| {
            let listed = self.listed.values(subtype, property);
            let listed = listed.filter(|listed| Some(listed) != of_base.as_ref());
            let names = self.mapped_names(subtype, property);
            let names = names.chain(self.extension(subtype));
            names
                .chain(listed.into_iter().flatten())
                .collect::<Vec<_>>()
        };
        let by_component = |subtype: &Location| {
            let name = subtype.tokens().last().map(Value::from);
            name.into_iter().collect::<Vec<_>>()
        };
        let mut taken = HashSet::new();
        let mut names: Vec<Vec<Value>> = subtypes.iter().map(by_mapping).collect();
        let others = subtypes
            .iter()
            .map(by_itself)
            .chain(subtypes.iter().map(by_component));
        let others: Vec<Vec<Value>> = others.collect();
        for names in &mut names {
            names.retain(|name| taken.insert(name.to_string()));
        }
        for (index, others) in others.into_iter().enumerate() {
            let new = others.into_iter();
            let new = new.filter(|name| taken.insert(name.to_string()));
            names[index % subtypes.len()].extend(new);
        }
        for (names, (alike, _)) in names.iter_mut().zip(self.alike(base, subtypes, property)) {
            names.extend(
                alike
                    .into_iter()
                    .filter(|name| taken.insert(name.to_string())),
            );
        }
        names
    }

    /// For each subtype the values that the base lists for the property and that differ from the subtype's name in case and in signs
    /// alone, and the subtype's name. A value that is like the names of several schemas is like none.
    fn alike(
        &self,
        base: &Location,
        subtypes: &[Location],
        property: &str,
    ) -> Vec<(Vec<Value>, String)> {
        let values = self.listed.values(base, property).unwrap_or_default();
        let name = |at: &Location| at.tokens().last().unwrap_or_default();
        let family = || subtypes.iter().chain([base]);
        let is_like = |value: &Value, subtype: &Location| {
            let value = value.as_str().map(letters);
            value.is_some_and(|value| value == letters(&name(subtype)))
        };
        let is_only = |value: &&Value| family().filter(|at| is_like(value, at)).count() == 1;
        let subtypes = subtypes.iter().map(|subtype| {
            let values = values.iter().filter(|value| is_like(value, subtype));
            (values.filter(is_only).cloned().collect(), name(subtype))
        });
        subtypes.collect()
    }

    /// The values that name a subtype of the base at `base` because they are like its name, each with the name; and the other values
    /// that name neither a subtype nor the base.
    pub(crate) fn loose_names(
        &self,
        base: &Location,
        property: &str,
    ) -> (Vec<(Value, String)>, Vec<Value>) {
        let subtypes = self.inheritance.children(base);
        let names = self.subtypes_names(base, subtypes, property);
        let alike = self.alike(base, subtypes, property).into_iter().zip(&names);
        let alike = alike.flat_map(|((values, name), names)| {
            let values = values.into_iter();
            let given = values.filter(|value| names.contains(value) && *value != name);
            let pairs = given.map(|value| (value, name.clone()));
            pairs.collect::<Vec<_>>()
        });
        let alike: Vec<_> = alike.collect();
        let own = base.tokens().last().unwrap_or_default();
        let mut others = self.listed.values(base, property).unwrap_or_default();
        others.retain(|value| *value != own && !names.iter().flatten().any(|name| name == value));
        (alike, others)
    }

    /// Adds what the schema at `here` has in addition to the base; none if a part leads to a base again.
    fn add_parts(&self, here: &Location, base: &Location, parts: &mut Parts) -> Option<()> {
        let schema = self.document.value(here)?.as_object()?;
        if schema
            .keys()
            .any(|name| !matches!(name.as_str(), "allOf" | "$ref"))
        {
            self.reach_nothing(here)?;
            parts.own.push(here.clone());
        }
        let reference = schema.get("$ref").and_then(Value::as_str);
        let target = reference.and_then(|it| self.document.target(here, it).ok());
        if let Some(target) = target.filter(|target| !self.inherits(target, base)) {
            self.reaches_base(&target, &mut HashSet::new())?;
            parts.places.push(target);
        }
        for part in self.document.elements(&here.member("allOf")) {
            let is_reference = self
                .document
                .value(&part)
                .is_some_and(|it| it.get("$ref").is_some());
            if is_reference || self.leads_to(&part, base, &mut HashSet::new()) {
                self.add_parts(&part, base, parts)?;
            } else {
                self.reaches_base(&part, &mut HashSet::new())?;
                parts.places.push(part);
            }
        }
        Some(())
    }

    fn inherits(&self, subtype: &Location, base: &Location) -> bool {
        subtype == base || self.inheritance.children(base).contains(subtype)
    }

    /// Whether the schema at `here` includes the base by `allOf` or `$ref`.
    fn leads_to(&self, here: &Location, base: &Location, seen: &mut HashSet<Location>) -> bool {
        if self.inherits(here, base) {
            return true;
        }
        seen.insert(here.clone()) && {
            let schema = self.document.value(here);
            let target = schema.and_then(reference::of);
            let target = target.and_then(|it| self.document.target(here, it).ok());
            let parts = self.document.elements(&here.member("allOf"));
            let mut ahead = parts.chain(target);
            ahead.any(|next| self.leads_to(&next, base, seen))
        }
    }

    /// None if a schema that the one at `here` chooses from has a base: its check would never end.
    fn reach_nothing(&self, here: &Location) -> Option<()> {
        let mut ahead = self.applied(here, &CHOICES).into_iter();
        ahead.try_for_each(|next| self.reaches_base(&next, &mut HashSet::new()))
    }

    /// None if the schema at `here`, or one that it applies to the same value, is a base.
    fn reaches_base(&self, here: &Location, seen: &mut HashSet<Location>) -> Option<()> {
        if !seen.insert(here.clone()) {
            return Some(());
        }
        let schema = self.document.value(here)?.as_object();
        let is_base = schema.is_some_and(|schema| {
            property(schema).is_some()
                && union(schema).is_none()
                && !self.inheritance.children(here).is_empty()
        });
        if is_base {
            return None;
        }
        let mut ahead = self.applied(here, &["allOf", "anyOf", "oneOf"]).into_iter();
        ahead.try_for_each(|next| self.reaches_base(&next, seen))
    }

    /// The schemas that the one at `here` applies to the same value, those of `lists` among them.
    fn applied(&self, here: &Location, lists: &[&str]) -> Vec<Location> {
        let Some(schema) = self.document.value(here).and_then(Value::as_object) else {
            return Vec::new();
        };
        let lists = lists
            .iter()
            .flat_map(|list| self.document.elements(&here.member(list)));
        let single = SINGLE
            .iter()
            .filter(|keyword| schema.contains_key(**keyword));
        let single = single.map(|keyword| here.member(keyword));
        let target = schema.get("$ref").and_then(Value::as_str);
        let target = target.and_then(|it| self.document.target(here, it).ok());
        let dependent = here.member("dependentSchemas");
        let names = schema.get("dependentSchemas").and_then(Value::as_object);
        let dependent = names
            .into_iter()
            .flatten()
            .map(|(name, _)| dependent.member(name));
        lists.chain(single).chain(target).chain(dependent).collect()
    }
}
