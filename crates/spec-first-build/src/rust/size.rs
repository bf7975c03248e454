//! The sizes of values. Deeply nested structs would fill a thread's stack while they are decoded, and an enum is as large as
//! the largest of its variants: what is large is boxed.

use super::integer::Integer;
use super::item::{Item, Kind};
use super::kind::Type;
use super::primitive::Primitive;

/// A larger struct is boxed where another one holds it. In bytes.
const LARGE: usize = 1024;

/// How much larger than the next one a variant may be, in bytes; clippy draws the line at 200.
const UNEVEN: usize = 160;

/// Boxes the members that are too large. No item may hold itself.
pub fn box_large(items: &mut [Item]) {
    let mut sizes = vec![None; items.len()];
    for index in 0..items.len() {
        box_item(index, items, &mut sizes);
    }
}

/// Boxes what is too large in an item and in all that it holds; returns the item's own size.
fn box_item(index: usize, items: &mut [Item], sizes: &mut [Option<usize>]) -> usize {
    if let Some(known) = sizes[index] {
        return known;
    }
    for part in 0..items[index].types().len() {
        let held = items[index].types()[part].held().into_iter();
        let sizes_held: Vec<_> = held.map(|held| box_item(held, items, sizes)).collect();
        if sizes_held.into_iter().any(|size| size > LARGE) {
            items[index].types_mut()[part].boxed();
        }
    }
    let own = match &mut items[index].kind {
        Kind::Enum { .. } => 8,
        Kind::Newtype(kind) => size(kind, sizes),
        Kind::Struct { members, .. } => members.iter().map(|it| size(&it.kind, sizes)).sum(),
        Kind::Union { branches, .. } => {
            let variants = branches.iter_mut().map(|branch| &mut branch.kind);
            8 + box_uneven(variants.collect(), sizes)
        }
    };
    sizes[index] = Some(own);
    own
}

/// Boxes the variants that are far larger than the rest; the size of the largest that is left.
fn box_uneven(mut variants: Vec<&mut Type>, sizes: &[Option<usize>]) -> usize {
    variants.sort_by_key(|kind| size(kind, sizes));
    let sorted = variants.iter().map(|kind| size(kind, sizes));
    let sorted: Vec<_> = sorted.collect();
    let uneven = |index: &usize| sorted[*index] > sorted[index - 1] + UNEVEN;
    let first = (1..sorted.len()).find(uneven).unwrap_or(sorted.len());
    variants[first..].iter_mut().for_each(|kind| kind.boxed());
    first.checked_sub(1).map_or(0, |largest| sorted[largest])
}

/// The size of a value of this type, or a little more.
fn size(kind: &Type, sizes: &[Option<usize>]) -> usize {
    match kind {
        Type::Unit => 0,
        Type::Boxed(_) | Type::Shared(_) => 8,
        Type::Plain(primitive) => size_of_primitive(*primitive),
        Type::Set(_) => 72,
        Type::Items(_) | Type::Events(_) => 16,
        Type::File => 8,
        Type::Upload => 64,
        Type::Download => 128,
        Type::Given(_) | Type::List(_) | Type::Map(_) => 24,
        Type::Optional(inner) | Type::Field(inner) => 8 + size(inner, sizes),
        Type::Any(inner) => 8 + size(inner, sizes).max(72),
        Type::Tuple(kinds) => kinds.iter().map(|kind| size(kind, sizes)).sum(),
        Type::Named(index) => sizes[*index].unwrap_or_default(),
    }
}

fn size_of_primitive(primitive: Primitive) -> usize {
    match primitive {
        Primitive::Bool | Primitive::F64 | Primitive::Integer(Integer::I64 | Integer::U64) => 8,
        Primitive::Uuid => 16,
        Primitive::Value => 72,
        // None of the others is larger than a `String`.
        _ => 24,
    }
}
