//! Names for the branches of a union that are no components: each by what distinguishes it from the others.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::ItemBuilder;
use super::gather::Object;
use crate::naming;
use crate::rust::views::View;
use crate::text::Location;

impl ItemBuilder<'_> {
    /// A name for each branch: its title, else the only value of a member, else a required member, else any member that no other
    /// branch has, else its format. None for a branch with a name of its own, and where nothing of that distinguishes it.
    pub(super) fn branch_names(&self, view: View, places: &[Location]) -> Vec<Option<String>> {
        let candidates: Vec<_> = (0..places.len())
            .map(|index| self.candidates(view, places, index))
            .collect();
        let mut chosen = vec![0; places.len()];
        loop {
            let names = chosen.iter().zip(&candidates);
            let names: Vec<_> = names.map(|(&index, names)| names.get(index)).collect();
            let mut counts = HashMap::new();
            for name in names.iter().flatten() {
                *counts.entry(name.as_str()).or_insert(0) += 1;
            }
            let is_shared =
                |name: &Option<&String>| name.is_some_and(|name| counts[name.as_str()] > 1);
            let shared: Vec<_> = names.iter().map(is_shared).collect();
            if !shared.contains(&true) {
                return names.into_iter().map(Option::<&String>::cloned).collect();
            }
            for (index, _) in shared.into_iter().enumerate().filter(|(_, shared)| *shared) {
                chosen[index] += 1;
            }
        }
    }

    /// The names that the branch number `index` may have, the best first.
    fn candidates(&self, view: View, places: &[Location], index: usize) -> Vec<String> {
        let at = &places[index];
        let (target, _) = self.views.follow(at, "");
        let schema = self.views.schema(view, at).as_object();
        let Some(schema) = schema.filter(|_| target == *at && self.views.rust_name(at).is_none())
        else {
            return Vec::new();
        };
        let objects: Vec<_> = places.iter().map(|at| self.gathered(view, at)).collect();
        let has = |other: &Option<Object>, name: &str| {
            let object = other.as_ref();
            object.is_some_and(|it| it.properties.iter().any(|(known, _)| known == name))
        };
        let is_own = |name: &str| {
            let mut others = objects.iter().enumerate();
            others.all(|(other, object)| other == index || !has(object, name))
        };
        let title = self.views.title(at).map(str::to_owned);
        let mut names: Vec<String> = title
            .into_iter()
            .chain(value_name("value", schema))
            .collect();
        if let Some(object) = &objects[index] {
            names.extend(self.only_values(view, object));
            let required = object.required.iter().filter(|name| is_own(name));
            names.extend(required.cloned());
            let other = object.properties.iter().map(|(name, _)| name);
            names.extend(other.filter(|name| is_own(name)).cloned());
        }
        let format = schema.get("format").and_then(Value::as_str);
        // Dates have types, by which their variants are named.
        let format = format.filter(|format| !matches!(*format, "date" | "date-time"));
        names.extend(
            format
                .filter(|_| schema["type"] == "string")
                .map(str::to_owned),
        );
        names.iter().map(|name| naming::pascal(name)).collect()
    }

    /// The names of the values of the members that have one value alone.
    fn only_values(&self, view: View, object: &Object) -> Vec<String> {
        let members = object.properties.iter();
        let values = members.flat_map(|(name, places)| {
            let mut places = places.iter();
            places.find_map(|at| {
                let (at, _) = self.views.follow(at, "");
                value_name(name, self.views.schema(view, &at).as_object()?)
            })
        });
        values.collect()
    }
}

/// The name of the only value of a schema: the text itself, or the member's name and the number or the flag.
fn value_name(member: &str, schema: &Map<String, Value>) -> Option<String> {
    let listed = schema.get("enum").and_then(Value::as_array);
    let only = listed.filter(|values| values.len() == 1);
    match schema.get("const").or_else(|| only?.first())? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => {
            let number = naming::spelled_out(&number.to_string());
            Some(format!("{member} {number}"))
        }
        Value::Bool(flag) => Some(format!("{member} {flag}")),
        _ => None,
    }
}
