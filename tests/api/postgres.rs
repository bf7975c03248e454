//! Servers in front of one PostgreSQL database: together one service, which outlives the database's crashes.

use std::process::Command;
use std::thread;
use std::time::Instant;

use serde_json::json;

use super::client::Client;
use super::database::contend;
use super::postgres_server::{PASSWORD, PostgresServer};
use super::support::{Server, TIMEOUT, assert_problem, program, run};

/// Starts a server on this database.
pub fn serve_from(address: &str) -> Server {
    let mut command = program();
    command.args(["--listen", "127.0.0.1:0", "--database", address]);
    Server::spawn(command)
}

#[test]
#[ignore = "needs PostgreSQL: run tests/run"]
fn five_servers_on_one_database_are_one_service() {
    const NAMES: usize = 20;
    let database = PostgresServer::start();
    let address = database.database();
    let servers = thread::scope(|scope| {
        [(); 5]
            .map(|()| scope.spawn(|| serve_from(&address)))
            .map(|it| it.join().expect("no panic"))
    });
    let answers = thread::scope(|scope| {
        let clients = servers.iter().chain(&servers).map(Client::new);
        let threads: Vec<_> = clients
            .map(|it| scope.spawn(move || contend(&it, NAMES)))
            .collect();
        threads
            .into_iter()
            .flat_map(|it| it.join().expect("no panic"))
            .collect::<Vec<_>>()
    });
    let count = |status| answers.iter().filter(|it| **it == status).count();
    assert_eq!((count(201), count(409)), (NAMES, 9 * NAMES));
    let lists = servers.each_ref().map(|server| server.get("/api/people"));
    assert_eq!(lists[0].header("x-total-count"), (3 + NAMES).to_string());
    assert!(lists.iter().all(|list| list.text() == lists[0].text()));
}

#[test]
#[ignore = "needs PostgreSQL: run tests/run"]
fn while_the_database_is_gone_the_answer_is_503_and_then_all_is_well() {
    let mut database = PostgresServer::start();
    let server = serve_from(&database.database());
    assert_eq!(server.get("/api/people").status, 200);
    database.crash();
    for (method, path) in [("GET", "/api/people"), ("DELETE", "/api/people/Farrell")] {
        let reply = server.send(method, path, &[], "");
        let detail = "the people cannot be reached just now; try again later";
        assert_problem(&reply, 503, "Service Unavailable", detail);
        assert_eq!(reply.header("retry-after"), "1");
    }
    assert!(
        server
            .log
            .wait_for(|line| line.contains("unavailable"))
            .contains("WARN")
    );
    database.restart();
    let deadline = Instant::now() + TIMEOUT;
    while server.get("/api/people").status != 200 {
        assert!(Instant::now() < deadline, "it does not heal");
    }
    assert_eq!(
        server.send("DELETE", "/api/people/Farrell", &[], "").status,
        204
    );
}

#[test]
#[ignore = "needs PostgreSQL: run tests/run"]
fn the_password_is_neither_printed_nor_logged() {
    let database = PostgresServer::start();
    let address = database.database();
    let server = serve_from(&address);
    let shown = address.replace(&format!(":{PASSWORD}"), "");
    server.out.wait_for(|line| line.ends_with(&shown));
    let body = json!({"fname": "Ada", "lname": "Lovelace"}).to_string();
    assert_eq!(server.send_json("POST", "/api/people", &body).status, 201);
    for lines in [server.out.all(), server.log.all()] {
        assert!(
            lines.iter().all(|line| !line.contains(PASSWORD)),
            "{lines:?}"
        );
    }
    let mut separate = program();
    separate.env("PGPASSWORD", PASSWORD);
    let verified = format!(
        "{shown}?sslmode=verify-ca&sslrootcert={}",
        database.issuer()
    );
    separate.args(["--listen", "127.0.0.1:0", "--database", &verified]);
    assert_eq!(
        Server::spawn(separate).get("/api/people/Lovelace").status,
        200
    );
    for (address, reason) in [
        (
            address.replace(PASSWORD, "a-secret-that-is-wrong"),
            "PostgreSQL: password authentication failed for user \"people\" (28P01)",
        ),
        (
            address.replace("people_0", "people_9"),
            "PostgreSQL: database \"people_9\" does not exist (3D000)",
        ),
        (
            address.replace("people_0", "people_0?sslmode=a-secret"),
            "its `sslmode` is none of disable, prefer, require, verify-ca and verify-full",
        ),
    ] {
        let output = run(program().env("PEOPLE_DATABASE", &address));
        let log = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(
            log.ends_with(&format!(" cannot be used: {reason}\n")),
            "{log}"
        );
        assert!(!log.contains("a-secret"), "{log}");
    }
    let help = run(program().arg("--help").env("PEOPLE_DATABASE", &address));
    let help = String::from_utf8(help.stdout).expect("UTF-8");
    assert!(
        help.contains("PEOPLE_DATABASE") && !help.contains(PASSWORD),
        "{help}"
    );
}

#[test]
#[ignore = "needs PostgreSQL: run tests/run"]
fn a_backup_of_a_running_service_is_complete() {
    let database = PostgresServer::start();
    let address = database.database();
    let server = serve_from(&address);
    let create = |name: &str| {
        let body = json!({"fname": "Ada", "lname": name}).to_string();
        assert_eq!(server.send_json("POST", "/api/people", &body).status, 201);
    };
    (100..150).for_each(|number| create(&number.to_string()));
    let folder = tempfile::tempdir().expect("a folder");
    let command = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        let output = run(command.args(arguments).current_dir(folder.path()));
        assert!(output.status.success(), "{output:?}");
    };
    thread::scope(|scope| {
        let writing = scope.spawn(|| (200..250).for_each(|number| create(&number.to_string())));
        command(
            "pg_dump",
            &["--format=custom", "--file=people.dump", &address],
        );
        writing.join().expect("no panic");
    });
    let other = database.database();
    let into = format!("--dbname={other}");
    command("pg_restore", &["--no-owner", &into, "people.dump"]);
    let restored = serve_from(&other);
    let list = restored.get("/api/people");
    let people = list.json().as_array().map(Vec::len).expect("a list");
    assert_eq!(list.header("x-total-count"), people.to_string());
    assert!((53..=103).contains(&people), "{people}");
    // The last by an offset, which the counts lead to.
    let last = restored.get(&format!("/api/people?offset={}", people - 1));
    assert_eq!(last.json()[0]["lname"], "Farrell");
    assert_eq!(
        server.get("/api/people/149").text(),
        restored.get("/api/people/149").text()
    );
    assert_eq!(
        restored.send("DELETE", "/api/people/149", &[], "").status,
        204
    );
}
