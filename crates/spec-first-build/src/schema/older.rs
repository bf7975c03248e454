//! Schemas of older dialects in OpenAPI 3.1, as 2020-12 writes them.

use serde_json::{Map, Value};

use crate::document::{Document, JsonSchema};
use crate::text::Location;

/// The keywords that came with draft 6, with draft 7, and later. An older dialect ignores them.
const SINCE: [(JsonSchema, &[&str]); 3] = [
    (JsonSchema::Draft6, &["const", "contains", "propertyNames"]),
    (JsonSchema::Draft7, &["if", "then", "else"]),
    (
        JsonSchema::Draft202012,
        &[
            "$dynamicRef",
            "$dynamicAnchor",
            "prefixItems",
            "unevaluatedItems",
            "unevaluatedProperties",
            "minContains",
            "maxContains",
            "dependentRequired",
            "dependentSchemas",
        ],
    ),
];

/// What counts beside a `$ref` of a dialect before 2020-12: what others refer to.
const BESIDE_REFERENCE: [&str; 4] = ["$id", "$ref", "$defs", "definitions"];

/// The keywords whose members have names of the author's choice.
const NAMED: [&str; 6] = [
    "properties",
    "patternProperties",
    "dependencies",
    "$defs",
    "definitions",
    "schemas",
];

/// Rewrites the keywords of `schema`, which is in `dialect`; the schemas in it have been rewritten.
pub(super) fn modernize(dialect: JsonSchema, schema: &mut Map<String, Value>) {
    if dialect == JsonSchema::Draft202012 {
        schema.remove("additionalItems");
        schema.remove("dependencies");
        return;
    }
    if schema.contains_key("$ref") {
        schema.retain(|name, _| BESIDE_REFERENCE.contains(&name.as_str()));
        return;
    }
    for (first, keywords) in SINCE {
        if dialect < first {
            schema.retain(|name, _| !keywords.contains(&name.as_str()));
        }
    }
    items(schema);
    dependencies(schema);
    if dialect == JsonSchema::Draft4 {
        bound(schema, "minimum", "exclusiveMinimum");
        bound(schema, "maximum", "exclusiveMaximum");
    }
}

/// Where the schema at `author` of the document is after the keywords around it have been rewritten.
pub(super) fn moved(document: &Document, author: &Location) -> Location {
    let mut from = Location::root(&author.file);
    let mut to = from.clone();
    let mut is_name = false;
    for token in author.tokens() {
        let is_old = !is_name && document.json_schema(&from) < JsonSchema::Draft202012;
        let items = document.value(&from.member("items"));
        let has_list = items.is_some_and(Value::is_array);
        let keyword = match token.as_str() {
            "items" if is_old && has_list => "prefixItems",
            "additionalItems" if is_old && has_list => "items",
            "dependencies" if is_old => "dependentSchemas",
            other => other,
        };
        to = to.member(keyword);
        from = from.member(&token);
        is_name = !is_name && NAMED.contains(&token.as_str());
    }
    to
}

/// A list of `items` is `prefixItems` today, and `additionalItems` the schema of the rest.
fn items(schema: &mut Map<String, Value>) {
    let rest = schema.remove("additionalItems");
    if !schema.get("items").is_some_and(Value::is_array) {
        return;
    }
    if let Some(items) = schema.remove("items") {
        schema.insert("prefixItems".to_owned(), items);
    }
    schema.extend(rest.map(|rest| ("items".to_owned(), rest)));
}

/// `dependencies` are two keywords today: one of lists of names, one of schemas.
fn dependencies(schema: &mut Map<String, Value>) {
    let Some(Value::Object(all)) = schema.remove("dependencies") else {
        return;
    };
    let (names, schemas): (Map<_, _>, Map<_, _>) =
        all.into_iter().partition(|(_, value)| value.is_array());
    for (keyword, members) in [("dependentRequired", names), ("dependentSchemas", schemas)] {
        if !members.is_empty() {
            schema.insert(keyword.to_owned(), Value::Object(members));
        }
    }
}

/// In draft 4 the exclusive bound is a flag of the bound.
fn bound(schema: &mut Map<String, Value>, inclusive: &str, exclusive: &str) {
    if schema.remove(exclusive) == Some(Value::Bool(true))
        && let Some(bound) = schema.remove(inclusive)
    {
        schema.insert(exclusive.to_owned(), bound);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::modernize;
    use crate::document::JsonSchema::{self, Draft4, Draft6, Draft7, Draft202012};

    #[test]
    fn keywords_of_older_dialects_are_rewritten() {
        for (dialect, older, modern) in [
            (
                Draft7,
                json!({"items": [true], "additionalItems": false}),
                json!({"prefixItems": [true], "items": false}),
            ),
            (
                Draft7,
                json!({"items": {}, "additionalItems": false}),
                json!({"items": {}}),
            ),
            (
                Draft6,
                json!({"dependencies": {"a": ["b"], "c": {"not": {}}}}),
                json!({"dependentRequired": {"a": ["b"]}, "dependentSchemas": {"c": {"not": {}}}}),
            ),
            (
                Draft4,
                json!({"minimum": 1, "exclusiveMinimum": true}),
                json!({"exclusiveMinimum": 1}),
            ),
            (
                Draft4,
                json!({"maximum": 1, "exclusiveMaximum": false}),
                json!({"maximum": 1}),
            ),
            (
                Draft6,
                json!({"exclusiveMinimum": 1}),
                json!({"exclusiveMinimum": 1}),
            ),
            (
                Draft4,
                json!({"const": 1, "type": "integer"}),
                json!({"type": "integer"}),
            ),
            (
                Draft6,
                json!({"const": 1, "if": true, "then": false}),
                json!({"const": 1}),
            ),
            (
                Draft7,
                json!({"if": true, "then": false, "minContains": 2}),
                json!({"if": true, "then": false}),
            ),
            (
                Draft7,
                json!({"$ref": "#/a", "type": "string"}),
                json!({"$ref": "#/a"}),
            ),
            (
                Draft202012,
                json!({"$ref": "#/a", "dependencies": {"a": ["b"]}}),
                json!({"$ref": "#/a"}),
            ),
        ] {
            assert_eq!(modernized(dialect, older.clone()), modern, "{older}");
        }
    }

    fn modernized(dialect: JsonSchema, schema: Value) -> Value {
        let mut schema: Map<_, _> = serde_json::from_value(schema).expect("an object");
        modernize(dialect, &mut schema);
        Value::Object(schema)
    }
}
