//! Schemas that choose: `enum`, `oneOf` and `anyOf`.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{ItemBuilder, Shape};
use crate::naming;
use crate::rust::integer::Integer;
use crate::rust::item::{Branch, Choice, Kind, Variant};
use crate::rust::kind::Type;
use crate::rust::rules::Rule;
use crate::rust::union;
use crate::rust::views::View;
use crate::text::Location;

impl ItemBuilder<'_> {
    pub(super) fn enumeration(
        &mut self,
        shape: &Shape,
        words: &[&str],
        repr: Option<Integer>,
    ) -> Type {
        let mut seen = HashSet::new();
        let words: Vec<_> = words
            .iter()
            .copied()
            .filter(|word| seen.insert(*word))
            .collect();
        let names = self.variant_names(shape, &words, repr.is_some());
        let pairs = words.iter().zip(names);
        let variants = pairs.map(|(word, name)| Variant {
            wire: (*word).to_owned(),
            name,
        });
        let variants = variants.collect();
        let index = self.reserve(shape);
        self.items[index].kind = Kind::Enum { variants, repr };
        Type::Named(index)
    }

    /// Names for the values of an enum: the author's, or ones made from the values.
    fn variant_names(&self, shape: &Shape, words: &[&str], is_number: bool) -> Vec<String> {
        let chosen = self.views.variant_names(shape.view, shape.at);
        let chosen: Option<Vec<&str>> = words
            .iter()
            .map(|word| chosen.get(*word).copied())
            .collect();
        match chosen {
            Some(chosen) => naming::distinct(&chosen, naming::pascal),
            None if is_number => naming::distinct(words, |word| {
                naming::pascal(&format!("value {}", naming::spelled_out(word)))
            }),
            None => naming::distinct(words, naming::pascal),
        }
    }

    /// An enum with a variant for each branch of `oneOf` or `anyOf`, or the one type that all branches have.
    pub(super) fn union(&mut self, shape: &Shape, schema: &Map<String, Value>) -> Type {
        let keyword = union::keyword(schema).expect("this is only called for a union");
        let list = shape.at.member(keyword);
        let branches = union::branches(schema, keyword);
        let places: Vec<_> = branches.iter().map(|&index| list.element(index)).collect();
        let is_plain = union::is_plain(schema);
        if is_plain && places.iter().all(|at| self.is_scalar(shape.view, at)) {
            let kind = self.common(shape.view, &places, shape.hint);
            if kind != Type::VALUE {
                return shape.wrap(kind);
            }
        }
        let is_choice = is_plain || self.is_repeated(shape.view, schema, &places);
        if !is_choice || branches.is_empty() {
            let flattened = self.flattened(shape, schema);
            return flattened.unwrap_or_else(|| shape.wrap(Type::VALUE));
        }
        let index = self.reserve(shape);
        let named = self.register(shape, index, false);
        let owner = self.items[index].name.clone();
        let words = self.branch_names(shape.view, &places);
        let kinds = places.iter().zip(&words);
        let kinds: Vec<_> = kinds
            .map(|(at, word)| self.branch(shape.view, at, &owner, word.as_deref()))
            .collect();
        self.keep_apart(schema, &kinds);
        let mut variants = self.variants(kinds, &words, &branches, &owner);
        for (branch, at) in variants.iter_mut().zip(&places) {
            let hint = format!("{owner} {}", branch.name);
            branch.rules = self.rules(shape.view, at, &branch.kind, &hint);
            branch.rules.extend(name_rule(schema, branch.index));
        }
        self.items[index].kind = Kind::Union {
            branches: variants,
            choice: Choice::Schemas {
                view: shape.view,
                place: list,
                length: schema[keyword].as_array().map_or(0, Vec::len),
            },
        };
        named
    }

    /// The type of the branch at `at` of the union `owner`; `word` distinguishes it from the others.
    pub(super) fn branch(
        &mut self,
        view: View,
        at: &Location,
        owner: &str,
        word: Option<&str>,
    ) -> Type {
        let (target, called) = self.views.follow(at, "");
        if !called.is_empty() {
            return self.derive(view, at, &called);
        }
        let word = word.unwrap_or_else(|| union::describe(self.views.schema(view, &target)));
        self.derive(view, at, &format!("{owner} {word}"))
    }

    /// Variants for types, each with the index of its branch in the list, and with the word that names it, if there is one.
    pub(super) fn variants(
        &self,
        kinds: Vec<Type>,
        words: &[Option<String>],
        branches: &[usize],
        owner: &str,
    ) -> Vec<Branch> {
        let named = |kind| union::variant(kind, &self.items, owner);
        let names = kinds.iter().zip(words);
        let names: Vec<_> = names
            .map(|(kind, word)| word.clone().unwrap_or_else(|| named(kind)))
            .collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        let names = naming::distinct(&names, |name| name.replace(' ', ""));
        let variants = kinds.into_iter().zip(branches).zip(names);
        variants
            .map(|((kind, &index), name)| Branch {
                index,
                name,
                kind,
                rules: Vec::new(),
                rule_function: String::new(),
            })
            .collect()
    }

    /// Whether every branch has the members that the schema names in addition to the union, so that none is lost.
    fn is_repeated(&self, view: View, schema: &Map<String, Value>, branches: &[Location]) -> bool {
        let names = union::shared_members(schema);
        names.is_some_and(|names| {
            let mut branches = branches.iter();
            branches.all(|branch| self.names_all(view, branch, &names))
        })
    }

    pub(super) fn is_scalar(&self, view: View, at: &Location) -> bool {
        let (at, _) = self.views.follow(at, "");
        self.joint(view, &at).is_scalar()
    }
}

/// That an object calls itself by one of the names which the discriminator of its union has for a branch, if it has any.
fn name_rule(schema: &Map<String, Value>, index: usize) -> Option<Rule> {
    let discriminator = schema.get("discriminator")?;
    let names = discriminator["branches"].get(index)?.as_array()?.iter();
    let names: Option<Vec<_>> = names.map(|name| Some(name.as_str()?.to_owned())).collect();
    Some(Rule::Named {
        property: discriminator["propertyName"].as_str()?.to_owned(),
        names: names.filter(|names| !names.is_empty())?,
    })
}
