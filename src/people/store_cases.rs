//! What every store does, as tests that each store runs.

use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;

use super::store::{Error, Person, Store};
use super::timestamp::Timestamp;

/// Last names that nothing may alter, each another than the rest, in the order of their code points.
const NAMES: [&str; 27] = [
    "\0",
    " Farrell",
    "\"; DROP TABLE person; --",
    "%",
    "%2F",
    "' OR '1'='1",
    "../etc/passwd",
    "?1",
    "A\u{30a}",
    "FARRELL",
    "Farrell",
    "Farrell\0",
    "Farrell ",
    "O'Neill/Ó Néill",
    "Z",
    "_",
    "a",
    "farrell",
    "z",
    "Å",
    "ß",
    "İ",
    "Ω",
    "שלום",
    "山田",
    "\u{fffd}",
    "👩‍👩‍👧",
];

/// Runs every case, each on a store that `open` makes with the people given.
pub async fn run<S: Store>(open: impl Fn(Vec<Person>) -> S) {
    lists_in_the_order_of_code_points(open(Vec::new())).await;
    lists_a_part(open(people(["a", "b", "c", "d"]))).await;
    adds_a_name_once(open(people(["Farrell"]))).await;
    keeps_names_exactly(open(Vec::new())).await;
    updates_one_person(open(people(["Brockman", "Farrell"]))).await;
    keeps_the_time_of_the_last_update(open(people(["Farrell"]))).await;
    removes_one_person(open(people(["Brockman", "Farrell"]))).await;
    lets_one_of_many_add_a_name(&open(Vec::new()));
    loses_no_update_of_many(&open(people(["Farrell"]))).await;
}

async fn lists_in_the_order_of_code_points(store: impl Store) {
    assert_eq!(store.list(1000, 0).await, Ok(Vec::new()));
    for name in shuffled() {
        assert_eq!(store.add(person(name)).await, Ok(()));
    }
    assert_eq!(names(&store, 1000, 0).await, NAMES);
}

async fn lists_a_part(store: impl Store) {
    for (length, offset, part) in [
        (1, 0, &["a"][..]),
        (2, 1, &["b", "c"]),
        (u16::MAX, 3, &["d"]),
        (1000, 4, &[]),
        (1000, u64::from(u32::MAX) + 1, &[]),
        (1000, i64::MAX as u64, &[]),
        (1000, i64::MAX as u64 + 1, &[]),
        (u16::MAX, u64::MAX, &[]),
    ] {
        assert_eq!(
            names(&store, length, offset).await,
            part,
            "{length} from {offset}"
        );
    }
}

async fn adds_a_name_once(store: impl Store) {
    let other = Person {
        first_name: "Mia".to_owned(),
        ..person("Farrell")
    };
    assert_eq!(store.add(other).await, Err(Error::AlreadyExists));
    assert_eq!(store.list(1000, 0).await, Ok(people(["Farrell"])));
}

async fn keeps_names_exactly(store: impl Store) {
    for name in shuffled() {
        assert_eq!(store.find(name).await, Err(Error::NotFound), "{name:?}");
        assert_eq!(store.add(person(name)).await, Ok(()), "{name:?}");
        assert_eq!(store.find(name).await, Ok(person(name)));
    }
    for (gone, name) in NAMES.into_iter().enumerate() {
        let updated = store.update(name, name.to_owned(), at(200)).await;
        let expected = Person {
            first_name: name.to_owned(),
            changed: at(200),
            ..person(name)
        };
        assert_eq!(updated, Ok(expected));
        assert_eq!(store.remove(name).await, Ok(()), "{name:?}");
        assert_eq!(names(&store, 1000, 0).await, NAMES[gone + 1..]);
    }
}

async fn updates_one_person(store: impl Store) {
    let updated = Person {
        first_name: "Mia".to_owned(),
        changed: at(101),
        ..person("Farrell")
    };
    let answer = store.update("Farrell", "Mia".to_owned(), at(101)).await;
    assert_eq!(answer, Ok(updated.clone()));
    assert_eq!(
        store.list(1000, 0).await,
        Ok(vec![person("Brockman"), updated])
    );
    let answer = store.update("Simpson", "Bart".to_owned(), at(101)).await;
    assert_eq!(answer, Err(Error::NotFound));
    assert_eq!(names(&store, 1000, 0).await, ["Brockman", "Farrell"]);
}

async fn keeps_the_time_of_the_last_update(store: impl Store) {
    // The clock may show one time twice, and may be set back.
    for now in [100, 100, 200, 50].map(at) {
        let updated = store.update("Farrell", "Doug".to_owned(), now).await;
        assert_eq!(updated.map(|person| person.changed), Ok(now));
        let found = store.find("Farrell").await;
        assert_eq!(found.map(|person| person.changed), Ok(now));
    }
}

async fn removes_one_person(store: impl Store) {
    assert_eq!(store.remove("Farrell").await, Ok(()));
    assert_eq!(store.remove("Farrell").await, Err(Error::NotFound));
    assert_eq!(store.find("Farrell").await, Err(Error::NotFound));
    assert_eq!(names(&store, 1000, 0).await, ["Brockman"]);
    assert_eq!(store.add(person("Farrell")).await, Ok(()));
    assert_eq!(names(&store, 1000, 0).await, ["Brockman", "Farrell"]);
}

fn lets_one_of_many_add_a_name(store: &impl Store) {
    for round in 0..10 {
        let name = format!("Farrell {round}");
        let answers = by_many(|| wait(store.add(person(&name))));
        let added = answers.iter().filter(|answer| answer.is_ok()).count();
        let refused = answers
            .iter()
            .filter(|answer| **answer == Err(Error::AlreadyExists))
            .count();
        assert_eq!((added, refused), (1, answers.len() - 1), "{answers:?}");
    }
}

async fn loses_no_update_of_many(store: &impl Store) {
    let next = AtomicI64::new(101);
    let answers = by_many(|| {
        let now = at(next.fetch_add(1, Ordering::Relaxed));
        let updated = wait(store.update("Farrell", "Doug".to_owned(), now));
        (updated.map(|person| person.changed), now)
    });
    for (changed, now) in &answers {
        assert_eq!(changed, &Ok(*now));
    }
    let last = store.find("Farrell").await.map(|person| person.changed);
    assert!(
        answers.iter().any(|(changed, _)| *changed == last),
        "{last:?}"
    );
}

/// What eight threads answer that all do the same at once.
fn by_many<T: Send>(act: impl Fn() -> T + Sync) -> Vec<T> {
    thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(&act)).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic"))
            .collect()
    })
}

fn wait<T>(answer: impl Future<Output = T>) -> T {
    actix_web::rt::Runtime::new()
        .expect("a runtime")
        .block_on(answer)
}

async fn names(store: &impl Store, length: u16, offset: u64) -> Vec<String> {
    let people = store.list(length, offset).await.expect("a list");
    people.into_iter().map(|person| person.last_name).collect()
}

/// Every name, in an order that is neither the right one nor its reverse.
fn shuffled() -> impl Iterator<Item = &'static str> {
    (0..NAMES.len()).map(|step| NAMES[step * 10 % NAMES.len()])
}

fn people<const N: usize>(names: [&str; N]) -> Vec<Person> {
    names.map(person).into()
}

fn person(name: &str) -> Person {
    Person {
        last_name: name.to_owned(),
        first_name: "Doug".to_owned(),
        changed: at(100),
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds).expect("in range")
}
