// Generated from swagger.yml. Change the spec, then rebuild.

//! The operations of `people`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use spec_first::contract::Call;
use spec_first::contract::Respond;
use spec_first::problem::Problem;
use validator::Validate;

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
    /// - `offset`: how many people of the list to skip.
    async fn read_all(&self, length: u16, offset: u64) -> Result<Vec<Person>, Problem>;

    /// Create a person: `POST /people`.
    ///
    /// Add a person to the list, with the present time as timestamp.
    async fn create(&self, person: NewPerson) -> Result<Create, Problem>;

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

/// How [`People::create`] succeeds.
#[derive(Clone, Debug, PartialEq)]
pub enum Create {
    /// 201: the person was created.
    Created {
        /// Header `Location`: the person's address, relative to that of the request, so that it is right behind any proxy.
        location: Option<String>,
        body: Person,
    },
}

impl Respond for Create {
    fn respond(self, call: &Call) -> Result<HttpResponse, Problem> {
        match self {
            Self::Created { location, body } => call
                .success(StatusCode::CREATED)
                .header("Location", &location)?
                .body(Validate::validate, &body),
        }
    }
}
