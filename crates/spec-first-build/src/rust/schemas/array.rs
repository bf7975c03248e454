//! Arrays: lists, sets where no two elements may be alike, tuples where each element has its place.

use serde_json::{Map, Value};

use super::{ItemBuilder, Shape};
use crate::rust::kind::Type;
use crate::text::Location;

/// The longest tuple that the standard library and serde know.
const LONGEST: usize = 12;

impl ItemBuilder<'_> {
    pub(super) fn array(&mut self, shape: &Shape, schema: &Map<String, Value>) -> Type {
        if let Some(places) = tuple(shape.at, schema) {
            let kinds = places
                .iter()
                .enumerate()
                .map(|(index, at)| self.derive(shape.view, at, &format!("{} {index}", shape.hint)));
            return Type::Tuple(kinds.collect());
        }
        let Some(Value::Object(_)) = schema.get("items") else {
            return Type::VALUE.list();
        };
        if schema.contains_key("prefixItems") {
            return Type::VALUE.list();
        }
        let kind = self.derive(shape.view, &shape.at.member("items"), shape.hint);
        let is_unique = schema.get("uniqueItems") == Some(&Value::Bool(true));
        if is_unique && kind.is_distinct(&self.items) {
            return Type::Set(Box::new(kind));
        }
        kind.list()
    }
}

/// The schemas of the elements, if there are always as many: draft 4 lists them in `items`, 2020-12 in `prefixItems`.
fn tuple(at: &Location, schema: &Map<String, Value>) -> Option<Vec<Location>> {
    let (keyword, rest) = match schema.get("items") {
        Some(Value::Array(_)) => ("items", schema.get("additionalItems")),
        rest => ("prefixItems", rest),
    };
    let count = schema.get(keyword)?.as_array()?.len();
    let bound = |keyword: &str| schema.get(keyword).and_then(Value::as_f64);
    let is_closed = rest == Some(&Value::Bool(false)) || bound("maxItems") == Some(count as f64);
    let is_full = bound("minItems") == Some(count as f64);
    let place = at.member(keyword);
    (is_closed && is_full && (2..=LONGEST).contains(&count))
        .then(|| (0..count).map(|index| place.element(index)).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_arrays_of_a_fixed_length_are_tuples() {
        let two = json!([{}, {}]);
        for (schema, expected) in [
            (
                json!({"prefixItems": two, "items": false, "minItems": 2}),
                Some("/prefixItems/1"),
            ),
            (
                json!({"prefixItems": two, "maxItems": 2, "minItems": 2}),
                Some("/prefixItems/1"),
            ),
            (
                json!({"items": two, "additionalItems": false, "minItems": 2}),
                Some("/items/1"),
            ),
            (
                json!({"items": two, "maxItems": 2, "minItems": 2.0}),
                Some("/items/1"),
            ),
            (json!({"prefixItems": two, "items": false}), None),
            (json!({"prefixItems": two, "minItems": 2}), None),
            (
                json!({"prefixItems": two, "items": false, "minItems": 1}),
                None,
            ),
            (
                json!({"prefixItems": [{}], "items": false, "minItems": 1}),
                None,
            ),
            (json!({"items": {}, "maxItems": 2, "minItems": 2}), None),
        ] {
            let places = tuple(
                &Location::root(&"a".into()),
                schema.as_object().expect("an object"),
            );
            let last = places.and_then(|places| places.last().cloned());
            let found = last.as_ref().map(|place| place.pointer.as_str());
            assert_eq!(found, expected, "{schema}");
        }
    }
}
