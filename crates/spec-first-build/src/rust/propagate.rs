//! What depends on all items: which members are boxed, and which values have rules.

use super::item::{Item, Kind, Member};
use super::kind::Type;
use super::rules::Rule;
use super::size::box_large;

/// Completes the items with what depends on all of them.
pub fn propagate(items: &mut [Item]) {
    box_cycles(items);
    box_large(items);
    while spread_rules(items) {}
}

/// A struct can't hold itself: the member that closes such a circle is boxed, or a variant if only enums are in it.
fn box_cycles(items: &mut [Item]) {
    let is_union = |item: &Item| matches!(item.kind, Kind::Union { .. });
    let (unions, structs): (Vec<usize>, Vec<usize>) =
        (0..items.len()).partition(|&index| is_union(&items[index]));
    for index in structs.into_iter().chain(unions) {
        for part in 0..items[index].types().len() {
            let held = items[index].types()[part].held();
            if held.into_iter().any(|held| holds(items, held, index)) {
                items[index].types_mut()[part].boxed();
            }
        }
    }
}

/// Whether a value of the item `from` holds a value of the item `target` in itself.
fn holds(items: &[Item], from: usize, target: usize) -> bool {
    let mut seen = vec![false; items.len()];
    let mut open = vec![from];
    while let Some(index) = open.pop() {
        if index == target {
            return true;
        }
        if !std::mem::replace(&mut seen[index], true) {
            open.extend(items[index].types().into_iter().flat_map(Type::held));
        }
    }
    false
}

/// Marks the items that hold a ruled one; whether anything changed.
fn spread_rules(items: &mut [Item]) -> bool {
    let mut changed = false;
    for index in 0..items.len() {
        let kinds = items[index].types().into_iter();
        let nested: Vec<_> = match items[index].kind {
            Kind::Union { .. } => kinds.map(|kind| is_ruled_alone(kind, items)).collect(),
            _ => kinds.map(|kind| is_ruled(kind, items)).collect(),
        };
        let item = &mut items[index];
        let ruled = match &mut item.kind {
            Kind::Struct { members, .. } => nest(members, &nested),
            Kind::Union { branches, .. } => {
                let pairs = branches.iter_mut().zip(&nested);
                pairs.for_each(|(branch, nested)| branch.ruled = *nested);
                nested.contains(&true)
            }
            // What leads back to a list or a map over lists and maps alone has no rules.
            Kind::Newtype(_) | Kind::Enum { .. } => false,
        };
        changed |= ruled && !std::mem::replace(&mut item.ruled, ruled);
    }
    changed
}

/// Adds the rule for the members whose values are `nested`, ruled ones; whether any member has rules.
fn nest(members: &mut [Member], nested: &[bool]) -> bool {
    for (member, is_nested) in members.iter_mut().zip(nested) {
        if *is_nested && !member.rules.contains(&Rule::Nested) {
            member.rules.push(Rule::Nested);
        }
    }
    members.iter().any(|member| !member.rules.is_empty())
}

/// Whether `validator` finds rules in a value of this type that is no field: there it does not look into an `Option`.
pub fn is_ruled_alone(kind: &Type, items: &[Item]) -> bool {
    !matches!(kind, Type::Optional(_)) && is_ruled(kind, items)
}

/// Whether `validator` finds rules in a field of this type.
fn is_ruled(kind: &Type, items: &[Item]) -> bool {
    match kind {
        Type::Named(index) => items[*index].ruled,
        Type::Optional(inner) | Type::List(inner) => match &**inner {
            Type::Named(index) => items[*index].ruled,
            Type::Shared(inner) => is_ruled(inner, items),
            Type::List(inner) => matches!(**inner, Type::Named(_)) && is_ruled(inner, items),
            _ => false,
        },
        _ => false,
    }
}
