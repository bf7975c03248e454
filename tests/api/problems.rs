//! What is answered where nothing is, and to what is no HTTP.

use super::support::{Server, assert_problem};

const NOTHING: &str = "there is nothing at this address";

#[test]
fn an_unknown_path_under_the_api_is_a_problem_whatever_the_client_reads() {
    let server = Server::start(&[]);
    for path in [
        "/api",
        "/api/",
        "/api/persons",
        "/api/people/",
        "/api/people/a/b",
        "/api//people",
        "/api/ui/no.js",
    ] {
        for accepted in ["text/html", "*/*", "application/json"] {
            assert_problem(
                &server.get_with(path, &[("Accept", accepted)]),
                404,
                "Not Found",
                NOTHING,
            );
        }
    }
}

#[test]
fn an_unknown_path_elsewhere_is_a_page_for_browsers() {
    let server = Server::start(&[]);
    for accepted in [
        "text/html,application/xhtml+xml,*/*;q=0.8",
        "text/html",
        "application/json;q=0.5, text/html",
    ] {
        let reply = server.get_with("/nowhere", &[("Accept", accepted)]);
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (404, "text/html; charset=utf-8"),
            "{accepted}"
        );
        assert!(reply.text().contains("<h1>Not Found</h1>"));
        assert_eq!(reply.header("vary"), "Accept");
    }
}

#[test]
fn an_unknown_path_elsewhere_is_a_problem_for_others() {
    let server = Server::start(&[]);
    let accepted = [
        "*/*",
        "application/json",
        "application/problem+json",
        "application/json, text/html",
        "image/png",
        "x",
    ];
    for accepted in accepted {
        assert_problem(
            &server.get_with("/nowhere", &[("Accept", accepted)]),
            404,
            "Not Found",
            NOTHING,
        );
    }
    assert_problem(
        &server.get_with("/nowhere", &[("Accept", "text/html;q=0")]),
        404,
        "Not Found",
        NOTHING,
    );
    assert_problem(&server.get("/apis"), 404, "Not Found", NOTHING);
}

#[test]
fn bytes_that_are_not_http_are_rejected_and_the_server_goes_on() {
    let server = Server::start(&[]);
    for (request, status) in [
        ("nonsense\r\n\r\n".to_owned(), "400 Bad Request"),
        (
            "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n".to_owned(),
            "400 Bad Request",
        ),
        ("GET / HTTP/1.1\r\n\r\n".to_owned(), "400 Bad Request"),
        (
            "GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n".to_owned(),
            "400 Bad Request",
        ),
        (
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n".to_owned(),
            "400 Bad Request",
        ),
        (
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
                .to_owned(),
            "400 Bad Request",
        ),
        (
            format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(200_000)),
            "431 Request Header Fields Too Large",
        ),
        (
            format!(
                "GET / HTTP/1.1\r\nHost: x\r\nA: {}\r\n\r\n",
                "a".repeat(200_000)
            ),
            "431 Request Header Fields Too Large",
        ),
    ] {
        let reply = server.exchange(&request);
        let start = &request[..request.len().min(60)];
        assert!(
            reply.starts_with(&format!("HTTP/1.1 {status}\r\n")),
            "{start:?}: {reply:?}"
        );
    }
    assert_eq!(server.get("/").status, 200);
}
