//! Reading the list and one person.

use serde_json::json;

use super::{person, refusal, seen};
use crate::support::{Server, assert_problem};

#[test]
fn the_list_is_sorted_by_last_name() {
    let server = Server::start(&[]);
    for lname in ["Ångström", "de Vries", "Zorro", "a"] {
        server.send_json(
            "POST",
            "/api/people",
            &json!({ "fname": "X", "lname": lname }).to_string(),
        );
    }
    let reply = server.get("/api/people");
    assert_eq!(reply.header("content-type"), "application/json");
    let people = [
        ("Kent", "Brockman"),
        ("Bunny", "Easter"),
        ("Doug", "Farrell"),
        ("X", "Zorro"),
    ];
    let people = people
        .into_iter()
        .chain([("X", "a"), ("X", "de Vries"), ("X", "Ångström")]);
    let people: Vec<_> = people.map(|(fname, lname)| person(fname, lname)).collect();
    assert_eq!(seen(&reply), (200, format!("[{}]", people.join(","))));
}

#[test]
fn a_part_of_the_list_is_read_by_length_and_offset() {
    let server = Server::start(&[]);
    let (kent, bunny, doug) = (
        person("Kent", "Brockman"),
        person("Bunny", "Easter"),
        person("Doug", "Farrell"),
    );
    for (query, people) in [
        ("length=1", vec![&kent]),
        ("length=2&offset=1", vec![&bunny, &doug]),
        ("offset=2", vec![&doug]),
        ("offset=3", vec![]),
        ("length=1000&offset=0", vec![&kent, &bunny, &doug]),
        ("offset=9007199254740991", vec![]),
        ("colour=red", vec![&kent, &bunny, &doug]),
    ] {
        let people: Vec<_> = people.iter().map(|it| it.as_str()).collect();
        let reply = server.get(&format!("/api/people?{query}"));
        assert_eq!(
            seen(&reply),
            (200, format!("[{}]", people.join(","))),
            "{query}"
        );
    }
}

#[test]
fn length_and_offset_have_bounds() {
    let server = Server::start(&[]);
    for (name, value, keyword, detail) in [
        ("length", "0", "minimum", "0 is less than the minimum of 1"),
        (
            "length",
            "1001",
            "maximum",
            "1001 is greater than the maximum of 1000",
        ),
        (
            "length",
            "-1",
            "minimum",
            "-1 is less than the minimum of 1",
        ),
        (
            "offset",
            "-1",
            "minimum",
            "-1 is less than the minimum of 0",
        ),
        (
            "offset",
            "9007199254740992",
            "maximum",
            "9007199254740992 is greater than the maximum of 9007199254740991",
        ),
        (
            "length",
            "ten",
            "type",
            "\"ten\" is not of type \"integer\"",
        ),
        ("length", "", "type", "\"\" is not of type \"integer\""),
        (
            "length",
            "1.0",
            "type",
            "\"1.0\" is not of type \"integer\"",
        ),
        (
            "length",
            "1e2",
            "type",
            "\"1e2\" is not of type \"integer\"",
        ),
        (
            "length",
            "1_0",
            "type",
            "\"1_0\" is not of type \"integer\"",
        ),
        (
            "offset",
            "%D9%A1",
            "type",
            "\"١\" is not of type \"integer\"",
        ),
        (
            "offset",
            "0x1",
            "type",
            "\"0x1\" is not of type \"integer\"",
        ),
    ] {
        let number = usize::from(name == "offset");
        let schema = format!("/paths/~1people/get/parameters/{number}/{keyword}");
        let error =
            format!(r#""in":"query","name":"{name}","keyword":"{keyword}","schema":"{schema}""#);
        let reply = server.get(&format!("/api/people?{name}={value}"));
        assert_eq!(
            seen(&reply),
            refusal(&format!("query parameter \"{name}\""), &error, detail),
            "{value}"
        );
        assert_eq!(reply.header("content-type"), "application/problem+json");
    }
}

#[test]
fn every_fault_of_a_query_is_reported() {
    let server = Server::start(&[]);
    let problem = server.get("/api/people?length=0&offset=-1").json();
    let names = problem["errors"].as_array().map(|errors| {
        errors
            .iter()
            .map(|it| it["name"].clone())
            .collect::<Vec<_>>()
    });
    assert_eq!(names, Some(vec![json!("length"), json!("offset")]));
}

#[test]
fn unknown_query_names_are_refused_if_strict() {
    let server = Server::start(&["--strict"]);
    let reply = server.get("/api/people?length=1&colour=red");
    assert_eq!(reply.status, 400);
    assert_eq!(reply.json()["errors"][0]["name"], "colour");
    assert_eq!(server.get("/api/people?length=1").status, 200);
}

#[test]
fn a_person_is_read() {
    let server = Server::start(&[]);
    let reply = server.get("/api/people/Farrell");
    assert_eq!(seen(&reply), (200, person("Doug", "Farrell")));
    assert_eq!(reply.header("content-type"), "application/json");
}

#[test]
fn nobody_is_404() {
    let server = Server::start(&[]);
    for method in ["GET", "PUT", "DELETE"] {
        let body = if method == "PUT" {
            r#"{"fname":"F"}"#
        } else {
            ""
        };
        let reply = server.send_json(method, "/api/people/Simpson", body);
        assert_problem(
            &reply,
            404,
            "Not Found",
            "Person with last name Simpson not found",
        );
    }
    assert_problem(
        &server.get("/api/people/farrell"),
        404,
        "Not Found",
        "Person with last name farrell not found",
    );
}
