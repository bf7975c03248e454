//! What a store in a file does beyond what every store does: files that are new, shared, or not to be used.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::Instant;

use futures_util::FutureExt;
use futures_util::future::join_all;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use tempfile::TempDir;

use super::*;
use crate::people::first_people;
use crate::people::store_cases;

type Sqlite = super::Sqlite<Person>;

#[actix_web::test]
async fn sqlite_does_what_every_store_does() {
    let folder = folder();
    let number = Cell::new(0);
    store_cases::run(async |people| {
        let file = folder
            .path()
            .join(format!("{}.db", number.replace(number.get() + 1)));
        Sqlite::open(&file, &people).expect("opened")
    })
    .await;
}

#[actix_web::test]
async fn a_file_is_created_once_and_then_kept() {
    let folder = folder();
    let file = folder.path().join("people.db");
    let store = Sqlite::open(&file, &first_people()).expect("created");
    assert_eq!(names(&store).await, ["Brockman", "Easter", "Farrell"]);
    store
        .remove("Easter", Condition::default())
        .await
        .expect("removed");
    drop(store);
    assert_eq!(
        snapshot(folder.path()).keys().collect::<Vec<_>>(),
        ["people.db"]
    );
    let store = Sqlite::open(&file, &first_people()).expect("opened");
    assert_eq!(names(&store).await, ["Brockman", "Farrell"]);
}

#[actix_web::test]
async fn an_empty_file_is_filled() {
    let folder = folder();
    let file = folder.path().join("people.db");
    fs::write(&file, "").expect("written");
    let store = Sqlite::open(&file, &first_people()).expect("opened");
    assert_eq!(names(&store).await, ["Brockman", "Easter", "Farrell"]);
}

#[test]
fn a_name_that_sqlite_takes_for_something_else_is_a_file() {
    let folder = folder();
    for name in [
        ":memory:",
        "file:x?mode=memory",
        "a%20b#c?d",
        "Ü 山田 👩.db",
        "'",
    ] {
        let file = folder.path().join(name);
        drop(Sqlite::open(&file, &first_people()).expect("created"));
        assert!(file.is_file(), "{name}");
        drop(Sqlite::open(&file, &first_people()).expect("opened"));
        assert!(snapshot(folder.path()).contains_key(name), "{name}");
    }
}

#[actix_web::test]
async fn many_may_create_one_file_at_once() {
    let folder = folder();
    let file = folder.path().join("people.db");
    let stores: Vec<_> = thread::scope(|scope| {
        let open = || Sqlite::open(&file, &first_people()).expect("opened");
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic"))
            .collect()
    });
    stores[0]
        .remove("Easter", Condition::default())
        .await
        .expect("removed");
    for store in &stores {
        assert_eq!(names(store).await, ["Brockman", "Farrell"]);
    }
}

#[actix_web::test]
async fn reads_do_not_wait_for_a_write_and_a_write_waits_for_another() {
    let folder = folder();
    let file = folder.path().join("people.db");
    let store = Sqlite::open(&file, &first_people()).expect("created");
    let other = Connection::open(&file).expect("opened");
    other
        .execute_batch("BEGIN IMMEDIATE; DELETE FROM person")
        .expect("begun");
    let removal = store.remove("Farrell", Condition::default());
    let mut removal = std::pin::pin!(removal);
    assert!((&mut removal).now_or_never().is_none());
    assert_eq!(names(&store).await, ["Brockman", "Easter", "Farrell"]);
    other.execute_batch("COMMIT").expect("committed");
    assert_eq!(removal.await, Err(Error::NotFound));
    assert!(names(&store).await.is_empty());
}

#[actix_web::test]
#[ignore = "takes long: run tests/run"]
async fn many_writes_that_wait_for_another_program_wait_no_longer_than_twice_as_one() {
    let folder = folder();
    let file = folder.path().join("people.db");
    let store = Sqlite::open(&file, &first_people()).expect("created");
    let other = Connection::open(&file).expect("opened");
    other.execute_batch("BEGIN IMMEDIATE").expect("begun");
    let start = Instant::now();
    // As many as take several transactions.
    let added = (0..1500).map(|number| {
        store.add(Person {
            last_name: number.to_string(),
            ..first_people().remove(0)
        })
    });
    let added = join_all(added).await;
    assert!(
        added
            .iter()
            .all(|it| matches!(it, Err(Error::Unavailable(_))))
    );
    let waited = start.elapsed();
    assert!(waited < 3 * connections::TIMEOUT, "{waited:?}");
    drop(other);
    assert_eq!(names(&store).await, ["Brockman", "Easter", "Farrell"]);
    assert_eq!(store.remove("Easter", Condition::default()).await, Ok(()));
}

#[actix_web::test]
async fn a_full_disk_fails_a_write_and_leaves_nothing_of_it() {
    let folder = folder();
    let store = Sqlite::open(&folder.path().join("people.db"), &first_people()).expect("created");
    limit_pages(&store, 10).await;
    let long = Person {
        last_name: "Long".repeat(10_000),
        ..first_people().remove(0)
    };
    let full = Error::Unavailable("SQLite: database or disk is full".to_owned());
    assert_eq!(store.add(long.clone()).await, Err(full));
    assert_eq!(names(&store).await, ["Brockman", "Easter", "Farrell"]);
    limit_pages(&store, 200).await;
    assert_eq!(store.add(long.clone()).await, Ok(long));
}

#[actix_web::test]
async fn a_write_that_fails_half_way_leaves_nothing_of_it_and_of_those_with_it() {
    let folder = folder();
    let file = folder.path().join("people.db");
    let store = Sqlite::open(&file, &first_people()).expect("created");
    let named = |name: &str| Person {
        last_name: name.to_owned(),
        ..first_people().remove(0)
    };
    sql(&file, "DELETE FROM person_range");
    let failed = Error::Failed("SQLite: Query returned no rows".to_owned());
    assert_eq!(store.add(named("Half")).await, Err(failed.clone()));
    let mut added = join_all((0..9).map(|number| store.add(named(&number.to_string())))).await;
    added.retain(|it| *it != Err(failed.clone()));
    let undone = Error::Unavailable("SQLite: undone with another write that failed".to_owned());
    assert!(
        added.iter().all(|it| *it == Err(undone.clone())),
        "{added:?}"
    );
    assert_eq!(store.find("Half").await, Err(Error::NotFound));
    sql(&file, "INSERT INTO person_range VALUES ('', 3)");
    assert_eq!(names(&store).await, ["Brockman", "Easter", "Farrell"]);
    assert_eq!(store.add(named("Half")).await, Ok(named("Half")));
    assert_eq!(store.find("Half").await, Ok(named("Half")));
}

#[actix_web::test]
async fn a_file_of_the_first_version_is_migrated() {
    let folder = folder();
    let file = folder.path().join("people.db");
    sql(&file, version::MIGRATIONS[0]);
    sql(&file, "PRAGMA user_version = 1");
    sql(
        &file,
        &format!("PRAGMA application_id = {}", version::APPLICATION),
    );
    sql(
        &file,
        "INSERT INTO person VALUES ('x/../Farrell', ' a ', 1), ('Mu\u{308}ller', 'Zoe\u{308}', 2),
         ('Å', 'NFC', 3), ('A\u{30a}', 'NFD', 4), ('Farrell', 'Doug', 1525975962);
         WITH RECURSIVE number(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < 4999)
         INSERT INTO person SELECT printf('%05d', n), 'Many', n FROM number",
    );
    let store = Sqlite::open(&file, &first_people()).expect("opened");
    let listed = async |prefix: &str, offset| {
        let part = Part {
            prefix: prefix.to_owned(),
            ..store_cases::part(10, offset)
        };
        let page = store.list(part).await.expect("a list");
        let people = page.people.into_iter();
        let people = people.map(|it| (it.last_name, it.first_name, it.changed.seconds()));
        (page.total, people.collect::<Vec<_>>())
    };
    let entry = |last: &str, first: &str, seconds| (last.to_owned(), first.to_owned(), seconds);
    let kept = [
        entry("A\u{30a}", "NFD", 4),
        entry("Farrell", "Doug", 1_525_975_962),
        entry("Müller", "Zoë", 2),
        entry("x/../Farrell", " a ", 1),
        entry("Å", "NFC", 3),
    ];
    assert_eq!(listed("", 5000).await, (5005, kept.to_vec()));
    assert_eq!(listed("", 3210).await.1[0], entry("03210", "Many", 3210));
    assert_eq!(listed("zoë", 0).await, (1, vec![kept[2].clone()]));
    assert_eq!(
        listed("many", 2500).await.1[0],
        entry("02500", "Many", 2500)
    );
    let [one, other] = ["Farrell", "Å"].map(async |name| store.find(name).await);
    let versions = [one.await, other.await].map(|it| it.expect("a person").version.number());
    assert!(versions[0] != versions[1] && !versions.contains(&0));
}

#[actix_web::test]
async fn what_another_program_changes_is_counted_and_has_a_new_version() {
    let folder = folder();
    let file = folder.path().join("people.db");
    let store = Sqlite::open(&file, &first_people()).expect("created");
    let before = store.find("Easter").await.expect("a person");
    sql(
        &file,
        "INSERT INTO person (last_name, first_name, changed_at) VALUES ('Simpson', 'Bart', 5);
         UPDATE person SET first_name = 'Marge' WHERE last_name = 'Easter';
         UPDATE person SET last_name = 'Szyslak' WHERE last_name = 'Brockman';
         DELETE FROM person WHERE last_name = 'Farrell'",
    );
    let after = store.find("Easter").await.expect("a person");
    assert_ne!(after.version, before.version);
    assert_ne!(
        store.find("Simpson").await.expect("found").version.number(),
        0
    );
    for (prefix, found) in [
        ("", &["Easter", "Simpson", "Szyslak"][..]),
        ("mar", &["Easter"]),
        ("bunny", &[]),
        ("b", &["Simpson"]),
        ("s", &["Simpson", "Szyslak"]),
    ] {
        let part = Part {
            prefix: prefix.to_owned(),
            ..store_cases::part(10, 0)
        };
        let page = store.list(part).await.expect("a list");
        let names: Vec<_> = page.people.into_iter().map(|it| it.last_name).collect();
        assert_eq!(
            (names, page.total),
            (
                found.iter().map(|it| it.to_string()).collect(),
                found.len() as u64
            )
        );
    }
}

async fn limit_pages(store: &Sqlite, pages: u32) {
    let limit = move |changes: &mut changes::Changes<'_>| {
        changes
            .connection
            .pragma_update(None, "max_page_count", pages)
            .map_err(Error::from)
    };
    store.writer.run(limit).await.expect("limited");
}

#[actix_web::test]
async fn a_file_that_is_removed_costs_503_and_one_in_its_place_is_used() {
    let folder = folder();
    let file = folder.path().join("people.db");
    let store = Sqlite::open(&file, &first_people()).expect("created");
    let backup = folder.path().join("backup.db");
    sql(&file, &format!("VACUUM INTO '{}'", backup.display()));
    assert_eq!(store.remove("Farrell", Condition::default()).await, Ok(()));
    for name in ["people.db", "people.db-wal", "people.db-shm"] {
        fs::remove_file(folder.path().join(name)).expect("removed");
    }
    let gone = Error::Unavailable(
        "SQLite: the file was removed or replaced, and what is there now cannot be used: it cannot be opened or \
         created; its folder may be write-protected"
            .to_owned(),
    );
    assert_eq!(
        store.remove("Easter", Condition::default()).await,
        Err(gone.clone())
    );
    assert_eq!(store.find("Easter").await, Err(gone));
    write(&file, b"Farrell, Doug\n");
    let other = store.find("Easter").await;
    assert!(matches!(other, Err(Error::Unavailable(cause)) if cause.ends_with(NOT_SQLITE)));
    fs::rename(&backup, &file).expect("renamed");
    assert_eq!(names(&store).await, ["Brockman", "Easter", "Farrell"]);
    assert_eq!(store.remove("Easter", Condition::default()).await, Ok(()));
    drop(store);
    let store = Sqlite::open(&file, &first_people()).expect("opened");
    assert_eq!(names(&store).await, ["Brockman", "Farrell"]);
}

/// A file that cannot be used: its name, how it comes about, and the sentence about it.
struct Unusable(&'static str, fn(&Path), &'static str);

const UNUSABLE: [Unusable; 14] = [
    Unusable("none/people.db", |_| (), "its folder does not exist"),
    Unusable(".", |_| (), "it is not a file"),
    Unusable("text", |file| write(file, b"Farrell, Doug\n"), NOT_SQLITE),
    Unusable(
        "short",
        |file| write(file, b"SQLite format 3\0"),
        NOT_SQLITE,
    ),
    Unusable("zeros", |file| write(file, &[0; 8192]), NOT_SQLITE),
    Unusable(
        "scratched",
        |file| ours(file, |bytes| bytes[..16].fill(b'x')),
        NOT_SQLITE,
    ),
    Unusable(
        "foreign",
        |file| sql(file, "CREATE TABLE person (last_name)"),
        "it is an SQLite file of another application; it was left as it is",
    ),
    Unusable(
        "foreign with a log",
        |file| sql_in_log(file, "CREATE TABLE person (last_name)"),
        "it is an SQLite file of another application; it was left as it is",
    ),
    Unusable(
        "newer",
        |file| {
            ours(file, |_| ());
            sql(file, "PRAGMA user_version = 7");
        },
        NEWER,
    ),
    Unusable(
        "newer in its log",
        |file| {
            ours(file, |_| ());
            sql_in_log(file, "PRAGMA user_version = 7");
        },
        NEWER,
    ),
    Unusable(
        "cut",
        |file| ours(file, |bytes| bytes.truncate(2048)),
        "it is damaged (database disk image is malformed); it was left as it is",
    ),
    Unusable(
        "overwritten",
        |file| ours(file, |bytes| bytes[4096..6144].fill(b'x')),
        DAMAGED,
    ),
    Unusable(
        "overwritten under a log",
        |file| {
            ours(file, |bytes| bytes[4096..6144].fill(b'x'));
            sql_in_log(file, "CREATE TABLE other (name)");
        },
        DAMAGED,
    ),
    Unusable(
        "without a table",
        |file| {
            ours(file, |_| ());
            sql(file, "DROP TABLE person");
        },
        "it is damaged (the table of people is missing); it was left as it is",
    ),
];
const DAMAGED: &str =
    "it is damaged (Tree 3 page 3: btreeInitPage() returns error code 11); it was left as it is";
const NOT_SQLITE: &str = "it is no SQLite file, or its beginning is damaged; it was left as it is";
const NEWER: &str = "its schema has version 7, and this server knows up to 2; it was left as it is";

#[test]
fn a_file_that_cannot_be_used_is_named_in_a_sentence_and_left_alone() {
    for Unusable(name, make, reason) in UNUSABLE {
        let folder = folder();
        let file = folder.path().join(name);
        make(&file);
        let before = snapshot(folder.path());
        let error = Sqlite::open(&file, &first_people()).err().expect(name);
        let sentence = format!("the database {} cannot be used: {reason}", file.display());
        assert_eq!(error.to_string(), sentence);
        assert_eq!(snapshot(folder.path()), before, "{name}");
    }
}

#[test]
fn a_file_that_the_system_refuses_is_named_in_a_sentence() {
    // Not even root may create a file there.
    let error = Sqlite::open(Path::new("/proc/people.db"), &[])
        .err()
        .expect("refused");
    assert_eq!(
        error.to_string(),
        "the database /proc/people.db cannot be used: it cannot be opened or created; \
         its folder may be write-protected"
    );
}

fn write(file: &Path, bytes: &[u8]) {
    fs::write(file, bytes).expect("written");
}

/// Makes a file of ours, and changes its bytes.
fn ours(file: &Path, change: fn(&mut Vec<u8>)) {
    drop(Sqlite::open(file, &first_people()).expect("created"));
    let mut bytes = fs::read(file).expect("read");
    change(&mut bytes);
    write(file, &bytes);
}

fn sql(file: &Path, sql: &str) {
    Connection::open(file)
        .expect("opened")
        .execute_batch(sql)
        .expect("done");
}

/// Leaves the change in the log, as a process does that is killed.
fn sql_in_log(file: &Path, sql: &str) {
    let connection = Connection::open(file).expect("opened");
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .expect("set");
    connection
        .execute_batch("PRAGMA journal_mode = WAL")
        .expect("a log");
    connection.execute_batch(sql).expect("done");
}

/// Every file in the folder but what holds no data: SQLite's shared memory, and a log that was emptied into its file but, as
/// it was busy just then, not removed.
fn snapshot(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder)
        .expect("read")
        .map(|entry| entry.expect("read").path());
    let kept = files.filter(|file| !file.to_string_lossy().ends_with("-shm"));
    kept.map(|file| (name_of(&file), fs::read(&file).expect("read")))
        .filter(|(name, bytes)| !(name.ends_with("-wal") && bytes.is_empty()))
        .collect()
}

fn name_of(file: &Path) -> String {
    file.file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned()
}

async fn names(store: &Sqlite) -> Vec<String> {
    let page = store.list(store_cases::part(1000, 0)).await;
    let people = page.expect("a list").people.into_iter();
    people.map(|person| person.last_name).collect()
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}
