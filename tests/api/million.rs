//! A million people: a page costs about the same wherever it is, and the server's memory stays as it is.

use std::fs;
use std::time::{Duration, Instant};

use super::client::Client;
use super::database::serve;
use super::postgres::serve_from;
use super::postgres_server::PostgresServer;
use super::support::Server;

/// How many are added to the first three, who come before all others.
const PEOPLE: usize = 999_997;

#[test]
#[ignore = "takes minutes: run tests/run"]
fn a_page_of_a_million_in_a_file_costs_the_same_everywhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("people.db");
    drop(serve(&file));
    let connection = rusqlite::Connection::open(&file).expect("opened");
    let seed = format!(
        "WITH RECURSIVE number(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < {PEOPLE} - 1)
         INSERT INTO person (last_name, first_name, changed_at, version, last_folded, first_folded)
         SELECT printf('Last %06d', n), 'First', n, n + 1, printf('last %06d', n), 'first' FROM number"
    );
    connection.execute_batch(&seed).expect("seeded");
    assert_every_page_costs_the_same(&serve(&file));
}

#[test]
#[ignore = "needs PostgreSQL: run tests/run"]
fn a_page_of_a_million_in_postgres_costs_the_same_everywhere() {
    let database = PostgresServer::start();
    let server = serve_from(&database.database());
    let seed = format!(
        "INSERT INTO person (last_name, first_name, changed_at, version, last_folded, first_folded)
         SELECT to_char(n, '\"Last \"FM000000'), 'First', n, n + 1, to_char(n, '\"last \"FM000000'), 'first'
         FROM generate_series(0, {PEOPLE} - 1) AS n"
    );
    database.sql("people_0", &seed);
    // The first to read has them counted.
    let deadline = Instant::now() + Duration::from_secs(120);
    while database.sql("people_0", "SELECT count(*) FROM person_change") != "0\n" {
        assert!(Instant::now() < deadline, "they are not counted");
        server.get("/api/people?length=1");
    }
    database.sql("people_0", "VACUUM ANALYZE person");
    assert_every_page_costs_the_same(&server);
}

fn assert_every_page_costs_the_same(server: &Server) {
    let client = Client::new(server);
    for place in [1000, 500_000, 999_000 - 100] {
        for query in [
            format!("&offset={place}"),
            format!("&after=Last%20{place:06}"),
        ] {
            let ratio = ratio(&client, &query);
            println!("{query}: {ratio:.2} times the first page");
            assert!(ratio < 5.0, "{query}: {ratio:.2} times the first page");
        }
    }
    let total = server.get("/api/people?length=1");
    assert_eq!(total.header("x-total-count"), (PEOPLE + 3).to_string());
    let found = server.get("/api/people?length=1&q=last%2012345");
    assert_eq!(found.header("x-total-count"), "10");
    let before = memory(server);
    for page in 0..200 {
        server.get(&format!("/api/people?after=Last%20{:06}", page * 5000));
        server.get(&format!("/api/people?offset={}", page * 5000));
    }
    let after = memory(server);
    println!("{before} KiB of memory before 400 pages, {after} KiB after");
    assert!(
        after < before + (32 << 10),
        "{before} KiB, then {after} KiB"
    );
}

/// How many times as long as the first page this one takes. What else the machine does only ever adds, so that the shortest
/// times count, and more of them where they are not short.
fn ratio(client: &Client, query: &str) -> f64 {
    let read = |query: &str| {
        let path = format!("/api/people?length=100{query}");
        let start = Instant::now();
        let (status, page) = client.send("GET", &path, None).expect("an answer");
        let time = start.elapsed();
        let length = page.as_array().map(Vec::len);
        assert_eq!((status, length), (200, Some(100)), "{path}");
        time
    };
    let (mut first, mut other) = (Duration::MAX, Duration::MAX);
    for round in 0..400 {
        first = first.min(read(""));
        other = other.min(read(query));
        if round >= 20 && other < 3 * first {
            break;
        }
    }
    other.as_secs_f64() / first.as_secs_f64()
}

/// The resident memory of a server in KiB.
fn memory(server: &Server) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", server.id())).expect("a process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.expect("its memory").parse().expect("a number")
}
