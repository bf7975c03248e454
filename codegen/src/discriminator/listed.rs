//! The values that a schema itself lists for a property.

use std::collections::HashSet;

use serde_json::Value;

use super::Discriminators;
use crate::location::Location;
use crate::reference;

impl Discriminators<'_> {
    /// What the schema at `location`, with all that it is composed of, lists for `property`; none if it leaves that open.
    pub(super) fn listed(&self, location: &Location, property: &str) -> Option<Vec<Value>> {
        let mut seen = HashSet::new();
        let mut ahead = vec![location.clone()];
        let mut listed: Option<Vec<Value>> = None;
        while let Some(here) = ahead.pop() {
            if !seen.insert(here.clone()) {
                continue;
            }
            ahead.extend(self.document.elements(&here.member("allOf")));
            let reference = self.document.value(&here).and_then(reference::of);
            ahead.extend(reference.and_then(|it| self.document.target(&here, it).ok()));
            let own = self.values(&here.member("properties").member(property));
            listed = match (listed, own) {
                (Some(known), Some(own)) => {
                    Some(known.into_iter().filter(|it| own.contains(it)).collect())
                }
                (known, own) => known.or(own),
            };
        }
        listed
    }

    /// The values that the schema of a property lists.
    fn values(&self, location: &Location) -> Option<Vec<Value>> {
        let (_, schema) = self.document.resolved(location)?;
        let listed = schema.get("enum").and_then(Value::as_array).cloned();
        let only = schema.get("const").map(|value| vec![value.clone()]);
        listed.or(only)
    }
}
