//! The listener for operators: whether the server is ready.

use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

use super::postgres_server::PostgresServer;
use super::stop::{BODY, request_under_way};
use super::support::{Reply, Server, TIMEOUT, assert_problem, get, program, rest, run};

/// A server on this database, and the address of its listener for operators.
fn serve(database: &str) -> (Server, String) {
    let mut command = program();
    command.args(["--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"]);
    command.args(["--database", database]);
    let server = Server::spawn(command);
    let line = server.out.wait_for(|line| line.contains("probes"));
    let address = line
        .split_whitespace()
        .last()
        .and_then(|it| it.strip_suffix("/health/ready"));
    let address = address.expect("an address").to_owned();
    (server, address)
}

fn is_ready(reply: &Reply) {
    assert_eq!((reply.status, reply.text()), (200, r#"{"status":"ready"}"#));
}

fn is_failed(reply: &Reply) {
    let body = r#"{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"the check \"database\" failed","failed":["database"]}"#;
    assert_eq!((reply.status, reply.text()), (503, body));
    assert_eq!(reply.header("content-type"), "application/problem+json");
}

/// The first reply with this status.
fn wait_for(admin: &str, status: u16) -> Reply {
    let deadline = Instant::now() + TIMEOUT;
    loop {
        let reply = get(&format!("{admin}/health/ready"));
        if reply.status == status {
            return reply;
        }
        assert!(Instant::now() < deadline, "{reply:?}");
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_server_that_stops_is_live_and_not_ready() {
    let (mut server, admin) = serve("memory");
    is_ready(&get(&format!("{admin}/health/ready")));
    let mut stream = request_under_way(&server);
    server.signal("TERM");
    server.log.wait_for(|line| line.contains("stopping"));
    let reply = get(&format!("{admin}/health/ready"));
    assert_problem(&reply, 503, "Service Unavailable", "the server is stopping");
    let live = get(&format!("{admin}/health/live"));
    assert_eq!((live.status, live.text()), (200, r#"{"status":"live"}"#));
    stream.write_all(BODY.as_bytes()).expect("the body is sent");
    assert!(rest(&mut stream).starts_with("HTTP/1.1 201 Created\r\n"));
    assert_eq!(server.wait().code(), Some(0));
}

#[test]
fn a_server_without_its_file_is_not_ready_until_it_is_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("people.db");
    let (server, admin) = serve(&format!("sqlite:{}", file.display()));
    is_ready(&get(&format!("{admin}/health/ready")));
    let moved = folder.path().join("moved.db");
    fs::rename(&file, &moved).expect("moved");
    is_failed(&wait_for(&admin, 503));
    let cause = "the server is not ready check=\"database\" cause=\"SQLite: the file was removed";
    server.log.wait_for(|line| line.contains(cause));
    fs::rename(&moved, &file).expect("moved back");
    is_ready(&wait_for(&admin, 200));
    server
        .log
        .wait_for(|line| line.contains("the server is ready again"));
}

#[test]
#[ignore = "needs PostgreSQL: run tests/run"]
fn a_server_without_postgresql_is_not_ready_until_it_is_back() {
    let mut database = PostgresServer::start();
    let (server, admin) = serve(&database.database());
    // The first connection may take longer than the check waits.
    is_ready(&wait_for(&admin, 200));
    database.crash();
    is_failed(&wait_for(&admin, 503));
    server
        .log
        .wait_for(|line| line.contains("the server is not ready check=\"database\""));
    assert_eq!(get(&format!("{admin}/health/live")).status, 200);
    database.restart();
    is_ready(&wait_for(&admin, 200));
}

#[test]
fn a_taken_address_is_one_sentence() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address");
    let mut command = program();
    command.args(["--listen", "127.0.0.1:0", "--database", "memory"]);
    let output = run(command.env("PEOPLE_ADMIN", address.to_string()));
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        format!(
            "cannot listen on {address}, the address of --admin: Address already in use (os error 98)\n"
        )
    );
}

/// Runs the program as a container's health check does: its exit code, and what it says.
fn check_health(admin: &str) -> (Option<i32>, String) {
    let mut command = program();
    command.env("PEOPLE_ADMIN", admin).arg("--check-health");
    let output = run(&mut command);
    assert_eq!(output.stdout, b"");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), said)
}

#[test]
fn check_health_exits_with_what_the_server_reports() {
    let (mut server, admin) = serve("memory");
    let admin = admin.strip_prefix("http://").expect("a URL");
    assert_eq!(check_health(admin), (Some(0), String::new()));

    let stream = request_under_way(&server);
    server.signal("TERM");
    server.log.wait_for(|line| line.contains("stopping"));
    let said = "the server is not ready: its status is 503\n".to_owned();
    assert_eq!(check_health(admin), (Some(1), said));
    drop(stream);
    server.wait();

    let said =
        format!("no server reports its health at {admin}: Connection refused (os error 111)\n");
    assert_eq!(check_health(admin), (Some(1), said));
    let mute = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let other = mute.local_addr().expect("an address").to_string();
    let silent = thread::spawn(move || check_health(&other));
    let (mut stream, _) = mute.accept().expect("a connection");
    stream.write_all(b"SSH-2.0-OpenSSH\r\n").expect("sent");
    let (code, said) = silent.join().expect("no panic");
    assert_eq!(code, Some(1));
    assert!(said.ends_with(": its answer is not HTTP\n"), "{said}");
}

#[test]
fn check_health_needs_the_address_of_the_probes() {
    let output = run(program().arg("--check-health"));
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        said,
        "the following required arguments were not provided: --admin <ADDRESS:PORT>; --help lists the options\n"
    );
}

/// The value of a sample, if it is on the page of metrics.
fn value(admin: &str, series: &str) -> Option<f64> {
    let page = get(&format!("{admin}/metrics"));
    let mut lines = page.text().lines();
    let value = lines.find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    value.and_then(|value| value.parse().ok())
}

/// Asserts that all metrics are explained in the docs.
fn are_explained(admin: &str) {
    let docs = include_str!("../../docs/operating.md");
    let page = get(&format!("{admin}/metrics"));
    let types = page
        .text()
        .lines()
        .filter_map(|line| line.strip_prefix("# TYPE "));
    for name in types.filter_map(|line| line.split(' ').next()) {
        assert!(docs.contains(&format!("| `{name}` |")), "{name}");
    }
}

#[test]
fn the_queues_of_the_file_are_metrics() {
    let folder = tempfile::tempdir().expect("a folder");
    let (server, admin) = serve(&format!(
        "sqlite:{}",
        folder.path().join("people.db").display()
    ));
    let writes = || value(&admin, r#"store_wait_seconds_count{for="write"}"#);
    assert_eq!(writes(), Some(0.0));
    assert_eq!(server.send_json("POST", "/api/people", BODY).status, 201);
    assert_eq!(writes(), Some(1.0));
    for queue in ["read", "write"] {
        let waiting = format!(r#"store_waiting{{for="{queue}"}}"#);
        assert_eq!(value(&admin, &waiting), Some(0.0));
    }
    are_explained(&admin);
}

#[test]
#[ignore = "needs PostgreSQL: run tests/run"]
fn the_connections_to_postgresql_are_metrics() {
    let database = PostgresServer::start();
    let (server, admin) = serve(&database.database());
    assert_eq!(value(&admin, "store_connections_max"), Some(16.0));
    assert_eq!(
        value(&admin, r#"store_wait_seconds_count{for="connection"}"#),
        Some(0.0)
    );
    assert_eq!(server.get("/api/people/Farrell").status, 200);
    assert_eq!(
        value(&admin, r#"store_connections{state="idle"}"#),
        Some(1.0)
    );
    assert_eq!(
        value(&admin, r#"store_connections{state="used"}"#),
        Some(0.0)
    );
    assert_eq!(
        value(&admin, r#"store_waiting{for="connection"}"#),
        Some(0.0)
    );
    assert_eq!(
        value(&admin, r#"store_wait_seconds_count{for="connection"}"#),
        Some(1.0)
    );
    are_explained(&admin);
}
