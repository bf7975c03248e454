//! Last names that are hard to write in a URL.

use serde_json::json;

use super::{path_of, person, refusal, seen, unlike};
use crate::support::{Server, assert_problem};

#[test]
fn a_last_name_in_the_path_is_checked() {
    let server = Server::start(&[]);
    let long = "x".repeat(65);
    for (path, keyword, detail) in [
        (
            long.as_str(),
            Some("maxLength"),
            format!("\"{long}\" is longer than 64 characters"),
        ),
        ("%0A", Some("pattern"), unlike("\"\\n\"")),
        ("%2E%2e", Some("pattern"), unlike("\"..\"")),
        (".", Some("pattern"), unlike("\".\"")),
        ("%FF", None, "the bytes are not UTF-8".to_owned()),
        (
            "%zz",
            None,
            "a % is not followed by two hexadecimal digits".to_owned(),
        ),
    ] {
        let schema = |keyword| {
            format!(
                r#","keyword":"{keyword}","schema":"/paths/~1people~1{{lname}}/get/parameters/0/{keyword}""#
            )
        };
        let error = format!(
            r#""in":"path","name":"lname"{}"#,
            keyword.map_or_else(String::new, schema)
        );
        // A client would tidy such a path.
        let reply = server.exchange(&format!(
            "GET /api/people/{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        ));
        let (_, body) = reply.split_once("\r\n\r\n").expect("a body");
        assert_eq!(
            (400, body.to_owned()),
            refusal("path parameter \"lname\"", &error, &detail),
            "{path}"
        );
    }
}

#[test]
fn any_last_name_is_addressable() {
    let server = Server::start(&[]);
    let long = "😀".repeat(64);
    for lname in [
        "a/b",
        "/",
        "//",
        "%",
        "%2F",
        "100%",
        "a?b=c",
        "a#b",
        "\"quoted\"",
        "'",
        "<b>&amp;</b>",
        "a b",
        " ",
        "+",
        "a+b",
        "\\",
        "..a",
        "...",
        "a;b=1",
        ":",
        "@",
        "ui",
        "李",
        "Müller",
        "Mu\u{308}ller",
        "שלום",
        "👩‍👩‍👧",
        &long,
        "null",
        "true",
        "0",
        "{lname}",
        "\u{2028}",
        "\u{feff}",
        "\u{202e}evil",
        "🏴\u{e0067}",
    ] {
        let body = json!({ "fname": lname, "lname": lname }).to_string();
        let (path, same) = (path_of(lname), person(lname, lname));
        assert_eq!(
            seen(&server.send_json("POST", "/api/people", &body)),
            (201, same.clone()),
            "{lname}"
        );
        assert_eq!(seen(&server.get(&path)), (200, same), "{lname}");
        let updated = server.send_json("PUT", &path, r#"{"fname":"New"}"#);
        assert_eq!(seen(&updated), (200, person("New", lname)), "{lname}");
        let again = server.send_json("POST", "/api/people", &body);
        assert_problem(
            &again,
            409,
            "Conflict",
            &format!("Person with last name {lname} already exists"),
        );
        assert_eq!(server.send("DELETE", &path, &[], "").status, 204, "{lname}");
        assert_problem(
            &server.get(&path),
            404,
            "Not Found",
            &format!("Person with last name {lname} not found"),
        );
    }
}

#[test]
fn a_plus_in_a_path_is_a_plus() {
    let server = Server::start(&[]);
    assert_problem(
        &server.get("/api/people/a+b"),
        404,
        "Not Found",
        "Person with last name a+b not found",
    );
}
