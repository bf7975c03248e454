//! Whether the servers say the same, so that they are compared for the same work.

use std::process::Command;

use benches::binaries::Binaries;
use benches::client::{Connection, Response};
use benches::operation;
use benches::other;
use benches::server::{Kind, Server, prepare};
use serde_json::Value;

#[test]
#[ignore = "builds both servers"]
fn both_servers_send_the_same() {
    let binaries = Binaries::unoptimized().expect("built");
    let [ours, peer] = [Kind::Quiet, Kind::Peer].map(|kind| {
        conversation(&binaries, kind, |connection| {
            let mut sent = measured(connection);
            sent.extend(further(connection));
            sent
        })
    });
    assert_eq!(ours.len(), peer.len());
    for (ours, peer) in ours.iter().zip(&peer) {
        assert_eq!(ours, peer);
    }
}

#[test]
#[ignore = "builds the server, and installs other frameworks from their registries"]
fn servers_by_other_frameworks_answer_what_is_measured_as_ours_does() {
    let install = concat!(env!("CARGO_MANIFEST_DIR"), "/others/install");
    let installed = Command::new(install).status().expect("a shell");
    println!("{install}: {installed}");
    let binaries = Binaries::unoptimized().expect("built");
    let ours = conversation(&binaries, Kind::Quiet, measured);
    for other in other::ALL {
        if !other.is_installed() {
            println!("{} is not installed, and not compared", other.name());
            continue;
        }
        let theirs = conversation(&binaries, Kind::Other(other), measured);
        for ((name, ours), (_, theirs)) in ours.iter().zip(theirs) {
            let name = format!("{}, {name}", other.name());
            assert_eq!(meaning(theirs), meaning(ours.clone()), "{name}");
        }
    }
}

/// The response without what JSON and its media type leave open: blanks, and the character set.
fn meaning(response: Response) -> (u16, Vec<(String, String)>, Option<Value>) {
    let headers = response.headers.into_iter().map(|(name, value)| {
        let value = value.trim_end_matches("; charset=utf-8").to_owned();
        (name, value)
    });
    let body = serde_json::from_slice(&response.body).ok();
    (response.status, headers.collect(), body)
}

/// Starts a server, talks to it, and stops it.
fn conversation(
    binaries: &Binaries,
    kind: Kind,
    talk: impl Fn(&mut Connection) -> Vec<(String, Response)>,
) -> Vec<(String, Response)> {
    let server = Server::start(binaries, kind, &[]).expect("started");
    let mut connection = server.connect().expect("connected");
    let sent = talk(&mut connection);
    drop(connection);
    server.stop().expect("stopped");
    sent
}

/// Each request that is measured, with the response.
fn measured(connection: &mut Connection) -> Vec<(String, Response)> {
    let mut sent = Vec::new();
    for operation in operation::ALL {
        prepare(connection, operation).expect("prepared");
        let mut response = connection.exchange(&operation.request(0)).expect("sent");
        assert_eq!(response.status, operation.status(), "{}", operation.name());
        if response.status == 400 {
            // Each has words of its own for what is wrong.
            response.body.clear();
        }
        sent.push((operation.name().to_owned(), plain(response)));
    }
    sent
}

/// Other requests of the same operations, with the response.
fn further(connection: &mut Connection) -> Vec<(String, Response)> {
    let mut sent = Vec::new();
    for request in [
        "GET /api/people?q=sIM&length=2",
        "GET /api/people?offset=500&length=3",
        "GET /api/people?after=Lovelace%20990",
        "GET /api/people?q=nobody",
        "GET /api/people/Brockman\r\nIf-None-Match: *",
        "GET /api/people/Brockman\r\nIf-Match: \"0000000000000000\"",
        "DELETE /api/people/Brockman\r\nIf-Match: \"0000000000000000\"",
        "DELETE /api/people/Brockman",
        "DELETE /api/people/Brockman",
    ] {
        let (line, headers) = request
            .split_once("\r\n")
            .unwrap_or((request, "Accept: */*"));
        let head = format!("{line} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n\r\n");
        let response = connection.exchange(head.as_bytes()).expect("sent");
        sent.push((request.to_owned(), plain(response)));
    }
    sent
}

/// The response with the headers that belong to the operation alone, and with zeros for what depends on time and chance.
fn plain(mut response: Response) -> Response {
    const KEPT: [&str; 4] = ["content-type", "etag", "location", "x-total-count"];
    response
        .headers
        .retain(|(name, _)| KEPT.contains(&name.as_str()));
    response.headers.sort();
    for (name, value) in &mut response.headers {
        if name == "etag" {
            *value = value.replace(|it: char| it.is_ascii_hexdigit(), "0");
        }
    }
    let body = String::from_utf8(response.body).expect("UTF-8");
    let body = body.replace("\"timestamp\": ", "\"timestamp\":");
    let mut parts = body.split("\"timestamp\":\"");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (time, rest) = part.split_at(19);
        plain += "\"timestamp\":\"";
        plain += &time.replace(|it: char| it.is_ascii_digit(), "0");
        plain += rest;
    }
    // Only ours sends the id of the request, which is another one each time.
    if let Some((start, rest)) = plain.split_once(",\"request_id\":\"") {
        let (_, end) = rest.split_once('"').expect("the end of the id");
        plain = format!("{start}{end}");
    }
    response.body = plain.into_bytes();
    response
}
