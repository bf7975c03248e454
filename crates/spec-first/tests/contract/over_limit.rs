//! How a server counts the requests that exceed its limits.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::Duration;

use actix_web::middleware::from_fn;

use crate::admin::{free, get};
use crate::client::exchange;
use crate::limits::wait;
use crate::metrics::{of, page, wait_for};
use crate::serving::{server_with, start};

const PING: &str = "GET /api/ping HTTP/1.1\r\nHost: x\r\n\r\n";

/// A server with low limits, and its listener for operators; with a middleware, it admits requests in another place.
fn serve(is_wrapped: bool) -> (SocketAddr, SocketAddr) {
    let admin = free();
    let option = format!("--admin={admin}");
    let run = move |address| {
        let limits = [
            &option,
            "--max-connections=3",
            "--max-concurrent-requests=1",
            "--request-timeout=1",
            "--url-limit=30",
            "--header-limit=70",
            "--body-limit=10",
        ];
        let server = server_with(address, &limits);
        match is_wrapped {
            true => server.wrap(|| from_fn(wait)).run(),
            false => server.run(),
        }
    };
    (start(run), admin)
}

fn status(address: SocketAddr, head: &str) -> u16 {
    let request = format!("{head}Connection: close\r\n\r\n");
    exchange(address, request.as_bytes()).status
}

/// What is counted, in the order of the page.
fn counts(admin: SocketAddr) -> Vec<String> {
    let samples = of(&page(admin), "http_requests_over_limit_total");
    let counts = samples.iter().map(|sample| {
        let sample = sample.strip_prefix("http_requests_over_limit_total{reason=\"");
        sample.expect("a reason").replace("\"}", "")
    });
    counts.collect()
}

fn exceed_lengths(address: SocketAddr) {
    let long = "a".repeat(70);
    for (head, expected) in [
        ("GET /api/ping HTTP/1.1\r\nHost: x\r\n".to_owned(), 200),
        (format!("GET /api/ping?{long} HTTP/1.1\r\nHost: x\r\n"), 414),
        (format!("GET /nowhere?{long} HTTP/1.1\r\nHost: x\r\n"), 414),
        (
            format!("GET /api/ping HTTP/1.1\r\nHost: x\r\nX: {long}\r\n"),
            431,
        ),
    ] {
        assert_eq!(status(address, &head), expected, "{head}");
    }
}

fn exceed_connections(address: SocketAddr, admin: SocketAddr) {
    wait_for(admin, "http_connections_open 0");
    let kept = [(); 3].map(|()| {
        let mut client = TcpStream::connect(address).expect("a connection");
        client.write_all(PING.as_bytes()).expect("it is sent");
        assert!(client.read(&mut [0; 1024]).expect("a response") > 0);
        client
    });
    assert_eq!(get(address, "/api/ping").status, 503);
    drop(kept);
    wait_for(admin, "http_connections_open 0");
}

#[test]
fn requests_over_a_limit_are_counted_by_the_limit() {
    for is_wrapped in [false, true] {
        let (address, admin) = serve(is_wrapped);
        assert_eq!(
            counts(admin),
            [
                "connections 0",
                "concurrent_requests 0",
                "url_length 0",
                "header_length 0",
                "timeout 0"
            ]
        );
        exceed_lengths(address);
        exceed_connections(address, admin);
        assert_eq!(
            counts(admin),
            [
                "connections 1",
                "concurrent_requests 0",
                "url_length 2",
                "header_length 1",
                "timeout 0"
            ]
        );
    }
}

#[test]
fn requests_beyond_those_that_are_handled_and_late_ones_are_counted() {
    let (address, admin) = serve(true);
    let late = thread::spawn(move || get(address, "/api/ping?5000").status);
    thread::sleep(Duration::from_millis(400));
    assert_eq!(get(address, "/api/ping").status, 503);
    assert_eq!(get(address, "/nowhere").status, 503);
    assert_eq!(late.join().expect("a response"), 504);
    assert_eq!(get(address, "/api/ping?200").status, 200);
    assert_eq!(
        counts(admin),
        [
            "connections 0",
            "concurrent_requests 2",
            "url_length 0",
            "header_length 0",
            "timeout 1"
        ]
    );
}

/// A long body is one of an operation, and what actix-web itself rejects reaches no counter.
#[test]
fn other_requests_that_are_too_long_are_not_counted_as_over_a_limit() {
    let (address, admin) = serve(false);
    let body = "Host: x\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: 11\r\n\r\n12345678901";
    let request = format!("POST /api/echo HTTP/1.1\r\n{body}");
    let long = format!(
        "GET /api/ping HTTP/1.1\r\nX: {}\r\n\r\n",
        "a".repeat(200_000)
    );
    let headers = "X: a\r\n".repeat(97);
    let many = format!("GET /api/ping HTTP/1.1\r\n{headers}\r\n");
    for (request, expected) in [
        (request.as_str(), 413),
        (&long, 431),
        (&many, 431),
        ("no request\r\n\r\n", 400),
    ] {
        assert_eq!(exchange(address, request.as_bytes()).status, expected);
    }
    let page = page(admin);
    let sum = of(&page, "http_requests_over_limit_total");
    assert!(sum.iter().all(|sample| sample.ends_with(" 0")), "{sum:?}");
    assert_eq!(
        of(&page, "http_requests_rejected_total"),
        [r#"http_requests_rejected_total{operation="echo",reason="body_too_large"} 1"#]
    );
    assert_eq!(
        of(&page, "http_requests_total"),
        [r#"http_requests_total{operation="echo",method="POST",status="413"} 1"#]
    );
}
