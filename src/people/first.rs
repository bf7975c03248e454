//! The people whom a new store starts with.

use super::store::Person;
use super::timestamp::Timestamp;

/// The tutorial's three people, changed just now.
pub fn first_people() -> Vec<Person> {
    let changed = Timestamp::now();
    [
        ("Doug", "Farrell"),
        ("Kent", "Brockman"),
        ("Bunny", "Easter"),
    ]
    .map(|(first_name, last_name)| Person {
        last_name: last_name.to_owned(),
        first_name: first_name.to_owned(),
        changed,
    })
    .into()
}
