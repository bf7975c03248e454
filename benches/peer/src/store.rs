//! People in memory, by last name.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Bound;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use chrono::{Datelike, Timelike, Utc};
use serde::Serialize;

/// A person as it is sent.
#[derive(Clone, Serialize)]
pub struct Person {
    pub fname: String,
    pub lname: String,
    pub timestamp: String,
}

/// A person as it is kept.
#[derive(Clone)]
pub struct Row {
    pub person: Person,
    pub version: u64,
}

pub type Rows = BTreeMap<String, Row>;

/// All people.
pub struct Store(RwLock<Rows>);

impl Store {
    /// A store with people of these first and last names.
    pub fn new(names: &[(&str, &str)]) -> Self {
        let rows = names.iter().map(|(first, last)| {
            let row = Row::new((*first).to_owned(), (*last).to_owned());
            ((*last).to_owned(), row)
        });
        Self(RwLock::new(rows.collect()))
    }

    pub fn read(&self) -> RwLockReadGuard<'_, Rows> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn write(&self) -> RwLockWriteGuard<'_, Rows> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Row {
    /// A person as of now, of a version that no other has.
    pub fn new(fname: String, lname: String) -> Self {
        Self {
            person: Person {
                fname,
                lname,
                timestamp: now(),
            },
            version: getrandom::u64().unwrap_or_default(),
        }
    }

    pub fn tag(&self) -> String {
        format!("\"{:016x}\"", self.version)
    }
}

/// The people of a page, and how many there are on all pages.
pub fn page<'a>(
    rows: &'a Rows,
    prefix: &str,
    after: Option<&str>,
    offset: usize,
    length: usize,
) -> (Vec<&'a Person>, usize) {
    let after = after.map_or(Bound::Unbounded, Bound::Excluded);
    let rest = rows.range::<str, _>((after, Bound::Unbounded));
    let rest = rest.map(|(_, row)| &row.person);
    if prefix.is_empty() {
        return (rest.skip(offset).take(length).collect(), rows.len());
    }
    let prefix = prefix.to_lowercase();
    let begins = |name: &str| name.to_lowercase().starts_with(&prefix);
    let is_found = |person: &Person| begins(&person.fname) || begins(&person.lname);
    let total = rows.values().filter(|row| is_found(&row.person)).count();
    let found = rest.filter(|person| is_found(person));
    (found.skip(offset).take(length).collect(), total)
}

fn now() -> String {
    let now = Utc::now();
    let (date, time) = (now.date_naive(), now.time());
    let mut text = String::with_capacity(19);
    // Into a `String`, which takes everything.
    let _ = write!(
        text,
        "{:04}-{:02}-{:02} {:02}:{:02}:{:02}",
        date.year(),
        date.month(),
        date.day(),
        time.hour(),
        time.minute(),
        time.second()
    );
    text
}
