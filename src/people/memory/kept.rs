//! What memory keeps of a person.

use super::sorted::Keyed;
use crate::people::store::Person;
use crate::people::version::Version;

/// A row that is made of a person once and answered again and again, of which the store reads what it needs itself.
pub trait Kept: Clone + From<Person> {
    /// The key.
    fn last_name(&self) -> &str;
    fn first_name(&self) -> &str;
    fn version(&self) -> Version;
}

impl<R: Kept> Keyed for R {
    type Key = str;

    fn key(&self) -> &str {
        self.last_name()
    }
}

impl Kept for Person {
    fn last_name(&self) -> &str {
        &self.last_name
    }

    fn first_name(&self) -> &str {
        &self.first_name
    }

    fn version(&self) -> Version {
        self.version
    }
}
