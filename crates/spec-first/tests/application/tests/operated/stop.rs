//! What a signal does.

use std::net::TcpStream;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::client::Connection;
use crate::process::Process;

/// The head of a request whose body follows.
const HEAD: &str = "POST /v1/tasks HTTP/1.1\r\nHost: x\r\nX-Key: open sesame\r\n\
                    Content-Type: application/json\r\nContent-Length: 64\r\n\r\n";
const BODY: &str = r#"{"title":"Ring Ada","work":{"kind":"call","phone":"0123456789"}}"#;

/// A server, and a connection with half a request.
fn with_request_in_progress(options: &[&str]) -> (Process, Connection<TcpStream>) {
    let server = Process::start(options);
    let mut connection = Connection::open(server.address()).expect("a connection");
    assert_eq!(connection.get("/v1/tasks").expect("a response").status, 200);
    connection.send(HEAD).expect("the head is sent");
    sleep(Duration::from_millis(300));
    (server, connection)
}

#[test]
fn a_request_in_progress_ends_and_its_connection_is_closed() {
    for signal in ["TERM", "INT"] {
        let (mut server, mut connection) = with_request_in_progress(&[]);
        server.signal(signal);
        server
            .log
            .wait_for("stopping; a second signal stops at once");
        sleep(Duration::from_millis(1500));
        connection.send(BODY).expect("the body is sent");
        let response = connection.response().expect("a response");
        assert_eq!(
            (response.status, response.header("connection")),
            (201, "close")
        );
        assert!(connection.is_closed());
        assert_eq!(server.wait().code(), Some(0));
    }
}

#[test]
fn an_open_connection_has_one_more_response() {
    let mut server = Process::start(&["--shutdown-delay", "1"]);
    let mut connections: Vec<_> = (0..3)
        .map(|_| Connection::open(server.address()).expect("a connection"))
        .collect();
    for connection in &mut connections {
        let response = connection.get("/v1/tasks").expect("a response");
        assert_eq!((response.status, response.header("connection")), (200, ""));
    }
    server.signal("TERM");
    server.log.wait_for("stopping");
    for connection in &mut connections {
        let response = connection.get("/v1/tasks").expect("a response");
        assert_eq!(
            (response.status, response.header("connection")),
            (200, "close")
        );
        assert!(connection.is_closed());
    }
    assert_eq!(server.wait().code(), Some(0));
}

#[test]
fn connections_are_accepted_until_the_delay_is_over() {
    let mut server = Process::start(&["--shutdown-delay", "2"]);
    let begin = Instant::now();
    server.signal("TERM");
    server.log.wait_for("stopping");
    let mut connection = Connection::open(server.address()).expect("a connection");
    let response = connection.get("/v1/tasks").expect("a response");
    assert_eq!(
        (response.status, response.header("connection")),
        (200, "close")
    );
    assert_eq!(server.wait().code(), Some(0));
    assert!(begin.elapsed() >= Duration::from_secs(2));
}

#[test]
fn an_idle_connection_is_closed() {
    let mut server = Process::start(&[]);
    let mut connection = Connection::open(server.address()).expect("a connection");
    assert_eq!(connection.get("/v1/tasks").expect("a response").status, 200);
    server.signal("TERM");
    assert!(connection.is_closed());
    assert_eq!(server.wait().code(), Some(0));
}

#[test]
fn the_shutdown_timeout_ends_requests_in_progress() {
    let (mut server, mut connection) = with_request_in_progress(&["--shutdown-timeout", "1"]);
    server.signal("TERM");
    assert_eq!(server.wait().code(), Some(0));
    assert!(connection.response().is_err());
    let line = server.log.wait_for("the shutdown timeout has passed");
    assert!(line.contains("connections=1"), "{line}");
}

#[test]
fn a_second_signal_ends_the_process_at_once() {
    let (mut server, _connection) = with_request_in_progress(&[]);
    server.signal("TERM");
    server.log.wait_for("stopping");
    server.signal("TERM");
    assert_eq!(server.wait().code(), Some(1));
}
