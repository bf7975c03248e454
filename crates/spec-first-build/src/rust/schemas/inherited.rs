//! Schemas that others inherit from, with a discriminator: enums of the subtypes.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::gather::Object;
use super::{ItemBuilder, Shape};
use crate::naming;
use crate::rust::item::{Choice, Kind};
use crate::rust::kind::Type;
use crate::rust::rules::Rule;
use crate::rust::views::View;
use crate::text::Location;

/// One that inherits from a base.
struct Subtype {
    at: Location,
    /// The values of the discriminator's property that name it.
    names: Vec<String>,
}

impl ItemBuilder<'_> {
    /// The enum for a base: a variant for each subtype, and the last for the base itself. None if the schema is no such base.
    pub(super) fn family(&mut self, shape: &Shape, schema: &Map<String, Value>) -> Option<Type> {
        let discriminator = schema.get("discriminator")?;
        let property = discriminator["propertyName"].as_str()?;
        let subtypes = subtypes(discriminator)?;
        let base = self.gathered(shape.view, shape.at)?;
        let mut places: Vec<_> = subtypes.iter().map(|subtype| subtype.at.clone()).collect();
        if !self.is_abstract(shape.view, &base, property, &subtypes) {
            places.push(shape.at.clone());
        }
        let index = self.reserve(shape);
        let named = self.register(shape, index, !base.typed);
        let owner = self.items[index].name.clone();
        let kinds = places.iter().map(|at| self.alone(shape.view, at));
        let kinds: Vec<_> = kinds.collect();
        self.keep_property(property, &kinds);
        if kinds.len() > subtypes.len() && self.has_other_names(shape, &base, property, &subtypes) {
            self.keep_unnamed(&kinds[subtypes.len()]);
        }
        let branches: Vec<_> = (0..kinds.len()).collect();
        let mut branches = self.variants(kinds, &vec![None; branches.len()], &branches, &owner);
        for (branch, subtype) in branches.iter_mut().zip(&subtypes) {
            if self.has_subtypes(shape.view, &subtype.at) {
                let name = subtype.at.tokens().last().unwrap_or_default();
                branch.name = naming::pascal(&name);
            }
        }
        let own = self.own_names(shape, discriminator, &subtypes);
        let names = subtypes
            .iter()
            .map(|subtype| Some(subtype.names.clone()))
            .chain([own]);
        for (branch, names) in branches.iter_mut().zip(names) {
            branch.rules.extend(names.map(|names| Rule::Named {
                property: property.to_owned(),
                names,
            }));
        }
        self.items[index].kind = Kind::Union {
            branches,
            choice: Choice::Names {
                property: property.to_owned(),
                names: subtypes.into_iter().map(|subtype| subtype.names).collect(),
            },
        };
        Some(named)
    }

    /// The names of a base itself; none if they are not known. One that inherits from another base has them there.
    fn own_names(
        &self,
        shape: &Shape,
        discriminator: &Value,
        subtypes: &[Subtype],
    ) -> Option<Vec<String>> {
        if let Some(all) = discriminator["names"].as_array() {
            let own = all.iter().filter(|name| !names_subtype(name, subtypes));
            return Some(own.filter_map(Value::as_str).map(str::to_owned).collect());
        }
        let joined = self.views.joined(shape.view, shape.at).into_iter();
        let mut bases = joined.filter_map(|at| {
            let discriminator = &self.views.schema(shape.view, &at)["discriminator"];
            discriminator
                .get("names")
                .and(self::subtypes(discriminator))
        });
        bases.find_map(|subtypes| {
            let own = subtypes.into_iter().find(|subtype| subtype.at == *shape.at);
            own.map(|subtype| subtype.names)
        })
    }

    pub(super) fn has_subtypes(&self, view: View, at: &Location) -> bool {
        subtypes(&self.views.schema(view, at)["discriminator"]).is_some()
    }

    /// Whether every value of a base names a subtype, so that the base itself is none.
    fn is_abstract(&self, view: View, base: &Object, property: &str, subtypes: &[Subtype]) -> bool {
        let is_required = base.required.iter().any(|name| name == property);
        let mut lists = self.listed(view, base, property);
        is_required && lists.any(|values| values.iter().all(|value| names_subtype(value, subtypes)))
    }

    /// Whether the base accepts objects that name neither a subtype nor the base, and may yet have the members of a subtype.
    fn has_other_names(
        &self,
        shape: &Shape,
        base: &Object,
        property: &str,
        subtypes: &[Subtype],
    ) -> bool {
        let own = shape.at.tokens().last().unwrap_or_default();
        let is_other = |value: &Value| *value != own && !names_subtype(value, subtypes);
        let mut lists = self.listed(shape.view, base, property);
        lists.any(|values| values.iter().any(is_other))
            || !base.required.iter().any(|name| name == property)
    }

    /// The values that each part of a base lists for a property.
    fn listed<'b>(
        &'b self,
        view: View,
        base: &'b Object,
        property: &str,
    ) -> impl Iterator<Item = &'b Vec<Value>> {
        let mut described = base.properties.iter();
        let described = described.find(|(name, _)| name == property);
        let places = described.into_iter().flat_map(|(_, places)| places);
        places.filter_map(move |at| {
            let (at, _) = self.views.follow(at, "");
            self.views.schema(view, &at).get("enum")?.as_array()
        })
    }

    /// The struct for one schema of a family, without its subtypes.
    fn alone(&mut self, view: View, at: &Location) -> Type {
        let name = at.tokens().last().unwrap_or_default();
        if !self.has_subtypes(view, at) {
            return self.derive(view, at, &name).unwrapped();
        }
        let view = self.views.view(view, at);
        let key = (view, at.clone());
        if let Some(known) = self.alone.get(&key) {
            return known.clone();
        }
        let shape = Shape {
            view,
            at,
            hint: &format!("{name} base"),
            null: false,
            alone: true,
        };
        let kind = self.object(&shape).unwrapped();
        self.alone.insert(key, kind.clone());
        kind
    }
}

fn names_subtype(value: &Value, subtypes: &[Subtype]) -> bool {
    let mut names = subtypes.iter().flat_map(|subtype| &subtype.names);
    names.any(|name| value == name)
}

impl Type {
    /// The type without null and without what is no object.
    pub(super) fn unwrapped(self) -> Self {
        match self {
            Self::Optional(inner) | Self::Any(inner) => inner.unwrapped(),
            other => other,
        }
    }
}

/// The subtypes of a base, in the author's order; none if it has none.
fn subtypes(discriminator: &Value) -> Option<Vec<Subtype>> {
    let subtypes = discriminator.get("subtypes")?.as_array()?.iter();
    subtypes
        .map(|subtype| {
            let (file, pointer) = subtype["place"].as_str()?.split_once('#')?;
            let names = subtype["names"].as_array()?.iter();
            let names = names.map(|name| name.as_str().map(str::to_owned));
            Some(Subtype {
                at: Location {
                    file: Arc::from(file),
                    pointer: pointer.to_owned(),
                },
                names: names.collect::<Option<_>>()?,
            })
        })
        .collect()
}

/// That an object of the subtype at a place calls itself by one of its names, if the discriminator is one of its base.
pub(super) fn name_rule(discriminator: &Value, at: &Location) -> Option<Rule> {
    let subtypes = subtypes(discriminator)?.into_iter();
    let mut names = subtypes
        .filter(|subtype| subtype.at == *at)
        .map(|subtype| subtype.names);
    Some(Rule::Named {
        property: discriminator["propertyName"].as_str()?.to_owned(),
        names: names.next()?,
    })
}
