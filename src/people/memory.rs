//! A store that forgets everything when the process ends.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::store::{Error, Person, Store};
use super::timestamp::Timestamp;

/// People in memory, by last name.
pub struct Memory {
    // A std Mutex, since nothing awaits while it is held. A map orders its keys by their bytes in UTF-8, which is their
    // order by code point.
    people: Mutex<BTreeMap<String, Person>>,
}

impl Memory {
    /// A store that holds these people.
    pub fn new(people: Vec<Person>) -> Self {
        let by_last_name = people
            .into_iter()
            .map(|person| (person.last_name.clone(), person));
        Self {
            people: Mutex::new(by_last_name.collect()),
        }
    }

    fn people(&self) -> MutexGuard<'_, BTreeMap<String, Person>> {
        // Each change is one step, so that a panic elsewhere cannot have left half of one behind.
        self.people.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for Memory {
    async fn list(&self, length: u16, offset: u64) -> Result<Vec<Person>, Error> {
        // An offset beyond what memory can hold skips everybody.
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        let people = self.people();
        Ok(people
            .values()
            .skip(offset)
            .take(length.into())
            .cloned()
            .collect())
    }

    async fn add(&self, person: Person) -> Result<(), Error> {
        match self.people().entry(person.last_name.clone()) {
            Entry::Occupied(_) => Err(Error::AlreadyExists),
            Entry::Vacant(place) => {
                place.insert(person);
                Ok(())
            }
        }
    }

    async fn find(&self, last_name: &str) -> Result<Person, Error> {
        self.people().get(last_name).cloned().ok_or(Error::NotFound)
    }

    async fn update(
        &self,
        last_name: &str,
        first_name: String,
        now: Timestamp,
    ) -> Result<Person, Error> {
        let mut people = self.people();
        let person = people.get_mut(last_name).ok_or(Error::NotFound)?;
        person.first_name = first_name;
        person.changed = now;
        Ok(person.clone())
    }

    async fn remove(&self, last_name: &str) -> Result<(), Error> {
        self.people()
            .remove(last_name)
            .map(drop)
            .ok_or(Error::NotFound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::store_cases;

    #[actix_web::test]
    async fn memory_does_what_every_store_does() {
        store_cases::run(Memory::new).await;
    }
}
