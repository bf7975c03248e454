//! What a file keeps: across restarts, between two processes, and when it is none of ours.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;

use serde_json::{Value, json};

use super::client::Client;
use super::support::{Server, program, run};

/// Starts a server on this file.
pub fn serve(file: &Path) -> Server {
    let mut command = program();
    let database = format!("sqlite:{}", file.display());
    command.args([
        "--listen",
        "127.0.0.1:0",
        "--log-level",
        "warn",
        "--database",
        &database,
    ]);
    Server::spawn(command)
}

#[test]
fn without_an_option_people_are_kept_in_the_present_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let start = || {
        let mut command = program();
        command
            .args(["--listen", "127.0.0.1:0"])
            .current_dir(folder.path());
        Server::spawn(command)
    };
    let mut server = start();
    assert_eq!(last_names(&server), ["Brockman", "Easter", "Farrell"]);
    assert_eq!(
        server.send("DELETE", "/api/people/Easter", &[], "").status,
        204
    );
    server.signal("TERM");
    assert!(server.wait().success());
    assert_eq!(files(folder.path()), ["people.db"]);
    assert_eq!(last_names(&start()), ["Brockman", "Farrell"]);
}

#[test]
fn two_processes_share_a_file_under_load() {
    const NAMES: usize = 25;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("people.db");
    let mut servers = thread::scope(|scope| {
        [(); 2]
            .map(|()| scope.spawn(|| serve(&file)))
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
    assert_eq!(
        answers.iter().filter(|status| **status == 201).count(),
        NAMES
    );
    assert_eq!(
        answers.iter().filter(|status| **status == 409).count(),
        3 * NAMES
    );
    let people = servers
        .each_ref()
        .map(|server| server.get("/api/people").json());
    assert_eq!(people[0].as_array().map(Vec::len), Some(3 + NAMES));
    assert_eq!(people[0], people[1]);
    for server in &mut servers {
        server.signal("TERM");
        assert!(server.wait().success());
        assert!(server.log.all().is_empty(), "{:?}", server.log.all());
    }
    assert_eq!(files(folder.path()), ["people.db"]);
}

/// Creates the same people as everybody else and updates the same one: each status of the former.
pub fn contend(client: &Client, names: usize) -> Vec<u16> {
    let contend = |number| {
        let person = json!({"fname": "Same", "lname": format!("Same {number}")});
        let (status, _) = client
            .send("POST", "/api/people", Some(&person))
            .expect("an answer");
        let update = client.send(
            "PUT",
            "/api/people/Farrell",
            Some(&json!({"fname": "Doug"})),
        );
        assert_eq!(update.expect("an answer").0, 200);
        status
    };
    (0..names).map(contend).collect()
}

#[test]
fn every_server_on_a_file_answers_with_what_any_has_changed_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("people.db");
    let servers = [serve(&file), serve(&file)];
    let path = "/api/people/Lovelace";
    for round in 0..100 {
        let writer = &servers[round / 2 % 2];
        let first_name = format!("Ada {round}");
        let person = json!({"fname": first_name, "lname": "Lovelace"}).to_string();
        assert_eq!(writer.send_json("POST", "/api/people", &person).status, 201);
        for server in &servers {
            assert_eq!(server.get(path).json()["fname"], first_name);
            let list = server.get("/api/people?length=4").json();
            assert_eq!(list[3]["fname"], first_name, "{list}");
        }
        let writer = &servers[round % 2];
        assert_eq!(writer.send("DELETE", path, &[], "").status, 204);
        for server in &servers {
            assert_eq!(server.get(path).status, 404);
            assert_eq!(last_names(server).len(), 3);
        }
    }
}

#[test]
fn a_file_that_is_not_ours_ends_the_start_with_a_sentence_and_stays_as_it_is() {
    for (make, reason) in [
        (
            text as fn(&Path),
            "it is no SQLite file, or its beginning is damaged; it was left as it is",
        ),
        (
            foreign,
            "it is an SQLite file of another application; it was left as it is",
        ),
        (
            damaged,
            "it is damaged (database disk image is malformed); it was left as it is",
        ),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("people.db");
        make(&file);
        let before = fs::read(&file).expect("read");
        let name = file.display();
        let output = run(program().args(["--database", &format!("sqlite:{name}")]));
        let log = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(
            log,
            format!("the database {name} cannot be used: {reason}\n")
        );
        assert_eq!((output.status.code(), output.stdout), (Some(1), Vec::new()));
        assert_eq!(fs::read(&file).expect("read"), before);
        assert_eq!(files(folder.path()), ["people.db"]);
    }
}

fn text(file: &Path) {
    fs::write(file, "Doug Farrell\n").expect("written");
}

fn foreign(file: &Path) {
    let connection = rusqlite::Connection::open(file).expect("opened");
    let table = "CREATE TABLE person (last_name)";
    connection.execute_batch(table).expect("done");
}

/// Cuts a file of ours in the middle.
fn damaged(file: &Path) {
    let mut server = serve(file);
    assert_eq!(last_names(&server).len(), 3);
    server.signal("TERM");
    assert!(server.wait().success());
    let bytes = fs::read(file).expect("read");
    fs::write(file, &bytes[..bytes.len() / 2]).expect("written");
}

#[test]
fn a_backup_of_a_running_server_is_complete() {
    for backup in ["VACUUM INTO 'backup.db'", ".backup backup.db"] {
        let folder = tempfile::tempdir().expect("a folder");
        let server = serve(&folder.path().join("people.db"));
        let create = |name: &str| {
            let body = json!({"fname": "Ada", "lname": name}).to_string();
            assert_eq!(server.send_json("POST", "/api/people", &body).status, 201);
        };
        (100..150).for_each(|number| create(&number.to_string()));
        thread::scope(|scope| {
            let writing = scope.spawn(|| (200..250).for_each(|number| create(&number.to_string())));
            let mut command = Command::new("sqlite3");
            let command = command.args(["-cmd", ".timeout 10000", "people.db", backup]);
            let output = run(command.current_dir(folder.path()));
            assert!(output.status.success(), "{output:?}");
            writing.join().expect("no panic");
        });
        let restored = serve(&folder.path().join("backup.db"));
        let names = last_names(&restored);
        let total = restored
            .get("/api/people")
            .header("x-total-count")
            .to_owned();
        assert_eq!(total, names.len().to_string());
        let expected = (100..150).chain(200..250).map(|number| number.to_string());
        let expected: Vec<_> = expected.take(names.len() - 3).collect();
        assert!(expected.len() >= 50);
        assert_eq!(names[..names.len() - 3], expected);
    }
}

fn last_names(server: &Server) -> Vec<String> {
    let Value::Array(people) = server.get("/api/people").json() else {
        panic!("no list")
    };
    people
        .iter()
        .map(|person| person["lname"].as_str().expect("a name").to_owned())
        .collect()
}

fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("read");
    entries
        .map(|it| it.expect("read").file_name().to_string_lossy().into_owned())
        .collect()
}
