//! What was acknowledged survives a crash.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::client::Client;
use super::database::serve;
use super::postgres::serve_from;
use super::postgres_server::PostgresServer;
use super::support::Server;

const CLIENTS: usize = 4;
/// How many changes are acknowledged before each crash.
const CHANGES: usize = 200;

/// First names by last names.
type People = BTreeMap<String, String>;

#[test]
fn what_was_acknowledged_survives_kill_9_under_load() {
    kill_servers_on_a_file(5);
}

#[test]
#[ignore = "takes minutes: run tests/run"]
fn what_was_acknowledged_survives_kill_9_fifty_times() {
    kill_servers_on_a_file(50);
}

#[test]
#[ignore = "needs PostgreSQL: run tests/run"]
fn what_postgres_acknowledged_survives_kill_9_of_the_server() {
    let database = PostgresServer::start();
    let address = database.database();
    kill_servers(50, || serve_from(&address));
}

#[test]
#[ignore = "needs PostgreSQL: run tests/run"]
fn what_was_acknowledged_survives_crashes_of_postgres() {
    let mut database = PostgresServer::start();
    let server = serve_from(&database.database());
    let mut writers: Vec<_> = (0..CLIENTS).map(Writer::new).collect();
    // Fewer than of the servers, since a database takes seconds to recover.
    for _ in 0..10 {
        crash_under(&server, &mut writers, || database.crash());
        database.restart();
        check(&server, &mut writers);
    }
}

fn kill_servers_on_a_file(rounds: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("people.db");
    kill_servers(rounds, || serve(&file));
}

/// Kills a server while all write, and checks with the next, round after round.
fn kill_servers(rounds: usize, serve: impl Fn() -> Server) {
    let mut writers: Vec<_> = (0..CLIENTS).map(Writer::new).collect();
    for _ in 0..rounds {
        let mut server = serve();
        crash_under(&server, &mut writers, || server.signal("KILL"));
        server.wait();
        let errors = server.log.all().into_iter();
        let errors: Vec<_> = errors.filter(|line| !line.contains("INFO")).collect();
        assert!(errors.is_empty(), "{errors:?}");
        check(&serve(), &mut writers);
    }
}

fn check(server: &Server, writers: &mut [Writer]) {
    let people = read_all(server);
    for writer in &mut *writers {
        writer.check(&people);
    }
    let known: usize = writers.iter().map(|writer| writer.people.len()).sum();
    assert_eq!(
        people.len(),
        known + 3,
        "more than the writers' and the first three"
    );
}

/// Lets all write until enough is acknowledged, and crashes something while they go on.
fn crash_under(server: &Server, writers: &mut [Writer], crash: impl FnOnce()) {
    let acknowledged = AtomicUsize::new(0);
    thread::scope(|scope| {
        let start = |writer| {
            let (client, acknowledged) = (Client::new(server), &acknowledged);
            scope.spawn(move || Writer::write(writer, &client, acknowledged))
        };
        let threads: Vec<_> = writers.iter_mut().map(start).collect();
        let enough = || acknowledged.load(Ordering::Relaxed) >= CHANGES;
        while !enough() && !threads.iter().all(|thread| thread.is_finished()) {
            thread::sleep(Duration::from_millis(1));
        }
        crash();
    });
}

/// Everybody, page by page.
fn read_all(server: &Server) -> People {
    let mut people = People::new();
    let mut page = "/api/people".to_owned();
    loop {
        let reply = server.get(&page);
        let Value::Array(listed) = reply.json() else {
            panic!("no list")
        };
        let listed = listed.iter();
        people.extend(listed.map(|person| (text(&person["lname"]), text(&person["fname"]))));
        if reply.header("x-total-count") == people.len().to_string() {
            return people;
        }
        let (last, _) = people.last_key_value().expect("a person");
        let next = format!("/api/people?after={}", last.replace(' ', "%20"));
        assert_ne!(page, next, "the count is wrong");
        page = next;
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// A client that knows what was acknowledged to it.
struct Writer {
    prefix: String,
    step: usize,
    people: People,
    /// What was requested last, and not acknowledged.
    requested: Option<Change>,
}

/// A last name, and the first name that it gets; none to delete it.
struct Change(String, Option<String>);

impl Writer {
    fn new(number: usize) -> Self {
        Self {
            prefix: format!("Writer {number}, "),
            step: 0,
            people: People::new(),
            requested: None,
        }
    }

    /// Creates two people, updates one and deletes the other, again and again until the server is gone.
    fn write(&mut self, client: &Client, acknowledged: &AtomicUsize) {
        self.step = self.step.next_multiple_of(4);
        while self.send(client).is_some() {
            acknowledged.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn send(&mut self, client: &Client) -> Option<()> {
        let (step, round) = (self.step, self.step / 4);
        let one = format!("{}one {round}", self.prefix);
        let other = format!("{}other {round}", self.prefix);
        self.step += 1;
        match step % 4 {
            0 => self.change(client, "POST", one, Some(step)),
            1 => self.change(client, "POST", other, Some(step)),
            2 => self.change(client, "PUT", one, Some(step)),
            _ => self.change(client, "DELETE", other, None),
        }
    }

    fn change(
        &mut self,
        client: &Client,
        method: &str,
        last: String,
        step: Option<usize>,
    ) -> Option<()> {
        let first = step.map(|step| format!("First {step}"));
        let path = if method == "POST" {
            ""
        } else {
            &format!("/{}", last.replace(' ', "%20"))
        };
        let body = first
            .as_ref()
            .map(|first| json!({"fname": first, "lname": last}));
        self.requested = Some(Change(last, first));
        let (status, _) = client.send(method, &format!("/api/people{path}"), body.as_ref())?;
        if status == 503 {
            // It may have been made or not.
            return None;
        }
        assert!(
            [200, 201, 204].contains(&status),
            "{method} {path}: {status}"
        );
        self.requested.take()?.apply(&mut self.people);
        Some(())
    }

    /// Everything that was acknowledged must be there, and what was only requested may be, but wholly.
    fn check(&mut self, all: &People) {
        let mine = |(last, _): &(&String, &String)| last.starts_with(&self.prefix);
        let found: People = all
            .iter()
            .filter(mine)
            .map(|(last, first)| (last.clone(), first.clone()))
            .collect();
        let mut possible = self.people.clone();
        if let Some(requested) = self.requested.take() {
            requested.apply(&mut possible);
        }
        assert!(
            found == self.people || found == possible,
            "{found:#?} is not {:#?}",
            self.people
        );
        self.people = found;
    }
}

impl Change {
    fn apply(self, people: &mut People) {
        match self {
            Self(last, Some(first)) => people.insert(last, first),
            Self(last, None) => people.remove(&last),
        };
    }
}
