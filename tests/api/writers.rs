//! Clients that write and know what was acknowledged to them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::client::Client;
use super::support::Server;

/// How many changes are acknowledged before something happens.
const CHANGES: usize = 200;

/// First names by last names.
type People = BTreeMap<String, String>;

/// Compares what everybody knows with what the server has.
pub fn check(server: &Server, writers: &mut [Writer]) {
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

/// Lets each write to one of the servers until enough is acknowledged, and makes something happen while they go on.
///
/// Each stops at the first change that is not acknowledged, or with the end of `event`.
pub fn write_during(servers: &[Server], writers: &mut [Writer], event: impl FnOnce()) {
    let urls: Vec<_> = servers.iter().map(|server| server.url("")).collect();
    write_to(&urls, writers, event);
}

/// As [`write_during`], to what is at these URLs.
pub fn write_to(servers: &[String], writers: &mut [Writer], event: impl FnOnce()) {
    let (acknowledged, over) = (AtomicUsize::new(0), AtomicBool::new(false));
    thread::scope(|scope| {
        let start = |(writer, server): (_, &String)| {
            let (client, acknowledged, over) = (Client::of(server.clone()), &acknowledged, &over);
            scope.spawn(move || Writer::write(writer, &client, acknowledged, over))
        };
        let pairs = writers.iter_mut().zip(servers.iter().cycle());
        let threads: Vec<_> = pairs.map(start).collect();
        let enough = || acknowledged.load(Ordering::Relaxed) >= CHANGES;
        while !enough() && !threads.iter().all(|thread| thread.is_finished()) {
            thread::sleep(Duration::from_millis(1));
        }
        event();
        over.store(true, Ordering::Relaxed);
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
pub struct Writer {
    prefix: String,
    step: usize,
    people: People,
    /// What was requested last, and not acknowledged.
    requested: Option<Change>,
    /// How many changes were acknowledged, and how many of the others were made and not made.
    pub acknowledged: usize,
    pub made: usize,
    pub not_made: usize,
    is_behind_proxy: bool,
}

/// A last name, and the first name that it gets; none to delete it.
struct Change(String, Option<String>);

impl Writer {
    pub fn new(number: usize) -> Self {
        Self {
            prefix: format!("Writer {number}, "),
            step: 0,
            people: People::new(),
            requested: None,
            acknowledged: 0,
            made: 0,
            not_made: 0,
            is_behind_proxy: false,
        }
    }

    /// Writes by way of a proxy, which has answers of its own.
    pub fn behind_proxy(number: usize) -> Self {
        Self {
            is_behind_proxy: true,
            ..Self::new(number)
        }
    }

    /// Creates two people, updates one and deletes the other, again and again until a change is not acknowledged.
    fn write(&mut self, client: &Client, acknowledged: &AtomicUsize, over: &AtomicBool) {
        self.step = self.step.next_multiple_of(4);
        while !over.load(Ordering::Relaxed) && self.send(client).is_some() {
            self.acknowledged += 1;
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
        // A proxy answers 502 where a server has broken its connection, and repeats what it may: a DELETE of which no answer came.
        let is_repeated = self.is_behind_proxy && (method, status) == ("DELETE", 404);
        if status == 503 || self.is_behind_proxy && status == 502 || is_repeated {
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
            match found == possible {
                true => self.made += 1,
                false => self.not_made += 1,
            }
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
