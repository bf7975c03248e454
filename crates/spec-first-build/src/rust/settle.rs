//! What only the whole shows of each item: which way it goes, what stands behind a `Box`, who has rules.

use super::item::{Item, Kind, Type};
use super::module::Module;
use super::size::box_large;

/// Settles what only the whole shows: who is decoded, encoded and ruled, and what must stand behind a `Box`.
pub fn settle(modules: &[Module], items: &mut [Item]) {
    for method in modules.iter().flat_map(|module| &module.methods) {
        let (incoming, outgoing) = method.types();
        for kind in incoming {
            mark(kind, items, |item| {
                std::mem::replace(&mut item.decoded, true)
            });
        }
        // The mock reads its answers from the spec's examples, so what goes out is decoded, too.
        for kind in outgoing {
            mark(kind, items, |item| {
                std::mem::replace(&mut item.encoded, true)
            });
            mark(kind, items, |item| {
                std::mem::replace(&mut item.decoded, true)
            });
        }
    }
    encode_ruled(items);
    box_cycles(items);
    box_large(items);
    while spread_rules(items) {}
}

/// `validator` shows what breaks a rule, so the elements of a list with rules of its own must be encodable.
fn encode_ruled(items: &mut [Item]) {
    let members = items.iter().flat_map(Item::members);
    let ruled = members.filter(|member| !member.rules.is_empty());
    let kinds: Vec<_> = ruled.map(|member| member.kind.clone()).collect();
    for kind in &kinds {
        mark(kind, items, |item| {
            std::mem::replace(&mut item.encoded, true)
        });
    }
}

/// Marks every item that a type reaches; `mark` says whether it was marked before.
fn mark(kind: &Type, items: &mut [Item], mark_one: fn(&mut Item) -> bool) {
    let mut open: Vec<_> = kind.named().collect();
    while let Some(index) = open.pop() {
        if !mark_one(&mut items[index]) {
            open.extend(
                items[index]
                    .members()
                    .iter()
                    .flat_map(|member| member.kind.named()),
            );
        }
    }
}

/// A struct can't hold itself: the member that closes such a circle is boxed.
fn box_cycles(items: &mut [Item]) {
    for index in 0..items.len() {
        for member in 0..items[index].members().len() {
            let held = items[index].members()[member].kind.held();
            if held.into_iter().any(|held| holds(items, held, index)) {
                items[index].members_mut()[member].kind.boxed();
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
            open.extend(
                items[index]
                    .members()
                    .iter()
                    .flat_map(|member| member.kind.held()),
            );
        }
    }
    false
}

/// Carries rules from an item to those that hold it; whether anything changed.
fn spread_rules(items: &mut [Item]) -> bool {
    let mut changed = false;
    for index in 0..items.len() {
        let is_nested = match items[index].kind {
            Kind::Union { .. } => is_ruled_alone,
            _ => is_ruled,
        };
        let members = items[index].members().iter();
        let nested: Vec<_> = members
            .map(|member| is_nested(&member.kind, items))
            .collect();
        let item = &mut items[index];
        for (member, nested) in item.members_mut().iter_mut().zip(nested) {
            if nested && !member.rules.iter().any(|rule| rule == "nested") {
                member.rules.push("nested".to_owned());
            }
        }
        let ruled = item.members().iter().any(|member| !member.rules.is_empty());
        changed |= ruled && !std::mem::replace(&mut item.ruled, ruled);
    }
    changed
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
            Type::List(inner) => matches!(**inner, Type::Named(_)) && is_ruled(inner, items),
            _ => false,
        },
        _ => false,
    }
}
