//! Creating a person.

use serde_json::json;

use super::{path_of, person, refusal, seen, unlike};
use crate::support::{Server, assert_problem};

#[test]
fn a_person_is_created() {
    let server = Server::start(&[]);
    for (content_type, lname) in [
        ("application/json", "One"),
        ("application/json; charset=utf-8", "Two"),
        ("APPLICATION/JSON ; charset=UTF-8", "Three"),
    ] {
        let body = json!({ "fname": "Ada", "lname": lname, "hat": "red" }).to_string();
        let reply = server.send(
            "POST",
            "/api/people",
            &[("Content-Type", content_type)],
            &body,
        );
        assert_eq!(seen(&reply), (201, person("Ada", lname)), "{content_type}");
        assert_eq!(reply.header("content-type"), "application/json");
        assert_eq!(
            seen(&server.get(&path_of(lname))),
            (200, person("Ada", lname))
        );
    }
}

#[test]
fn a_created_person_is_where_the_location_points_to() {
    let server = Server::start(&[]);
    for (lname, location) in [
        ("Lovelace", "people/Lovelace"),
        ("O'Neill-Smith", "people/O%27Neill-Smith"),
        ("J. R. _~", "people/J.%20R.%20_~"),
        ("100%", "people/100%25"),
        ("a?b#c:", "people/a%3Fb%23c%3A"),
        ("Mu\u{308}ller", "people/M%C3%BCller"),
        ("山田", "people/%E5%B1%B1%E7%94%B0"),
    ] {
        let body = json!({ "fname": "Ada", "lname": lname }).to_string();
        let reply = server.send_json("POST", "/api/people", &body);
        assert_eq!((reply.status, reply.header("location")), (201, location));
        // Relative to /api/people.
        let read = server.get(&format!("/api/{location}"));
        assert_eq!((read.status, read.text()), (200, reply.text()));
    }
}

#[test]
fn a_person_who_is_there_already_is_409() {
    let server = Server::start(&[]);
    let reply = server.send_json("POST", "/api/people", r#"{"fname":"D","lname":"Farrell"}"#);
    assert_problem(
        &reply,
        409,
        "Conflict",
        "Person with last name Farrell already exists",
    );
    assert_eq!(
        seen(&server.get("/api/people/Farrell")),
        (200, person("Doug", "Farrell"))
    );
}

#[test]
fn a_new_person_who_breaks_the_contract_is_400() {
    let server = Server::start(&[]);
    let long = "x".repeat(65);
    let schema = "/definitions/NewPerson";
    for (body, pointer, keyword, detail) in [
        (
            r#"{"lname":"L"}"#,
            "",
            "required",
            "\"fname\" is a required property",
        ),
        (
            r#"{"fname":5,"lname":"L"}"#,
            "/fname",
            "type",
            "5 is not of type \"string\"",
        ),
        (
            r#"{"fname":null,"lname":"L"}"#,
            "/fname",
            "type",
            "null is not of type \"string\"",
        ),
        (
            r#"{"fname":"","lname":"L"}"#,
            "/fname",
            "minLength",
            "\"\" is shorter than 1 character",
        ),
        (
            &format!(r#"{{"fname":"F","lname":"{long}"}}"#),
            "/lname",
            "maxLength",
            &format!("\"{long}\" is longer than 64 characters"),
        ),
        (
            r#"{"fname":"F","lname":".."}"#,
            "/lname",
            "pattern",
            &unlike(&server, "\"..\"", "lname"),
        ),
        (
            r#"{"fname":"F","lname":"."}"#,
            "/lname",
            "pattern",
            &unlike(&server, "\".\"", "lname"),
        ),
        (
            r#"{"fname":"F","lname":"a\u0000"}"#,
            "/lname",
            "pattern",
            &unlike(&server, "\"a\\u0000\"", "lname"),
        ),
        (r#"[]"#, "", "type", "[] is not of type \"object\""),
        (r#"null"#, "", "type", "null is not of type \"object\""),
    ] {
        let place = if pointer.is_empty() {
            "body".to_owned()
        } else {
            format!("body at {pointer}")
        };
        let within = pointer
            .strip_prefix('/')
            .map_or_else(String::new, |name| format!("/properties/{name}"));
        let error = format!(
            r#""in":"body","pointer":"{pointer}","keyword":"{keyword}","schema":"{schema}{within}/{keyword}""#
        );
        let reply = server.send_json("POST", "/api/people", body);
        assert_eq!(seen(&reply), refusal(&place, &error, detail), "{body}");
    }
    assert_eq!(
        server.get("/api/people").json().as_array().map(Vec::len),
        Some(3),
        "nobody was created"
    );
}

#[test]
fn every_fault_of_a_body_is_reported() {
    let server = Server::start(&[]);
    let problem = server
        .send_json("POST", "/api/people", r#"{"fname":5,"lname":""}"#)
        .json();
    let pointers = problem["errors"].as_array().map(|errors| {
        errors
            .iter()
            .map(|it| it["pointer"].clone())
            .collect::<Vec<_>>()
    });
    assert_eq!(pointers, Some(vec![json!("/fname"), json!("/lname")]));
}
