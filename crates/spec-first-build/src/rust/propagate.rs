//! What depends on all items: which members are boxed, and which values have rules.

use super::item::{Item, Kind};
use super::kind::Type;
use super::module::Module;
use super::rules::{self, Rule};
use super::size::box_large;

/// Completes the items with what depends on all of them.
pub fn propagate(items: &mut [Item]) {
    box_cycles(items);
    box_large(items);
    items.iter_mut().for_each(keep_names_apart);
    keep_names_of_texts(items);
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
        let nested: Vec<_> = kinds.map(|kind| nested(kind, items)).collect();
        let item = &mut items[index];
        let own = &mut item.rules;
        let mut all: Vec<&mut Vec<Rule>> = match &mut item.kind {
            Kind::Struct { members, .. } => members.iter_mut().map(|it| &mut it.rules).collect(),
            Kind::Union { branches, .. } => branches.iter_mut().map(|it| &mut it.rules).collect(),
            Kind::Newtype(_) => vec![own],
            Kind::Enum { .. } => Vec::new(),
        };
        for (rules, nested) in all.iter_mut().zip(nested) {
            rules::merge(rules, nested);
        }
        let is_ruled = all.iter().any(|rules| !rules.is_empty()) || !item.rules.is_empty();
        changed |= is_ruled && !std::mem::replace(&mut item.ruled, is_ruled);
    }
    changed
}

/// Adds the names that are the struct's own to the rules of its map for all others: a value of the map has no other schema.
fn keep_names_apart(item: &mut Item) {
    let Kind::Struct {
        members, hidden, ..
    } = &mut item.kind
    else {
        return;
    };
    let wires = members.iter().filter_map(|member| member.wire.clone());
    let names: Vec<_> = wires.chain(hidden.iter().cloned()).collect();
    let mut rests = members.iter_mut().filter(|member| member.is_rest());
    let rest = rests
        .next()
        .filter(|rest| matches!(rest.kind, Type::Map(_)));
    if let Some(rest) = rest.filter(|_| !names.is_empty()) {
        rules::merge(&mut rest.rules, vec![Rule::Unnamed(names)]);
    }
}

/// Removes the rules for names that types enforce, or have no text for.
fn keep_names_of_texts(items: &mut [Item]) {
    for index in 0..items.len() {
        let own = kept(items, &Type::Named(index), &items[index].rules);
        items[index].rules = own;
    }
    for index in 0..items.len() {
        let kept = items[index].branches().iter().map(|branch| {
            let mut rules = kept(items, &branch.kind, &branch.rules);
            let held = branch.kind.named().next();
            let of_type = held.map_or(&[][..], |held| &items[held].rules);
            rules.retain(|rule| !matches!(rule, Rule::Named { .. }) || !of_type.contains(rule));
            rules
        });
        let kept: Vec<_> = kept.collect();
        if let Kind::Union { branches, .. } = &mut items[index].kind {
            for (branch, rules) in branches.iter_mut().zip(kept) {
                branch.rules = rules;
            }
        }
    }
}

/// The rules of a value, without those for names that its type enforces, or has no text for.
fn kept(items: &[Item], kind: &Type, rules: &[Rule]) -> Vec<Rule> {
    let is_kept = |rule: &&Rule| match rule {
        Rule::Named { property, names } => {
            let text = Item::text(items, kind, property);
            text.is_some_and(|(.., kind)| !is_one_of(items, kind, names))
        }
        _ => true,
    };
    rules.iter().filter(is_kept).cloned().collect()
}

/// Whether a type has no other texts than some.
fn is_one_of(items: &[Item], kind: &Type, texts: &[String]) -> bool {
    match kind {
        Type::Named(index) => match &items[*index].kind {
            Kind::Enum { variants, .. } => variants.iter().all(|it| texts.contains(&it.wire)),
            _ => false,
        },
        _ => false,
    }
}

/// Adds the rules of what bodies hold.
pub fn complete_bodies(modules: &mut [Module], items: &[Item]) {
    for method in modules.iter_mut().flat_map(|module| &mut module.methods) {
        for (kind, rules) in method.ruled_bodies_mut() {
            let nested = kind.validated().map(|kind| nested(kind, items));
            rules::merge(&mut rules.rules, nested.unwrap_or_default());
        }
    }
}

/// The rules of a value because of what it holds: items with rules.
pub fn nested(kind: &Type, items: &[Item]) -> Vec<Rule> {
    let each = |inner| {
        let rules = nested(inner, items);
        let each = (!rules.is_empty()).then_some(Rule::Each(rules));
        each.into_iter().collect()
    };
    match kind {
        Type::Named(index) if items[*index].ruled => vec![Rule::Nested],
        Type::Optional(inner) | Type::Field(inner) | Type::Boxed(inner) | Type::Shared(inner) => {
            nested(inner, items)
        }
        Type::List(inner) | Type::Set(inner) | Type::Map(inner) => each(inner),
        Type::Tuple(kinds) => {
            let places: Vec<_> = kinds.iter().map(|kind| nested(kind, items)).collect();
            let is_ruled = places.iter().any(|rules| !rules.is_empty());
            is_ruled
                .then_some(Rule::Places(places))
                .into_iter()
                .collect()
        }
        _ => Vec::new(),
    }
}
