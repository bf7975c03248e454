//! What a store in a database does beyond what every store does.

#[path = "../../../tests/api/postgres_server.rs"]
mod postgres_server;

use std::thread;

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
async fn the_count_is_right_however_often_it_is_summed_up() {
    let server = PostgresServer::start();
    let store = open(server.database(), Vec::new()).await;
    for number in 0..100 {
        let mut person = first_people().remove(0);
        person.last_name = number.to_string();
        // Of two changes one sums up.
        person.version =
            crate::people::version::Version::from_number(number % 2 * 256 + 1 - number % 2);
        store.add(person).await.expect("added");
    }
    let page = store.list(store_cases::part(1, 0)).await.expect("a list");
    assert_eq!(page.total, 100);
    let rows = server.sql("people_0", "SELECT count(*) < 5 FROM person_count");
    assert_eq!(rows, "t\n");
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
        assert_eq!(store.add(person.clone()).await, Ok(()));
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
