//! Values of schemas whose types are worth a closer look, to a program that echoes and back.

mod variants;

use serde_json::{Value, json};

use crate::differential::echo;
use crate::project::{Project, generator, succeeded};
use crate::server::Server;

/// A schema, and what becomes of values: what comes back, or nothing where they are refused.
type Case = (&'static str, Value, Vec<(Value, Option<Value>)>);

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn values_come_back_through_their_types() {
    let kinds = [
        ("id", "Uuid"),
        ("byte", "u8"),
        ("few", "Option<Few>"),
        ("node", "Node"),
        ("tree", "Tree"),
        ("pair", "Vec<Vec<PairItem>>"),
        ("both", "Both"),
        ("named", "Color"),
        ("nullable_node", "Option<Node>"),
    ];
    let cases = cases();
    echo_all(&document(&cases), &kinds, &cases);
}

/// Builds a program that echoes, whose methods take these types, and sends it the values of all cases.
fn echo_all(document: &Value, kinds: &[(&str, &str)], cases: &[Case]) {
    let project = Project::with_spec(&format!("{document:#}\n"));
    assert_eq!(succeeded(&project.lint(generator())), "");
    let text = project.read("generated/echo.rs");
    for (name, kind) in kinds {
        let method = format!("fn {name}(&self, body: {kind}) ->");
        assert!(text.contains(&method), "{method}\n{text}");
    }
    project.write("src/main.rs", &echo::program(&text));
    succeeded(&project.build_server(generator()));
    let server = Server::start_with(&project, &[("TASKS_RESPONSES", "enforce")]);
    for (name, _, values) in cases {
        for (value, expected) in values {
            let (status, text) = server.send(&format!("/{name}"), &value.to_string());
            let found = (status == 200).then(|| serde_json::from_str(&text).expect("JSON"));
            assert_eq!(found, *expected, "{name} {value}: {status} {text}");
            assert!(found.is_some() || status == 400, "{name} {value}: {status}");
        }
    }
}

/// A value that comes back as it is.
fn same(value: Value) -> (Value, Option<Value>) {
    (value.clone(), Some(value))
}

/// A value that is refused.
fn refused(value: Value) -> (Value, Option<Value>) {
    (value, None)
}

fn cases() -> Vec<Case> {
    let id = "123e4567-e89b-12d3-a456-426614174000";
    let named = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let tree = json!([[], [[], [[]]]]);
    vec![
        (
            "id",
            json!({ "type": "string", "format": "uuid" }),
            vec![
                same(json!(id)),
                (json!(id.to_uppercase()), Some(json!(id))),
                refused(json!(format!("{{{id}}}"))),
                refused(json!(format!("urn:uuid:{id}"))),
                refused(json!(id.replace('-', ""))),
                refused(json!("")),
                refused(Value::Null),
            ],
        ),
        (
            "byte",
            json!({ "allOf": [{ "type": "integer", "minimum": 0 }, { "maximum": 255 }] }),
            vec![
                same(json!(0)),
                same(json!(255)),
                refused(json!(256)),
                refused(json!(-1)),
            ],
        ),
        (
            "named",
            json!({ "allOf": [named("Color"), { "maxLength": 5 }] }),
            vec![
                same(json!("red")),
                refused(json!("brown-red")),
                refused(json!("black")),
            ],
        ),
        (
            "both",
            named("Both"),
            vec![
                same(json!("red")),
                refused(json!("blue")),
                refused(json!("orange")),
            ],
        ),
        (
            "node",
            json!({ "type": "object", "allOf": [named("Node")] }),
            vec![
                same(json!({ "next": { "next": { "id": 1 }, "id": 2 } })),
                same(json!({})),
                refused(json!({ "next": { "next": null } })),
                refused(json!([])),
            ],
        ),
        (
            "nullableNode",
            json!({ "type": "object", "nullable": true, "oneOf": [named("Node")] }),
            vec![
                same(json!({ "next": { "id": 1 } })),
                same(Value::Null),
                refused(json!(1)),
            ],
        ),
        (
            "tree",
            named("Tree"),
            vec![
                same(json!([])),
                same(tree.clone()),
                refused(json!([[1]])),
                refused(json!([null])),
                refused(json!({})),
            ],
        ),
        (
            "few",
            named("Few"),
            vec![
                same(json!({})),
                same(json!({ "a": { "b": {} }, "c": null })),
                refused(json!({ "a": { "b": { "c": 1 } } })),
            ],
        ),
        (
            "pair",
            named("Pair"),
            vec![
                same(json!([["a", [["b"]]]])),
                same(json!([["a", []], []])),
                refused(json!([["a", 1]])),
            ],
        ),
        (
            "many",
            named("Many"),
            vec![
                same(json!({ "a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 1, "g": id, "h": tree })),
                refused(json!({ "a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 1, "g": id })),
            ],
        ),
    ]
}

fn document(cases: &[Case]) -> Value {
    let operations = cases.iter().map(|(name, schema, _)| {
        let content = json!({ "application/json": { "schema": schema } });
        let operation = json!({
            "operationId": format!("echo.{name}"),
            "requestBody": { "required": true, "content": content },
            "responses": { "200": { "description": "The same.", "content": content } },
        });
        (format!("/{name}"), json!({ "post": operation }))
    });
    let paths: serde_json::Map<_, _> = operations.collect();
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Echo", "version": "1" },
        "paths": paths,
        "components": { "schemas": components() },
    })
}

fn components() -> Value {
    let named = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let count = json!({ "type": "integer" });
    json!({
        "Color": { "type": "string", "enum": ["red", "blue", "brown-red"] },
        "Both": { "allOf": [named("Color"), { "enum": ["red", "orange"] }] },
        "Node": { "type": "object", "properties": {
            "id": count,
            "next": { "description": "The next.", "type": "object", "allOf": [named("Node")] },
        } },
        "Tree": { "type": "array", "items": named("Tree") },
        "Few": { "type": "object", "nullable": true, "additionalProperties": named("Few") },
        "Pair": { "type": "array", "items": {
            "type": "array", "items": { "anyOf": [{ "type": "string" }, named("Pair")] },
        } },
        "Many": {
            "type": "object",
            "required": ["a", "b", "c", "d", "e", "f", "g", "h"],
            "properties": {
                "a": count, "b": count, "c": count, "d": count, "e": count, "f": count,
                "g": { "type": "string", "format": "uuid" },
                "h": named("Tree"),
            },
        },
    })
}
