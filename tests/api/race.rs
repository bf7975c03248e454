//! Several servers on one database that get the same requests at the same time: one of all wins.

use std::array;
use std::path::Path;
use std::sync::Barrier;
use std::thread;

use serde_json::json;

use super::database::serve;
use super::postgres::serve_from;
use super::postgres_server::PostgresServer;
use super::support::Server;

const ROUNDS: usize = 10;
const JSON: (&str, &str) = ("Content-Type", "application/json");

#[test]
fn two_servers_on_a_file_have_one_winner_of_each_race() {
    race_on_a_file::<2>();
}

#[test]
#[ignore = "takes long: run tests/run"]
fn five_servers_on_a_file_have_one_winner_of_each_race() {
    race_on_a_file::<5>();
}

#[test]
#[ignore = "needs PostgreSQL: run tests/run"]
fn two_and_five_servers_on_postgres_have_one_winner_of_each_race() {
    let database = PostgresServer::start();
    for query in [
        "",
        "?options=-c%20default_transaction_isolation%3Dserializable",
    ] {
        let address = || format!("{}{query}", database.database());
        let [two, five] = [address(), address()];
        race(&start::<2>(|| serve_from(&two)), ROUNDS);
        race(&start::<5>(|| serve_from(&five)), ROUNDS);
    }
}

fn race_on_a_file<const N: usize>() {
    let folder = tempfile::tempdir().expect("a folder");
    let file: &Path = &folder.path().join("people.db");
    race(&start::<N>(|| serve(file)), ROUNDS);
}

/// Starts all servers at once on a database that is not there yet.
fn start<const N: usize>(serve: impl Fn() -> Server + Sync) -> [Server; N] {
    thread::scope(|scope| {
        let servers: [_; N] = array::from_fn(|_| scope.spawn(&serve));
        servers.map(|server| server.join().expect("no panic"))
    })
}

/// Has every server create, by two requests at once, one person, update one version of another and delete a third. Leaves nobody.
pub fn race(servers: &[Server], rounds: usize) {
    for round in 0..rounds {
        let loser = format!("Loser {round}");
        let body = json!({"fname": "Doomed", "lname": loser}).to_string();
        let created = servers[0].send_json("POST", "/api/people", &body);
        assert_eq!(created.status, 201);
        let path = format!("/api/people/Loser%20{round}");
        let doomed = [("If-Match", created.header("etag"))];
        let before = servers[0].get("/api/people/Farrell");
        let version = [JSON, ("If-Match", before.header("etag"))];

        let answers = all_at_once(servers, |server, number| {
            let person =
                json!({"fname": format!("Racer {number}"), "lname": format!("Race {round}")});
            let created = server.send_json("POST", "/api/people", &person.to_string());
            let update = json!({"fname": format!("Racer {number}")}).to_string();
            let updated = server.send("PUT", "/api/people/Farrell", &version, &update);
            let deleted = server.send("DELETE", &path, &doomed, "");
            [created.status, updated.status, deleted.status]
        });

        let one = |operation: usize, won: u16, lost: u16| {
            let statuses: Vec<_> = answers.iter().map(|it| it[operation]).collect();
            let count = |status| statuses.iter().filter(|it| **it == status).count();
            assert_eq!(
                (count(won), count(lost)),
                (1, statuses.len() - 1),
                "{statuses:?}"
            );
            let winner = statuses.iter().position(|it| *it == won).expect("one");
            format!("Racer {winner}")
        };
        let (creator, updater) = (one(0, 201, 409), one(1, 200, 412));
        one(2, 204, 404);
        let race = format!("/api/people/Race%20{round}");
        for server in servers {
            let first_name = |path: &str| server.get(path).json()["fname"].clone();
            assert_eq!(first_name(&race), creator);
            assert_eq!(first_name("/api/people/Farrell"), updater);
        }
        assert_eq!(servers[0].send("DELETE", &race, &[], "").status, 204);
    }
}

/// What each answers, two requests on each server, all at once.
fn all_at_once<T: Send>(
    servers: &[Server],
    request: impl Fn(&Server, usize) -> T + Sync,
) -> Vec<T> {
    let all = 2 * servers.len();
    let barrier = Barrier::new(all);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..all)
            .map(|number| {
                let (request, barrier) = (&request, &barrier);
                scope.spawn(move || {
                    barrier.wait();
                    request(&servers[number / 2], number)
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic"))
            .collect()
    })
}
