//! The keywords that neither a type nor a rule of its own enforces, and that a schema of theirs alone enforces: those that need no
//! other schema of the spec. The server compiles such a schema once.

use jsonschema::Draft;
use serde_json::{Map, Value};

use crate::rust::kind::Type;
use crate::rust::primitive::Primitive;

/// Keywords that mean something only together.
const GROUPS: [&[&str]; 6] = [
    &["minimum", "exclusiveMinimum"],
    &["maximum", "exclusiveMaximum"],
    &["if", "then", "else"],
    &["contains", "minContains", "maxContains"],
    &["items", "prefixItems", "additionalItems"],
    &["properties", "patternProperties", "additionalProperties"],
];

/// What the keywords of any type are that have a schema of their own.
const ANY: [&str; 6] = ["const", "enum", "if", "then", "else", "not"];

/// The keywords for the elements of a list that is no tuple, although its elements have schemas of their own.
const ELEMENTS: [&str; 3] = ["items", "prefixItems", "additionalItems"];

const LISTS: [&str; 4] = ["contains", "minContains", "maxContains", "uniqueItems"];

const OBJECTS: [&str; 4] = [
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "propertyNames",
];

/// Keywords that lead out of a schema, or that the server reads in another way inside of the spec.
const OPEN: [&str; 10] = [
    "$anchor",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$recursiveRef",
    "$ref",
    "$schema",
    "discriminator",
    "readOnly",
    "writeOnly",
];

/// Keywords that accept every value, or depend on what other keywords accept.
const NEVER: [&str; 16] = [
    "$comment",
    "$defs",
    "default",
    "definitions",
    "deprecated",
    "description",
    "discriminator",
    "example",
    "examples",
    "externalDocs",
    "nullable",
    "readOnly",
    "title",
    "unevaluatedItems",
    "unevaluatedProperties",
    "writeOnly",
];

/// The keywords of `schema` that its type, which is `kind`, leaves to a schema of theirs alone.
pub fn of(schema: &Map<String, Value>, kind: &Type) -> Map<String, Value> {
    let chosen = schema.iter().filter(|(keyword, value)| {
        is_left(keyword, value, schema, kind) && group(keyword, schema).all(|(_, it)| is_closed(it))
    });
    // Those of its group count with a keyword, even if the type enforces them.
    let chosen = chosen.flat_map(|(keyword, _)| group(keyword, schema));
    chosen
        .map(|(keyword, value)| (keyword.clone(), value.clone()))
        .collect()
}

/// Those keywords of an object that its struct leaves to a schema of theirs alone.
pub fn of_struct(schema: &Map<String, Value>) -> Map<String, Value> {
    let counts = ["minProperties", "maxProperties"];
    let is_left = |keyword: &str| {
        ANY.contains(&keyword) || OBJECTS.contains(&keyword) || counts.contains(&keyword)
    };
    let chosen = schema.iter().filter(|(keyword, _)| {
        is_left(keyword) && group(keyword, schema).all(|(_, value)| is_closed(value))
    });
    chosen
        .map(|(keyword, value)| (keyword.clone(), value.clone()))
        .collect()
}

/// The keywords of a schema that mean something only together with one of them, which is the first.
pub fn group<'s>(
    keyword: &str,
    schema: &'s Map<String, Value>,
) -> impl Iterator<Item = (&'s String, &'s Value)> {
    let groups = GROUPS.into_iter();
    let group = groups.into_iter().find(|group| group.contains(&keyword));
    let keyword = keyword.to_owned();
    schema.iter().filter(move |(other, _)| {
        **other == keyword || group.is_some_and(|group| group.contains(&other.as_str()))
    })
}

fn is_left(keyword: &str, value: &Value, schema: &Map<String, Value>, kind: &Type) -> bool {
    let is_any = ANY.contains(&keyword);
    match kind {
        Type::Plain(Primitive::Value) => {
            !NEVER.contains(&keyword) && !OPEN.contains(&keyword) && !keyword.starts_with("x-")
        }
        Type::Plain(Primitive::String) => {
            is_any || keyword == "format" && value.as_str().is_some_and(is_checked)
        }
        Type::Plain(Primitive::F64) => is_any || keyword == "multipleOf",
        Type::Plain(Primitive::Integer(_)) => {
            is_any || keyword == "multipleOf" && value.as_f64().is_some_and(|it| it.fract() != 0.0)
        }
        Type::Plain(Primitive::Bool | Primitive::Date) => is_any,
        Type::List(inner) => {
            let is_mixed = schema.contains_key("prefixItems")
                || schema.get("items").is_some_and(Value::is_array);
            let is_any_element = is_mixed && **inner == Type::VALUE;
            is_any
                || LISTS.contains(&keyword) && *value != Value::Bool(false)
                || is_any_element && ELEMENTS.contains(&keyword)
        }
        Type::Set(_) | Type::Tuple(_) => is_any || LISTS[..3].contains(&keyword),
        Type::Map(_) => {
            let has_patterns = schema.contains_key("patternProperties");
            is_any
                || OBJECTS.contains(&keyword)
                || keyword == "patternProperties"
                || keyword == "additionalProperties" && has_patterns
        }
        _ => false,
    }
}

/// Whether the server checks that a text has this format.
pub fn is_checked(format: &str) -> bool {
    let options = jsonschema::options();
    let mut drafts = [Draft::Draft4, Draft::Draft202012].into_iter();
    format == "byte" || drafts.any(|draft| options.is_known_format(draft, format))
}

/// Whether a value of a keyword mentions no other schema, and nothing that the server reads differently elsewhere. A property of
/// such a name is taken for one.
fn is_closed(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.iter().all(|(name, value)| {
            let is_resource = name == "id" && value.is_string();
            !OPEN.contains(&name.as_str()) && !is_resource && is_closed(value)
        }),
        Value::Array(values) => values.iter().all(is_closed),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn keywords(schema: Value, kind: &Type) -> Value {
        let schema = schema.as_object().expect("an object");
        of(schema, kind).into()
    }

    #[test]
    fn what_a_type_enforces_is_not_left() {
        let text = json!({ "type": "string", "maxLength": 3, "format": "email", "title": "A" });
        assert_eq!(keywords(text, &Type::STRING), json!({ "format": "email" }));
        let password = json!({ "type": "string", "format": "password" });
        assert_eq!(keywords(password, &Type::STRING), json!({}));
        let list = json!({ "items": {}, "uniqueItems": true, "contains": {}, "minContains": 2 });
        let left = json!({ "uniqueItems": true, "contains": {}, "minContains": 2 });
        assert_eq!(keywords(list, &Type::STRING.list()), left);
    }

    #[test]
    fn keywords_that_lead_elsewhere_are_not_left() {
        let schema = json!({ "not": { "$ref": "#/a" }, "if": { "const": 1 }, "then": { "readOnly": true }, "enum": ["a"] });
        assert_eq!(keywords(schema, &Type::STRING), json!({ "enum": ["a"] }));
        assert_eq!(keywords(json!({ "$ref": "#/a" }), &Type::VALUE), json!({}));
        let any = json!({ "type": ["string", "integer"], "maximum": 3, "x-a": 1, "unevaluatedItems": false });
        let left = json!({ "type": ["string", "integer"], "maximum": 3 });
        assert_eq!(keywords(any, &Type::VALUE), left);
    }
}
