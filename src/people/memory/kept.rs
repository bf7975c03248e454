//! A person as memory keeps it.

use crate::people::store::Person;

/// A person, and what is answered of the person.
pub struct Kept<R> {
    person: Person,
    row: R,
}

impl<R: Clone + From<Person>> Kept<R> {
    pub fn new(person: Person) -> Self {
        Self {
            row: person.clone().into(),
            person,
        }
    }

    /// What is answered.
    pub fn row(&self) -> R {
        self.row.clone()
    }
}

impl<R> Kept<R> {
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// The key.
    pub fn last_name(&self) -> &str {
        &self.person.last_name
    }
}
