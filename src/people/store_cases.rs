//! What every store does, as tests that each store runs.

use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;

use futures_util::future::try_join_all;

use super::condition::{Condition, Versions};
use super::search;
use super::store::{Change, Error, Page, Part, Person, Store};
use super::timestamp::Timestamp;
use super::version::Version;

/// Last names that nothing may alter, each another than the rest, in the order of their code points.
const NAMES: [&str; 25] = [
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
pub async fn run<S: Store<Row = Person>>(open: impl AsyncFn(Vec<Person>) -> S) {
    lists_in_the_order_of_code_points(open(Vec::new()).await).await;
    lists_a_part(open(people(["a", "b", "c", "d"])).await).await;
    lists_what_follows_a_name(open(people(["B", "a", "c", "ä"])).await).await;
    lists_every_part_of_a_long_list(open(many().collect()).await).await;
    finds_by_the_beginning_of_either_name(open(Vec::new()).await).await;
    finds_nobody_by_a_name_of_before(open(people(["Farrell"])).await).await;
    adds_a_name_once(open(people(["Farrell"])).await).await;
    keeps_names_exactly(open(Vec::new()).await).await;
    updates_one_person(open(people(["Brockman", "Farrell"])).await).await;
    keeps_the_time_of_the_last_update(open(people(["Farrell"])).await).await;
    changes_only_what_the_condition_accepts(open(people(["Farrell"])).await).await;
    removes_one_person(open(people(["Brockman", "Farrell"])).await).await;
    lets_one_of_many_add_a_name(&open(Vec::new()).await);
    lets_one_of_many_change_a_version(&open(people(["Farrell"])).await);
    lets_one_of_many_remove_a_name(&open(Vec::new()).await).await;
    loses_no_update_of_many(&open(people(["Farrell"])).await).await;
    counts_the_changes_of_many(&open(Vec::new()).await).await;
}

async fn lists_in_the_order_of_code_points(store: impl Store<Row = Person>) {
    let nobody = Page {
        people: Vec::new(),
        total: 0,
    };
    assert_eq!(store.list(part(1000, 0)).await, Ok(nobody));
    for name in shuffled() {
        assert_eq!(store.add(person(name)).await, Ok(person(name)));
    }
    assert_eq!(names(&store, part(1000, 0)).await, NAMES);
}

async fn lists_a_part(store: impl Store<Row = Person>) {
    for (length, offset, listed) in [
        (1, 0, &["a"][..]),
        (2, 1, &["b", "c"]),
        (u16::MAX, 3, &["d"]),
        (1000, 4, &[]),
        (1000, u64::from(u32::MAX) + 1, &[]),
        (1000, i64::MAX as u64, &[]),
        (1000, i64::MAX as u64 + 1, &[]),
        (u16::MAX, u64::MAX, &[]),
    ] {
        let page = store.list(part(length, offset)).await.expect("a list");
        assert_eq!(last_names(&page), listed, "{length} from {offset}");
        assert_eq!(page.total, 4);
    }
}

async fn lists_what_follows_a_name(store: impl Store<Row = Person>) {
    for (after, offset, listed) in [
        ("A", 0, &["B", "a", "c", "ä"][..]),
        ("B", 0, &["a", "c", "ä"]),
        ("b", 0, &["c", "ä"]),
        ("b", 1, &["ä"]),
        ("c", 1, &[]),
        ("a", u64::MAX, &[]),
        ("ä", 0, &[]),
        ("\u{10ffff}", 0, &[]),
    ] {
        let part = Part {
            after: Some(after.to_owned()),
            ..part(1000, offset)
        };
        let page = store.list(part).await.expect("a list");
        assert_eq!(last_names(&page), listed, "{offset} after {after}");
        assert_eq!(page.total, 4);
    }
}

/// How many calls run at once.
const AT_ONCE: usize = 100;

/// Long enough that a store may not keep it in one piece.
const MANY: usize = 7001;

fn many() -> impl Iterator<Item = Person> {
    // Neither in order nor in its reverse.
    (0..MANY).map(|number| person(&number_name(number * 3001 % MANY)))
}

fn number_name(number: usize) -> String {
    format!("{number:05}")
}

async fn lists_every_part_of_a_long_list(store: impl Store<Row = Person>) {
    let mut expected: Vec<_> = (0..MANY).map(number_name).collect();
    assert_every_part(&store, &expected).await;
    let gone = (0..MANY).filter(|number| number % 10 != 0);
    let gone: Vec<_> = gone.map(number_name).collect();
    for gone in gone.chunks(AT_ONCE) {
        let removals = gone
            .iter()
            .map(|name| store.remove(name, Condition::default()));
        assert!(try_join_all(removals).await.is_ok());
    }
    expected = (0..MANY).step_by(10).map(number_name).collect();
    assert_every_part(&store, &expected).await;
    let added: Vec<_> = (3000..6000)
        .map(|number| format!("00010 {number}"))
        .collect();
    for added in added.chunks(AT_ONCE) {
        let additions = added.iter().map(|name| store.add(person(name)));
        assert!(try_join_all(additions).await.is_ok());
    }
    expected.extend(added);
    expected.sort();
    assert_every_part(&store, &expected).await;
}

async fn assert_every_part(store: &impl Store<Row = Person>, expected: &[String]) {
    for offset in (0..expected.len() + 99).step_by(97) {
        let page = store.list(part(2, offset as u64)).await.expect("a list");
        let end = expected.len().min(offset + 2);
        assert_eq!(
            last_names(&page),
            expected.get(offset..end).unwrap_or_default()
        );
        assert_eq!(page.total, expected.len() as u64);
    }
}

async fn finds_by_the_beginning_of_either_name(store: impl Store<Row = Person>) {
    for (first_name, last_name) in [
        ("Zoë", "Farrell"),
        ("fay", "Adams"),
        ("FARAH", "Farah"),
        ("Ωmega", "Straße"),
        ("%", "_"),
        ("\u{10ffff}", "\u{10ffff}a"),
    ] {
        let person = Person {
            first_name: first_name.to_owned(),
            ..person(last_name)
        };
        assert_eq!(store.add(person.clone()).await, Ok(person));
    }
    for (prefix, found) in [
        (
            "",
            &["Adams", "Farah", "Farrell", "Straße", "_", "\u{10ffff}a"][..],
        ),
        ("fa", &["Adams", "Farah", "Farrell"]),
        ("FAR", &["Farah", "Farrell"]),
        ("farrell", &["Farrell"]),
        ("farrells", &[]),
        ("zoë", &["Farrell"]),
        ("zoe", &[]),
        ("ωM", &["Straße"]),
        ("strass", &["Straße"]),
        ("%", &["_"]),
        ("_", &["_"]),
        ("\u{10ffff}", &["\u{10ffff}a"]),
        ("a", &["Adams"]),
    ] {
        let search = |after: Option<&str>, length, offset| Part {
            prefix: search::fold(prefix),
            after: after.map(str::to_owned),
            ..part(length, offset)
        };
        let page = store.list(search(None, 1000, 0)).await.expect("a list");
        assert_eq!(last_names(&page), found, "{prefix}");
        assert_eq!(page.total, found.len() as u64, "{prefix}");
        let page = store.list(search(None, 1, 1)).await.expect("a list");
        assert_eq!(last_names(&page), found.get(1..2).unwrap_or_default());
        assert_eq!(page.total, found.len() as u64);
        if let Some((first, rest)) = found.split_first() {
            let page = store.list(search(Some(first), 1000, 0)).await;
            assert_eq!(last_names(&page.expect("a list")), rest, "{prefix}");
        }
    }
}

async fn finds_nobody_by_a_name_of_before(store: impl Store<Row = Person>) {
    let found = async |prefix: &str| {
        let part = Part {
            prefix: prefix.to_owned(),
            ..part(1000, 0)
        };
        store.list(part).await.map(|page| page.total)
    };
    assert_eq!(found("doug").await, Ok(1));
    let updated = store.update("Farrell", change("Mia", 101), Condition::default());
    updated.await.expect("updated");
    assert_eq!((found("doug").await, found("mia").await), (Ok(0), Ok(1)));
    let removed = store.remove("Farrell", Condition::default());
    removed.await.expect("removed");
    assert_eq!((found("farrell").await, found("mia").await), (Ok(0), Ok(0)));
}

async fn adds_a_name_once(store: impl Store<Row = Person>) {
    let other = Person {
        first_name: "Mia".to_owned(),
        ..person("Farrell")
    };
    assert_eq!(store.add(other).await, Err(Error::AlreadyExists));
    assert_eq!(everybody(&store).await, people(["Farrell"]));
}

async fn keeps_names_exactly(store: impl Store<Row = Person>) {
    for name in shuffled() {
        assert_eq!(store.find(name).await, Err(Error::NotFound), "{name:?}");
        assert_eq!(store.add(person(name)).await, Ok(person(name)), "{name:?}");
        assert_eq!(store.find(name).await, Ok(person(name)));
    }
    for (gone, name) in NAMES.into_iter().enumerate() {
        let updated = store.update(name, change(name, 200), Condition::default());
        assert_eq!(updated.await, Ok(changed(name, name, 200)));
        let removed = store.remove(name, Condition::default());
        assert_eq!(removed.await, Ok(()), "{name:?}");
        assert_eq!(names(&store, part(1000, 0)).await, NAMES[gone + 1..]);
    }
}

async fn updates_one_person(store: impl Store<Row = Person>) {
    let updated = changed("Farrell", "Mia", 101);
    let answer = store.update("Farrell", change("Mia", 101), Condition::default());
    assert_eq!(answer.await, Ok(updated.clone()));
    assert_eq!(everybody(&store).await, [person("Brockman"), updated]);
    let answer = store.update("Simpson", change("Bart", 101), Condition::default());
    assert_eq!(answer.await, Err(Error::NotFound));
    assert_eq!(names(&store, part(1000, 0)).await, ["Brockman", "Farrell"]);
}

async fn keeps_the_time_of_the_last_update(store: impl Store<Row = Person>) {
    // The clock may show one time twice, and may be set back.
    for now in [100, 100, 200, 50] {
        let updated = store.update("Farrell", change("Doug", now), Condition::default());
        assert_eq!(updated.await.map(|person| person.changed), Ok(at(now)));
        let found = store.find("Farrell").await;
        assert_eq!(found.map(|person| person.changed), Ok(at(now)));
    }
}

fn only(versions: &Versions) -> Condition {
    Condition {
        only: Some(versions.clone()),
        except: None,
    }
}

fn except(versions: &Versions) -> Condition {
    Condition {
        only: None,
        except: Some(versions.clone()),
    }
}

async fn changes_only_what_the_condition_accepts(store: impl Store<Row = Person>) {
    let [old, other] = [100, 7].map(|number| Versions::These(vec![Version::from_number(number)]));
    let none = Versions::These(Vec::new());
    for condition in [
        only(&other),
        only(&none),
        except(&old),
        except(&Versions::All),
    ] {
        let updated = store.update("Farrell", change("Mia", 101), condition.clone());
        assert_eq!(updated.await, Err(Error::NotAccepted), "{condition:?}");
        let removed = store.remove("Farrell", condition.clone());
        assert_eq!(removed.await, Err(Error::NotAccepted), "{condition:?}");
        assert_eq!(store.find("Farrell").await, Ok(person("Farrell")));
        let updated = store.update("Simpson", change("Mia", 101), condition.clone());
        assert_eq!(updated.await, Err(Error::NotFound));
        let removed = store.remove("Simpson", condition);
        assert_eq!(removed.await, Err(Error::NotFound));
    }
    for (seconds, accepts) in [
        (100, only as fn(&Versions) -> Condition),
        (101, |_| Condition::default()),
        (102, |_| only(&Versions::All)),
        (103, |_| except(&Versions::These(Vec::new()))),
        (104, |old| Condition {
            only: Some(old.clone()),
            except: Some(Versions::These(vec![Version::from_number(7)])),
        }),
    ] {
        // The version goes with the time here.
        let old = Versions::These(vec![Version::from_number(seconds)]);
        let updated = store.update("Farrell", change("Mia", seconds + 1), accepts(&old));
        assert_eq!(updated.await, Ok(changed("Farrell", "Mia", seconds + 1)));
    }
    let last = Versions::These(vec![Version::from_number(7), Version::from_number(105)]);
    assert_eq!(store.remove("Farrell", only(&last)).await, Ok(()));
}

async fn removes_one_person(store: impl Store<Row = Person>) {
    let remove = async |name| store.remove(name, Condition::default()).await;
    assert_eq!(remove("Farrell").await, Ok(()));
    assert_eq!(remove("Farrell").await, Err(Error::NotFound));
    assert_eq!(store.find("Farrell").await, Err(Error::NotFound));
    assert_eq!(names(&store, part(1000, 0)).await, ["Brockman"]);
    assert_eq!(store.add(person("Farrell")).await, Ok(person("Farrell")));
    assert_eq!(names(&store, part(1000, 0)).await, ["Brockman", "Farrell"]);
}

fn lets_one_of_many_add_a_name(store: &impl Store<Row = Person>) {
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

fn lets_one_of_many_change_a_version(store: &impl Store<Row = Person>) {
    for round in 100..110 {
        let condition = Condition {
            only: Some(Versions::These(vec![Version::from_number(round)])),
            except: None,
        };
        let update = || store.update("Farrell", change("Doug", round + 1), condition.clone());
        let answers = by_many(|| wait(update()));
        let changed = answers.iter().filter(|answer| answer.is_ok()).count();
        let refused = answers
            .iter()
            .filter(|answer| **answer == Err(Error::NotAccepted))
            .count();
        assert_eq!((changed, refused), (1, answers.len() - 1), "{answers:?}");
    }
}

async fn lets_one_of_many_remove_a_name(store: &impl Store<Row = Person>) {
    for _ in 0..10 {
        store.add(person("Farrell")).await.expect("added");
        let answers = by_many(|| wait(store.remove("Farrell", Condition::default())));
        let removed = answers.iter().filter(|answer| answer.is_ok()).count();
        let missed = answers
            .iter()
            .filter(|answer| **answer == Err(Error::NotFound))
            .count();
        assert_eq!((removed, missed), (1, answers.len() - 1), "{answers:?}");
    }
}

async fn loses_no_update_of_many(store: &impl Store<Row = Person>) {
    let next = AtomicI64::new(101);
    let answers = by_many(|| {
        let now = next.fetch_add(1, Ordering::Relaxed);
        let updated = store.update("Farrell", change("Doug", now), Condition::default());
        (wait(updated).map(|person| person.changed), at(now))
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

async fn counts_the_changes_of_many(store: &impl Store<Row = Person>) {
    let next = AtomicI64::new(0);
    by_many(|| {
        for number in 0..50 {
            let name = format!("{number} {}", next.fetch_add(1, Ordering::Relaxed));
            wait(store.add(person(&name))).expect("added");
            if number % 2 == 0 {
                wait(store.remove(&name, Condition::default())).expect("removed");
            }
        }
    });
    let page = store.list(part(1000, 0)).await.expect("a list");
    assert_eq!((page.people.len(), page.total), (200, 200));
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

async fn names(store: &impl Store<Row = Person>, part: Part) -> Vec<String> {
    last_names(&store.list(part).await.expect("a list"))
}

fn last_names(page: &Page) -> Vec<String> {
    let names = page.people.iter().map(|person| person.last_name.clone());
    names.collect()
}

async fn everybody(store: &impl Store<Row = Person>) -> Vec<Person> {
    store.list(part(1000, 0)).await.expect("a list").people
}

/// Part of the list of everybody.
pub fn part(length: u16, offset: u64) -> Part {
    Part {
        prefix: String::new(),
        after: None,
        offset,
        length,
    }
}

/// Every name, in an order that is neither the right one nor its reverse.
fn shuffled() -> impl Iterator<Item = &'static str> {
    (0..NAMES.len()).map(|step| NAMES[step * 7 % NAMES.len()])
}

fn people<const N: usize>(names: [&str; N]) -> Vec<Person> {
    names.map(person).into()
}

pub fn person(name: &str) -> Person {
    changed(name, "Doug", 100)
}

/// A person after a [`change`].
fn changed(last_name: &str, first_name: &str, seconds: i64) -> Person {
    let change = change(first_name, seconds);
    Person {
        last_name: last_name.to_owned(),
        first_name: change.first_name,
        changed: change.changed,
        version: change.version,
    }
}

/// A change at a time, to a version with the same number.
fn change(first_name: &str, seconds: i64) -> Change {
    Change {
        first_name: first_name.to_owned(),
        changed: at(seconds),
        version: Version::from_number(seconds),
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds).expect("in range")
}
