//! Arrays: lists, sets where no two elements may be alike, tuples where each element has its place.

use serde_json::{Map, Value};

use super::{ItemBuilder, Shape};
use crate::rust::kind::Type;
use crate::text::Location;

/// The longest tuple that the standard library and serde know.
const LONGEST: usize = 12;

impl ItemBuilder<'_> {
    /// The type for the array `schema`, whose elements are described at `places`.
    pub(super) fn array(
        &mut self,
        shape: &Shape,
        schema: &Map<String, Value>,
        places: &[Location],
    ) -> Type {
        let elements = Elements::new(schema, places);
        self.collection(shape, |builder| match &elements {
            Elements::Each(places) => builder.tuple(shape, places),
            Elements::All(places) => builder.list(shape, schema, places),
        })
    }

    fn tuple(&mut self, shape: &Shape, places: &[Location]) -> Type {
        let kinds = places
            .iter()
            .enumerate()
            .map(|(index, at)| self.derive(shape.view, at, &format!("{} {index}", shape.hint)));
        Type::Tuple(kinds.collect())
    }

    fn list(&mut self, shape: &Shape, schema: &Map<String, Value>, places: &[Location]) -> Type {
        let kind = self.common(shape.view, places, &shape.element("item"));
        let is_unique = schema.get("uniqueItems") == Some(&Value::Bool(true));
        if is_unique && kind.is_distinct(&self.items) {
            return Type::Set(Box::new(kind));
        }
        match self.views.is_shared(shape.at) {
            true => kind.shared().list(),
            false => kind.list(),
        }
    }
}

/// The schemas of the elements of an array.
pub(super) enum Elements {
    /// One for each element, of which there are always as many.
    Each(Vec<Location>),
    /// Those that every element follows; none where the elements are left open.
    All(Vec<Location>),
}

impl Elements {
    /// The elements of the array `schema`, which are described at `places`.
    pub fn new(schema: &Map<String, Value>, places: &[Location]) -> Self {
        let each = match places {
            [at] => tuple(at, schema),
            _ => None,
        };
        if let Some(each) = each {
            return Self::Each(each);
        }
        let is_list = matches!(schema.get("items"), Some(Value::Object(_)));
        let is_list = is_list && !schema.contains_key("prefixItems");
        let places = places.iter().filter(|_| is_list);
        Self::All(places.map(|at| at.member("items")).collect())
    }

    pub fn places(self) -> Vec<Location> {
        match self {
            Self::Each(places) | Self::All(places) => places,
        }
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
