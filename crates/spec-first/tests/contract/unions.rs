//! Generated enums for `oneOf` and `anyOf`, without a server.

use std::sync::LazyLock;

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
