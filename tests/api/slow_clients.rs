//! Clients that keep the server waiting are cut off.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use super::support::{Server, program, rest};

/// How long the server waits for a head or for a body, with an allowance for a busy machine.
const LIMIT: Duration = Duration::from_secs(10 + 8);
/// How long it keeps a connection on which nothing is going on, with the same.
const LAST_LIMIT: Duration = Duration::from_secs(20 + 8);
/// More than any of these together.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Sends a byte now and then until the server closes the connection; returns what it sent, and after how long.
fn trickle(mut stream: TcpStream, start: &str) -> (String, Duration) {
    let begin = Instant::now();
    stream.set_read_timeout(Some(TIMEOUT)).expect("a timeout");
    stream
        .write_all(start.as_bytes())
        .expect("the start is sent");
    let mut writer = stream.try_clone().expect("a socket");
    thread::spawn(move || {
        while writer.write_all(b"a").is_ok() && begin.elapsed() < TIMEOUT {
            thread::sleep(Duration::from_millis(200));
        }
    });
    let sent = rest(&mut stream);
    (sent, begin.elapsed())
}

/// Tries all cases at the same time, since each takes long.
fn at_once<'a, const N: usize>(cases: [&'a str; N], check: impl Fn(&'a str) + Sync) {
    thread::scope(|scope| {
        for case in cases {
            scope.spawn(|| check(case));
        }
    });
}

#[test]
fn a_head_that_trickles_in_is_408() {
    let server = Server::start(&[]);
    let (sent, time) = trickle(server.connect(), "GET / HTTP/1.1\r\nHost: x\r\nA: ");
    assert!(
        sent.starts_with("HTTP/1.1 408 Request Timeout\r\n"),
        "{sent}"
    );
    assert!(time < LIMIT, "{time:?}");
}

#[test]
fn a_second_head_that_arrives_too_slowly_is_rejected() {
    let server = Server::start(&[]);
    let start = "HEAD / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nA: ";
    let (sent, time) = trickle(server.connect(), start);
    assert!(sent.starts_with("HTTP/1.1 200 OK\r\n"), "{sent}");
    assert!(time < LAST_LIMIT, "{time:?}");
}

/// A body of known length, and one in chunks.
const BODIES: [&str; 2] = [
    "Content-Length: 1000\r\n\r\n",
    "Transfer-Encoding: chunked\r\n\r\n3e8\r\n",
];

#[test]
fn a_body_that_trickles_in_is_408() {
    let server = Server::start(&[]);
    let head = "POST /api/people HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    at_once(BODIES, |body| {
        let (sent, time) = trickle(server.connect(), &format!("{head}{body}"));
        let status = "HTTP/1.1 408 Request Timeout\r\n";
        assert!(sent.starts_with(status), "{sent}");
        assert!(time < LIMIT + LAST_LIMIT, "{time:?}");
    });
}

#[test]
fn a_body_that_nobody_waits_for_is_cut_off() {
    let server = Server::start(&[]);
    let head = "POST / HTTP/1.1\r\nHost: x\r\n";
    at_once(BODIES, |body| {
        let (sent, time) = trickle(server.connect(), &format!("{head}{body}"));
        let status = "HTTP/1.1 405 Method Not Allowed\r\n";
        assert!(sent.starts_with(status), "{sent}");
        assert!(time < LAST_LIMIT, "{time:?}");
    });
}

#[test]
fn an_idle_connection_is_closed() {
    let server = Server::start(&[]);
    at_once(["", "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n"], |start| {
        let begin = Instant::now();
        let mut stream = server.connect();
        stream.write_all(start.as_bytes()).expect("sent");
        rest(&mut stream);
        assert!(begin.elapsed() < LAST_LIMIT, "{:?}", begin.elapsed());
    });
}

/// Requests a long response; returns the connection, and the length that the answer has without its head.
fn ask_for_much(server: &Server) -> (TcpStream, usize) {
    let path = "/api/ui/swagger-ui-bundle.js";
    let length = server.get(path).body.len();
    let mut stream = server.connect();
    let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("sent");
    (stream, length)
}

#[test]
fn a_client_that_reads_no_response_is_disconnected() {
    let server = Server::start(&[]);
    let (mut stream, length) = ask_for_much(&server);
    thread::sleep(LAST_LIMIT);
    let taken = rest(&mut stream).len();
    assert!(taken < length, "{taken} of {length} bytes");
}

#[test]
fn a_client_that_reads_a_response_slowly_gets_all_of_it() {
    let server = Server::start(&[]);
    let (mut stream, length) = ask_for_much(&server);
    let (begin, mut taken, mut part) = (Instant::now(), 0, [0; 8192]);
    while let Ok(count @ 1..) = stream.read(&mut part) {
        taken += count;
        thread::sleep(Duration::from_millis(150));
    }
    assert!(taken > length, "{taken} of {length} bytes");
    assert!(begin.elapsed() > LAST_LIMIT, "{:?}", begin.elapsed());
}

#[test]
fn slow_clients_do_not_keep_others_waiting() {
    let server = Server::start(&["--workers", "1"]);
    let mut slow: Vec<_> = (0..50).map(|_| server.connect()).collect();
    for stream in &mut slow {
        stream
            .write_all(b"POST /api/people HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n")
            .expect("sent");
    }
    let begin = Instant::now();
    assert_eq!(server.get("/api/people").status, 200);
    assert!(begin.elapsed() < Duration::from_secs(5));
}

#[test]
fn more_connections_than_a_shell_grants_files_are_served() {
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -S -n 64 && exec \"$0\" \"$@\""]);
    command.arg(program().get_program());
    command.args(["--listen", "127.0.0.1:0", "--database", "memory"]);
    let server = Server::spawn(command);
    let connections: Vec<_> = (0..100).map(|_| server.connect()).collect();
    assert_eq!(server.get("/api/people").status, 200);
    drop(connections);
}
