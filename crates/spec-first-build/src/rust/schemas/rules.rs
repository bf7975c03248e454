//! The rules of values: those of their schemas, and those of what they hold.

use serde_json::{Map, Value};

use super::array::Elements;
use super::{ItemBuilder, inherited};
use crate::rust::kind::Type;
use crate::rust::rules::{self, Rule, keywords, value_type};
use crate::rust::views::View;
use crate::text::Location;

impl ItemBuilder<'_> {
    /// The rules for a value of type `kind` whose schema is at `at`. `hint` names the constants for them.
    pub fn rules(&mut self, view: View, at: &Location, kind: &Type, hint: &str) -> Vec<Rule> {
        let mut rules = Vec::new();
        for at in self.views.joined(view, at) {
            let Value::Object(schema) = self.views.schema(view, &at) else {
                continue;
            };
            let own = rules::rules(schema, kind, hint, &mut self.constants);
            rules::merge(&mut rules, own);
            let parts = self.part_rules(view, &at, schema, value_type(kind), hint);
            rules::merge(&mut rules, parts);
        }
        rules
    }

    /// The rules of what the value holds.
    fn part_rules(
        &mut self,
        view: View,
        at: &Location,
        schema: &Map<String, Value>,
        kind: &Type,
        hint: &str,
    ) -> Vec<Rule> {
        match kind {
            Type::List(inner) | Type::Set(inner) => {
                match Elements::new(schema, std::slice::from_ref(at)) {
                    Elements::All(places) => self.each(view, places.first(), inner, hint),
                    Elements::Each(_) => Vec::new(),
                }
            }
            Type::Map(inner) => {
                let place = at.member("additionalProperties");
                let place = has_only_unnamed(schema).then_some(&place);
                self.each(view, place, inner, hint)
            }
            Type::Tuple(kinds) => match Elements::new(schema, std::slice::from_ref(at)) {
                Elements::Each(places) => {
                    let pairs = kinds.iter().zip(&places);
                    let rules = pairs.map(|(kind, at)| self.rules(view, at, kind, hint));
                    let rules: Vec<_> = rules.collect();
                    let is_ruled = rules.iter().any(|rules| !rules.is_empty());
                    let rules = is_ruled.then_some(Rule::Places(rules));
                    rules.into_iter().collect()
                }
                Elements::All(_) => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    fn each(&mut self, view: View, place: Option<&Location>, kind: &Type, hint: &str) -> Vec<Rule> {
        let rules = place.map(|at| self.rules(view, at, kind, hint));
        let rules = rules.filter(|rules| !rules.is_empty());
        rules.map(Rule::Each).into_iter().collect()
    }

    /// The rules of the object at a place that its struct does not enforce.
    pub(super) fn struct_rules(&mut self, view: View, place: &Location, hint: &str) -> Vec<Rule> {
        let mut rules = Vec::new();
        for at in self.views.joined(view, place) {
            let Value::Object(schema) = self.views.schema(view, &at) else {
                continue;
            };
            let left = keywords::of_struct(schema);
            if let Some(name) = self.constants.keywords(left, hint) {
                rules::merge(&mut rules, vec![Rule::Keywords(vec![name])]);
            }
            rules.extend(
                schema
                    .get("discriminator")
                    .and_then(|it| inherited::name_rule(it, place)),
            );
        }
        rules
    }
}

/// Whether all values of a map have one schema.
fn has_only_unnamed(schema: &Map<String, Value>) -> bool {
    let is_empty = |keyword: &str| {
        let named = schema.get(keyword).and_then(Value::as_object);
        named.is_none_or(Map::is_empty)
    };
    schema.contains_key("additionalProperties")
        && is_empty("properties")
        && is_empty("patternProperties")
}
