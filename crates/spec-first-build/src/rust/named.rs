//! Which rules reject values that a schema may accept: those by which a subtype, or a variant of a union, has to call itself by one of
//! its names. The proof needs them, since what a subtype adds to its base depends on the name that a value has.

use super::item::Item;
use super::kind::Type;
use super::rules::Rule;

/// Whether such a rule is among the rules of a value, or among those of what it holds.
pub fn has_names(kind: &Type, rules: &[Rule], items: &[Item]) -> bool {
    is_among(rules, &is_name)
        || is_among(rules, &|rule| *rule == Rule::Nested) && holds_named(kind, items)
}

fn is_name(rule: &Rule) -> bool {
    matches!(rule, Rule::Named { .. })
}

fn is_among(rules: &[Rule], is_meant: &dyn Fn(&Rule) -> bool) -> bool {
    rules.iter().any(|rule| match rule {
        Rule::Each(rules) => is_among(rules, is_meant),
        Rule::Places(places) => places.iter().any(|rules| is_among(rules, is_meant)),
        rule => is_meant(rule),
    })
}

/// Whether an item that a value may hold has such a rule, or a variant of it.
fn holds_named(kind: &Type, items: &[Item]) -> bool {
    let mut seen = vec![false; items.len()];
    let mut open: Vec<_> = kind.named().collect();
    while let Some(index) = open.pop() {
        if std::mem::replace(&mut seen[index], true) {
            continue;
        }
        let item = &items[index];
        let mut branches = item.branches().iter();
        if is_among(&item.rules, &is_name) || branches.any(|it| is_among(&it.rules, &is_name)) {
            return true;
        }
        open.extend(item.types().into_iter().flat_map(Type::named));
    }
    false
}
