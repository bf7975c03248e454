//! Responses with enums for `oneOf` that are proven: a value that two branches accept is validated by its schema.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use actix_web::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use spec_first::contract::{Call, Responses, Settings, no_rules};
use spec_first::{Spec, decode_union, encode_union};

use crate::client::Answer;
use crate::files::{content, contract, operation, with};
use crate::server::{Application, Server, application, spec};

/// As it would be generated.
#[derive(Clone, Debug, PartialEq)]
enum Shape {
    Circle(Circle),
    Group(Group),
}

decode_union!(Shape, SPEC, 0, { 0 => Circle, 1 => Group });

encode_union!(Shape, SPEC, 0, { 0 => Circle, 1 => Group });

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
struct Circle {
    radius: i64,
    #[serde(flatten)]
    additional: BTreeMap<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
struct Group {
    shapes: Vec<Shape>,
}

fn declared(is_proven: bool) -> Value {
    let circle = json!({ "type": "object", "required": ["radius"], "properties": { "radius": { "type": "integer" } } });
    let shapes = json!({ "type": "array", "items": { "$ref": "#/schemas/shape" } });
    let group =
        json!({ "type": "object", "required": ["shapes"], "properties": { "shapes": shapes } });
    let mut content = content("shape");
    if is_proven {
        content[0]["proven"] = json!({});
    }
    let declared = json!([{ "status": "200", "content": content }]);
    let operations = NAMES.map(|name| {
        let operation = operation(name, "GET", &format!("/{name}"));
        with(operation, "responses", declared.clone())
    });
    let schemas = json!({ "shape": { "oneOf": [circle, group] } });
    let contract = contract(schemas, json!(operations));
    let branches = [0, 1].map(|index| format!("api.yml#/schemas/shape/oneOf/{index}"));
    let unions = json!([{ "view": "responses", "exclusive": true, "branches": branches }]);
    with(contract, "unions", unions)
}

static SPEC: LazyLock<&Spec> = LazyLock::new(|| spec(&declared(true)));

const NAMES: [&str; 5] = ["circle", "group", "both", "inner", "other"];

fn shape(name: &str) -> Shape {
    let circle = |members: &[(&str, Value)]| {
        let members = members.iter().cloned();
        Shape::Circle(Circle {
            radius: 3,
            additional: members.map(|(name, it)| (name.to_owned(), it)).collect(),
        })
    };
    let both = circle(&[("shapes", json!([]))]);
    match name {
        "group" => Shape::Group(Group {
            shapes: vec![circle(&[])],
        }),
        "both" => both,
        "inner" => Shape::Group(Group { shapes: vec![both] }),
        "other" => circle(&[("shapes", json!([1]))]),
        _ => circle(&[]),
    }
}

fn answers(is_proven: bool, responses: Responses) -> Vec<Answer> {
    let settings = Settings {
        responses,
        ..Settings::default()
    };
    let server = Server::start(&declared(is_proven), settings, |routes| {
        for name in NAMES {
            routes.add(
                name,
                &application(),
                move |_: Arc<Application>, call: Call| async move {
                    let answer = async { Ok(shape(name)) };
                    call.respond(StatusCode::OK, no_rules, answer).await
                },
            );
        }
    });
    let answers = NAMES.map(|name| server.get(&format!("/api/{name}")));
    answers.into()
}

#[test]
fn a_value_that_two_branches_accept_is_rejected() {
    for (responses, expected) in [
        (Responses::Enforce, [200, 200, 500, 500, 200]),
        // A proof that let such a value pass would be reported by a debug build.
        (Responses::Report, [200; 5]),
        (Responses::Off, [200; 5]),
    ] {
        let (fast, exact) = (answers(true, responses), answers(false, responses));
        for ((fast, exact), status) in fast.iter().zip(&exact).zip(expected) {
            assert_eq!((fast.status, &fast.body), (exact.status, &exact.body));
            assert_eq!(fast.status, status, "{responses:?} {}", fast.body);
        }
        assert_eq!(fast[1].body, r#"{"shapes":[{"radius":3}]}"#);
    }
}
