//! Schemas that choose: `enum`, `oneOf` and `anyOf`.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{Schemas, Shape, kinds};
use crate::location::Location;
use crate::rust::item::{Kind, Member, Type, Variant};
use crate::rust::views::View;
use crate::rust::{names, union};

impl Schemas<'_> {
    pub(super) fn enumeration(
        &mut self,
        shape: &Shape,
        words: &[&str],
        repr: Option<&'static str>,
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

    /// Names for the values of an enum: the author's, or what the values themselves say.
    fn variant_names(&self, shape: &Shape, words: &[&str], is_number: bool) -> Vec<String> {
        let chosen = self.views.variant_names(shape.at);
        let chosen: Option<Vec<&str>> = words
            .iter()
            .map(|word| chosen.get(*word).copied())
            .collect();
        match chosen {
            Some(chosen) => names::distinct(&chosen, names::pascal),
            None if is_number => names::distinct(words, |word| {
                names::pascal(&format!("value {}", names::spelled_out(word)))
            }),
            None => names::distinct(words, names::pascal),
        }
    }

    /// An enum with a variant for each branch of `oneOf` or `anyOf`, or the one type that all branches have.
    pub(super) fn union(&mut self, shape: &Shape, schema: &Map<String, Value>) -> Type {
        let keyword = union::keyword(schema).expect("only a union gets here");
        let place = shape.at.member(keyword);
        let branches = union::branches(schema, keyword);
        if union::is_plain(schema)
            && branches
                .iter()
                .all(|&index| self.is_scalar(shape.view, &place.element(index)))
        {
            let kinds: Vec<_> = branches
                .iter()
                .map(|&index| self.derive(shape.view, &place.element(index), shape.hint))
                .collect();
            if kinds.windows(2).all(|pair| pair[0] == pair[1]) {
                return kinds
                    .first()
                    .cloned()
                    .map_or(Type::Plain("Value"), |kind| shape.wrap(kind));
            }
        }
        let is_choice = union::is_plain(schema) || self.is_repeated(shape, schema, &branches);
        if !is_choice || branches.is_empty() {
            return shape.wrap(Type::Plain("Value"));
        }
        let index = self.reserve(shape);
        let named = self.settle(shape, index, false);
        let owner = self.items[index].name.clone();
        let mut members: Vec<Member> = Vec::new();
        for branch in branches {
            let at = place.element(branch);
            let (target, called) = self.views.follow(&at, "");
            let hint = if called.is_empty() {
                format!(
                    "{owner} {}",
                    union::describe(self.views.schema(shape.view, &target))
                )
            } else {
                called
            };
            let kind = self.derive(shape.view, &at, &hint);
            let name = union::variant(&kind, &self.items, &owner);
            let taken = members
                .iter()
                .filter(|member| member.name.trim_end_matches(char::is_numeric) == name)
                .count();
            members.push(Member {
                wire: Some(branch.to_string()),
                name: if taken == 0 {
                    name
                } else {
                    format!("{name}{}", taken + 1)
                },
                docs: Vec::new(),
                kind,
                optional: false,
                rules: Vec::new(),
                default: None,
            });
        }
        let all = schema[keyword].as_array().map_or(0, Vec::len);
        self.items[index].kind = Kind::Union {
            members,
            view: shape.view,
            place,
            branches: all,
        };
        named
    }

    /// Whether every branch has the members that the schema names beside the union, so that none is lost.
    fn is_repeated(&self, shape: &Shape, schema: &Map<String, Value>, branches: &[usize]) -> bool {
        let Some(names) = union::members_beside(schema) else {
            return false;
        };
        let list = union::keyword(schema).map(|keyword| shape.at.member(keyword));
        list.is_some_and(|list| {
            let mut branches = branches.iter().map(|&index| list.element(index));
            branches.all(|branch| self.names_all(shape.view, &branch, &names))
        })
    }

    pub(super) fn is_scalar(&self, view: View, at: &Location) -> bool {
        let (at, _) = self.views.follow(at, "");
        let schema = self.views.schema(view, &at).as_object();
        schema.is_some_and(|schema| {
            matches!(
                kinds(schema).0.as_slice(),
                ["string" | "integer" | "number" | "boolean"]
            ) && !schema.contains_key("enum")
        })
    }
}
