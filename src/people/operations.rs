//! The operations of the spec, done with a store. It turns what a store refuses into problems.

use spec_first::generated::people as operations;
use spec_first::generated::types::{NewPerson, Person, PersonUpdate};
use spec_first::problem::Problem;

use super::store::{self, Error, Store};
use super::timestamp::Timestamp;

/// The application: people, kept in a store.
pub struct People<S> {
    store: S,
    clock: fn() -> Timestamp,
}

impl<S: Store> People<S> {
    /// The application on this store.
    pub fn new(store: S) -> Self {
        Self {
            store,
            clock: Timestamp::now,
        }
    }
}

impl<S: Store> operations::People for People<S> {
    async fn read_all(&self, length: u16, offset: u64) -> Result<Vec<Person>, Problem> {
        let people = self
            .store
            .list(length, offset)
            .await
            .map_err(|error| refused(error, ""))?;
        Ok(people.into_iter().map(Person::from).collect())
    }

    async fn create(&self, person: NewPerson) -> Result<Person, Problem> {
        let person = store::Person {
            last_name: person.lname,
            first_name: person.fname,
            changed: (self.clock)(),
        };
        let added = self.store.add(person.clone()).await;
        added.map_err(|error| refused(error, &person.last_name))?;
        Ok(person.into())
    }

    async fn read_one(&self, lname: String) -> Result<Person, Problem> {
        let found = self.store.find(&lname).await;
        found
            .map(Person::from)
            .map_err(|error| refused(error, &lname))
    }

    async fn update(&self, lname: String, person: PersonUpdate) -> Result<Person, Problem> {
        if let Some(other) = person.lname.filter(|name| *name != lname) {
            return Err(Problem::bad_request(format!(
                "The body's last name {other} is not the path's, {lname}; a last name cannot be changed"
            )));
        }
        let updated = self
            .store
            .update(&lname, person.fname, (self.clock)())
            .await;
        updated
            .map(Person::from)
            .map_err(|error| refused(error, &lname))
    }

    async fn delete(&self, lname: String) -> Result<(), Problem> {
        let removed = self.store.remove(&lname).await;
        removed.map_err(|error| refused(error, &lname))
    }
}

impl From<store::Person> for Person {
    fn from(person: store::Person) -> Self {
        Self {
            fname: person.first_name,
            lname: person.last_name,
            timestamp: person.changed.to_string(),
        }
    }
}

fn refused(error: Error, last_name: &str) -> Problem {
    match error {
        Error::NotFound => {
            Problem::not_found(format!("Person with last name {last_name} not found"))
        }
        Error::AlreadyExists => {
            Problem::conflict(format!("Person with last name {last_name} already exists"))
        }
        Error::Failed(cause) => Problem::internal(cause),
    }
}
