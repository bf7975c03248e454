// Generated from swagger.yml. Change the spec, then rebuild.

//! The operations of `people`.

use spec_first::problem::Problem;

use super::types::NewPerson;
use super::types::Person;
use super::types::PersonUpdate;

/// What the application does for each operation of `people`.
///
/// A call's arguments have passed the checks in the spec.
pub trait People: 'static {
    /// Read the list of people: `GET /people`.
    ///
    /// The people from `offset` on, at most `length` of them, in the order of their last names (by
    /// Unicode code point).
    ///
    /// - `length`: how many people to read at most.
    /// - `offset`: how many people of the list to pass over.
    async fn read_all(&self, length: u16, offset: u64) -> Result<Vec<Person>, Problem>;

    /// Create a person: `POST /people`.
    ///
    /// Add a person to the list, with the present time as timestamp.
    async fn create(&self, person: NewPerson) -> Result<Person, Problem>;

    /// Read one person: `GET /people/{lname}`.
    ///
    /// - `lname`: the last name of the person to read.
    async fn read_one(&self, lname: String) -> Result<Person, Problem>;

    /// Update a person: `PUT /people/{lname}`.
    ///
    /// Give a person another first name, and the present time as timestamp. The last name stays.
    ///
    /// - `lname`: the last name of the person to update.
    async fn update(&self, lname: String, person: PersonUpdate) -> Result<Person, Problem>;

    /// Delete a person: `DELETE /people/{lname}`.
    ///
    /// - `lname`: the last name of the person to delete.
    async fn delete(&self, lname: String) -> Result<(), Problem>;
}
