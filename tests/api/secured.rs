//! The change in `docs/secured.patch`, made as the README says: who writes needs a password.

use std::path::Path;
use std::process::{Command, Stdio};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::copy::{Copy, password_line, printed};
use super::readme::redone;
use super::support::Server;

const NED: &str = r#"{"fname":"Ned","lname":"Flanders"}"#;

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn the_change_in_the_docs_lets_only_who_has_a_password_write() {
    let copy = Copy::new();
    let program = copy.secured();

    let folder = tempfile::tempdir().expect("a folder");
    let output = start(&program, folder.path())
        .output()
        .expect("the program runs");
    let complaint = printed(&output, false);
    assert!(
        complaint.contains("passwords cannot be read"),
        "{complaint}"
    );

    std::fs::write(folder.path().join("passwords"), password_line()).expect("the file is written");
    let server = Server::spawn(start(&program, folder.path()));
    reads_without_a_password(&server);
    writes_with_a_password(&server);
    let block = calls();
    assert_eq!(
        redone(&block, &server.address.to_string(), folder.path()),
        block
    );
    let log = server.log.all().concat();
    let encoded = STANDARD.encode("ann:secret");
    assert!(!log.contains("secret") && !log.contains(&encoded), "{log}");
}

fn start(program: &Path, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .args(["--listen", "127.0.0.1:0", "--database", "memory"])
        .current_dir(folder)
        .stdin(Stdio::null());
    command
}

/// The calls in the README that send a password.
fn calls() -> String {
    let blocks = include_str!("../../README.md")
        .split("```console\n")
        .skip(1);
    let mut blocks = blocks.filter_map(|rest| rest.split("```").next());
    let block = blocks.find(|block| block.contains(" -u "));
    block.expect("the calls").to_owned()
}

fn reads_without_a_password(server: &Server) {
    for path in [
        "/",
        "/api/people",
        "/api/people/Farrell",
        "/api/ui/",
        "/api/swagger.json",
    ] {
        assert_eq!(server.get(path).status, 200, "{path}");
    }
    let spec = server.get("/api/swagger.json");
    let spec = spec.text();
    assert!(spec.contains(r#""login":{"type":"basic""#), "{spec}");
}

fn writes_with_a_password(server: &Server) {
    let password = |password: &str| format!("Basic {}", STANDARD.encode(format!("ann:{password}")));
    let (right, wrong) = (password("secret"), password("Secret"));
    let send = |method, path, authorization: Option<&str>, body| {
        let json = ("Content-Type", "application/json");
        let authorization = authorization.map(|value| ("Authorization", value));
        let headers: Vec<_> = authorization.into_iter().chain([json]).collect();
        server.send(method, path, &headers, body)
    };
    for (method, path, body) in [
        ("POST", "/api/people", NED),
        ("PUT", "/api/people/Farrell", r#"{"fname":"Will"}"#),
        ("DELETE", "/api/people/Farrell", ""),
    ] {
        for authorization in [None, Some(&*wrong)] {
            let reply = send(method, path, authorization, body);
            assert_eq!(reply.status, 401, "{method}");
            let challenge = reply.header("www-authenticate");
            assert_eq!(challenge, r#"Basic realm="People", charset="UTF-8""#);
        }
    }
    let added = send("POST", "/api/people", Some(&right), NED);
    assert_eq!(added.status, 201, "{}", added.text());
    let removed = send("DELETE", "/api/people/Flanders", Some(&right), "");
    assert_eq!(removed.status, 204);
}
