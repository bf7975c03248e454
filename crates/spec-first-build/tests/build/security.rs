//! What becomes of security in Rust: the generated files, an application that implements them, and the mock.

use std::fs;

use crate::callers;
use crate::project::{Project, generator, succeeded, tests};
use crate::server::Server;

/// Refreshes the golden files when it is set.
const REFRESH: &str = "REFRESH_GOLDEN";

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn a_secured_operation_receives_who_calls_it() {
    let project = Project::with_spec(&golden("swagger.yml"));
    project.write("src/main.rs", &golden("main.rs"));
    assert_eq!(succeeded(&project.lint(generator())), "");
    for name in ["security.rs", "notes.rs", "routes.rs", "mock.rs"] {
        let text = project.read(&format!("generated/{name}"));
        compare(name, text.split_once("\n\n").expect("a head").1);
    }
    receives(&Server::start(&project));
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("log");
    callers::are_told_apart(&Server::start_traced(&project, &log));
    let log = fs::read_to_string(log).expect("the server logs");
    callers::are_not_in(&log);

    let mock = Server::start_mock(&project);
    for (path, headers, status) in [
        ("/v1/inherited", &[][..], 401),
        ("/v1/inherited", &[("Authorization", "Bearer")], 401),
        (
            "/v1/inherited",
            &[("Authorization", "Bearer anything")],
            200,
        ),
        ("/v1/either", &[("X-Key", "anything")], 200),
        ("/v1/levels", &[("Authorization", "Bearer anything")], 200),
        ("/v1/optional", &[], 200),
        ("/v1/kinds/query", &[], 401),
        ("/v1/kinds/query?key=anything", &[], 200),
        ("/v1/kinds/digest", &[("Authorization", "Digest a=b")], 200),
        ("/v1/kinds/certificate", &[], 200),
    ] {
        assert_eq!(
            mock.with_headers("GET", path, headers, "").0,
            status,
            "{path} {headers:?}"
        );
    }
}

const BOB: (&str, &str) = ("Authorization", "Bearer bob");
const ANN: (&str, &str) = ("Authorization", "Basic YW5uOnNlY3JldA==");
const KEY: (&str, &str) = ("X-Key", "key-7");
const WRITE: (&str, &str) = ("Authorization", "Bearer read.write");
const JSON: (&str, &str) = ("Content-Type", "application/json");
const ID: (&str, &str) = ("X-Request-Id", "id-1");

/// Calls each operation with and without credentials.
fn receives(server: &Server) {
    for (method, path, headers, received) in [
        ("GET", "/v1/public", &[][..], "anybody"),
        ("GET", "/v1/inherited", &[BOB], "bob"),
        (
            "PUT",
            "/v1/notes/n",
            &[WRITE, JSON, ID],
            "notes.replace n t PUT id-1",
        ),
        (
            "GET",
            "/v1/both?principal=p",
            &[BOB, KEY],
            "7 bob Some(\\\"p\\\") None",
        ),
        ("GET", "/v1/either", &[ANN], "ann"),
        ("GET", "/v1/either", &[KEY], "7"),
        ("POST", "/v1/either", &[ANN], "ann"),
        ("GET", "/v1/optional", &[], "None"),
        ("GET", "/v1/optional", &[BOB], "Some(\\\"bob\\\")"),
        ("POST", "/v1/optional", &[], "anybody"),
        ("POST", "/v1/optional", &[KEY], "7"),
        ("POST", "/v1/optional", &[BOB], "bob"),
        (
            "PUT",
            "/v1/optional?head=h",
            &[],
            "None Some(\\\"h\\\") /v1/optional?head=h",
        ),
        (
            "PUT",
            "/v1/optional",
            &[BOB, KEY],
            "Some(\\\"7 bob\\\") None /v1/optional",
        ),
        (
            "GET",
            "/v1/levels",
            &[("Authorization", "Bearer admin")],
            "security.levels",
        ),
        (
            "GET",
            "/v1/open",
            &[("X-Agent", "a")],
            "open.read a 127.0.0.1",
        ),
    ] {
        let body = if headers.contains(&JSON) {
            r#"{"text":"t"}"#
        } else {
            ""
        };
        let answer = server.with_headers(method, path, headers, body);
        assert_eq!(answer, (200, format!("\"{received}\"")), "{method} {path}");
    }
    for (method, path, headers, status) in [
        ("GET", "/v1/inherited", &[][..], 401),
        (
            "GET",
            "/v1/inherited",
            &[("Authorization", "Bearer eve")],
            401,
        ),
        (
            "PUT",
            "/v1/notes/n",
            &[("Authorization", "Bearer read"), JSON],
            403,
        ),
        ("GET", "/v1/both", &[KEY], 401),
        ("GET", "/v1/optional", &[ANN], 401),
        (
            "GET",
            "/v1/levels",
            &[("Authorization", "Bearer write")],
            403,
        ),
        ("PUT", "/v1/levels", &[("Authorization", "Digest a=b")], 401),
        ("DELETE", "/v1/levels", &[], 401),
    ] {
        let answer = server.with_headers(method, path, headers, "");
        assert_eq!(
            answer.0, status,
            "{method} {path} {headers:?}: {}",
            answer.1
        );
    }
}

fn golden(name: &str) -> String {
    fs::read_to_string(tests().join("build/security").join(name)).unwrap_or_default()
}

fn compare(name: &str, text: &str) {
    if std::env::var_os(REFRESH).is_some() {
        let path = tests().join("build/security").join(name);
        fs::write(path, text).expect("the golden file is written");
    }
    assert_eq!(golden(name), text, "{name}; {REFRESH}=1 takes it over");
}
