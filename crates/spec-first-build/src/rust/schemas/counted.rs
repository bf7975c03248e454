//! Objects that lose nothing, since what the spec does not name counts: exactly one branch of `oneOf` accepts a value, and
//! without some of its members another might accept it as well.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::Schemas;
use super::object::rest;
use crate::rust::item::{Kind, Type};

/// Items that have to keep what the spec does not name, once all are known.
#[derive(Default)]
pub(super) struct Counted {
    /// With all that they hold.
    whole: Vec<usize>,
    /// Unless they have this member, by which a discriminator tells them apart.
    named: Vec<(usize, String)>,
}

impl Schemas<'_> {
    /// Remembers that the branches of the union `schema`, whose types are `kinds`, are told apart by what they accept.
    pub(super) fn count(&mut self, schema: &Map<String, Value>, kinds: &[Type]) {
        if let Some(discriminator) = schema.get("discriminator") {
            let property = discriminator["propertyName"].as_str().unwrap_or_default();
            let held = kinds.iter().flat_map(Type::held);
            let named = held.map(|index| (index, property.to_owned()));
            self.counted.named.extend(named);
        } else if schema.contains_key("oneOf") {
            let (objects, lists): (Vec<_>, Vec<_>) =
                kinds.iter().partition(|kind| self.may_be_object(kind));
            // A value is of one JSON type, so that one branch of a type has no rival.
            let rivals = [objects, lists].into_iter().filter(|kinds| kinds.len() > 1);
            let items = rivals.flatten().flat_map(Type::named);
            self.counted.whole.extend(items);
        }
    }

    /// Gives what was remembered a field for all that the spec does not name.
    pub fn complete(&mut self) {
        let Counted { mut whole, named } = std::mem::take(&mut self.counted);
        for (index, property) in named {
            let mut members = self.items[index].members().iter();
            if !members.any(|member| member.wire.as_ref() == Some(&property)) {
                self.keep_rest(index);
            }
        }
        let mut seen = HashSet::new();
        while let Some(index) = whole.pop() {
            if seen.insert(index) {
                let members = self.items[index].members().iter();
                whole.extend(members.flat_map(|member| member.kind.named()));
                self.keep_rest(index);
            }
        }
    }

    fn may_be_object(&self, kind: &Type) -> bool {
        match kind {
            Type::Named(index) => !matches!(self.items[*index].kind, Kind::Enum { .. }),
            Type::Optional(inner) | Type::Field(inner) | Type::Boxed(inner) => {
                self.may_be_object(inner)
            }
            Type::Any(_) | Type::Map(_) | Type::Given(_) | Type::Plain("Value") => true,
            _ => false,
        }
    }

    fn keep_rest(&mut self, index: usize) {
        if let Kind::Struct {
            members,
            closed: false,
            ..
        } = &mut self.items[index].kind
            && members.iter().all(|member| member.wire.is_some())
        {
            members.push(rest(Type::Plain("Value").map(), members));
        }
    }
}
