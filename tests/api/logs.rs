//! What is logged of a request.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::time::Duration;

use serde_json::Value;
use socket2::SockRef;

use super::support::Server;

fn logged(server: &Server, id: &str) -> String {
    server
        .log
        .wait_for(|line| line.contains("request_id") && line.contains(id))
}

#[test]
fn a_request_is_one_line_of_text() {
    let server = Server::start(&[]);
    server.get_with("/api/people/Farrell?secret=1", &[("X-Request-Id", "id-1")]);
    let line = logged(&server, "id-1");
    let (start, duration) = line.split_once(" duration_us=").expect("a duration");
    let fields = "request request_id=\"id-1\" method=\"GET\" route=\"/api/people/{lname}\" operation=\"people.read_one\" status=200";
    assert!(start.ends_with(fields), "{line}");
    assert!(duration.parse::<u64>().is_ok(), "{line}");
    assert_eq!(
        server
            .log
            .all()
            .iter()
            .filter(|line| line.contains("id-1"))
            .count(),
        1
    );
}

#[test]
fn a_request_is_one_object_of_json() {
    let server = Server::start(&["--log-format", "json"]);
    server.send(
        "DELETE",
        "/api/people/Nobody",
        &[("X-Request-Id", "id-2")],
        "",
    );
    let line: Value = serde_json::from_str(&logged(&server, "id-2")).expect("JSON");
    let strings = [
        "level",
        "message",
        "request_id",
        "method",
        "route",
        "operation",
    ]
    .map(|key| line[key].as_str());
    let expected = [
        "INFO",
        "request",
        "id-2",
        "DELETE",
        "/api/people/{lname}",
        "people.delete",
    ];
    assert_eq!(strings, expected.map(Some));
    assert_eq!(line["status"], 404);
    assert!(line["duration_us"].is_u64(), "{line}");
    assert!(line["timestamp"].is_string(), "{line}");
}

#[test]
fn each_field_of_a_line_is_described_in_the_docs() {
    let server = Server::start(&["--log-format=json", "--trusted-proxy=127.0.0.1"]);
    let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let headers = [("X-Request-Id", "id-3"), ("traceparent", trace)];
    server.get_with("/api/people", &headers);
    let line: Value = serde_json::from_str(&logged(&server, "id-3")).expect("JSON");
    let (_, docs) = include_str!("../../docs/operating.md")
        .split_once("\n## Log\n")
        .expect("a section of the log");
    let (table, _) = docs.split_once("\n\nEvery other line").expect("a table");
    let described: BTreeSet<_> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split(" |").next())
        .flat_map(|names| names.trim_end_matches('`').split("`, `"))
        .collect();
    let fields: BTreeSet<_> = line.as_object().expect("an object").keys().collect();
    let fields: BTreeSet<_> = fields.into_iter().map(String::as_str).collect();
    assert_eq!(fields, described);
}

#[test]
fn files_are_logged_by_their_path_and_unknown_paths_without() {
    let server = Server::start(&["--log-format", "json"]);
    server.get_with("/api/ui/", &[("X-Request-Id", "known")]);
    server.get_with("/secret/path", &[("X-Request-Id", "unknown")]);
    let lines = ["known\"", "\"unknown"]
        .map(|id| serde_json::from_str::<Value>(&logged(&server, id)).expect("JSON"));
    assert_eq!(
        (&lines[0]["route"], &lines[0]["operation"]),
        (&Value::from("/api/ui/"), &Value::Null)
    );
    assert_eq!(
        (&lines[1]["route"], &lines[1]["status"]),
        (&Value::Null, &Value::from(404))
    );
}

#[test]
fn a_sane_request_id_is_kept_and_another_is_replaced() {
    let server = Server::start(&[]);
    let long = "x".repeat(129);
    for id in [
        "a",
        "550e8400-e29b-41d4-a716-446655440000",
        &long[1..],
        "a.b_c~d:e/f+g=h@i",
    ] {
        assert_eq!(
            server
                .get_with("/", &[("X-Request-Id", id)])
                .header("x-request-id"),
            id
        );
    }
    for id in ["", "a b", "a\"b", "<a>", "é", &long] {
        let request =
            format!("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-Id: {id}\r\n\r\n");
        let reply = server.exchange(&request);
        let made = reply
            .lines()
            .find_map(|line| line.strip_prefix("x-request-id: "))
            .unwrap_or("");
        assert!(
            made.len() == 16 && made.bytes().all(|it| it.is_ascii_hexdigit()),
            "{id:?}: {reply}"
        );
    }
}

#[test]
fn made_request_ids_differ() {
    let server = Server::start(&[]);
    let [one, two] =
        [server.get("/"), server.get("/")].map(|it| it.header("x-request-id").to_owned());
    assert_ne!(one, two);
    logged(&server, &one);
    logged(&server, &two);
}

#[test]
fn nothing_a_client_sends_makes_a_line_of_its_own() {
    for format in ["text", "json"] {
        let server = Server::start(&["--log-format", format]);
        server.get("/api/people/%0AINFO%20forged%0D%1B%5B31m?%0Aforged=1");
        server.exchange("FORGED /api/people HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-Id: a\tforged\r\n\r\n");
        server.exchange("forged\nforged\r\n\r\n");
        let id = server.get("/").header("x-request-id").to_owned();
        logged(&server, &id);
        let lines = server.log.all();
        assert!(
            lines
                .iter()
                .all(|line| line.contains("request_id") && !line.contains("\u{1b}")),
            "{lines:#?}"
        );
    }
}

#[test]
fn the_level_decides_what_is_logged() {
    let server = Server::start(&["--log-level", "error"]);
    assert_eq!(server.get("/").status, 200);
    assert_eq!(server.get("/api/nothing").status, 404);
    assert_eq!(server.log.all(), Vec::<String>::new());
}

#[test]
fn a_request_whose_client_has_gone_is_logged_too() {
    let server = Server::start(&[]);
    let mut stream = server.connect();
    let head =
        "POST /api/people HTTP/1.1\r\nHost: x\r\nX-Request-Id: gone\r\nContent-Length: 9\r\n";
    let rest = "Content-Type: application/json\r\nExpect: 100-continue\r\n\r\n";
    stream
        .write_all(format!("{head}{rest}").as_bytes())
        .expect("sent");
    stream.read_exact(&mut [0; 12]).expect("the server goes on");
    // Lets the connection end by a reset rather than in order.
    SockRef::from(&stream)
        .set_linger(Some(Duration::ZERO))
        .expect("an option");
    drop(stream);
    let line = logged(&server, "gone");
    assert!(
        line.contains("request abandoned request_id=\"gone\" method=\"POST\""),
        "{line}"
    );
}
