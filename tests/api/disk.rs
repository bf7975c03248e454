//! A file on a disk that is full, read-only or damaged, or that somebody else holds.

use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use super::database::serve;
use super::support::{Reply, Server, assert_problem, program};

fn assert_unavailable(reply: &Reply) {
    let detail = "the people cannot be reached just now; try again later";
    assert_problem(reply, 503, "Service Unavailable", detail);
    assert_eq!(reply.header("retry-after"), "1");
}

fn create(server: &Server, name: &str) -> Reply {
    // Long, so that it fills a disk soon.
    let body = json!({"fname": "x".repeat(64), "lname": name}).to_string();
    server.send_json("POST", "/api/people", &body)
}

/// Creates people until the disk is full; how many were acknowledged.
fn fill(server: &Server) -> usize {
    let mut number = 0;
    loop {
        let reply = create(server, &format!("{number:05}"));
        if reply.status != 201 {
            assert_unavailable(&reply);
            return number;
        }
        number += 1;
        assert!(number < 10_000, "the disk is never full");
    }
}

/// Asserts that all are there who were acknowledged until the disk was full, and so many more.
fn assert_kept(server: &Server, filled: usize, more: usize) {
    for number in 0..filled {
        assert_eq!(server.get(&format!("/api/people/{number:05}")).status, 200);
    }
    let list = server.get("/api/people?length=1");
    assert_eq!(
        list.header("x-total-count"),
        (3 + filled + more).to_string()
    );
}

/// The program, run by a shell that prepares its process. It has its file in `folder`.
fn prepared(script: &str, folder: &Path) -> Command {
    let server = program();
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-c"]);
    command.arg(format!("{script} && exec \"$@\"")).arg(folder);
    command.arg(server.get_program());
    command.args([
        "--listen",
        "127.0.0.1:0",
        "--log-level",
        "warn",
        "--database",
    ]);
    command.arg(format!("sqlite:{}", folder.join("people.db").display()));
    command
}

/// Whether a process may mount a file system that nobody else sees. Some containers forbid it.
fn may_mount() -> bool {
    let mut command = Command::new("unshare");
    command.args([
        "--user",
        "--map-root-user",
        "--mount",
        "mount",
        "-t",
        "tmpfs",
        "none",
        "/mnt",
    ]);
    let allowed = command.output().is_ok_and(|output| output.status.success());
    if !allowed {
        eprintln!("not tested: this machine forbids to mount a file system");
    }
    allowed
}

#[test]
fn a_disk_that_fills_up_costs_503_until_there_is_room() {
    if !may_mount() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mount = "mount -t tmpfs -o size=1m none \"$0\"";
    let server = Server::spawn(prepared(mount, folder.path()));
    // What the process sees at the path, which for all others is an empty folder.
    let inside: PathBuf = format!("/proc/{}/root{}", server.id(), folder.path().display()).into();
    let ballast = inside.join("ballast");
    fs::write(&ballast, vec![0; 300 << 10]).expect("written");

    let filled = fill(&server);

    // The same again: a smaller change may find room in the log.
    assert_unavailable(&create(&server, &format!("{filled:05}")));
    let line =
        |line: &str| line.contains("WARN") && line.contains("SQLite: database or disk is full");
    server.log.wait_for(line);
    assert_kept(&server, filled, 0);
    fs::remove_file(&ballast).expect("removed");
    assert_eq!(create(&server, "With room").status, 201);
    assert_kept(&server, filled, 1);
}

#[test]
fn a_file_that_reaches_a_limit_costs_503_until_that_is_raised() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Command::new("sh");
    let file = folder.path().join("people.db");
    // In blocks of 512 bytes.
    command.args([
        "-c",
        "trap '' XFSZ && ulimit -S -f 500 && exec \"$@\"",
        "sh",
    ]);
    command.arg(program().get_program());
    command.args([
        "--listen",
        "127.0.0.1:0",
        "--log-level",
        "warn",
        "--database",
    ]);
    command.arg(format!("sqlite:{}", file.display()));
    let mut server = Server::spawn(command);

    let filled = fill(&server);

    server
        .log
        .wait_for(|line| line.contains("WARN") && line.contains("SQLite: disk I/O error"));
    assert_kept(&server, filled, 0);
    let raised = Command::new("prlimit")
        .args(["--fsize=unlimited", "--pid", &server.id().to_string()])
        .status();
    assert!(raised.expect("prlimit runs").success());
    assert_eq!(create(&server, "With room").status, 201);
    assert_kept(&server, filled, 1);
    server.signal("KILL");
    server.wait();
    assert_kept(&serve(&file), filled, 1);
}

#[test]
fn a_file_on_a_disk_that_is_only_read_ends_the_start_with_a_sentence() {
    if !may_mount() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("people.db");
    let mut server = serve(&file);
    server.signal("TERM");
    server.wait();
    let protect = "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\"";
    let output = prepared(protect, folder.path()).output().expect("it runs");
    let log = String::from_utf8(output.stderr).expect("UTF-8");
    let reason = "it or its folder is write-protected";
    let sentence = format!("the database {} cannot be used: {reason}\n", file.display());
    assert_eq!((log, output.status.code()), (sentence, Some(1)));
}

#[test]
fn a_file_that_another_program_holds_costs_503_after_a_while() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("people.db");
    let server = serve(&file);
    let other = rusqlite::Connection::open(&file).expect("opened");
    other.execute_batch("BEGIN IMMEDIATE").expect("begun");
    let start = Instant::now();
    thread::scope(|scope| {
        let create = scope.spawn(|| create(&server, "Lovelace"));
        let other_start = scope.spawn(|| {
            let output = program()
                .args(["--database", &format!("sqlite:{}", file.display())])
                .output();
            String::from_utf8(output.expect("it runs").stderr).expect("UTF-8")
        });
        assert_eq!(server.get("/api/people/Farrell").status, 200);
        assert!(start.elapsed() < Duration::from_secs(5), "a read waits");
        assert_unavailable(&create.join().expect("no panic"));
        let log = other_start.join().expect("no panic");
        assert!(
            log.ends_with(" cannot be used: database is locked\n"),
            "{log}"
        );
    });
    let waited = start.elapsed();
    assert!(waited > Duration::from_secs(9), "{waited:?}");
    server
        .log
        .wait_for(|line| line.contains("WARN") && line.contains("SQLite: database is locked"));
    other.execute_batch("ROLLBACK").expect("ended");
    assert_eq!(create(&server, "Lovelace").status, 201);
}

#[test]
fn a_file_that_is_removed_or_replaced_costs_503_until_one_of_ours_is_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, newer) = (
        folder.path().join("people.db"),
        folder.path().join("newer.db"),
    );
    let server = serve(&file);
    let sql = |file: &Path, sql: &str| {
        let connection = rusqlite::Connection::open(file).expect("opened");
        connection.execute_batch(sql).expect("done");
    };
    let backup = folder.path().join("backup.db");
    for copy in [&newer, &backup] {
        sql(&file, &format!("VACUUM INTO '{}'", copy.display()));
    }
    sql(&newer, "PRAGMA user_version = 99");
    assert_eq!(create(&server, "Lovelace").status, 201);
    let replace = |with: &Path| {
        remove(&file);
        if with.exists() {
            fs::copy(with, &file).expect("copied");
        }
    };
    for (with, reason) in [
        (folder.path().join("none"), "it cannot be opened or created"),
        (newer, "its schema has version 99"),
    ] {
        replace(&with);
        assert_unavailable(&create(&server, "Lost"));
        assert_unavailable(&server.get("/api/people/Farrell"));
        server
            .log
            .wait_for(|line| line.contains("WARN") && line.contains(reason));
    }
    replace(&backup);
    assert_eq!(server.get("/api/people").header("x-total-count"), "3");
    assert_eq!(create(&server, "Lovelace").status, 201);
}

/// The last program to close a file removes its log, unless the locks of others show that it is not the last.
#[test]
fn a_file_that_has_come_in_the_place_of_another_keeps_its_log_until_the_server_closes_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let [file, backup] = ["people.db", "backup.db"].map(|name| folder.path().join(name));
    let server = serve(&file);
    let sqlite3 = |sql: &str| {
        let output = Command::new("sqlite3").arg(&file).arg(sql).output();
        String::from_utf8(output.expect("it runs").stdout).expect("UTF-8")
    };
    sqlite3(&format!("VACUUM INTO '{}'", backup.display()));
    remove(&file);
    fs::rename(&backup, &file).expect("renamed");
    for number in 1..=3 {
        // Each by a connection of its own, which opens the file.
        assert_eq!(server.get("/api/people/Farrell").status, 200);
        assert_eq!(create(&server, &number.to_string()).status, 201);
        assert_eq!(server.get("/api/people?offset=2000").status, 200);
        let count = sqlite3("SELECT count(*) FROM person");
        assert_eq!(count, format!("{}\n", 3 + number));
    }
}

fn remove(file: &Path) {
    for end in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{end}", file.display()));
    }
}

#[test]
fn a_file_that_is_damaged_under_the_server_costs_500_and_a_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("people.db");
    let mut server = serve(&file);
    (0..300).for_each(|number| assert_eq!(create(&server, &format!("{number:05}")).status, 201));
    server.signal("TERM");
    assert!(server.wait().success());
    let server = serve(&file);
    let length = fs::metadata(&file).expect("a file").len();
    let mut damaged = fs::File::options().write(true).open(&file).expect("opened");
    // All but the beginning, which names the version.
    damaged.seek(SeekFrom::Start(4096)).expect("there");
    let rest = usize::try_from(length - 4096).expect("small");
    damaged.write_all(&vec![0xff; rest]).expect("written");

    let reply = server.get("/api/people");

    let detail = "the server failed; its log says why";
    assert_problem(&reply, 500, "Internal Server Error", detail);
    server
        .log
        .wait_for(|line| line.contains("ERROR") && line.contains("malformed"));
}
