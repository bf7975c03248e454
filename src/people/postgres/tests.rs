//! What a store in a database does beyond what every store does.

#[path = "../../../tests/api/postgres_server.rs"]
mod postgres_server;

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use futures_util::future::{join, join_all};
use socket2::{Domain, Socket, Type};

use self::postgres_server::{PASSWORD, PostgresServer};
use super::*;
use crate::people::first_people;
use crate::people::store_cases;

async fn open(address: String, first: Vec<Person>) -> Postgres {
    // The migration has a runtime of its own, which none of the test may surround.
    let opened = thread::spawn(move || Postgres::open(&Address::new(&address), &first));
    opened.join().expect("no panic").expect("opened")
}

#[actix_web::test]
#[ignore = "needs PostgreSQL: run tests/run"]
async fn postgres_does_what_every_store_does() {
    let server = PostgresServer::start();
    store_cases::run(async |people| open(server.database(), people).await).await;
}

#[actix_web::test]
#[ignore = "needs PostgreSQL: run tests/run"]
async fn many_may_create_one_database_at_once() {
    let server = PostgresServer::start();
    let address = server.database();
    let stores: Vec<_> = thread::scope(|scope| {
        let open = || Postgres::open(&Address::new(&address), &first_people());
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
        let opened = threads.into_iter().map(|thread| thread.join());
        opened
            .map(|store| store.expect("no panic").expect("opened"))
            .collect()
    });
    let removed = stores[0].remove("Easter", Condition::default());
    removed.await.expect("removed");
    for store in &stores {
        let page = store
            .list(store_cases::part(1000, 0))
            .await
            .expect("a list");
        assert_eq!((page.people.len(), page.total), (2, 2));
    }
    // Whoever comes later does not begin anew.
    let store = open(address, first_people()).await;
    assert_eq!(store.find("Easter").await, Err(Error::NotFound));
}

#[actix_web::test]
#[ignore = "needs PostgreSQL: run tests/run"]
async fn every_page_is_right_while_others_change_the_list_and_sum_it_up() {
    let server = PostgresServer::start();
    let address = server.database();
    let store = open(address.clone(), Vec::new()).await;
    let other = open(address, Vec::new()).await;
    let sql = |sql: &str| server.sql("people_0", sql);
    sql("INSERT INTO person (last_name, first_name, changed_at)
         SELECT to_char(n, 'FM000000'), 'First', n FROM generate_series(0, 19999) AS n");
    // Each reads a page that is known while the list before it grows and shrinks by what the other does.
    for round in 0..60 {
        let mut person = first_people().remove(0);
        person.last_name = format!("000000 {round}");
        person.version = Version::from_number(256 * round);
        other.add(person.clone()).await.expect("added");
        let offset = 5000 + u64::try_from(round).expect("a round") * 200;
        let listed = store.list(store_cases::part(2, offset + 1));
        let removed = other.remove(&person.last_name, Condition::default());
        let (page, removed) = join(listed, removed).await;
        assert_eq!(removed, Ok(()));
        let page = page.expect("a list");
        // One of both came first.
        let shift = page.total - 20_000;
        assert_eq!(
            page.people[0].changed.seconds(),
            i64::try_from(offset + 1 - shift).expect("small")
        );
    }
    wait_until(|| sql("SELECT count(*) < 600 FROM person_change") == "t\n");
    let part = store_cases::part(1, 0);
    assert_eq!(
        store.list(part.clone()).await.expect("a list").total,
        20_000
    );
    assert_eq!(
        sql("SELECT max(people) <= 2000, count(*) > 9 FROM person_range"),
        "t|t\n"
    );
    sql("DELETE FROM person WHERE changed_at % 100 <> 0");
    for offset in 1..200 {
        let page = store
            .list(store_cases::part(1, offset))
            .await
            .expect("a list");
        assert_eq!(
            (page.people[0].changed.seconds(), page.total),
            (offset as i64 * 100, 200)
        );
    }
    wait_until(|| sql("SELECT count(*) FROM person_change") == "0\n");
    other.list(part).await.expect("a list");
    assert_eq!(sql("SELECT start, people FROM person_range"), "|200\n");
}

#[actix_web::test]
#[ignore = "needs PostgreSQL: run tests/run"]
async fn changes_that_are_summed_up_leave_nothing_to_read_past() {
    let server = PostgresServer::start();
    let store = open(server.database(), Vec::new()).await;
    let sql = |sql: &str| server.sql("people_0", sql);
    // Many pages, of which the last one alone has a change.
    sql(
        "INSERT INTO person_change (last_name, change) SELECT 'a', 0 FROM generate_series(1, 50000)",
    );
    sql("DELETE FROM person_change WHERE id < (SELECT max(id) FROM person_change)");
    sql("VACUUM person_change");
    let is_freed = "SELECT pg_relation_size('person_change') = 0";
    assert_eq!(sql(is_freed), "f\n");
    let mut person = first_people().remove(0);
    person.version = Version::from_number(256);
    store.add(person).await.expect("added");
    wait_until(|| sql(is_freed) == "t\n");
}

#[actix_web::test]
#[ignore = "needs PostgreSQL: run tests/run"]
async fn what_another_program_changes_is_counted_and_has_a_new_version() {
    let server = PostgresServer::start();
    let store = open(server.database(), first_people()).await;
    let before = store.find("Easter").await.expect("a person");
    server.sql(
        "people_0",
        "INSERT INTO person (last_name, first_name, changed_at) VALUES ('Simpson', 'Bart', 5);
         UPDATE person SET first_name = 'Marge' WHERE last_name = 'Easter';
         UPDATE person SET last_name = 'Szyslak' WHERE last_name = 'Brockman';
         DELETE FROM person WHERE last_name = 'Farrell'",
    );
    let after = store.find("Easter").await.expect("a person");
    assert_ne!(after.version, before.version);
    for (prefix, offset, found, total) in [
        ("", 0, &["Easter", "Simpson", "Szyslak"][..], 3),
        ("", 1, &["Simpson", "Szyslak"], 3),
        ("", 3, &[], 3),
        ("mar", 0, &["Easter"], 1),
        ("bunny", 0, &[], 0),
        ("b", 0, &["Simpson"], 1),
        ("s", 1, &["Szyslak"], 2),
    ] {
        let part = Part {
            prefix: prefix.to_owned(),
            ..store_cases::part(10, offset)
        };
        let page = store.list(part).await.expect("a list");
        let names: Vec<_> = page.people.into_iter().map(|it| it.last_name).collect();
        assert_eq!(
            (names.as_slice(), page.total),
            (
                &found.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>()[..],
                total
            )
        );
    }
}

#[actix_web::test]
#[ignore = "needs PostgreSQL: run tests/run"]
async fn a_database_of_the_first_version_is_migrated() {
    let server = PostgresServer::start();
    let address = server.database();
    drop(open(address.clone(), Vec::new()).await);
    // As the first version left it.
    let first = include_str!("migrations/V1__people.sql");
    server.sql(
        "people_0",
        &format!(
            "DROP TABLE person, person_start, person_range, person_change CASCADE;
             DROP FUNCTION person_listed, person_changed_elsewhere;
             DELETE FROM refinery_schema_history WHERE version > 1; {first};
             INSERT INTO person SELECT to_char(n, 'FM0000'), 'First', n, n, to_char(n, 'FM0000'), 'first'
             FROM generate_series(0, 4999) AS n;
             INSERT INTO person_count (change) VALUES (5000);
             INSERT INTO person_start VALUES (1)"
        ),
    );
    let store = open(address, first_people()).await;
    for offset in [0, 1, 999, 1000, 4999] {
        let page = store
            .list(store_cases::part(1, offset))
            .await
            .expect("a list");
        assert_eq!(
            (page.people[0].changed.seconds(), page.total),
            (offset as i64, 5000)
        );
    }
    assert_eq!(
        server.sql("people_0", "SELECT count(*) FROM person_range"),
        "5\n"
    );
}

fn wait_until(come: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !come() {
        assert!(Instant::now() < deadline, "waited in vain");
        thread::sleep(Duration::from_millis(50));
    }
}

#[actix_web::test]
#[ignore = "needs PostgreSQL: run tests/run"]
async fn conflicts_of_transactions_are_repeated() {
    let server = PostgresServer::start();
    let database = server.database();
    // With this isolation, PostgreSQL itself refuses those that others were quicker than, as CockroachDB and YugabyteDB do.
    let serializable = "options=-c%20default_transaction_isolation%3Dserializable";
    let store = open(format!("{database}?{serializable}"), first_people()).await;
    let conflicts = || {
        let rolled_back = "SELECT xact_rollback FROM pg_stat_database WHERE datname = 'people_0'";
        server
            .sql("people_0", rolled_back)
            .trim()
            .parse::<u64>()
            .expect("a number")
    };
    let before = conflicts();
    for round in 0..10 {
        let mut person = first_people().remove(0);
        person.last_name = round.to_string();
        let added = join_all((0..8).map(|_| store.add(person.clone()))).await;
        assert_eq!(added.iter().filter(|it| it.is_ok()).count(), 1, "{added:?}");
        assert_eq!(
            added
                .iter()
                .filter(|it| **it == Err(Error::AlreadyExists))
                .count(),
            7,
            "{added:?}"
        );
        let change = Change {
            first_name: "Ada".to_owned(),
            changed: person.changed,
            version: person.version,
        };
        let updated =
            join_all((0..8).map(|_| store.update("Farrell", change.clone(), Condition::default())))
                .await;
        assert!(updated.iter().all(Result::is_ok), "{updated:?}");
    }
    wait_until(|| conflicts() > before + 20);
}

/// Fails the changes of Farrell that follow, as often as said, with this state.
fn fail(server: &PostgresServer, times: u32, state: &str) {
    server.sql(
        "people_0",
        &format!(
            "CREATE SEQUENCE IF NOT EXISTS failures; SELECT setval('failures', 1, false);
             CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN
                 -- A sequence counts on where all else is undone.
                 IF nextval('failures') <= {times} THEN RAISE 'restart transaction' USING ERRCODE = '{state}'; END IF;
                 RETURN NEW;
             END $$;
             CREATE OR REPLACE TRIGGER fail BEFORE UPDATE ON person FOR EACH ROW EXECUTE FUNCTION fail()"
        ),
    );
}

#[actix_web::test]
#[ignore = "needs PostgreSQL: run tests/run"]
async fn a_conflict_is_repeated_so_many_times_and_another_failure_never() {
    let server = PostgresServer::start();
    let store = open(server.database(), first_people()).await;
    let before = store.find("Farrell").await.expect("a person");
    let change = || Change {
        first_name: "Ada".to_owned(),
        changed: before.changed,
        version: before.version,
    };
    for (state, times, tried, kind) in [
        ("40001", 15, 16, "done"),
        ("40001", 16, 16, "unavailable"),
        ("40P01", 1, 2, "done"),
        ("40P01", 99, 16, "unavailable"),
        ("40003", 1, 1, "unavailable"),
        ("57P01", 1, 1, "unavailable"),
        ("53100", 1, 1, "unavailable"),
        ("XX000", 1, 1, "failed"),
    ] {
        fail(&server, times, state);
        let updated = store
            .update("Farrell", change(), Condition::default())
            .await;
        let outcome = match updated {
            Ok(_) => "done",
            Err(Error::Unavailable(cause)) => {
                assert_eq!(cause, format!("PostgreSQL: restart transaction ({state})"));
                "unavailable"
            }
            Err(Error::Failed(_)) => "failed",
            Err(other) => panic!("{other:?}"),
        };
        let count = server.sql("people_0", "SELECT last_value FROM failures");
        assert_eq!(
            (outcome, count.trim()),
            (kind, tried.to_string().as_str()),
            "{state} {times}"
        );
    }
}

#[actix_web::test]
#[ignore = "needs PostgreSQL: run tests/run"]
async fn a_database_of_a_newer_server_is_left_alone() {
    let server = PostgresServer::start();
    let address = server.database();
    drop(open(address.clone(), first_people()).await);
    let newer =
        "INSERT INTO refinery_schema_history VALUES (9, 'later', '2099-01-01T00:00:00Z', '1')";
    server.sql("people_0", newer);
    let again = thread::spawn(move || Postgres::open(&Address::new(&address), &first_people()));
    let error = again.join().expect("no panic").err().expect("refused");
    assert!(error.contains("V9__later"), "{error}");
    assert!(!error.contains(PASSWORD), "{error}");
}

#[actix_web::test]
#[ignore = "needs PostgreSQL: run tests/run"]
async fn a_crash_of_the_database_costs_its_duration_and_no_acknowledged_change() {
    let mut server = PostgresServer::start();
    let address = server.database();
    let store = open(address, first_people()).await;
    for number in 0..5 {
        let mut person = first_people().remove(0);
        person.last_name = number.to_string();
        assert_eq!(store.add(person.clone()).await, Ok(person.clone()));
        server.crash();
        let lost = store.find("Farrell").await;
        assert!(matches!(lost, Err(Error::Unavailable(_))), "{lost:?}");
        let lost = store.remove("Farrell", Condition::default()).await;
        assert!(matches!(lost, Err(Error::Unavailable(_))), "{lost:?}");
        server.restart();
        assert_eq!(store.find(&person.last_name).await, Ok(person));
        let page = store.list(store_cases::part(1, 0)).await.expect("a list");
        assert_eq!(page.total, 4 + number);
    }
}

/// Whether the connection that was opened last is encrypted.
const ENCRYPTED: &str = "SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
    WHERE application_name = 'people' ORDER BY backend_start DESC LIMIT 1";

#[actix_web::test]
#[ignore = "needs PostgreSQL: run tests/run"]
async fn tls_is_used_and_verified_as_the_mode_says() {
    let server = PostgresServer::start();
    let by_number = server.database();
    let by_name = by_number.replace("127.0.0.1", "localhost");
    let root = server.issuer();
    let root = |mode: &str| format!("sslmode={mode}&sslrootcert={root}");
    for (address, query, usable) in [
        (&by_number, "sslmode=disable".to_owned(), true),
        (&by_number, "sslmode=prefer".to_owned(), true),
        (&by_number, "sslmode=require".to_owned(), true),
        (&by_number, root("verify-ca"), true),
        (&by_number, root("verify-full"), false),
        (&by_name, root("verify-full"), true),
        // The system does not trust the issuer.
        (&by_name, "sslmode=verify-ca".to_owned(), false),
        (&by_name, "sslmode=verify-full".to_owned(), false),
    ] {
        let address = Address::new(&format!("{address}?{query}"));
        let opened = thread::spawn(move || Postgres::open(&address, &first_people()));
        match opened.join().expect("no panic") {
            Ok(store) => {
                assert!(usable, "{query}");
                assert!(store.find("Farrell").await.is_ok());
                let encrypted = if query == "sslmode=disable" {
                    "f\n"
                } else {
                    "t\n"
                };
                assert_eq!(server.sql("people_0", ENCRYPTED), encrypted, "{query}");
            }
            Err(error) => {
                assert!(!usable, "{query}: {error}");
                assert!(!error.contains(PASSWORD), "{error}");
            }
        }
    }
}

#[test]
#[ignore = "needs PostgreSQL: run tests/run"]
fn a_server_without_tls_gets_no_password_if_tls_is_required() {
    let issuer = PostgresServer::start();
    for (mode, is_refused) in [
        ("require", true),
        ("verify-ca", true),
        ("verify-full", true),
        ("prefer", false),
    ] {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let heard = thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a connection");
            let mut request = [0; 8];
            stream.read_exact(&mut request).expect("a request for TLS");
            stream.write_all(b"N").expect("refused");
            let mut rest = [0; 8];
            let length = stream.read(&mut rest).unwrap_or(0);
            (request, length)
        });
        let root = issuer.issuer();
        let address = format!(
            "postgres://people:{PASSWORD}@127.0.0.1:{port}/people?sslmode={mode}&sslrootcert={root}"
        );
        let error = Postgres::open(&Address::new(&address), &first_people()).err();
        let error = error.expect("refused");
        let (request, rest) = heard.join().expect("no panic");
        // The request for TLS, in section "Message Formats" of PostgreSQL's documentation.
        assert_eq!(request, [0, 0, 0, 8, 4, 210, 22, 47]);
        assert_eq!(rest == 0, is_refused, "{mode}: {error}");
        assert_eq!(
            error.ends_with("server does not support TLS"),
            is_refused,
            "{mode}: {error}"
        );
        assert!(!error.contains(PASSWORD), "{error}");
    }
}

#[actix_web::test]
#[ignore = "needs PostgreSQL: run tests/run"]
async fn another_issuer_is_not_trusted() {
    let [server, other] = [PostgresServer::start(), PostgresServer::start()];
    let root = other.issuer();
    let address = server.database().replace("127.0.0.1", "localhost");
    for mode in ["require", "verify-ca", "verify-full"] {
        let address = format!("{address}?sslmode={mode}&sslrootcert={root}");
        let opened = thread::spawn(move || Postgres::open(&Address::new(&address), &[]));
        let error = opened.join().expect("no panic").err().expect(mode);
        assert!(error.contains("invalid peer certificate"), "{error}");
    }
}

#[actix_web::test]
#[ignore = "needs PostgreSQL: run tests/run"]
async fn of_several_hosts_the_one_that_is_there_is_used() {
    let server = PostgresServer::start();
    // A machine that is gone does not refuse: as here, where nobody takes the connections that fill the queue.
    let gone = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    gone.bind(&any.into()).expect("a port");
    gone.listen(0).expect("listening");
    let place = gone
        .local_addr()
        .ok()
        .and_then(|it| it.as_socket())
        .expect("an address");
    let limit = Duration::from_millis(50);
    let _queue: Vec<_> = (0..4)
        .map(|_| TcpStream::connect_timeout(&place, limit))
        .collect();
    let port = server.port;
    let address = server.database().replace(
        &format!("127.0.0.1:{port}"),
        &format!("127.0.0.1:{},127.0.0.1:{port}", place.port()),
    );
    let store = open(
        format!("{address}?target_session_attrs=read-write"),
        first_people(),
    )
    .await;
    assert!(store.find("Farrell").await.is_ok());
}
