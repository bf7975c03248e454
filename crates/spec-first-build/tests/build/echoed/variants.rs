//! Members beside unions, and bases with subtypes.

use serde_json::{Map, Value, json};
use spec_first_build::document::Version;

use super::{Case, echo_all, refused, same};

/// Schemas by their names, each with values: those that come back as they are, and those that are refused.
type Schemas = Vec<(&'static str, Value, Vec<Value>, Vec<Value>)>;

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn members_beside_a_union_come_back() {
    for version in [Version::OpenApi30, Version::OpenApi31] {
        let kinds = [
            ("spot", "Spot"),
            ("payment", "Payment"),
            ("craft", "Craft"),
            ("nullable", "Option<Spot>"),
            ("order", "Order"),
            ("tree", "Tree"),
            ("joined", "Joined"),
        ];
        echo(version, &kinds, beside());
    }
}

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn subtypes_come_back() {
    for version in [Version::Swagger2, Version::OpenApi30, Version::OpenApi31] {
        let kinds = [
            ("pet", "Pet"),
            ("pet_cat", "PetCat"),
            ("lower", "Lower"),
            ("early", "Early"),
            ("shelter", "Shelter"),
        ];
        echo(version, &kinds, subtypes(version));
    }
}

/// Sends the values to an operation of each schema.
fn echo(version: Version, kinds: &[(&str, &str)], schemas: Schemas) {
    let cases = schemas.into_iter().map(|(name, schema, good, bad)| {
        let good = good.into_iter().map(same);
        let values = good.chain(bad.into_iter().map(refused));
        (name, localized(version, schema), values.collect())
    });
    let cases: Vec<Case> = cases.collect();
    echo_all(&document(version, &cases), kinds, &cases);
}

/// The schema with its references to components as its version has them.
fn localized(version: Version, schema: Value) -> Value {
    let text = schema.to_string();
    let text = match version {
        Version::Swagger2 => text.replace("#/components/schemas/", "#/definitions/"),
        _ => text,
    };
    serde_json::from_str(&text).expect("JSON")
}

fn document(version: Version, cases: &[Case]) -> Value {
    let components = cases
        .iter()
        .map(|(name, schema, _)| ((*name).to_owned(), schema.clone()));
    let components: Map<_, _> = components.collect();
    let paths = cases.iter().map(|(name, _, _)| {
        let schema = localized(version, named(name));
        (
            format!("/{name}"),
            json!({ "post": operation(version, name, &schema) }),
        )
    });
    let paths: Map<_, _> = paths.collect();
    let info = json!({ "title": "Echo", "version": "1" });
    if version == Version::Swagger2 {
        return json!({ "swagger": "2.0", "info": info, "definitions": components, "paths": paths });
    }
    let number = match version {
        Version::OpenApi30 => "3.0.3",
        _ => "3.1.0",
    };
    json!({ "openapi": number, "info": info, "components": { "schemas": components }, "paths": paths })
}

fn operation(version: Version, name: &str, schema: &Value) -> Value {
    let id = format!("echo.{name}");
    if version == Version::Swagger2 {
        let body = json!({ "name": "body", "in": "body", "required": true, "schema": schema });
        let answer = json!({ "description": "The same.", "schema": schema });
        return json!({ "operationId": id, "parameters": [body], "responses": { "200": answer } });
    }
    let content = json!({ "application/json": { "schema": schema } });
    let body = json!({ "required": true, "content": content });
    let answer = json!({ "description": "The same.", "content": content });
    json!({ "operationId": id, "requestBody": body, "responses": { "200": answer } })
}

fn named(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// An object with required members.
fn object(required: &[&str], properties: Value) -> Value {
    json!({ "type": "object", "required": required, "properties": properties })
}

/// An object with members, and what else describes it.
fn with(mut object: Value, others: Value) -> Value {
    for (keyword, value) in others.as_object().expect("keywords") {
        object[keyword] = value.clone();
    }
    object
}

fn beside() -> Schemas {
    let text = json!({ "type": "string" });
    let integer = json!({ "type": "integer" });
    let only = |word: &str| json!({ "type": "string", "enum": [word] });
    let seat = object(
        &["seat"],
        json!({ "kind": only("seat"), "seat": { "type": "integer", "minimum": 1, "maximum": 9 } }),
    );
    let room = object(
        &["room"],
        json!({ "kind": only("room"), "room": text, "at": { "type": "string", "format": "date" } }),
    );
    let base = json!({ "id": { "type": "integer", "minimum": 1 }, "kind": text, "variant": { "type": "number" } });
    let spot = with(
        object(&["id", "kind"], base),
        json!({ "oneOf": [seat, room] }),
    );
    let big = 9_007_199_254_740_993_i64;
    vec![
        (
            "Spot",
            spot,
            vec![
                json!({ "id": 1, "kind": "seat", "seat": 9 }),
                json!({ "id": big, "kind": "seat", "seat": 1, "variant": 0.1 }),
                json!({ "id": 1, "kind": "room", "room": "a", "at": "2024-02-29" }),
                json!({ "id": 1, "kind": "room", "room": "a", "other": { "a": [big, 0.1, null] }, "more": u64::MAX }),
            ],
            vec![
                json!({ "id": 1, "kind": "seat" }),
                json!({ "kind": "seat", "seat": 1 }),
                json!({ "id": 0, "kind": "seat", "seat": 1 }),
                json!({ "id": "1", "kind": "seat", "seat": 1 }),
                json!({ "id": 1, "kind": "seat", "seat": 10 }),
                json!({ "id": 1, "kind": "room", "seat": 1 }),
                json!({ "id": 1, "kind": "room", "room": "a", "at": "2023-02-29" }),
                json!({ "id": 1, "kind": "seat", "seat": 1, "variant": "a" }),
                json!([]),
                Value::Null,
            ],
        ),
        (
            "Card",
            object(
                &["number"],
                json!({ "number": { "type": "string", "minLength": 4 } }),
            ),
            vec![],
            vec![json!({ "number": "123" })],
        ),
        (
            "Cash",
            object(
                &["coins"],
                json!({ "coins": { "type": "array", "items": integer } }),
            ),
            vec![json!({ "coins": [1] })],
            vec![json!({ "coins": 1 })],
        ),
        (
            "Payment",
            with(
                object(&["id"], json!({ "id": integer, "note": text })),
                json!({ "anyOf": [named("Card"), named("Cash")] }),
            ),
            vec![
                json!({ "id": 1, "number": "1234" }),
                json!({ "id": 1, "note": "a", "coins": [] }),
                json!({ "id": 1, "coins": [1], "number": "1234" }),
                json!({ "id": 1, "coins": [1], "number": "123", "more": null }),
            ],
            vec![
                json!({ "id": 1 }),
                json!({ "number": "1234" }),
                json!({ "id": 1, "number": "123" }),
                json!({ "id": 1, "note": 1, "number": "1234" }),
            ],
        ),
        (
            "Truck",
            object(&["craft"], json!({ "craft": text, "wheels": integer })),
            vec![],
            vec![],
        ),
        (
            "Boat",
            object(&["craft"], json!({ "craft": text, "sails": integer })),
            vec![],
            vec![],
        ),
        (
            "Craft",
            with(
                object(&["id", "craft"], json!({ "id": integer, "craft": text })),
                json!({
                    "oneOf": [named("Truck"), named("Boat")],
                    "discriminator": {
                        "propertyName": "craft",
                        "mapping": { "truck": "#/components/schemas/Truck", "boat": "#/components/schemas/Boat" },
                    },
                }),
            ),
            vec![
                json!({ "id": 1, "craft": "truck", "wheels": 4 }),
                json!({ "id": 1, "craft": "boat", "sails": 2 }),
                json!({ "id": 1, "craft": "boat", "wheels": "many" }),
            ],
            vec![
                json!({ "id": 1, "craft": "plane" }),
                json!({ "id": 1 }),
                json!({ "craft": "boat" }),
                json!({ "id": 1, "craft": "boat", "sails": "many" }),
            ],
        ),
        (
            "Nullable",
            json!({ "anyOf": [named("Spot"), { "enum": [null] }] }),
            vec![Value::Null, json!({ "id": 1, "kind": "seat", "seat": 9 })],
            vec![json!(1), json!({ "id": 1, "kind": "seat" })],
        ),
        (
            "Order",
            object(
                &["spots"],
                json!({
                    "spots": { "type": "array", "items": named("Spot") },
                    "by": { "type": "object", "additionalProperties": named("Payment") },
                    "first": named("Craft"),
                }),
            ),
            vec![
                json!({ "spots": [] }),
                json!({
                    "spots": [{ "id": 1, "kind": "seat", "seat": 9 }, { "id": 1, "kind": "room", "room": "a" }],
                    "by": { "a": { "id": 1, "coins": [1] } },
                    "first": { "id": 1, "craft": "boat", "sails": 2 },
                }),
            ],
            vec![
                json!({ "spots": [{ "id": 0, "kind": "seat", "seat": 9 }] }),
                json!({ "spots": [{ "id": 1, "kind": "seat", "seat": 10 }] }),
                json!({ "spots": [], "by": { "a": { "id": 1 } } }),
                json!({ "spots": [], "first": null }),
            ],
        ),
        (
            "Tree",
            with(
                object(&["id"], json!({ "id": integer })),
                json!({ "oneOf": [
                    object(&["children"], json!({ "children": { "type": "array", "items": named("Tree") } })),
                    object(&["leaf"], json!({ "leaf": text })),
                ] }),
            ),
            vec![
                json!({ "id": 1, "leaf": "a" }),
                json!({ "id": 1, "children": [{ "id": 2, "children": [] }, { "id": 3, "leaf": "b", "size": 1 }] }),
            ],
            vec![
                json!({ "id": 1, "leaf": "a", "children": [] }),
                json!({ "id": 1, "children": [{ "id": 2 }] }),
            ],
        ),
        (
            "Deep",
            with(
                object(&["id"], json!({ "id": integer })),
                json!({ "oneOf": [
                    object(&["a"], json!({ "a": object(&[], json!({ "b": text })) })),
                    object(&["a"], json!({ "a": with(object(&[], json!({ "c": text })), json!({ "additionalProperties": false })) })),
                ] }),
            ),
            // Without what the spec does not name, the second branch would accept it, too.
            vec![json!({ "id": 1, "a": { "d": 1 } })],
            vec![
                json!({ "id": 1, "a": {} }),
                json!({ "id": 1, "a": { "b": 1 } }),
            ],
        ),
        (
            "Joined",
            json!({ "allOf": [
                object(&["id"], json!({ "id": integer })),
                { "oneOf": [object(&["a"], json!({ "a": text })), object(&["b"], json!({ "b": integer }))] },
            ] }),
            vec![
                json!({ "id": 1, "a": "a" }),
                json!({ "id": 1, "b": 1, "c": null }),
            ],
            vec![
                json!({ "id": 1 }),
                json!({ "a": "a" }),
                json!({ "id": 1, "a": "a", "b": 1 }),
            ],
        ),
    ]
}

fn subtypes(version: Version) -> Schemas {
    let text = json!({ "type": "string" });
    let integer = json!({ "type": "integer" });
    let lives = object(
        &["lives"],
        json!({ "lives": { "type": "integer", "minimum": 1 } }),
    );
    let discriminator = match version {
        Version::Swagger2 => json!({ "discriminator": "kind" }),
        _ => json!({ "discriminator": { "propertyName": "kind" } }),
    };
    let base = |properties: Value| with(object(&["kind"], properties), discriminator.clone());
    let of = |base: &str, own: Value| json!({ "allOf": [named(base), own] });
    let listed = |words: &[&str]| json!({ "type": "string", "enum": words });
    vec![
        (
            "Pet",
            base(json!({ "kind": text, "age": integer })),
            vec![
                json!({ "kind": "Pet", "age": 1 }),
                json!({ "kind": "PetCat", "age": 1, "lives": 9 }),
                json!({ "kind": "PetDog" }),
                json!({ "kind": "PetDog", "size": "small" }),
            ],
            vec![
                json!({ "kind": "PetCat" }),
                json!({ "kind": "PetCat", "lives": 0 }),
                json!({ "kind": "PetDog", "size": 1 }),
                json!({ "kind": "PetCow" }),
                json!({ "age": 1 }),
            ],
        ),
        (
            "PetCat",
            of("Pet", lives.clone()),
            vec![json!({ "kind": "PetCat", "lives": 9 })],
            vec![json!({ "kind": "PetCat" }), json!({ "lives": 9 })],
        ),
        (
            "PetDog",
            of("Pet", object(&[], json!({ "size": text }))),
            vec![json!({ "kind": "PetDog", "size": "small" })],
            vec![json!({ "kind": "PetDog", "size": 1 })],
        ),
        (
            "Lower",
            base(json!({ "kind": listed(&["lower-cat", "lowerDog", "other"]) })),
            vec![
                json!({ "kind": "lower-cat", "lives": 9 }),
                json!({ "kind": "lowerDog", "size": "small" }),
                json!({ "kind": "other", "lives": "many", "more": [1] }),
            ],
            vec![
                json!({ "kind": "lower-cat" }),
                json!({ "kind": "lower-cat", "lives": 0 }),
                json!({ "kind": "lowerDog", "size": 1 }),
                json!({ "kind": "LowerCat", "lives": 9 }),
            ],
        ),
        ("LowerCat", of("Lower", lives.clone()), vec![], vec![]),
        (
            "LowerDog",
            of("Lower", object(&[], json!({ "size": text }))),
            vec![],
            vec![],
        ),
        (
            "Early",
            base(json!({ "kind": listed(&["EarlyCat", "EarlyKitten"]) })),
            vec![
                json!({ "lives": 9, "kind": "EarlyCat" }),
                json!({ "kind": "EarlyKitten", "lives": 9, "weeks": 2 }),
            ],
            vec![
                json!({ "kind": "EarlyCat" }),
                json!({ "kind": "EarlyKitten", "lives": 9 }),
                json!({ "kind": "EarlyKitten", "weeks": 2 }),
                json!({ "kind": "Early" }),
            ],
        ),
        (
            "EarlyCat",
            json!({ "allOf": [lives, named("Early")] }),
            vec![
                json!({ "lives": 9, "kind": "EarlyCat" }),
                json!({ "kind": "EarlyKitten", "lives": 9, "weeks": 2 }),
            ],
            vec![json!({ "kind": "EarlyKitten", "lives": 9 })],
        ),
        (
            "EarlyKitten",
            of("EarlyCat", object(&["weeks"], json!({ "weeks": integer }))),
            vec![json!({ "kind": "EarlyKitten", "lives": 9, "weeks": 2 })],
            vec![json!({ "kind": "EarlyKitten", "lives": 9 })],
        ),
        (
            "Shelter",
            object(
                &["pets"],
                json!({
                    "pets": { "type": "array", "items": named("Pet") },
                    "oldest": named("Lower"),
                    "by": { "type": "object", "additionalProperties": named("Early") },
                }),
            ),
            vec![json!({
                "pets": [{ "kind": "PetCat", "lives": 1 }, { "kind": "PetDog", "size": "a" }, { "kind": "Pet" }],
                "oldest": { "kind": "lower-cat", "lives": 1 },
                "by": { "a": { "kind": "EarlyKitten", "lives": 9, "weeks": 2 } },
            })],
            vec![
                json!({ "pets": [{ "kind": "PetCat" }] }),
                json!({ "pets": [], "oldest": { "kind": "lower-cat" } }),
                json!({ "pets": [], "by": { "a": { "kind": "EarlyKitten", "lives": 9 } } }),
            ],
        ),
    ]
}
