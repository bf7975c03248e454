//! Objects that keep what the spec does not name: exactly one branch of `oneOf` accepts a value, and once some of its members
//! are lost another branch may accept it as well.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::ItemBuilder;
use super::object::rest;
use crate::rust::item::{Kind, Member};
use crate::rust::kind::Type;
use crate::rust::primitive::Primitive;

/// Items that have to keep what the spec does not name, once all are known.
#[derive(Default)]
pub(super) struct Lossless {
    /// With all that they hold.
    deep: Vec<usize>,
    /// Unless they have this member, which a discriminator reads.
    discriminated: Vec<(usize, String)>,
    /// In itself alone.
    whole: Vec<usize>,
}

impl ItemBuilder<'_> {
    /// Notes that the branches of the union `schema`, whose types are `kinds`, are distinguished by what they accept.
    pub(super) fn keep_apart(&mut self, schema: &Map<String, Value>, kinds: &[Type]) {
        if let Some(discriminator) = schema.get("discriminator") {
            let property = discriminator["propertyName"].as_str().unwrap_or_default();
            self.keep_property(property, kinds);
        } else if schema.contains_key("oneOf") {
            let (objects, lists): (Vec<_>, Vec<_>) =
                kinds.iter().partition(|kind| self.may_be_object(kind));
            // A value is of one JSON type: the only branch of a type is never confused with another.
            let confused = [objects, lists].into_iter().filter(|kinds| kinds.len() > 1);
            let items = confused.flatten().flat_map(Type::named);
            self.lossless.deep.extend(items);
        }
    }

    /// Notes that values of these types keep the member that a discriminator reads.
    pub(super) fn keep_property(&mut self, property: &str, kinds: &[Type]) {
        let held = kinds.iter().flat_map(Type::held);
        let named = held.map(|index| (index, property.to_owned()));
        self.lossless.discriminated.extend(named);
    }

    /// Notes that values of this type keep what the spec does not name.
    pub(super) fn keep_unnamed(&mut self, kind: &Type) {
        self.lossless.whole.extend(kind.held());
    }

    /// Gives what was noted a field for all that the spec does not name.
    pub fn complete(&mut self) {
        let Lossless {
            mut deep,
            mut discriminated,
            whole,
        } = std::mem::take(&mut self.lossless);
        whole.into_iter().for_each(|index| self.keep_rest(index));
        let mut known = HashSet::new();
        while let Some((index, property)) = discriminated.pop() {
            if !known.insert((index, property.clone())) {
                continue;
            }
            let branches = self.items[index].branches().iter();
            let held = branches.flat_map(|branch| branch.kind.held());
            discriminated.extend(held.map(|held| (held, property.clone())));
            let mut members = self.items[index].members().iter();
            if !members.any(|member| member.wire.as_ref() == Some(&property)) {
                self.keep_rest(index);
            }
        }
        let mut seen = HashSet::new();
        while let Some(index) = deep.pop() {
            if seen.insert(index) {
                let kinds = self.items[index].types();
                deep.extend(kinds.into_iter().flat_map(Type::named));
                self.keep_rest(index);
            }
        }
    }

    fn may_be_object(&self, kind: &Type) -> bool {
        match kind {
            Type::Named(index) => match &self.items[*index].kind {
                Kind::Enum { .. } => false,
                Kind::Newtype(kind) => self.may_be_object(kind),
                Kind::Struct { .. } | Kind::Union { .. } => true,
            },
            Type::Optional(inner)
            | Type::Field(inner)
            | Type::Boxed(inner)
            | Type::Shared(inner) => self.may_be_object(inner),
            Type::Any(_) | Type::Map(_) | Type::Given(_) | Type::Plain(Primitive::Value) => true,
            _ => false,
        }
    }

    fn keep_rest(&mut self, index: usize) {
        if let Kind::Struct {
            members,
            closed: false,
            ..
        } = &mut self.items[index].kind
            && !members.iter().any(Member::is_rest)
        {
            members.push(rest(Type::VALUE.map(), members));
        }
    }
}
