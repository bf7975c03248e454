//! Bodies that cannot be read, whatever is in them.

use super::{refusal, seen};
use crate::support::{Server, assert_problem};

#[test]
fn a_body_that_is_no_json_is_400() {
    let server = Server::start(&[]);
    for (body, detail) in [
        (
            r#"{"fname":"#,
            "the text ends before a value, at line 1 column 9",
        ),
        (
            r#"{"fname":"F","fname":"F"}"#,
            "the member \"fname\" occurs twice in one object, at line 1 column 20",
        ),
        ("{} {}", "more text follows the value, at line 1 column 4"),
        (
            "{'fname':1}",
            "expected the name of a member in double quotes, at line 1 column 2",
        ),
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
        "PUT /api/people/Farrell HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-Id: a\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    ));
    assert!(
        reply.starts_with("HTTP/1.1 415 Unsupported Media Type\r\n"),
        "{reply}"
    );
    assert!(
        reply.ends_with(r#""detail":"the body has no Content-Type; expected application/json","request_id":"a"}"#),
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
