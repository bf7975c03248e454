//! The names of generated functions: in the file of routes one for each method, in the file of types those that the attributes
//! of fields refer to.

use std::collections::HashSet;

use super::item::{Item, Kind, Member};
use super::kind::Type;
use super::module::Module;
use super::rules::Rule;
use crate::naming;

/// Names that the file of routes uses for something else.
const ROUTES_NAMES: [&str; 5] = ["app", "mount", "routes", "no_rules", "security"];

/// Names the functions of the routes: like the methods, with the module in front where another module has such a method.
pub fn name_routes(modules: &mut [Module]) {
    let methods = modules.iter().flat_map(|module| &module.methods);
    let methods: Vec<_> = methods.map(|method| method.name.clone()).collect();
    let count = |name: &str| methods.iter().filter(|other| *other == name).count();
    let mut taken = HashSet::new();
    for module in modules {
        for method in &mut module.methods {
            let is_free = count(&method.name) < 2 && !ROUTES_NAMES.contains(&method.name.as_str());
            let mut name = method.name.clone();
            if !is_free {
                name = naming::joined(&module.name, &name);
                while count(&name) > 0 {
                    name = naming::joined(&name, "operation");
                }
            }
            method.function = naming::free(&name, |name| !taken.contains(name));
            taken.insert(method.function.clone());
        }
    }
}

/// A function that checks rules which have no attribute.
#[derive(Debug)]
pub struct RuleFunction {
    pub name: String,
    /// The type of what is checked.
    pub kind: Type,
    pub rules: Vec<Rule>,
    pub caller: Caller,
}

/// Who calls a function for rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// `validator`, for a member of the item with a number: it hands over a number itself, and a reference to anything else.
    Member(usize),
    /// The `Validate` of the item, with a reference to it, or to the value of a variant.
    Item(usize),
    /// The route of a body, with a reference to it.
    Route,
}

impl Caller {
    /// The item that the function belongs to.
    pub fn item(self) -> Option<usize> {
        match self {
            Self::Member(index) | Self::Item(index) => Some(index),
            Self::Route => None,
        }
    }

    fn is_like(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }
}

/// The functions of the file of types.
#[derive(Default)]
struct Helpers {
    taken: HashSet<String>,
    rules: Vec<RuleFunction>,
}

impl Helpers {
    fn free(&mut self, name: &str) -> String {
        let name = naming::free(&naming::snake(name), |name| !self.taken.contains(name));
        self.taken.insert(name.clone());
        name
    }

    /// The function for rules: one that there is, or a new one named after `hint`.
    fn rule(&mut self, kind: &Type, rules: Vec<Rule>, caller: Caller, hint: &str) -> String {
        let mut known = self.rules.iter();
        let known = known.find(|known| {
            known.caller.is_like(caller) && known.kind == *kind && known.rules == rules
        });
        if let Some(known) = known {
            return known.name.clone();
        }
        let name = self.free(&format!("check {hint}"));
        self.rules.push(RuleFunction {
            name: name.clone(),
            kind: kind.clone(),
            rules,
            caller,
        });
        name
    }
}

/// Names the functions that give defaults, that decode what the spec does not name, and that check rules. Returns the last.
pub fn name_helpers(items: &mut [Item], modules: &mut [Module]) -> Vec<RuleFunction> {
    let mut helpers = Helpers::default();
    for (index, item) in items.iter_mut().enumerate() {
        let owner = item.name.clone();
        if let Kind::Struct { members, .. } = &mut item.kind {
            name_member_helpers(members, index, &owner, &mut helpers);
        }
        item.rest_function = helpers.free(&format!("{owner} additional"));
        if !item.rules.is_empty() {
            let rules = item.rules.clone();
            item.rule_function =
                helpers.rule(&Type::Named(index), rules, Caller::Item(index), &owner);
        }
        if let Kind::Union { branches, .. } = &mut item.kind {
            for branch in branches {
                if !branch.rules.is_empty() && !is_nested_alone(&branch.kind, &branch.rules) {
                    let hint = format!("{owner} {}", branch.name);
                    let rules = branch.rules.clone();
                    branch.rule_function =
                        helpers.rule(&branch.kind, rules, Caller::Item(index), &hint);
                }
            }
        }
    }
    for method in modules.iter_mut().flat_map(|module| &mut module.methods) {
        let name = method.name.trim_start_matches("r#").to_owned();
        for (kind, body) in method.ruled_bodies_mut() {
            let validated = kind.validated().filter(|_| !body.rules.is_empty());
            if let Some(kind) = validated.filter(|kind| !is_nested(kind, &body.rules)) {
                body.function = helpers.rule(kind, body.rules.clone(), Caller::Route, &name);
            }
        }
    }
    helpers.rules
}

fn name_member_helpers(members: &mut [Member], index: usize, owner: &str, helpers: &mut Helpers) {
    for member in members {
        let name = member.name.trim_start_matches("r#");
        if member.default.is_some() {
            member.default_function = helpers.free(&format!("{owner} {name} default"));
        }
        let (_, rules) = member.rules_by_form();
        if !rules.is_empty() {
            let hint = format!("{owner} {name}");
            let rules = rules.into_iter().cloned().collect();
            member.rule_function =
                helpers.rule(present(&member.kind), rules, Caller::Member(index), &hint);
        }
    }
}

/// What `validator` hands to the function of a member: it looks into an `Option`.
fn present(kind: &Type) -> &Type {
    match kind {
        Type::Optional(inner) => present(inner),
        other => other,
    }
}

impl Member {
    /// The rules that have attributes, and those that are left to a function.
    pub fn rules_by_form(&self) -> (Vec<&Rule>, Vec<&Rule>) {
        self.rules.iter().partition(|rule| match rule {
            Rule::Length { .. } | Rule::Range(_) => true,
            rule => is_nested(present(&self.kind), std::slice::from_ref(rule)),
        })
    }
}

/// Whether the rules are no others than those of one item.
fn is_nested_alone(kind: &Type, rules: &[Rule]) -> bool {
    rules == [Rule::Nested] && is_nested(kind, rules)
}

/// Whether the rules are no others than those of the items in a value, where `validator` finds them itself.
pub fn is_nested(kind: &Type, rules: &[Rule]) -> bool {
    match (kind, rules) {
        (Type::Boxed(inner) | Type::Shared(inner), _) => {
            matches!(**inner, Type::Named(_)) && rules == [Rule::Nested]
        }
        (Type::Named(_), [Rule::Nested]) => true,
        (Type::List(inner), [Rule::Each(rules)]) => match &**inner {
            Type::Shared(inner) => is_nested(inner, rules),
            inner => is_nested(inner, rules) && !matches!(inner, Type::Boxed(_)),
        },
        _ => false,
    }
}
