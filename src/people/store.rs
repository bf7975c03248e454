//! What a store of people does. It knows neither HTTP nor the spec.

use super::timestamp::Timestamp;

/// A person as a store keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The key, kept exactly as given: neither normalised nor folded.
    pub last_name: String,
    pub first_name: String,
    pub changed: Timestamp,
}

/// Why a store did not do what it was called for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// Nobody has this last name.
    NotFound,
    /// Somebody has this last name already.
    AlreadyExists,
    /// The store failed; the cause is for the log.
    Failed(String),
}

/// A place where people are kept, each under the last name.
///
/// Each call happens wholly or not at all, as if no other ran at the same time, whichever process makes it. What a call has
/// changed is kept once it returns, as far as the store keeps anything.
///
/// A store is shared by all worker threads.
pub trait Store: Send + Sync + 'static {
    /// The people from `offset` on, at most `length` of them, in the order of their last names by Unicode code point.
    async fn list(&self, length: u16, offset: u64) -> Result<Vec<Person>, Error>;

    /// Adds a person.
    ///
    /// # Errors
    /// [`Error::AlreadyExists`] if the last name is taken.
    async fn add(&self, person: Person) -> Result<(), Error>;

    /// The person with this last name.
    ///
    /// # Errors
    /// [`Error::NotFound`] if nobody has it.
    async fn find(&self, last_name: &str) -> Result<Person, Error>;

    /// Gives a person another first name, changed `now`, and answers the person as it has become.
    ///
    /// # Errors
    /// [`Error::NotFound`] if nobody has the last name.
    async fn update(
        &self,
        last_name: &str,
        first_name: String,
        now: Timestamp,
    ) -> Result<Person, Error>;

    /// Removes a person.
    ///
    /// # Errors
    /// [`Error::NotFound`] if nobody has the last name.
    async fn remove(&self, last_name: &str) -> Result<(), Error>;
}
