//! How the server stops.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use super::support::{Server, rest};

pub const BODY: &str = r#"{"fname":"Late","lname":"Comer"}"#;

/// Starts a request, and returns once the server waits for its body.
pub fn request_under_way(server: &Server) -> std::net::TcpStream {
    let mut stream = server.connect();
    let head = format!(
        "POST /api/people HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: {}\r\n\r\n",
        BODY.len()
    );
    stream.write_all(head.as_bytes()).expect("the head is sent");
    let mut go_on = [0; 25];
    stream
        .read_exact(&mut go_on)
        .expect("the server waits for the body");
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream
}

#[test]
fn what_is_in_flight_is_finished_before_it_stops() {
    for signal in ["TERM", "INT"] {
        let mut server = Server::start(&[]);
        let mut stream = request_under_way(&server);
        server.signal(signal);
        server.log.wait_for(|line| line.contains("stopping"));
        stream.write_all(BODY.as_bytes()).expect("the body is sent");
        let reply = rest(&mut stream);
        assert!(
            reply.starts_with("HTTP/1.1 201 Created\r\n"),
            "{signal}: {reply}"
        );
        assert_eq!(server.wait().code(), Some(0), "{signal}");
    }
}

#[test]
fn an_idle_server_with_open_connections_stops_soon() {
    let mut server = Server::start(&[]);
    let mut idle = server.connect();
    idle.write_all(b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
        .expect("sent");
    idle.read_exact(&mut [0; 12]).expect("an answer");
    let begin = Instant::now();
    server.signal("TERM");
    assert_eq!(server.wait().code(), Some(0));
    assert!(
        begin.elapsed() < Duration::from_secs(5),
        "{:?}",
        begin.elapsed()
    );
}

#[test]
fn a_client_that_never_finishes_does_not_stop_it_from_stopping() {
    let mut server = Server::start(&[]);
    let stream = request_under_way(&server);
    let begin = Instant::now();
    server.signal("TERM");
    assert_eq!(server.wait().code(), Some(0));
    assert!(
        begin.elapsed() < Duration::from_secs(15),
        "{:?}",
        begin.elapsed()
    );
    drop(stream);
}

#[test]
fn a_second_signal_stops_it_at_once() {
    let mut server = Server::start(&[]);
    let stream = request_under_way(&server);
    let begin = Instant::now();
    server.signal("INT");
    server.log.wait_for(|line| line.contains("stopping"));
    server.signal("INT");
    assert_eq!(server.wait().code(), Some(1));
    assert!(
        begin.elapsed() < Duration::from_secs(5),
        "{:?}",
        begin.elapsed()
    );
    drop(stream);
}
