//! Generated enums for `oneOf` and `anyOf`, without a server.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use spec_first::{Spec, decode_union};

use crate::files::{body, contract, operation, with};
use crate::server::spec;

static SPEC: LazyLock<&Spec> = LazyLock::new(|| {
    let list = json!({ "type": "array", "items": { "$ref": "#/schemas/node" } });
    let schemas = json!({ "node": { "oneOf": [list, { "type": "integer" }] } });
    let operation = with(operation("new", "POST", "/new"), "body", body("node"));
    let branches = [0, 1].map(|index| format!("api.yml#/schemas/node/oneOf/{index}"));
    let unions = json!([{ "view": "requests", "branches": branches }]);
    let contract = contract(schemas, json!([operation]));
    spec(&with(contract, "unions", unions))
});

#[derive(Debug, PartialEq)]
enum Node {
    List(Vec<Node>),
    Number(i64),
}

decode_union!(Node, SPEC, 0, { 0 => List, 1 => Number });

fn depth(node: &Node) -> usize {
    match node {
        Node::List(nodes) => 1 + nodes.iter().map(depth).max().unwrap_or_default(),
        Node::Number(_) => 0,
    }
}

#[test]
fn the_deepest_value_of_a_recursive_union_fits_the_stack() {
    let nested = |value: Value| (0..127).fold(value, |value, _| json!([value]));
    let node: Node = serde_json::from_value(nested(json!(1))).expect("a node");
    assert_eq!(depth(&node), 127);
    let refused = serde_json::from_value::<Node>(nested(json!("a")));
    assert!(refused.is_err());
}

/// What is generated for members beside a union.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
struct Place {
    id: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(flatten)]
    variant: PlaceVariant,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum PlaceVariant {
    Seat(Seat),
    Room(Room),
}

decode_union!(PlaceVariant, PLACES, 0, { 0 => Seat, 1 => Room });

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
struct Seat {
    seat: i64,
    #[serde(flatten)]
    additional: BTreeMap<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
struct Room {
    room: String,
    #[serde(flatten)]
    additional: BTreeMap<String, Value>,
}

static PLACES: LazyLock<&Spec> = LazyLock::new(|| {
    let branch = |name: &str, kind: &str| json!({ "type": "object", "required": [name], "properties": { name: { "type": kind } } });
    let place = json!({
        "type": "object",
        "required": ["id"],
        "properties": { "id": { "type": "integer" }, "note": { "type": "string" } },
        "anyOf": [branch("seat", "integer"), branch("room", "string")],
    });
    let operation = with(operation("new", "POST", "/new"), "body", body("place"));
    let branches = [0, 1].map(|index| format!("api.yml#/schemas/place/anyOf/{index}"));
    let unions = json!([{ "view": "requests", "branches": branches }]);
    let contract = contract(json!({ "place": place }), json!([operation]));
    spec(&with(contract, "unions", unions))
});

#[test]
fn an_enum_among_the_members_of_a_struct_loses_nothing() {
    for value in [
        json!({ "id": 1, "seat": 2 }),
        json!({ "id": 1, "note": "a", "room": "b", "other": [9007199254740993_i64, 0.1, null] }),
        json!({ "id": 1, "seat": 2, "room": "b" }),
    ] {
        let place: Place = serde_json::from_value(value.clone()).expect("a place");
        let is_seat = matches!(place.variant, PlaceVariant::Seat(_));
        assert_eq!(is_seat, value.get("seat").is_some());
        assert_eq!(serde_json::to_value(&place).expect("a value"), value);
    }
    for value in [
        json!({ "id": 1 }),
        json!({ "seat": 1 }),
        json!({ "id": 1, "seat": "b" }),
    ] {
        assert!(serde_json::from_value::<Place>(value).is_err());
    }
}

/// What is generated for branches that a property names.
#[derive(Debug, PartialEq)]
enum Pet {
    Any(Named),
    Dog(Named),
}

decode_union!(Pet, PETS, 0, { 0 => Any, 1 => Dog });

#[derive(Debug, PartialEq, Deserialize)]
struct Named {
    kind: String,
    #[serde(default)]
    bark: Option<i64>,
}

static PETS: LazyLock<&Spec> = LazyLock::new(|| {
    let any = json!({ "type": "object", "required": ["kind"] });
    let dog = json!({ "type": "object", "required": ["kind", "bark"] });
    let schemas = json!({ "pet": { "oneOf": [any, dog] } });
    let operation = with(operation("new", "POST", "/new"), "body", body("pet"));
    let branches = [0, 1].map(|index| format!("api.yml#/schemas/pet/oneOf/{index}"));
    let discriminator = json!({ "property": "kind", "names": [["any", "all"], ["dog"]] });
    let unions =
        json!([{ "view": "requests", "branches": branches, "discriminator": discriminator }]);
    spec(&with(
        contract(schemas, json!([operation])),
        "unions",
        unions,
    ))
});

#[test]
fn of_branches_that_a_property_names_no_other_is_tried() {
    let pet = |value: Value| serde_json::from_value::<Pet>(value).ok();
    let named = |kind: &str, bark| Named {
        kind: kind.to_owned(),
        bark,
    };
    // The first branch would accept all of them.
    for (value, expected) in [
        (
            json!({ "kind": "dog", "bark": 1 }),
            Some(Pet::Dog(named("dog", Some(1)))),
        ),
        (
            json!({ "kind": "any", "bark": 1 }),
            Some(Pet::Any(named("any", Some(1)))),
        ),
        (json!({ "kind": "all" }), Some(Pet::Any(named("all", None)))),
        (json!({ "kind": "dog" }), None),
        (json!({ "kind": "cat" }), None),
        (json!({ "kind": 1 }), None),
        (json!({}), None),
        (json!([]), None),
    ] {
        assert_eq!(pet(value.clone()), expected, "{value}");
    }
}
