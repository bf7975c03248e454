//! Bodies whose types are proven to enforce their schemas: the answers are those of a server that validates each by its schema.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use actix_web::http::StatusCode;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use indexmap::IndexSet;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use spec_first::contract::{Call, Responses, Settings, not_null};
use spec_first::{decode_subtypes, rule, validate_union};
use validator::{Validate, ValidationError};

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
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(length(min = 1), custom(function = "check_tags"))]
    tags: Option<IndexSet<String>>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(custom(function = "check_scores"))]
    scores: Option<BTreeMap<String, Vec<i64>>>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(custom(function = "check_mail"))]
    mail: Option<String>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(nested)]
    home: Option<Home>,
}

fn check_tags(value: &IndexSet<String>) -> Result<(), ValidationError> {
    rule::require(
        value
            .iter()
            .all(|it| rule::has_length(it, ..=3) && TAG.is_match(it)),
    )
}

static TAG: LazyLock<rule::Pattern> = LazyLock::new(|| rule::pattern("^(?!x)[a-zé]*$"));

fn check_scores(value: &BTreeMap<String, Vec<i64>>) -> Result<(), ValidationError> {
    rule::require(value.values().all(|it| it.iter().all(|it| *it % 5 == 0)))
}

fn check_mail(value: &str) -> Result<(), ValidationError> {
    rule::require(MAIL.accepts(value))
}

static MAIL: LazyLock<rule::Keywords> =
    LazyLock::new(|| rule::keywords("2020-12", r#"{"format":"email"}"#));

/// Where a pet lives: a base with one subtype.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum Home {
    Cage(Cage),
    Base(HomeBase),
}

decode_subtypes!(Home, "kind", { "cage" => Cage }, Base);

validate_union!(Home, { Cage: check_cage, Base: check_base });

fn check_cage(value: &Cage) -> Result<(), ValidationError> {
    rule::require_named(matches!(value.kind.as_str(), "cage"))
}

fn check_base(value: &HomeBase) -> Result<(), ValidationError> {
    rule::require_named(matches!(value.kind.as_str(), "home") && value.validate().is_ok())
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
struct Cage {
    kind: String,
    bars: u64,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
struct HomeBase {
    kind: String,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    town: Option<String>,
    #[serde(flatten)]
    #[validate(custom(function = "check_additional"))]
    additional: BTreeMap<String, Value>,
}

fn check_additional(value: &BTreeMap<String, Value>) -> Result<(), ValidationError> {
    rule::require(rule::has_none(value, &["kind", "town"]))
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
            "tags": {
                "type": "array",
                "minItems": 1,
                "uniqueItems": true,
                "items": { "type": "string", "maxLength": 3, "pattern": "^(?!x)[a-zé]*$" },
            },
            "scores": {
                "type": "object",
                "additionalProperties": { "type": "array", "items": { "type": "integer", "multipleOf": 5 } },
            },
            "mail": { "type": "string", "format": "email" },
            "home": {
                "type": "object",
                "required": ["kind"],
                "properties": {
                    "kind": { "type": "string", "enum": ["home", "cage"] },
                    "town": { "type": "string" },
                },
                "anyOf": [
                    { "not": { "properties": { "kind": { "enum": ["cage"] } } } },
                    { "required": ["bars"], "properties": { "bars": { "type": "integer", "minimum": 0 } } },
                ],
            },
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
        "tag" => pet.tags = Some(IndexSet::from(["long".to_owned()])),
        "score" => pet.scores = Some(BTreeMap::from([("a".to_owned(), vec![7])])),
        "mail" => pet.mail = Some("a".to_owned()),
        // They call themselves by the name of another variant. The schema accepts one that has what this adds.
        "cage" => pet.home = Some(base_named_cage(BTreeMap::new())),
        "bars" => {
            pet.home = Some(base_named_cage(BTreeMap::from([(
                "bars".to_owned(),
                json!(3),
            )])))
        }
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

fn base_named_cage(additional: BTreeMap<String, Value>) -> Home {
    Home::Base(HomeBase {
        kind: "cage".to_owned(),
        town: None,
        additional,
    })
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
        (
            "tags",
            &[
                "[]",
                r#"["a"]"#,
                r#"["é","abc"]"#,
                r#"["abcd"]"#,
                r#"["x"]"#,
                r#"["a","a"]"#,
                r#"["a","\u0061"]"#,
                "[1]",
                "[null]",
                r#"{"a":1}"#,
            ],
        ),
        (
            "scores",
            &[
                "{}",
                r#"{"a":[5,-10,0]}"#,
                r#"{"a":[5],"b":[6]}"#,
                r#"{"a":[5.0]}"#,
                r#"{"a":[5e0]}"#,
                r#"{"a":[-0]}"#,
                r#"{"a":[9007199254740995]}"#,
                r#"{"a":[5],"a":[10]}"#,
                r#"{"a":5}"#,
            ],
        ),
        (
            "mail",
            &[
                r#""a@example.com""#,
                r#""a""#,
                r#""a\u0040example.com""#,
                "1",
            ],
        ),
        (
            "home",
            &[
                r#"{"kind":"home"}"#,
                r#"{"kind":"home","town":"Ulm","bars":"none"}"#,
                r#"{"kind":"home","town":1}"#,
                r#"{"kind":"cage","bars":3}"#,
                r#"{"bars":3,"kind":"cage"}"#,
                r#"{"kind":"cage"}"#,
                r#"{"kind":"cage","bars":-1}"#,
                r#"{"kind":"cage","bars":3.0}"#,
                r#"{"kind":"cage","bars":3,"bars":4}"#,
                r#"{"kind":"home","kind":"cage","bars":3}"#,
                r#"{"kind":"cow"}"#,
                r#"{"kind":{"cage":null},"bars":3}"#,
                r#"["cage",3]"#,
                "{}",
            ],
        ),
        ("other", &["1", r#"{"a":1,"a":2}"#, "null"]),
    ] {
        bodies.extend(values.iter().map(|value| member(name, value)));
    }
    for dialect in ["draft4", "2020-12"] {
        let answers = compare(dialect, Responses::Enforce, &bodies);
        let accepted = answers.iter().filter(|answer| answer.status == 200);
        assert!((30..60).contains(&accepted.count()));
    }
}

#[test]
fn responses_have_the_same_answers_in_every_mode() {
    let names = [
        "Rex", "long", "nan", "late", "old", "tag", "score", "mail", "cage", "inner", "bars",
    ];
    let bodies = names.map(|name| format!(r#"{{"name":"{name}","notes":{{"a":[1,null]}}}}"#));
    for (responses, statuses) in [
        (
            Responses::Enforce,
            [200, 500, 500, 500, 500, 500, 500, 500, 500, 500, 200],
        ),
        (Responses::Report, [200; 11]),
        (Responses::Off, [200; 11]),
    ] {
        let answers = compare("draft4", responses, &bodies);
        let found: Vec<_> = answers.iter().map(|answer| answer.status).collect();
        assert_eq!(found, statuses);
    }
    let body = &compare("draft4", Responses::Enforce, &bodies[..1])[0].body;
    assert_eq!(body, r#"{"name":"Rex","notes":{"a":[1,null]}}"#);
}
