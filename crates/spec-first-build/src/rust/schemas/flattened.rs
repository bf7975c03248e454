//! Members beside `oneOf` or `anyOf`: a struct of them, with an enum of what the branches add, whose members are on the wire among
//! those of the struct.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::gather::{Additional, Object};
use super::{ItemBuilder, Shape, kinds};
use crate::naming;
use crate::rust::item::{Choice, Kind, Member};
use crate::rust::kind::Type;
use crate::rust::union;
use crate::rust::views::View;
use crate::text::Location;

/// What a schema with members and a union becomes.
struct Parts {
    /// The members, without the union.
    base: Object,
    /// The branches: their places in the list, and what each accepts.
    branches: Vec<(usize, Object)>,
}

impl ItemBuilder<'_> {
    /// The struct for a schema that describes members beside its union. None if a branch is no plain object, or depends on members
    /// that it does not name: it could not be chosen by its own members alone.
    pub(super) fn flattened(&mut self, shape: &Shape, schema: &Map<String, Value>) -> Option<Type> {
        let keyword = union::keyword(schema)?;
        let mut parts = self.parts(shape, schema, keyword)?;
        let property = schema.get("discriminator");
        let property = property.and_then(|it| it["propertyName"].as_str());
        let hidden = self.hidden(shape.view, &parts.base);
        parts.share(property.map(str::to_owned).into_iter().chain(hidden));
        let index = self.reserve(shape);
        let named = self.register(shape, index, false);
        let owner = self.items[index].name.clone();
        let Parts { base, branches } = parts;
        if base.properties.is_empty() {
            self.items[index].kind = self.alternatives(shape, schema, branches, &owner);
            return Some(named);
        }
        self.fill(shape, index, base.described());
        let members = self.items[index].members().iter();
        let names: HashSet<_> = members.map(|member| member.name.clone()).collect();
        let field = naming::free("variant", |name| !names.contains(name));
        let choice = self.reserve(&Shape {
            view: shape.view,
            at: &shape.at.member(keyword),
            hint: &format!("{owner} {field}"),
            null: false,
            alone: true,
        });
        self.items[choice].kind = self.alternatives(shape, schema, branches, &owner);
        if let Kind::Struct { members, .. } = &mut self.items[index].kind {
            members.push(Member {
                docs: vec!["What distinguishes one variant from another.".to_owned()],
                ..Member::plain(None, field, Type::Named(choice))
            });
        }
        Some(named)
    }

    fn parts(&self, shape: &Shape, schema: &Map<String, Value>, keyword: &str) -> Option<Parts> {
        if schema.contains_key("oneOf") && schema.contains_key("anyOf") {
            return None;
        }
        let base = self.gathered(shape.view, shape.at)?;
        if matches!(base.additional, Additional::Rejected) {
            return None;
        }
        let list = shape.at.member(keyword);
        let branches = union::branches(schema, keyword).into_iter();
        let branches = branches.map(|index| {
            let object = self.gathered(shape.view, &list.element(index))?;
            let is_plain = matches!(object.additional, Additional::Ignored);
            let has_members = !object.properties.is_empty();
            let is_object =
                base.typed || object.typed && !self.takes_null(shape.view, &list.element(index));
            (is_plain && has_members && is_object).then_some((index, object))
        });
        let branches: Vec<_> = branches.collect::<Option<_>>()?;
        (!branches.is_empty()).then_some(Parts { base, branches })
    }

    /// The members of an object that the application never sees. The branches drop them, since what the struct of the base does
    /// not have is theirs.
    fn hidden(&self, view: View, object: &Object) -> Vec<String> {
        let is_hidden = |at: &Location| self.views.is_hidden(view, at);
        let members = object.properties.iter();
        let hidden = members.filter(|(_, places)| places.iter().any(is_hidden));
        hidden.map(|(name, _)| name.clone()).collect()
    }

    fn takes_null(&self, view: View, at: &Location) -> bool {
        let (at, _) = self.views.follow(at, "");
        let schema = self.views.schema(view, &at).as_object();
        schema.is_some_and(|schema| kinds(schema).1)
    }

    /// The enum of the branches of a schema's union, which keep what the spec does not name: it may be another branch's.
    fn alternatives(
        &mut self,
        shape: &Shape,
        schema: &Map<String, Value>,
        branches: Vec<(usize, Object)>,
        owner: &str,
    ) -> Kind {
        let view = shape.view;
        let keyword = union::keyword(schema).expect("this is only called for a union");
        let list = shape.at.member(keyword);
        let indices: Vec<_> = branches.iter().map(|(index, _)| *index).collect();
        let places: Vec<_> = indices.iter().map(|&index| list.element(index)).collect();
        let words = self.branch_names(view, &places);
        let mut kinds = Vec::new();
        for ((at, (_, object)), word) in places.iter().zip(branches).zip(&words) {
            kinds.push(self.alternative(view, at, object, owner, word.as_deref()));
        }
        kinds.iter().for_each(|kind| self.keep_unnamed(kind));
        self.keep_apart(schema, &kinds);
        Kind::Union {
            branches: self.variants(kinds, &words, &indices, owner),
            choice: Choice::Schemas {
                view,
                place: list,
                length: schema[keyword].as_array().map_or(0, Vec::len),
            },
        }
    }

    /// The type of a branch: its own if that has all of the members that the branch needs, else a struct of these.
    fn alternative(
        &mut self,
        view: View,
        at: &Location,
        object: Object,
        owner: &str,
        word: Option<&str>,
    ) -> Type {
        let own = self.gathered(view, at);
        let is_component = self.views.follow(at, "").0 != *at;
        let is_own = own.is_some_and(|own| {
            let has_all = own.properties.len() == object.properties.len();
            has_all && (is_component || own.required.len() == object.required.len())
        });
        // What both views share is named by the first of them, unless it is a component.
        let is_named = is_component || self.views.view(view, at) == view;
        if is_own && object.typed && is_named {
            return self.branch(view, at, owner, word);
        }
        let (_, called) = self.views.follow(at, "object");
        let shape = Shape {
            view,
            at,
            hint: &format!("{owner} {}", word.unwrap_or(&called)),
            null: false,
            alone: true,
        };
        let index = self.reserve(&shape);
        self.fill(
            &shape,
            index,
            Object {
                typed: true,
                ..object
            },
        );
        Type::Named(index)
    }
}

impl Parts {
    /// Moves the members that some branch names, and those called `others`, from the base to all branches.
    fn share(&mut self, others: impl Iterator<Item = String>) {
        let branches = self.branches.iter().map(|(_, object)| object);
        let names = branches.flat_map(Object::names);
        let names: HashSet<_> = names.map(str::to_owned).chain(others).collect();
        let properties = std::mem::take(&mut self.base.properties).into_iter();
        let (shared, own) = properties.partition(|(name, _)| names.contains(name));
        self.base.properties = own;
        for (_, branch) in &mut self.branches {
            branch.include(&shared, &self.base.required);
        }
    }
}

impl Object {
    /// The members that it describes, without all others.
    fn described(mut self) -> Self {
        let described: HashSet<_> = self.properties.iter().map(|(name, _)| name).collect();
        self.required.retain(|name| described.contains(name));
        self.additional = Additional::Ignored;
        self
    }

    /// The members that it describes or requires.
    fn names(&self) -> impl Iterator<Item = &str> {
        let described = self.properties.iter().map(|(name, _)| name.as_str());
        described.chain(self.required.iter().map(String::as_str))
    }

    /// Adds members that it does not have at its end, and their places to those that it has; `required` are those that must be
    /// there.
    fn include(&mut self, members: &[(String, Vec<Location>)], required: &[String]) {
        for (name, places) in members {
            let mut own = self.properties.iter_mut();
            match own.find(|(known, _)| known == name) {
                Some((_, own)) => own.splice(..0, places.iter().cloned()).for_each(drop),
                None => self.properties.push((name.clone(), places.clone())),
            }
        }
        let new = required.iter().filter(|name| {
            let mut properties = self.properties.iter();
            properties.any(|(known, _)| known == *name) && !self.required.contains(name)
        });
        let new: Vec<_> = new.cloned().collect();
        self.required.extend(new);
    }
}
