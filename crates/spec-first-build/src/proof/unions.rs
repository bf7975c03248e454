//! What enums of several types, and single branches, enforce of `oneOf`, `anyOf` and `discriminator`.

use serde_json::{Map, Value, json};

use super::bodies::location;
use super::gap::Gap;
use super::prover::{Prover, Typed};
use crate::document::Document;
use crate::rust::item::{Choice, Kind};
use crate::rust::kind::Type;
use crate::rust::{Model, Separation};
use crate::schema::View;
use crate::text::Location;

/// The branches of a union of schemas.
struct Branches<'m> {
    places: Vec<Location>,
    /// The property that names a branch, and the names of each.
    discriminator: Option<(&'m str, &'m [Value])>,
    is_exclusive: bool,
}

impl<'m> Branches<'m> {
    fn new(at: &Location, keyword: &str, schema: &'m Map<String, Value>) -> Self {
        let list = at.member(keyword);
        let count = schema[keyword].as_array().map_or(0, Vec::len);
        let first = ["oneOf", "anyOf"].into_iter();
        let first = first
            .into_iter()
            .find(|keyword| schema.contains_key(*keyword));
        let discriminator = schema
            .get("discriminator")
            .filter(|_| first == Some(keyword));
        let discriminator = discriminator.and_then(|it| {
            let names = it.get("branches")?.as_array()?;
            Some((it.get("propertyName")?.as_str()?, names.as_slice()))
        });
        Self {
            places: (0..count).map(|index| list.element(index)).collect(),
            discriminator,
            is_exclusive: keyword == "oneOf",
        }
    }

    fn names(&self, index: usize) -> Option<&'m [Value]> {
        let names = self.discriminator?.1.get(index)?.as_array()?;
        Some(names.as_slice())
    }
}

/// The lists of schemas that the enums of a model are made from, for its contract.
pub fn unions(document: &Document, model: &Model, contract: &Value) -> Vec<Value> {
    model.unions(|view, list| Prover::new(document, model, contract, view).separation(list))
}

impl<'m> Prover<'m> {
    /// How a value is told to be of one schema of a list.
    fn separation(&self, list: &Location) -> Separation {
        let Some(branches) = self.branches(list) else {
            return Separation::default();
        };
        let mut indices = 0..branches.places.len();
        Separation {
            are_apart: indices.all(|index| self.is_the_only_one(&branches, index)),
            discriminator: self.discriminator(&branches),
        }
    }

    /// The property that names a branch for every value, and the names of each.
    fn discriminator(&self, branches: &Branches<'m>) -> Option<Value> {
        let (property, names) = branches.discriminator?;
        let count = branches.places.len();
        let is_named = |index: usize| {
            let mut others = (0..count).filter(|other| *other != index);
            branches.names(index).is_some_and(|names| !names.is_empty())
                && others.all(|other| self.are_named_apart(branches, index, other))
        };
        (count > 1 && (0..count).all(is_named))
            .then(|| json!({ "property": property, "names": names }))
    }

    /// The schemas of a list.
    fn branches(&self, list: &Location) -> Option<Branches<'m>> {
        let (at, keyword) = (list.parent()?, list.tokens().last()?);
        let schema = self.schema(&at).as_object()?;
        Some(Branches::new(&at, &keyword, schema))
    }

    /// `oneOf` and `anyOf`.
    pub(super) fn union(
        &mut self,
        typed: Typed<'m>,
        at: &Location,
        keyword: &str,
        schema: &'m Map<String, Value>,
    ) -> Result<(), Gap> {
        let branches = Branches::new(at, keyword, schema);
        let item = self.item(typed.kind);
        match item.map(|item| &item.kind) {
            Some(Kind::Union {
                branches: variants,
                choice: Choice::Schemas { place, .. },
            }) if *place == at.member(keyword) => {
                // One that is read is validated by the schemas of its branches, and one that is written by those of the others.
                if self.view == View::Request {
                    return Ok(());
                }
                variants.iter().try_for_each(|variant| {
                    self.branch(typed.variant(variant), &branches, variant.index)
                })
            }
            _ => self.one_branch(typed, &branches, &Gap::new(at, keyword)),
        }
    }

    /// Proves that one of the branches accepts every value of a type that is no enum of them.
    fn one_branch(
        &mut self,
        typed: Typed<'m>,
        branches: &Branches<'m>,
        gap: &Gap,
    ) -> Result<(), Gap> {
        for (index, place) in branches.places.iter().enumerate() {
            if self.attempt(typed, place).is_ok()
                && self.branch(typed, branches, index).is_ok()
                && self.is_the_only_one(branches, index)
            {
                return Ok(());
            }
        }
        Err(gap.clone())
    }

    /// Proves that a branch, with what a discriminator requires of it, accepts every value of a type.
    fn branch(
        &mut self,
        typed: Typed<'m>,
        branches: &Branches<'m>,
        index: usize,
    ) -> Result<(), Gap> {
        let place = &branches.places[index];
        self.prove(typed, place)?;
        let Some((property, all)) = branches.discriminator else {
            return Ok(());
        };
        let known: Vec<_> = all.iter().filter_map(Value::as_array).flatten().collect();
        let values = self.member_values(typed, property);
        let is_named = match (branches.names(index), values) {
            _ if !self.may_be(typed.kind, &["object"]) => true,
            (Some([]), Ok(values)) => values.iter().all(|value| !known.contains(&value)),
            (Some(names), Ok(values)) => values.iter().all(|value| names.contains(value)),
            (None, Ok(values)) => values.is_empty(),
            (_, Err(())) => false,
        };
        match is_named {
            true => Ok(()),
            false => Err(Gap::new(place, "discriminator")),
        }
    }

    /// Whether no value of a branch is one of another branch, where that matters.
    fn is_the_only_one(&self, branches: &Branches<'m>, index: usize) -> bool {
        let place = &branches.places[index];
        let mut others = branches.places.iter().enumerate();
        !branches.is_exclusive
            || others.all(|(other, it)| {
                other == index
                    || self.are_disjoint(place, it)
                    || self.are_named_apart(branches, index, other)
            })
    }

    /// Whether a discriminator keeps two branches apart: both require its property, and share no name.
    fn are_named_apart(&self, branches: &Branches<'m>, one: usize, other: usize) -> bool {
        let Some((property, _)) = branches.discriminator else {
            return false;
        };
        let (Some(names), Some(others)) = (branches.names(one), branches.names(other)) else {
            return false;
        };
        let requires = |index: usize| self.requires(&branches.places[index], property);
        let are_named = !names.is_empty() || !others.is_empty();
        are_named
            && requires(one)
            && requires(other)
            && names.iter().all(|name| !others.contains(name))
    }

    /// `discriminator` of a base: its property has one of the names, and what each subtype adds is proven where an object names it.
    pub(super) fn names_itself(
        &mut self,
        typed: Typed<'m>,
        at: &Location,
        discriminator: &'m Value,
    ) -> Result<(), Gap> {
        let names = discriminator.get("names").and_then(Value::as_array);
        let (true, Some(names)) = (self.may_be(typed.kind, &["object"]), names) else {
            return Ok(());
        };
        let gap = || Gap::new(at, "discriminator");
        let property = discriminator["propertyName"].as_str().ok_or_else(gap)?;
        let values = self.member_values(typed, property).map_err(|()| gap())?;
        if !values.iter().all(|value| names.contains(value)) {
            return Err(gap());
        }
        let subtypes = discriminator["subtypes"].as_array().into_iter().flatten();
        for subtype in subtypes {
            let all = subtype["all"].as_array();
            let is_named = |value| all.is_some_and(|all| all.contains(value));
            if values.iter().any(is_named) {
                self.has_parts_of(typed, subtype)?;
            }
        }
        Ok(())
    }

    /// Proves what a subtype adds to its base: schemas, and the keywords of schemas without those that include the base.
    fn has_parts_of(&mut self, typed: Typed<'m>, subtype: &'m Value) -> Result<(), Gap> {
        let places = |list: &str| {
            let places = subtype[list].as_array().into_iter().flatten();
            places.map(location).collect::<Vec<_>>()
        };
        for place in places("places") {
            self.prove(typed, &place)?;
        }
        for place in places("own") {
            let schema = self.schema(&place).as_object().into_iter();
            let keywords = schema.flat_map(|schema| schema.iter().map(move |it| (it, schema)));
            for ((keyword, value), schema) in keywords {
                if !matches!(keyword.as_str(), "allOf" | "$ref" | "discriminator") {
                    self.keyword(typed, &place, (keyword, value), schema)?;
                }
            }
        }
        Ok(())
    }

    /// The JSON types of the values of an enum of several types.
    pub(super) fn types_of_variants(&self, kind: &Type, depth: usize) -> Option<Vec<&'static str>> {
        let item = self.item(kind)?;
        let types = item.branches().iter();
        let types = types.map(|branch| self.types_within(&branch.kind, depth));
        let types: Option<Vec<_>> = types.collect();
        types.map(|types| types.concat())
    }
}
