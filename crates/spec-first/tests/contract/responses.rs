//! Operations that succeed in several ways, with headers.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::{Value, json};
use spec_first::contract::{Call, Respond, Responses, Settings, no_rules};
use spec_first::problem::{Part, Problem};

use crate::files::{contract, operation, parameter, with};
use crate::log;
use crate::server::{Application, Server, application};

/// As it would be generated.
enum Create {
    Created {
        location: Option<String>,
        rate: Option<i64>,
        body: Value,
    },
    Accepted(Value),
    NoContent,
}

impl Respond for Create {
    fn respond(self, call: &Call) -> Result<HttpResponse, Problem> {
        match self {
            Self::Created {
                location,
                rate,
                body,
            } => call
                .response(StatusCode::CREATED)
                .header("Location", &location)?
                .header("X-Rate", &rate)?
                .body(no_rules, &body),
            Self::Accepted(body) => call.response(StatusCode::ACCEPTED).body(no_rules, &body),
            Self::NoContent => call.response(StatusCode::NO_CONTENT).empty(),
        }
    }
}

fn created(location: &str, rate: i64) -> Create {
    let location = Some(location.to_owned()).filter(|location| !location.is_empty());
    Create::Created {
        location,
        rate: Some(rate).filter(|rate| *rate > 0),
        body: json!("Rex"),
    }
}

fn server(id: &'static str) -> Server {
    let name = json!([{ "media_type": "application/json", "format": "json", "schema": "api.yml#/schemas/name" }]);
    let declared = json!([
        { "status": "201", "content": name, "headers": [
            { "name": "Location", "required": true, "schema": "api.yml#/schemas/place" },
            { "name": "x-rate", "required": false, "schema": "api.yml#/schemas/rate" },
        ] },
        { "status": "202", "content": name },
        { "status": "204", "content": [] },
    ]);
    let schemas = json!({
        "case": { "type": "string" },
        "name": { "type": "string" },
        "place": { "type": "string", "pattern": "^/" },
        "rate": { "type": "integer", "maximum": 9 },
    });
    let post = with(operation(id, "POST", "/pets"), "responses", declared);
    let post = with(
        post,
        "parameters",
        json!([parameter("query", "case", json!(["string"]))]),
    );
    let settings = Settings {
        responses: Responses::Enforce,
        ..Settings::default()
    };
    log::keep();
    Server::start(&contract(schemas, json!([post])), settings, move |routes| {
        routes.add(
            id,
            &application(),
            |_: Arc<Application>, call: Call| async move {
                let case: String = call.parameter(Part::Query, "case")?;
                call.respond_any(async move {
                    Ok(match case.as_str() {
                        "created" => created("/pets/Rex", 3),
                        "plain" => created("/pets/Rex", 0),
                        "nowhere" => created("", 3),
                        "astray" => created("pets", 10),
                        "broken" => created("/pets\n/Rex", 3),
                        "accepted" => Create::Accepted(json!("Rex")),
                        "wrong" => Create::Accepted(json!(5)),
                        _ => Create::NoContent,
                    })
                })
                .await
            },
        );
    })
}

#[test]
fn each_way_to_succeed_is_sent_with_its_status_and_headers() {
    let server = server("ways");
    let created = server.post("/api/pets?case=created", "");
    created.is_json(201, "\"Rex\"");
    assert_eq!(
        (created.header("Location"), created.header("X-Rate")),
        ("/pets/Rex", "3")
    );
    let plain = server.post("/api/pets?case=plain", "");
    plain.is_json(201, "\"Rex\"");
    assert_eq!(
        (plain.header("Location"), plain.header("X-Rate")),
        ("/pets/Rex", "")
    );
    server
        .post("/api/pets?case=accepted", "")
        .is_json(202, "\"Rex\"");
    let nothing = server.post("/api/pets?case=nothing", "");
    assert_eq!((nothing.status, nothing.body.as_str()), (204, ""));
    assert_eq!(log::about("ways"), [""; 0]);
}

#[test]
fn headers_that_break_the_contract_are_500_with_the_cause_in_the_log() {
    let server = server("astray");
    let breach = "the response breaks the contract: status";
    for (case, cause) in [
        (
            "nowhere",
            format!("{breach} 201: header Location: it is required"),
        ),
        (
            "astray",
            format!(
                "{breach} 201: header Location: \"pets\" does not match \"^/\"; header x-rate: 10 is greater than the maximum of 9"
            ),
        ),
        (
            "wrong",
            format!("{breach} 202: body at \"\": 5 is not of type \"string\" (/schemas/name/type)"),
        ),
        (
            "broken",
            "the header Location of the response contains a control character: \"/pets\\n/Rex\""
                .to_owned(),
        ),
    ] {
        let answer = server.post(&format!("/api/pets?case={case}"), "");
        assert_eq!(answer.status, 500, "{case}");
        assert!(!answer.body.contains("header"), "{}", answer.body);
        // The log quotes its fields.
        let cause = format!("{cause:?}");
        let cause = cause.trim_matches('"');
        let told = log::about("astray");
        assert!(
            told.last().is_some_and(|line| line.contains(cause)),
            "{case}: {told:?}"
        );
    }
}
