//! Which types hold all of a value that is read, so that what they write is the value again.

use super::prover::Prover;
use crate::rust::item::{Kind, Member};
use crate::rust::kind::Type;
use crate::rust::primitive::Primitive;

impl Prover<'_> {
    /// Whether what a type writes is the very value that it was read from, up to the notation of numbers.
    pub(super) fn is_lossless(&self, kind: &Type) -> bool {
        self.is_lossless_within(kind, &mut Vec::new())
    }

    /// As [`Prover::is_lossless`], inside of items that are known.
    fn is_lossless_within(&self, kind: &Type, open: &mut Vec<usize>) -> bool {
        match kind {
            // A moment may be written in several time zones, a UUID in either case, a number with more digits.
            Type::Plain(Primitive::DateTime | Primitive::Uuid | Primitive::F32) => false,
            Type::Plain(_) => true,
            Type::List(inner)
            | Type::Set(inner)
            | Type::Map(inner)
            | Type::Optional(inner)
            | Type::Field(inner)
            | Type::Boxed(inner)
            | Type::Shared(inner) => self.is_lossless_within(inner, open),
            Type::Tuple(kinds) => kinds.iter().all(|kind| self.is_lossless_within(kind, open)),
            Type::Named(index) if open.contains(index) => true,
            Type::Named(index) => {
                open.push(*index);
                self.is_lossless_item(*index, open)
            }
            _ => false,
        }
    }

    fn is_lossless_item(&self, index: usize, open: &mut Vec<usize>) -> bool {
        let item = &self.model.items[index];
        match &item.kind {
            // A struct refuses members that it does not have, and one with a map for them those that are hidden.
            Kind::Struct { members, .. } => members.iter().all(|member| {
                is_written_as_read(member) && self.is_lossless_within(&member.kind, open)
            }),
            Kind::Enum { .. } => true,
            Kind::Newtype(inner) => self.is_lossless_within(inner, open),
            Kind::Union { branches, .. } => {
                let mut branches = branches.iter();
                branches.all(|branch| self.is_lossless_within(&branch.kind, open))
            }
        }
    }
}

/// Whether a member is absent from what is written if it was absent.
fn is_written_as_read(member: &Member) -> bool {
    let is_variant = member.is_rest() && !matches!(member.kind, Type::Map(_));
    member.default.is_none() && !is_variant
}
