// Generated from swagger.yml. Change the spec, then rebuild.

//! The operations of `people`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use spec_first::body;
use spec_first::contract::Call;
use spec_first::contract::Respond;
use spec_first::problem::Problem;
use validator::Validate;

use super::types;
use super::types::NewPerson;
use super::types::Person;
use super::types::PersonUpdate;

/// What the application does for each operation of `people`.
///
/// A call's arguments have passed the checks in the spec.
pub trait People: 'static {
    /// Read the list of people: `GET /people`.
    ///
    /// At most `length` people, in the order of their last names (by Unicode code point): of all, or of
    /// those whose first or last name begins with `q`. A page begins at the start, behind the last name
    /// in `after`, or `offset` people further on. To read a long list, follow it by `after`, which
    /// misses and repeats nobody while others change it.
    ///
    /// - `length`: how many people to read at most.
    /// - `offset`: how many people of the list to skip.
    /// - `after`: the last name behind which to begin, as that of the last person of the page before.
    /// - `q`: how a first or last name begins, in upper or lower case; empty for all.
    ///
    /// # Errors
    /// - 400: the request breaks the contract; `errors` says where.
    /// - 500: the server failed; its log says why.
    /// - 503: the people cannot be reached just now; try again later.
    async fn read_all(
        &self,
        length: u16,
        offset: u64,
        after: Option<String>,
        q: Option<String>,
    ) -> Result<ReadAll, Problem>;

    /// Create a person: `POST /people`.
    ///
    /// Add a person to the list, with the present time as timestamp.
    ///
    /// # Errors
    /// - 400: the request breaks the contract; `errors` says where.
    /// - 409: there is a person with this last name already.
    /// - 408: the body did not arrive in time.
    /// - 413: the body is longer than the server reads.
    /// - 415: the body is not JSON.
    /// - 500: the server failed; its log says why.
    /// - 503: the people cannot be reached just now; try again later.
    async fn create(&self, person: NewPerson) -> Result<Create, Problem>;

    /// Read one person: `GET /people/{lname}`.
    ///
    /// - `lname`: the last name of the person to read.
    /// - `if_match`: do this only to a person with one of these tags, as a list with commas; `*` for any.
    /// - `if_none_match`: do this only to a person with none of these tags, as a list with commas; `*` for none at all.
    ///
    /// # Errors
    /// - 400: the request breaks the contract; `errors` says where.
    /// - 404: there is nobody with this last name.
    /// - 412: the person is not, or no longer, as `If-Match` or `If-None-Match` says; nothing was done.
    /// - 500: the server failed; its log says why.
    /// - 503: the people cannot be reached just now; try again later.
    async fn read_one(
        &self,
        lname: String,
        if_match: Option<String>,
        if_none_match: Option<String>,
    ) -> Result<ReadOne, Problem>;

    /// Update a person: `PUT /people/{lname}`.
    ///
    /// Give a person another first name, and the present time as timestamp. The last name stays.
    ///
    /// - `lname`: the last name of the person to update.
    /// - `if_match`: do this only to a person with one of these tags, as a list with commas; `*` for any.
    /// - `if_none_match`: do this only to a person with none of these tags, as a list with commas; `*` for none at all.
    ///
    /// # Errors
    /// - 400: the request breaks the contract; `errors` says where.
    /// - 404: there is nobody with this last name.
    /// - 409: the body has another last name than the path.
    /// - 408: the body did not arrive in time.
    /// - 412: the person is not, or no longer, as `If-Match` or `If-None-Match` says; nothing was done.
    /// - 413: the body is longer than the server reads.
    /// - 415: the body is not JSON.
    /// - 500: the server failed; its log says why.
    /// - 503: the people cannot be reached just now; try again later.
    async fn update(
        &self,
        lname: String,
        if_match: Option<String>,
        if_none_match: Option<String>,
        person: PersonUpdate,
    ) -> Result<Update, Problem>;

    /// Delete a person: `DELETE /people/{lname}`.
    ///
    /// - `lname`: the last name of the person to delete.
    /// - `if_match`: do this only to a person with one of these tags, as a list with commas; `*` for any.
    /// - `if_none_match`: do this only to a person with none of these tags, as a list with commas; `*` for none at all.
    ///
    /// # Errors
    /// - 400: the request breaks the contract; `errors` says where.
    /// - 404: there is nobody with this last name.
    /// - 412: the person is not, or no longer, as `If-Match` or `If-None-Match` says; nothing was done.
    /// - 500: the server failed; its log says why.
    /// - 503: the people cannot be reached just now; try again later.
    async fn delete(
        &self,
        lname: String,
        if_match: Option<String>,
        if_none_match: Option<String>,
    ) -> Result<(), Problem>;
}

/// How [`People::read_all`] succeeds.
#[derive(Clone, Debug, PartialEq)]
pub enum ReadAll {
    /// 200: the people of the page.
    Ok {
        /// Header `X-Total-Count`: how many there are on all pages.
        x_total_count: Option<u64>,
        body: Vec<body::Shared<Person>>,
    },
}

impl Respond for ReadAll {
    fn respond(self, call: &Call) -> Result<HttpResponse, Problem> {
        match self {
            Self::Ok {
                x_total_count,
                body,
            } => call
                .response(StatusCode::OK)
                .header("X-Total-Count", &x_total_count)?
                .body(types::check_read_all, &body),
        }
    }
}

/// How [`People::create`] succeeds.
#[derive(Clone, Debug, PartialEq)]
pub enum Create {
    /// 201: the person was created.
    Created {
        /// Header `ETag`: what the person is like now; another with each change.
        e_tag: Option<String>,
        /// Header `Location`: the person's address, relative to that of the request, so that it is right behind any proxy.
        location: Option<String>,
        body: body::Shared<Person>,
    },
}

impl Respond for Create {
    fn respond(self, call: &Call) -> Result<HttpResponse, Problem> {
        match self {
            Self::Created {
                e_tag,
                location,
                body,
            } => call
                .response(StatusCode::CREATED)
                .text_header("ETag", e_tag)
                .text_header("Location", location)
                .body(Validate::validate, &body),
        }
    }
}

/// How [`People::read_one`] succeeds.
#[derive(Clone, Debug, PartialEq)]
pub enum ReadOne {
    /// 200: the person.
    Ok {
        /// Header `ETag`: what the person is like now; another with each change.
        e_tag: Option<String>,
        body: body::Shared<Person>,
    },
    /// 304: the person is as one of the tags in `If-None-Match` has it.
    NotModified {
        /// Header `ETag`: what the person is like now; another with each change.
        e_tag: Option<String>,
    },
}

impl Respond for ReadOne {
    fn respond(self, call: &Call) -> Result<HttpResponse, Problem> {
        match self {
            Self::Ok { e_tag, body } => call
                .response(StatusCode::OK)
                .text_header("ETag", e_tag)
                .body(Validate::validate, &body),
            Self::NotModified { e_tag } => call
                .response(StatusCode::NOT_MODIFIED)
                .text_header("ETag", e_tag)
                .empty(),
        }
    }
}

/// How [`People::update`] succeeds.
#[derive(Clone, Debug, PartialEq)]
pub enum Update {
    /// 200: the person as updated.
    Ok {
        /// Header `ETag`: what the person is like now; another with each change.
        e_tag: Option<String>,
        body: body::Shared<Person>,
    },
}

impl Respond for Update {
    fn respond(self, call: &Call) -> Result<HttpResponse, Problem> {
        match self {
            Self::Ok { e_tag, body } => call
                .response(StatusCode::OK)
                .text_header("ETag", e_tag)
                .body(Validate::validate, &body),
        }
    }
}
