//! Bodies whose types are proven to enforce their schemas: the answers are those of a server that validates each by its schema.

use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::http::StatusCode;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use spec_first::contract::{Call, Responses, Settings, not_null};
use validator::Validate;

use crate::client::Answer;
use crate::files::{body, content, contract, operation, with};
use crate::server::{Application, Server, application};

/// As it would be generated.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
struct Pet {
    #[validate(length(min = 1, max = 5))]
    name: String,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    kind: Option<Kind>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(max = 9))]
    age: Option<u64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    weight: Option<f64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    born: Option<NaiveDate>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    seen: Option<DateTime<Utc>>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    notes: Option<BTreeMap<String, Value>>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(nested)]
    friends: Option<Vec<Pet>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Cat,
    Dog,
}

fn pet() -> Value {
    json!({
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": { "type": "string", "minLength": 1, "maxLength": 5 },
            "kind": { "type": "string", "enum": ["cat", "dog"] },
            "age": { "type": "integer", "minimum": 0, "maximum": 9 },
            "weight": { "type": "number" },
            "born": { "type": "string", "format": "date" },
            "seen": { "type": "string", "format": "date-time" },
            "notes": { "type": "object" },
            "friends": { "type": "array", "items": { "$ref": "#/schemas/pet" } },
        },
    })
}

/// A server that echoes a pet, or answers with one that breaks the contract as its name says.
fn server(dialect: &str, is_proven: bool, responses: Responses) -> Server {
    let mark = |mut content: Value| {
        if is_proven {
            content[0]["proven"] = json!({});
        }
        content
    };
    let declared = json!([{ "status": "200", "content": mark(content("pet")) }]);
    let post = with(operation("echo", "POST", "/echo"), "responses", declared);
    let mut posted = body("pet");
    posted["content"] = mark(posted["content"].clone());
    let post = with(post, "body", posted);
    let contract = contract(json!({ "pet": pet() }), json!([post]));
    let contract = with(contract, "dialect", dialect.into());
    let settings = Settings {
        responses,
        ..Settings::default()
    };
    Server::start(&contract, settings, |routes| {
        routes.add(
            "echo",
            &application(),
            |_: Arc<Application>, call: Call| async move {
                let pet: Pet = call.body(Validate::validate)?;
                let answer = async { Ok(answer(pet)) };
                call.respond(StatusCode::OK, Validate::validate, answer)
                    .await
            },
        );
    })
}

fn answer(mut pet: Pet) -> Pet {
    match pet.name.as_str() {
        "long" => pet.name.push_str("er than 5"),
        "nan" => pet.weight = Some(f64::NAN),
        "late" => {
            pet.born = NaiveDate::from_ymd_opt(9999, 12, 31).map(|it| it + TimeDelta::days(1))
        }
        "old" => pet.age = Some(10),
        "inner" => {
            pet.friends = Some(vec![Pet {
                name: String::new(),
                ..pet.clone()
            }])
        }
        _ => {}
    }
    pet
}

/// Sends bodies to a server that validates by the schema, and to one that does not have to; both have to answer alike.
fn compare(dialect: &str, responses: Responses, bodies: &[String]) -> Vec<Answer> {
    let exact = server(dialect, false, responses);
    let fast = server(dialect, true, responses);
    let answers = bodies.iter().map(|body| {
        let (expected, found) = (exact.post("/api/echo", body), fast.post("/api/echo", body));
        assert_eq!(
            (found.status, &found.body),
            (expected.status, &expected.body),
            "{dialect} {body}"
        );
        found
    });
    answers.collect()
}

#[test]
fn requests_have_the_same_answers_at_every_gap_of_serde() {
    let member = |name: &str, value: &str| format!(r#"{{"name":"Rex","{name}":{value}}}"#);
    let nested = |depth: usize| {
        let inner = format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
        member("notes", &format!(r#"{{"a":{inner}}}"#))
    };
    let mut bodies = vec![
        r#"{"name":"Rex"}"#.to_owned(),
        r#"["Rex","cat",1]"#.to_owned(),
        r#"{"name":"Rex","name":"Tom"}"#.to_owned(),
        r#"{"name":"Rex","other":1,"other":1}"#.to_owned(),
        "{\"name\":\"R\\ud800x\"}".to_owned(),
        "{\"name\":\"\\ud83d\\ude00\"}".to_owned(),
        "\u{feff}{\"name\":\"Rex\"}".to_owned(),
        r#"{"name":"Rex"} {}"#.to_owned(),
        r#"{"name":""}"#.to_owned(),
        "{}".to_owned(),
        "null".to_owned(),
        nested(120),
        nested(125),
        nested(126),
        nested(127),
    ];
    for (name, values) in [
        (
            "kind",
            &[r#""cat""#, r#"{"cat":null}"#, r#""cow""#, "null", "0"][..],
        ),
        (
            "age",
            &[
                "1",
                "9",
                "10",
                "1.0",
                "1e0",
                "-0",
                "-1",
                "18446744073709551616",
                "1e400",
            ],
        ),
        (
            "weight",
            &[
                "1",
                "1.0",
                "1e2",
                "-0",
                "-0.0",
                "9007199254740993",
                "1e400",
                "1e-400",
                "0.1234567890123456789012345678901234567890",
                "NaN",
            ],
        ),
        (
            "born",
            &[
                r#""2024-02-29""#,
                r#""2023-02-29""#,
                r#""2024-2-29""#,
                r#""+12024-02-29""#,
                r#""0000-01-01""#,
            ],
        ),
        (
            "seen",
            &[
                r#""2024-01-01T00:00:00Z""#,
                r#""2024-01-01 00:00:00Z""#,
                r#""2024-01-01t00:00:00z""#,
                r#""2016-12-31T23:59:60Z""#,
                r#""2024-01-01T00:00:00.1234567890123456789012345678901234567890Z""#,
                r#""2024-01-01T00:00:00+23:59""#,
            ],
        ),
        (
            "notes",
            &[
                "{}",
                r#"{"a":1,"a":2}"#,
                r#"{"a":1.0,"b":-0,"c":1e400}"#,
                r#"{"a":{"b":[1e2,-0.0,0.5]}}"#,
                "[]",
            ],
        ),
        (
            "friends",
            &[
                "[]",
                r#"[{"name":"Tom","friends":[["a"]]}]"#,
                r#"[{"name":"longer"}]"#,
                r#"[["Tom"]]"#,
            ],
        ),
        ("other", &["1", r#"{"a":1,"a":2}"#, "null"]),
    ] {
        bodies.extend(values.iter().map(|value| member(name, value)));
    }
    for dialect in ["draft4", "2020-12"] {
        let answers = compare(dialect, Responses::Enforce, &bodies);
        let accepted = answers.iter().filter(|answer| answer.status == 200);
        assert!((15..45).contains(&accepted.count()));
    }
}

#[test]
fn responses_have_the_same_answers_in_every_mode() {
    let names = ["Rex", "long", "nan", "late", "old", "inner"];
    let bodies = names.map(|name| format!(r#"{{"name":"{name}","notes":{{"a":[1,null]}}}}"#));
    for (responses, statuses) in [
        (Responses::Enforce, [200, 500, 500, 500, 500, 500]),
        (Responses::Report, [200; 6]),
        (Responses::Off, [200; 6]),
    ] {
        let answers = compare("draft4", responses, &bodies);
        let found: Vec<_> = answers.iter().map(|answer| answer.status).collect();
        assert_eq!(found, statuses);
    }
    let body = &compare("draft4", Responses::Enforce, &bodies[..1])[0].body;
    assert_eq!(body, r#"{"name":"Rex","notes":{"a":[1,null]}}"#);
}
