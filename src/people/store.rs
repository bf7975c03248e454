//! What a store of people does. It knows neither HTTP nor the spec.

use std::fmt;

use spec_first::prometheus_client::registry::Registry;

use super::condition::Condition;
use super::timestamp::Timestamp;
use super::version::Version;

/// A person as a store keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The key, kept exactly as given: neither normalised nor folded.
    pub last_name: String,
    pub first_name: String,
    pub changed: Timestamp,
    pub version: Version,
}

/// What an update makes of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub first_name: String,
    pub changed: Timestamp,
    pub version: Version,
}

/// Which people to list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Those whose first or last name begins so, once both are [folded](super::search::fold). Everybody, if empty.
    pub prefix: String,
    /// Those whose last names follow this one; from the first on, if none.
    pub after: Option<String>,
    /// How many of these to skip.
    pub offset: u64,
    /// How many of the others to list at most.
    pub length: u16,
}

/// A part of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<R = Person> {
    pub people: Vec<R>,
    /// How many have the prefix, in this part or not.
    pub total: u64,
}

/// Why a store did not do what it was called for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// Nobody has this last name.
    NotFound,
    /// Somebody has this last name already.
    AlreadyExists,
    /// The person has a version that the condition does not accept.
    NotAccepted,
    /// The store cannot be used just now, and may be again soon; the cause is for the log. The change may have been made.
    Unavailable(String),
    /// The store failed; the cause is for the log. The change may have been made.
    Failed(String),
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NotFound => "nobody has this last name",
            Self::AlreadyExists => "somebody has this last name",
            Self::NotAccepted => "the person has another version",
            Self::Unavailable(cause) | Self::Failed(cause) => cause,
        })
    }
}

/// A place where people are kept, each under the last name.
///
/// Each call happens wholly or not at all, as if no other ran at the same time, whichever process makes it. What a call has
/// changed is kept once it returns, as far as the store keeps anything.
///
/// A store is shared by all worker threads.
pub trait Store: Send + Sync + 'static {
    /// What it answers of each person: the person, or what its caller has made of the person when the store was changed.
    type Row;

    /// A part of the list, in the order of the last names by Unicode code point.
    async fn list(&self, part: Part) -> Result<Page<Self::Row>, Error>;

    /// Adds a person, and answers with that person.
    ///
    /// # Errors
    /// [`Error::AlreadyExists`] if the last name is taken.
    async fn add(&self, person: Person) -> Result<Self::Row, Error>;

    /// The person with this last name.
    ///
    /// # Errors
    /// [`Error::NotFound`] if nobody has it.
    async fn find(&self, last_name: &str) -> Result<Self::Row, Error>;

    /// Changes a person whose version the condition accepts, and answers with the person as it has become.
    ///
    /// # Errors
    /// [`Error::NotFound`] if nobody has the last name, [`Error::NotAccepted`] if the version is another.
    async fn update(
        &self,
        last_name: &str,
        change: Change,
        condition: Condition,
    ) -> Result<Self::Row, Error>;

    /// Removes a person whose version the condition accepts.
    ///
    /// # Errors
    /// As [`Self::update`].
    async fn remove(&self, last_name: &str, condition: Condition) -> Result<(), Error>;

    /// Succeeds if people can be read now.
    ///
    /// # Errors
    /// [`Error::Unavailable`] or [`Error::Failed`], as a call would fail.
    async fn check(&self) -> Result<(), Error>;

    /// Adds the metrics of the store, if it has any.
    fn register(&self, _: &mut Registry) {}
}
