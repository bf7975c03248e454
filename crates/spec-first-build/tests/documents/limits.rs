//! What is too large for the derives of the generated types has another type; what is merely large has its own.

use serde_json::{Map, Value, json};

use crate::names::facts;
use crate::nasty::{api, parameter};

/// The generated type of a member whose schema is `schema`.
fn type_of(schema: &Value) -> Value {
    let schema = json!({ "type": "object", "required": ["a"], "properties": { "a": schema } });
    let facts = facts(&posting(&schema, &[]));
    let mut items = facts["x-rs-types"].as_array().into_iter().flatten();
    let item = items.find(|item| item["struct"].is_object());
    item.expect("a struct")["struct"]["fields"][0]["type"].clone()
}

fn posting(schema: &Value, parameters: &[Value]) -> Value {
    let content = json!({ "application/json": { "schema": schema } });
    let operation = json!({
        "operationId": "a.create",
        "parameters": parameters,
        "requestBody": { "required": true, "content": content },
        "responses": { "204": { "description": "Created." } },
    });
    let mut document = api(json!({ "/a": { "post": operation } }), json!({}));
    document["openapi"] = "3.1.0".into();
    document
}

#[test]
fn a_tuple_is_no_longer_than_its_derives_allow() {
    let tuple = |length| {
        json!({
            "type": "array",
            "prefixItems": vec![json!({ "type": "boolean" }); length],
            "minItems": length,
            "maxItems": length,
        })
    };
    assert_eq!(type_of(&tuple(2)), "(bool, bool)");
    assert_eq!(
        type_of(&tuple(12)),
        format!("({})", ["bool"; 12].join(", "))
    );
    for length in [13, 17, 40] {
        assert_eq!(type_of(&tuple(length)), "Vec<Value>", "{length}");
    }
}

#[test]
fn an_enum_of_integers_has_all_of_its_values_or_is_none() {
    for (values, expected) in [
        (json!([1, 2]), "ACreateA"),
        (json!([-9_223_372_036_854_775_808_i64, 1.0]), "ACreateA"),
        (json!([1, 18_446_744_073_709_551_615_u64]), "u64"),
        (json!([-1, 18_446_744_073_709_551_615_u64]), "Value"),
        (json!([1, 1e30]), "Value"),
    ] {
        let found = type_of(&json!({ "type": "integer", "enum": values }));
        let is_enum = expected == "ACreateA";
        let found = found.as_str().expect("a type");
        assert!(
            found == expected || is_enum && !["u64", "Value", "i64"].contains(&found),
            "{values}: {found}"
        );
    }
}

#[test]
fn large_types_have_everything() {
    let properties = (0..300).map(|number| (format!("p{number}"), json!({ "type": "integer" })));
    let properties: Map<_, _> = properties.collect();
    let values: Vec<_> = (0..1_000).map(|number| format!("v{number}")).collect();
    let schema = json!({ "type": "object", "properties": properties, "additionalProperties": {
        "type": "string", "enum": values,
    } });
    let parameters: Vec<_> = (0..60)
        .map(|number| parameter(&format!("q{number}"), "query"))
        .collect();
    let facts = facts(&posting(&schema, &parameters));
    let count = |list: &Value| list.as_array().map_or(0, Vec::len);
    let items = facts["x-rs-types"].as_array().expect("types");
    let fields: Vec<_> = items
        .iter()
        .map(|item| count(&item["struct"]["fields"]))
        .collect();
    assert!(fields.contains(&301), "{fields:?}");
    let variants: Vec<_> = items
        .iter()
        .map(|item| count(&item["string_enum"]["variants"]))
        .collect();
    assert!(variants.contains(&1_000), "{variants:?}");
    assert_eq!(
        count(&facts["paths"]["/a"]["post"]["x-rs-method"]["arguments"]),
        61
    );
}
