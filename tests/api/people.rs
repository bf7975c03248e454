//! The People API: each operation, each status.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use regex::Regex;
use serde_json::json;

use super::support::{Reply, Server, assert_problem};

const PATTERN: &str = r"^(?!\.{1,2}$)[^\u0000-\u001f\u007f-\u009f]*$";

/// A reply's status and body, with `NOW` for each time.
fn seen(reply: &Reply) -> (u16, String) {
    let time = Regex::new(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d").expect("a pattern");
    (
        reply.status,
        time.replace_all(reply.text(), "NOW").into_owned(),
    )
}

fn person(fname: &str, lname: &str) -> String {
    let [fname, lname] = [fname, lname].map(|name| serde_json::to_string(name).expect("JSON"));
    format!(r#"{{"fname":{fname},"lname":{lname},"timestamp":"NOW"}}"#)
}

fn path_of(lname: &str) -> String {
    format!(
        "/api/people/{}",
        utf8_percent_encode(lname, NON_ALPHANUMERIC)
    )
}

/// The status and body of a request that breaks the contract in one place.
fn refusal(place: &str, error: &str, detail: &str) -> (u16, String) {
    let [whole, detail] =
        [format!("{place}: {detail}"), detail.to_owned()].map(|it| json!(it).to_string());
    let body = format!(
        r#"{{"type":"about:blank","title":"Bad Request","status":400,"detail":{whole},"errors":[{{{error},"detail":{detail}}}]}}"#
    );
    (400, body)
}

fn unlike(value: &str) -> String {
    format!(r#"{value} does not match "{PATTERN}""#)
}

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
        ("offset=18446744073709551615", vec![]),
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
fn all_that_is_wrong_with_a_query_is_told() {
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
            &unlike("\"..\""),
        ),
        (
            r#"{"fname":"F","lname":"."}"#,
            "/lname",
            "pattern",
            &unlike("\".\""),
        ),
        (
            r#"{"fname":"F","lname":"a\u0000"}"#,
            "/lname",
            "pattern",
            &unlike("\"a\\u0000\""),
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
fn all_that_is_wrong_with_a_body_is_told() {
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

#[test]
fn a_body_that_is_no_json_is_400() {
    let server = Server::start(&[]);
    for (body, detail) in [
        (
            r#"{"fname":"#,
            "EOF while parsing a value at line 1 column 9",
        ),
        (
            r#"{"fname":"F","fname":"F"}"#,
            "the member \"fname\" stands twice in one object at line 1 column 20",
        ),
        ("{} {}", "trailing characters at line 1 column 4"),
        ("{'fname':1}", "key must be a string at line 1 column 2"),
    ] {
        let reply = server.send_json("POST", "/api/people", body);
        assert_eq!(
            seen(&reply),
            refusal("body", r#""in":"body""#, detail),
            "{body}"
        );
    }
    for body in [
        "\u{feff}{}",
        r#"{"fname":NaN}"#,
        r#"{"fname":1e999}"#,
        r#"{"fname":"\ud800"}"#,
        &"[".repeat(100_000),
    ] {
        let reply = server.send_json("POST", "/api/people", body);
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (400, "application/problem+json"),
            "{body}"
        );
    }
}

#[test]
fn a_missing_body_is_400() {
    let server = Server::start(&[]);
    for headers in [
        vec![],
        vec![("Content-Type", "application/json")],
        vec![("Content-Type", "text/plain")],
    ] {
        let reply = server.send("POST", "/api/people", &headers, "");
        assert_eq!(
            seen(&reply),
            refusal(
                "body",
                r#""in":"body","keyword":"required""#,
                "it is required"
            ),
            "{headers:?}"
        );
    }
}

#[test]
fn a_body_of_another_type_is_415() {
    let server = Server::start(&[]);
    let body = r#"{"fname":"F","lname":"L"}"#;
    for content_type in [
        "text/plain",
        "application/xml",
        "application/jsonx",
        "application/x-www-form-urlencoded",
        "json",
    ] {
        let reply = server.send(
            "POST",
            "/api/people",
            &[("Content-Type", content_type)],
            body,
        );
        let detail = format!("the Content-Type is \"{content_type}\"; expected application/json");
        assert_problem(&reply, 415, "Unsupported Media Type", &detail);
    }
    let reply = server.exchange(&format!(
        "PUT /api/people/Farrell HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    ));
    assert!(
        reply.starts_with("HTTP/1.1 415 Unsupported Media Type\r\n"),
        "{reply}"
    );
    assert!(
        reply.ends_with(r#""detail":"the body has no Content-Type; expected application/json"}"#),
        "{reply}"
    );
}

#[test]
fn a_body_beyond_the_limit_is_413() {
    let server = Server::start(&["--body-limit", "100"]);
    let long = format!(r#"{{"fname":"F","lname":"L"}}{}"#, " ".repeat(100));
    let reply = server.send_json("POST", "/api/people", &long);
    assert_problem(
        &reply,
        413,
        "Content Too Large",
        "the body is longer than 100 bytes",
    );
    let chunked = format!(
        "POST /api/people HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{long}\r\n0\r\n\r\n",
        long.len()
    );
    let reply = server.exchange(&chunked);
    assert!(
        reply.starts_with("HTTP/1.1 413 Payload Too Large\r\n"),
        "{reply}"
    );
    let fits = format!(r#"{{"fname":"F","lname":"L"}}{}"#, " ".repeat(75));
    assert_eq!(server.send_json("POST", "/api/people", &fits).status, 201);
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
fn a_person_is_updated() {
    let server = Server::start(&[]);
    for body in [
        r#"{"fname":"Douglas"}"#,
        r#"{"fname":"Douglas","lname":"Farrell"}"#,
    ] {
        let reply = server.send_json("PUT", "/api/people/Farrell", body);
        assert_eq!(seen(&reply), (200, person("Douglas", "Farrell")), "{body}");
        assert_eq!(
            seen(&server.get("/api/people/Farrell")),
            (200, person("Douglas", "Farrell"))
        );
    }
}

#[test]
fn a_last_name_is_not_updated() {
    let server = Server::start(&[]);
    let reply = server.send_json(
        "PUT",
        "/api/people/Farrell",
        r#"{"fname":"D","lname":"Other"}"#,
    );
    let detail = "The last name Farrell cannot be changed to Other";
    let body = format!(
        r#"{{"type":"about:blank","title":"Bad Request","status":400,"detail":"{detail}","errors":[{{"in":"body","pointer":"/lname","detail":"{detail}"}}]}}"#
    );
    assert_eq!((reply.status, reply.text()), (400, body.as_str()));
    assert_eq!(
        seen(&server.get("/api/people/Farrell")),
        (200, person("Doug", "Farrell"))
    );
}

#[test]
fn an_update_that_breaks_the_contract_is_400() {
    let server = Server::start(&[]);
    for (body, pointer, keyword, detail) in [
        ("{}", "", "required", "\"fname\" is a required property"),
        (
            r#"{"fname":""}"#,
            "/fname",
            "minLength",
            "\"\" is shorter than 1 character",
        ),
        (
            r#"{"fname":"F","lname":null}"#,
            "/lname",
            "type",
            "null is not of type \"string\"",
        ),
    ] {
        let place = if pointer.is_empty() {
            "body".to_owned()
        } else {
            format!("body at {pointer}")
        };
        let within = pointer
            .strip_prefix('/')
            .map_or_else(String::new, |name| format!("/properties/{name}"));
        let schema = format!("/definitions/PersonUpdate{within}/{keyword}");
        let error = format!(
            r#""in":"body","pointer":"{pointer}","keyword":"{keyword}","schema":"{schema}""#
        );
        assert_eq!(
            seen(&server.send_json("PUT", "/api/people/Farrell", body)),
            refusal(&place, &error, detail),
            "{body}"
        );
    }
}

#[test]
fn a_person_is_deleted() {
    let server = Server::start(&[]);
    let reply = server.send(
        "DELETE",
        "/api/people/Farrell",
        &[("Content-Type", "text/odd")],
        "",
    );
    assert_eq!(
        (reply.status, reply.text(), reply.header("content-type")),
        (204, "", "")
    );
    assert_eq!(server.get("/api/people/Farrell").status, 404);
    assert_eq!(
        server.send("DELETE", "/api/people/Farrell", &[], "").status,
        404
    );
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

#[test]
fn other_methods_are_405_with_all_that_are_allowed() {
    let server = Server::start(&[]);
    for (path, methods, allow) in [
        (
            "/api/people",
            ["PUT", "DELETE", "PATCH", "QUERY"],
            "GET, HEAD, POST, OPTIONS",
        ),
        (
            "/api/people/Farrell",
            ["POST", "PATCH", "LINK", "TRACE"],
            "GET, HEAD, PUT, DELETE, OPTIONS",
        ),
    ] {
        for method in methods {
            let reply = server.send(method, path, &[], "");
            assert_problem(
                &reply,
                405,
                "Method Not Allowed",
                &format!("this resource answers {allow}"),
            );
            assert_eq!(reply.header("allow"), allow);
        }
        let reply = server.send("OPTIONS", path, &[], "");
        assert_eq!(
            (reply.status, reply.header("allow"), reply.text()),
            (204, allow, "")
        );
    }
}

#[test]
fn head_is_get_without_the_body() {
    let server = Server::start(&[]);
    for path in [
        "/api/people",
        "/api/people/Farrell",
        "/api/people/Nobody",
        "/api/people?length=0",
    ] {
        let (get, head) = (server.get(path), server.send("HEAD", path, &[], ""));
        assert_eq!((head.status, head.text()), (get.status, ""), "{path}");
        for name in ["content-length", "content-type"] {
            assert_eq!(head.header(name), get.header(name), "{path}");
        }
    }
}

#[test]
fn what_is_kept_in_a_file_is_there_after_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Server::start_in(folder.path(), &[]);
    server.send_json(
        "POST",
        "/api/people",
        r#"{"fname":"Ada","lname":"Lovelace"}"#,
    );
    server.send("DELETE", "/api/people/Farrell", &[], "");
    let before = server.get("/api/people");
    server.signal("TERM");
    server.wait();
    let server = Server::start_in(folder.path(), &[]);
    server
        .out
        .wait_for(|line| line == "  database    sqlite:people.db");
    assert_eq!(server.get("/api/people").text(), before.text());
}
