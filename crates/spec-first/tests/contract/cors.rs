//! Pages of other origins, which the options allow.

use std::net::SocketAddr;

use actix_web::http::header::{CACHE_CONTROL, HeaderValue};
use actix_web::middleware::DefaultHeaders;
use actix_web::middleware::from_fn;

use crate::client::{Answer, exchange};
use crate::log;
use crate::serving::{reject, server_with, start};

const PAGE: &str = "https://example.org";
const VARY: &str = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";

fn send(address: SocketAddr, method: &str, path: &str, headers: &str) -> Answer {
    let head = format!("{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n");
    exchange(address, head.as_bytes())
}

fn preflight(address: SocketAddr, origin: &str, method: &str, headers: &str) -> Answer {
    let headers = format!(
        "Origin: {origin}\r\nAccess-Control-Request-Method: {method}\r\nAccess-Control-Request-Headers: {headers}\r\n\
         X-Request-Id: preflight-{method}\r\n"
    );
    send(address, "OPTIONS", "/api/echo", &headers)
}

fn allowed(answer: &Answer) -> [&str; 3] {
    ["Origin", "Credentials", "Max-Age"].map(|name| {
        answer.header(&format!(
            "Access-Control-{}{name}",
            if name == "Max-Age" { "" } else { "Allow-" }
        ))
    })
}

/// The items of a header, sorted.
fn list(answer: &Answer, name: &str) -> Vec<String> {
    let items = answer.header(name).split(", ").map(str::to_lowercase);
    let mut items: Vec<_> = items.collect();
    items.sort();
    items
}

#[test]
fn no_page_of_another_origin_may_do_anything_unless_an_option_allows_it() {
    let address = start(|address| server_with(address, &[]).run());
    let answer = send(
        address,
        "GET",
        "/api/ping",
        "Origin: https://example.org\r\n",
    );
    answer.is_json(200, "\"pong\"");
    assert_eq!(allowed(&answer), ["", "", ""]);
    let answer = preflight(address, PAGE, "POST", "content-type");
    assert_eq!(
        (answer.status, answer.header("Allow")),
        (204, "POST, OPTIONS")
    );
    assert_eq!(allowed(&answer), ["", "", ""]);
}

#[test]
fn pages_of_the_origins_that_are_listed_may_use_the_api() {
    let address = start(|address| {
        let origins = "--cors-origin=https://example.org,http://localhost:8080";
        server_with(address, &[origins, "--cors-origin=https://third.example"]).run()
    });
    for origin in [PAGE, "http://localhost:8080", "https://third.example"] {
        let answer = send(
            address,
            "GET",
            "/api/ping",
            &format!("Origin: {origin}\r\n"),
        );
        answer.is_json(200, "\"pong\"");
        assert_eq!(allowed(&answer), [origin, "", ""]);
        assert_eq!(answer.header("Vary"), VARY);
        let exposed = [
            "accept-ranges",
            "allow",
            "content-disposition",
            "content-range",
            "etag",
            "location",
            "retry-after",
            "www-authenticate",
            "x-request-id",
            "x-total-count",
        ];
        assert_eq!(list(&answer, "Access-Control-Expose-Headers"), exposed);
    }
    for other in [
        "https://evil.example",
        "https://example.org.evil.example",
        "http://example.org",
        "null",
    ] {
        let answer = send(address, "GET", "/api/ping", &format!("Origin: {other}\r\n"));
        answer.is_json(200, "\"pong\"");
        assert_eq!(allowed(&answer)[0], "", "{other}");
    }
    let answer = send(address, "GET", "/api/ping", "");
    assert_eq!(
        (answer.status, allowed(&answer)[0], answer.header("Vary")),
        (200, "", VARY)
    );
}

#[test]
fn a_preflight_request_is_answered_as_the_spec_declares() {
    let address =
        start(|address| server_with(address, &["--cors-origin=https://example.org"]).run());
    let answer = preflight(address, PAGE, "POST", "content-type, x-filter, traceparent");
    assert_eq!((answer.status, &*answer.body), (200, ""));
    assert_eq!(allowed(&answer), [PAGE, "", "600"]);
    assert_eq!(
        list(&answer, "Access-Control-Allow-Methods"),
        ["get", "head", "post"]
    );
    let headers = [
        "accept",
        "content-type",
        "traceparent",
        "tracestate",
        "x-filter",
        "x-request-id",
    ];
    assert_eq!(list(&answer, "Access-Control-Allow-Headers"), headers);
    assert_eq!(answer.header("X-Request-Id"), "preflight-POST");
    let lines = log::lines("request_id=\"preflight-POST\"");
    assert!(
        matches!(lines.as_slice(), [line] if line.contains("status=200")),
        "{lines:?}"
    );
    for (origin, method, headers, detail) in [
        (
            "https://evil.example",
            "POST",
            "content-type",
            "Origin is not allowed to make this request",
        ),
        (
            PAGE,
            "PATCH",
            "content-type",
            "Requested method is not allowed",
        ),
        (
            PAGE,
            "POST",
            "x-unknown",
            "One or more request headers are not allowed",
        ),
    ] {
        let answer = preflight(address, origin, method, headers);
        let body = format!(
            r#"{{"type":"about:blank","title":"Forbidden","status":403,"detail":"the preflight request of a browser is rejected: {detail}"}}"#
        );
        answer.is_problem(403, &body);
        assert_eq!(allowed(&answer)[0], "");
    }
}

#[test]
fn options_without_a_preflight_request_is_as_ever() {
    let address =
        start(|address| server_with(address, &["--cors-origin=https://example.org"]).run());
    let answer = send(
        address,
        "OPTIONS",
        "/api/echo",
        "Origin: https://example.org\r\n",
    );
    assert_eq!(
        (answer.status, answer.header("Allow")),
        (204, "POST, OPTIONS")
    );
    assert_eq!(allowed(&answer)[0], PAGE);
}

#[test]
fn problems_of_every_kind_can_be_read_by_the_page() {
    let address = start(|address| {
        let server = server_with(address, &["--cors-origin=*"]);
        server.wrap(|| from_fn(reject)).run()
    });
    for (method, path, status) in [
        ("GET", "/api/ping?rejected", 409),
        ("GET", "/api/nowhere", 404),
        ("GET", "/api/crash", 500),
        ("DELETE", "/api/ping", 405),
    ] {
        let answer = send(address, method, path, "Origin: https://example.org\r\n");
        assert_eq!(
            (answer.status, allowed(&answer)[0]),
            (status, "*"),
            "{path}"
        );
    }
}

#[test]
fn credentials_are_for_named_origins_alone() {
    let address = start(|address| {
        server_with(
            address,
            &["--cors-origin=https://example.org", "--cors-credentials"],
        )
        .run()
    });
    let answer = send(
        address,
        "GET",
        "/api/ping",
        "Origin: https://example.org\r\n",
    );
    assert_eq!(allowed(&answer), [PAGE, "true", ""]);
    let any = server_with(address, &["--cors-origin=*", "--cors-credentials"]).run();
    let sentence = "credentials of browsers are possible only for pages of named origins: list them instead of `*`";
    assert_eq!(any, Err(sentence.to_owned()));
}

#[test]
fn headers_that_the_application_sets_stay() {
    let address = start(|address| {
        let own =
            || DefaultHeaders::new().add((CACHE_CONTROL, HeaderValue::from_static("max-age=5")));
        server_with(address, &[]).wrap(own).run()
    });
    let answer = send(address, "GET", "/api/ping", "");
    assert_eq!(answer.header("Cache-Control"), "max-age=5");
}
