//! The people whom a new store starts with.

use super::store::Person;
use super::timestamp::Timestamp;
use super::version::Version;

/// The tutorial's three people, changed just now.
pub fn first_people() -> Vec<Person> {
    let changed = Timestamp::now();
    // Every server that finds an empty database proposes the same people, of whom one is kept: a version of their own is enough.
    [
        ("Doug", "Farrell", 1),
        ("Kent", "Brockman", 2),
        ("Bunny", "Easter", 3),
    ]
    .map(|(first_name, last_name, version)| Person {
        last_name: last_name.to_owned(),
        first_name: first_name.to_owned(),
        changed,
        version: Version::from_number(changed.seconds() << 8 | version),
    })
    .into()
}
