//! What becomes of an answer that breaks the contract, and of a panic.

use std::env;
use std::process::Command;

use actix_web::http::StatusCode;
use clap::Parser;
use people::generated::api;
use people::generated::people::{Create, People, ReadAll, ReadOne, Update};
use people::generated::types::{NewPerson, Person, PersonUpdate};
use serde_json::Value;
use spec_first::options::{self, Options};
use spec_first::problem::Problem;

use super::support::{Server, assert_problem};

const FAILED: &str = "the server failed; its log says why";
/// Set in the process that is to be the server.
const ROLE: &str = "TEST_MISBEHAVES";

/// An application that breaks the contract in as many ways as there are offsets.
struct Misbehaving;

impl People for Misbehaving {
    async fn read_all(
        &self,
        _length: u16,
        offset: u64,
        _after: Option<String>,
        _q: Option<String>,
    ) -> Result<ReadAll, Problem> {
        let list = |people: Vec<Person>| ReadAll::Ok {
            x_total_count: None,
            body: people.into_iter().map(Into::into).collect(),
        };
        match offset {
            0 => Ok(list(vec![person("Ada")])),
            1 => Ok(list(vec![person("Ada"), person("")])),
            2 => Ok(list(vec![person("Ada"); 1001])),
            3 => Err(Problem::conflict("which no spec says of a list")),
            4 => Err(Problem::bad_request("which the spec says")),
            5 => Err(Problem::internal("the disk is full")),
            _ => panic!("a secret"),
        }
    }

    async fn create(&self, _person: NewPerson) -> Result<Create, Problem> {
        let body = person("").into();
        Ok(Create::Created {
            e_tag: None,
            location: None,
            body,
        })
    }

    async fn read_one(
        &self,
        _lname: String,
        _if_match: Option<String>,
        _if_none_match: Option<String>,
    ) -> Result<ReadOne, Problem> {
        let (e_tag, body) = (None, person("\n").into());
        Ok(ReadOne::Ok { e_tag, body })
    }

    async fn update(
        &self,
        _lname: String,
        _if_match: Option<String>,
        _if_none_match: Option<String>,
        _person: PersonUpdate,
    ) -> Result<Update, Problem> {
        Err(Problem::new(
            StatusCode::GONE,
            "which no spec says of an update",
        ))
    }

    async fn delete(
        &self,
        _lname: String,
        _if_match: Option<String>,
        _if_none_match: Option<String>,
    ) -> Result<(), Problem> {
        Ok(())
    }
}

fn person(fname: &str) -> Person {
    let [lname, timestamp] = ["Lovelace", "1843-07-10 00:00:00"].map(str::to_owned);
    Person::new(fname.to_owned(), lname, timestamp)
}

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    options: Options,
}

/// No test, but the server of the tests below, each of which runs it in a process of its own.
#[test]
fn the_server_that_misbehaves() {
    if env::var_os(ROLE).is_some() {
        let arguments: Arguments =
            options::parse_from("PEOPLE", ["server"]).expect("they are valid");
        let server = spec_first::Server::new(api(Misbehaving), arguments.options);
        server.run().expect("it serves");
    }
}

/// Starts that server, which has no page.
pub fn misbehaving(responses: &str) -> Server {
    let mut command = Command::new(env::current_exe().expect("a path"));
    command.args([
        "--exact",
        "responses::the_server_that_misbehaves",
        "--nocapture",
    ]);
    command.env(ROLE, "1").env("PEOPLE_LISTEN", "127.0.0.1:0");
    command
        .env("PEOPLE_LOG_FORMAT", "json")
        .env("PEOPLE_RESPONSES", responses);
    Server::spawn(command)
}

/// The event about a failure, which is logged before the request itself.
fn logged(server: &Server, word: &str) -> Value {
    serde_json::from_str(&server.log.wait_for(|line| line.contains(word))).expect("JSON")
}

#[test]
fn a_response_that_keeps_the_contract_is_sent() {
    for responses in ["enforce", "report", "off"] {
        let server = misbehaving(responses);
        let reply = server.get("/api/people");
        let body = r#"[{"fname":"Ada","lname":"Lovelace","timestamp":"1843-07-10 00:00:00"}]"#;
        assert_eq!((reply.status, reply.text()), (200, body));
        let refused = server.get("/api/people?offset=4");
        assert_problem(&refused, 400, "Bad Request", "which the spec says");
        assert_eq!(server.send("DELETE", "/api/people/x", &[], "").status, 204);
    }
}

#[test]
fn an_answer_that_breaks_the_contract_is_500_and_the_log_tells_why() {
    let server = misbehaving("enforce");
    for (path, keyword) in [
        ("/api/people?offset=1", "/1/fname"),
        ("/api/people?offset=2", "1000"),
        ("/api/people?offset=3", "409"),
        ("/api/people/x", "/fname"),
    ] {
        let id = path.replace(['/', '?', '='], "-");
        let reply = server.get_with(path, &[("X-Request-Id", &id)]);
        assert_problem(&reply, 500, "Internal Server Error", FAILED);
        let event = logged(&server, &id);
        assert_eq!(event["level"], "ERROR", "{event}");
        assert!(event["cause"].to_string().contains(keyword), "{event}");
        assert_eq!(event["request_id"], id.as_str(), "{event}");
    }
    let created = server.send_json("POST", "/api/people", r#"{"fname":"F","lname":"L"}"#);
    assert_problem(&created, 500, "Internal Server Error", FAILED);
    let updated = server.send_json("PUT", "/api/people/x", r#"{"fname":"F"}"#);
    assert_problem(&updated, 500, "Internal Server Error", FAILED);
}

#[test]
fn a_response_that_breaks_the_contract_is_sent_if_checks_only_report() {
    let server = misbehaving("report");
    let reply = server.get("/api/people/x");
    let body = r#"{"fname":"\n","lname":"Lovelace","timestamp":"1843-07-10 00:00:00"}"#;
    assert_eq!((reply.status, reply.text()), (200, body));
    let event = logged(&server, "/fname");
    assert!(
        event["level"] == "WARN" || event["level"] == "ERROR",
        "{event}"
    );
    assert_problem(
        &server.get("/api/people?offset=3"),
        409,
        "Conflict",
        "which no spec says of a list",
    );
    logged(&server, "409");
}

#[test]
fn a_response_is_not_checked_if_checks_are_off() {
    let server = misbehaving("off");
    let reply = server.get_with("/api/people/x", &[("X-Request-Id", "unseen")]);
    assert_eq!(
        (reply.status, reply.json()["fname"].as_str()),
        (200, Some("\n"))
    );
    assert_problem(
        &server.get("/api/people?offset=3"),
        409,
        "Conflict",
        "which no spec says of a list",
    );
    logged(&server, "unseen");
    assert!(
        server
            .log
            .all()
            .iter()
            .all(|line| line.contains("\"INFO\"")),
        "{:#?}",
        server.log.all()
    );
}

#[test]
fn the_cause_of_a_failure_is_for_the_log_alone() {
    let server = misbehaving("enforce");
    assert_problem(
        &server.get("/api/people?offset=5"),
        500,
        "Internal Server Error",
        FAILED,
    );
    let event = logged(&server, "the disk is full");
    let seen = ["level", "route", "operation"].map(|key| event[key].as_str());
    assert_eq!(seen, ["ERROR", "/api/people", "people.read_all"].map(Some));
}

#[test]
fn a_panic_is_500_and_a_log_line_and_the_server_lives() {
    let server = misbehaving("enforce");
    for _ in 0..10 {
        assert_problem(
            &server.get("/api/people?offset=6"),
            500,
            "Internal Server Error",
            FAILED,
        );
    }
    let event = logged(&server, "a secret");
    assert_eq!(event["level"], "ERROR");
    assert_eq!(server.get("/api/people").status, 200);
    assert!(
        server.log.all().iter().all(|line| line.starts_with('{')),
        "{:#?}",
        server.log.all()
    );
}
