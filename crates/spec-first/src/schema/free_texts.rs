//! Which members may be any text: whether a schema accepts an object does not depend on what they say.

use serde_json::{Map, Value};

use super::registry::{Files, follow, look_up};
use super::scalar_rules::is_annotation;

/// In how many schemas such members are looked for; in larger values, and in those that contain themselves, none is known.
const MAX_SCHEMAS: usize = 64;

/// Keywords that depend on which members an object has, or on how many elements a list has, and not on what a text says.
const OF_SHAPE: [&str; 7] = [
    "additionalProperties",
    "items",
    "maxItems",
    "maxProperties",
    "minItems",
    "minProperties",
    "required",
];

/// The places of all texts that the schema at a reference leaves free, as JSON pointers in which `*` is any element of a list.
pub(super) fn find(files: &Files, reference: &str) -> Vec<String> {
    let mut search = Search {
        files,
        left: MAX_SCHEMAS,
        found: Vec::new(),
    };
    let found = search.visit(reference, String::new());
    found.map(|()| search.found).unwrap_or_default()
}

struct Search<'f> {
    files: &'f Files,
    /// How many schemas may still be visited.
    left: usize,
    found: Vec<String>,
}

impl Search<'_> {
    /// Adds the places in the value at `place`, which the schema at a reference describes. A keyword that is not known may be about
    /// any text in the value. None if there are too many schemas.
    fn visit(&mut self, reference: &str, place: String) -> Option<()> {
        self.left = self.left.checked_sub(1)?;
        let target = follow(self.files, reference);
        let schema = look_up(self.files, &target).and_then(Value::as_object);
        let Some(schema) = schema.filter(|schema| schema.keys().all(|it| is_known(it))) else {
            return Some(());
        };
        if is_any_text(schema) {
            self.found.push(place);
            return Some(());
        }
        if schema.get("items").is_some_and(Value::is_object) {
            self.visit(&format!("{target}/items"), format!("{place}/*"))?;
        }
        let properties = schema.get("properties").and_then(Value::as_object);
        for name in properties.into_iter().flat_map(Map::keys) {
            let name = name.replace('~', "~0").replace('/', "~1");
            let property = format!("{target}/properties/{name}");
            self.visit(&property, format!("{place}/{name}"))?;
        }
        Some(())
    }
}

fn is_known(keyword: &str) -> bool {
    is_annotation(keyword) || keyword == "properties" || OF_SHAPE.contains(&keyword)
}

fn is_any_text(schema: &Map<String, Value>) -> bool {
    let is_text = schema.get("type").is_some_and(|name| name == "string");
    is_text && schema.keys().all(|keyword| is_annotation(keyword))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn places(schema: Value) -> Vec<String> {
        let text = json!({ "type": "string", "description": "a text" });
        let file =
            json!({ "schema": schema, "text": text, "list": { "items": { "$ref": "#/list" } } });
        find(
            &Files::from_iter([("api.yml".to_owned(), file)]),
            "api.yml#/schema",
        )
    }

    #[test]
    fn a_text_without_rules_is_free() {
        let schema = json!({
            "type": "object",
            "required": ["a"],
            "maxProperties": 5,
            "additionalProperties": false,
            "properties": {
                "a": { "type": "string" },
                "b/c": { "$ref": "#/text" },
                "d": { "type": "integer", "maximum": 5 },
                "e": { "type": "array", "maxItems": 2, "items": { "properties": { "f": { "$ref": "#/text" } } } },
            },
        });
        assert_eq!(places(schema), ["/a", "/b~1c", "/e/*/f"]);
    }

    #[test]
    fn a_text_with_rules_or_within_other_keywords_is_not() {
        for schema in [
            json!({ "properties": { "a": { "type": "string", "maxLength": 5 } } }),
            json!({ "properties": { "a": { "type": "string", "format": "date" } } }),
            json!({ "properties": { "a": { "type": ["string", "null"] } } }),
            json!({ "properties": { "a": {} } }),
            json!({ "properties": { "a": { "$ref": "#/text" } }, "allOf": [{ "$ref": "#/text" }] }),
            json!({ "properties": { "a": { "type": "string" } }, "enum": [{ "a": "b" }] }),
            json!({ "properties": { "a": { "type": "string" } }, "patternProperties": { "a": false } }),
            json!({ "items": { "type": "string" }, "uniqueItems": true }),
            json!({ "items": [{ "type": "string" }] }),
            json!({ "$ref": "#/list" }),
            json!(true),
        ] {
            assert_eq!(places(schema.clone()), [""; 0], "{schema}");
        }
    }
}
