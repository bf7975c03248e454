//! A million people: a page costs about the same wherever it is, and the server's memory stays as it is. What SQLite does for a
//! page is counted next to its statements.

use std::time::{Duration, Instant};

use super::database::serve;
use super::postgres::serve_from;
use super::postgres_server::PostgresServer;
use super::support::Server;

/// How many are added to the first three, who come before all others.
const PEOPLE: usize = 999_997;

/// Has PostgreSQL log for each statement what it has touched.
const EXPLAINED: &str = "
    ALTER DATABASE people_0 SET session_preload_libraries = 'auto_explain';
    ALTER DATABASE people_0 SET auto_explain.log_min_duration = 0;
    ALTER DATABASE people_0 SET auto_explain.log_analyze = on;
    ALTER DATABASE people_0 SET auto_explain.log_timing = off;
    ALTER DATABASE people_0 SET auto_explain.log_buffers = on";

#[test]
#[ignore = "takes minutes: run tests/run"]
fn a_million_in_a_file_are_counted_and_listed_in_the_same_memory() {
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
    let server = serve(&file);
    places().for_each(|place| read(&server, &place));
    assert_everybody_is_counted(&server);
    assert_memory_stays_as_it_is(&server);
}

#[test]
#[ignore = "needs PostgreSQL: run tests/run"]
fn a_page_of_a_million_in_postgres_touches_about_as_many_blocks_everywhere() {
    let database = PostgresServer::start();
    let address = database.database();
    database.sql("postgres", EXPLAINED);
    // What is loaded here need not survive a crash.
    database.sql("postgres", "ALTER SYSTEM SET fsync = off");
    database.sql("postgres", "SELECT pg_reload_conf()");
    let server = serve_from(&address);
    // An automatic vacuum of so many people may last for minutes, and what it may still see is not freed.
    for table in ["person", "person_change", "person_range"] {
        let off = format!("ALTER TABLE {table} SET (autovacuum_enabled = off)");
        database.sql("people_0", &off);
    }
    let seed = format!(
        "INSERT INTO person (last_name, first_name, changed_at, version, last_folded, first_folded)
         SELECT to_char(n, '\"Last \"FM000000'), 'First', n, n + 1, to_char(n, '\"last \"FM000000'), 'first'
         FROM generate_series(0, {PEOPLE} - 1) AS n"
    );
    database.sql("people_0", &seed);
    // The first to read has them counted.
    let deadline = Instant::now() + Duration::from_secs(300);
    while database.sql("people_0", "SELECT count(*) FROM person_change") != "0\n" {
        assert!(Instant::now() < deadline, "they are not counted");
        server.get("/api/people?length=1");
    }
    // A vacuum frees what was counted once no other transaction may still see it.
    let deadline = Instant::now() + Duration::from_secs(300);
    while database.sql("people_0", "SELECT pg_relation_size('person_change')") != "0\n" {
        let activity = database.sql("postgres", "TABLE pg_stat_activity");
        assert!(Instant::now() < deadline, "it is not freed:\n{activity}");
        database.sql("people_0", "VACUUM (INDEX_CLEANUP ON) person_change");
    }
    database.sql("people_0", "VACUUM ANALYZE person, person_range");
    let cost = |query: &str| {
        // The first time prepares the statement.
        read(&server, query);
        let start = log(&database).len();
        read(&server, query);
        blocks(&database, start)
    };
    let first = cost("");
    println!("the first page: {first} blocks");
    assert!(first > 0);
    for place in places() {
        let blocks = cost(&place);
        println!("{place}: {blocks} blocks");
        assert!(
            blocks < 5 * first,
            "{place}: {blocks} blocks, the first page {first}"
        );
    }
    assert_everybody_is_counted(&server);
    assert_memory_stays_as_it_is(&server);
}

/// Where pages are read: by an offset, or after a name.
fn places() -> impl Iterator<Item = String> {
    [1000, 500_000, 999_000 - 100]
        .into_iter()
        .flat_map(|place| {
            [
                format!("&offset={place}"),
                format!("&after=Last%20{place:06}"),
            ]
        })
}

/// Reads a page of a hundred people.
fn read(server: &Server, query: &str) {
    let page = server.get(&format!("/api/people?length=100{query}"));
    let length = page.json().as_array().map(Vec::len);
    assert_eq!((page.status, length), (200, Some(100)), "{query}");
}

fn assert_everybody_is_counted(server: &Server) {
    let total = server.get("/api/people?length=1");
    assert_eq!(total.header("x-total-count"), (PEOPLE + 3).to_string());
    let found = server.get("/api/people?length=1&q=last%2012345");
    assert_eq!(found.header("x-total-count"), "10");
}

fn assert_memory_stays_as_it_is(server: &Server) {
    let before = server.memory();
    for page in 0..200 {
        server.get(&format!("/api/people?after=Last%20{:06}", page * 5000));
        server.get(&format!("/api/people?offset={}", page * 5000));
    }
    let after = server.memory();
    println!("{before} KiB of memory before 400 pages, {after} KiB after");
    assert!(
        after < before + (32 << 10),
        "{before} KiB, then {after} KiB"
    );
}

/// What PostgreSQL has logged.
fn log(database: &PostgresServer) -> String {
    database.sql("postgres", "SELECT pg_read_file('../log')")
}

/// How many blocks the database has touched for the statements of the last request, by its log from `start` on.
fn blocks(database: &PostgresServer, start: usize) -> u64 {
    let log = log(database).split_off(start);
    let statements = log.split("Query Text:").skip(1);
    // The first line of a plan counts those of all its parts.
    let touched =
        statements.filter_map(|plan| plan.split_once("Buffers: shared ")?.1.lines().next());
    let numbers = touched.flat_map(|line| {
        line.split(' ')
            .filter_map(|part| part.split_once('=')?.1.parse::<u64>().ok())
    });
    numbers.sum()
}
