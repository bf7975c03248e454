//! Every store gives the same answers, to the byte.

use regex::Regex;
use serde_json::json;

use super::database::serve;
use super::postgres::serve_from;
use super::postgres_server::PostgresServer;
use super::support::{Reply, Server};

/// Names in the order of their code points, which is not that of any language.
const NAMES: [&str; 16] = [
    "\"; DROP TABLE person; --",
    "%",
    "' OR '1'='1",
    "A b",
    "FARRELL",
    "O'Neill",
    "Ob",
    "Z",
    "_",
    "a",
    "z",
    "Å",
    "ß",
    "שלום",
    "山田",
    "👩",
];

/// The answers to a conversation that uses every operation, with every status that people can cause.
fn conversation(server: &Server) -> Vec<(String, u16, String)> {
    let mut answers = Vec::new();
    let mut send = |method: &str, path: &str, headers: &[(&str, &str)], body: &str| {
        let mut headers = headers.to_vec();
        if !body.is_empty() {
            headers.push(("Content-Type", "application/json"));
        }
        let reply = server.send(method, path, &headers, body);
        answers.push((
            format!("{method} {path} {body}"),
            reply.status,
            masked(&reply),
        ));
        reply.header("etag").to_owned()
    };
    for step in 0..NAMES.len() {
        let name = NAMES[step * 7 % NAMES.len()];
        let body = json!({ "fname": name, "lname": name }).to_string();
        let tag = send("POST", "/api/people", &[], &body);
        send("POST", "/api/people", &[], &body);
        let path = super::people::path_of(name);
        send("GET", &path, &[], "");
        send("GET", &path, &[("If-None-Match", &tag)], "");
        send("PUT", &path, &[("If-Match", &tag)], r#"{"fname":"New"}"#);
        send("PUT", &path, &[("If-Match", &tag)], r#"{"fname":"Newer"}"#);
        send("DELETE", &path, &[("If-Match", &tag)], "");
    }
    for query in [
        "",
        "?length=3",
        "?length=3&offset=2",
        "?offset=18&length=5",
        "?offset=9007199254740991",
        "?after=Z&length=2",
        "?after=Z&length=2&offset=1",
        "?q=n&length=4",
        "?q=o",
        "?q=%F0%9F%91%A9",
        "?q=n&after=Z",
        "?length=0",
    ] {
        send("GET", &format!("/api/people{query}"), &[], "");
    }
    for name in NAMES {
        let path = super::people::path_of(name);
        send("DELETE", &path, &[], "");
        send("DELETE", &path, &[], "");
        send("PUT", &path, &[], r#"{"fname":"New"}"#);
    }
    send("GET", "/api/people", &[], "");
    answers
}

/// The whole answer, but for what differs from one moment to the next.
fn masked(reply: &Reply) -> String {
    let time = Regex::new(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d").expect("a pattern");
    let headers = reply
        .headers
        .iter()
        .map(|(name, value)| match name.as_str() {
            "date" | "x-request-id" | "etag" => name.to_string(),
            _ => format!("{name}: {value:?}"),
        });
    let mut headers: Vec<_> = headers.collect();
    headers.sort();
    let body = time.replace_all(reply.text(), "NOW");
    format!("{}\n\n{body}", headers.join("\n"))
}

#[test]
fn every_store_gives_the_same_answers() {
    let memory = conversation(&Server::start(&[]));
    let statuses = [200, 201, 204, 304, 400, 404, 409, 412];
    for status in statuses {
        assert!(memory.iter().any(|answer| answer.1 == status), "{status}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let sqlite = conversation(&serve(&folder.path().join("people.db")));
    assert_eq!(memory, sqlite);
}

#[test]
#[ignore = "needs PostgreSQL: run tests/run"]
fn postgres_gives_the_same_answers() {
    let memory = conversation(&Server::start(&[]));
    let database = PostgresServer::start();
    assert_eq!(memory, conversation(&serve_from(&database.database())));
}
