//! The operations of `pets`.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use indexmap::IndexSet;
use spec_first::contract::Call;
use spec_first::contract::Respond;
use spec_first::contract::no_rules;
use spec_first::problem::Problem;
use validator::Validate;

use super::types::Job;
use super::types::Pet;
use super::types::PetChange;
use super::types::PetRequest;
use super::types::PetsListBorn;
use super::types::PetsListColor;
use super::types::PetsListOf;
use super::types::PetsListType;
use super::types::Position;

/// What the application does for each operation of `pets`.
///
/// A call's arguments have passed the checks in the spec.
pub trait Pets: 'static {
    /// List pets: `GET /pets`.
    ///
    /// - `limit`: how many at most.
    async fn list(
        &self,
        limit: u8,
        r#type: Option<PetsListType>,
        call_: Option<bool>,
        ids: Option<Vec<u64>>,
        colors: Option<IndexSet<PetsListColor>>,
        sort: Vec<String>,
        born: Option<PetsListBorn>,
        near: Option<Position>,
        of: Option<PetsListOf>,
        labels: Option<BTreeMap<String, Vec<String>>>,
        x_trace: Option<Vec<String>>,
    ) -> Result<Vec<Pet>, Problem>;

    /// Add a pet: `POST /pets`.
    async fn create(&self, pet: PetRequest) -> Result<Create, Problem>;

    /// `PATCH /pets/{id}`.
    async fn change(&self, id: i64, body: Option<PetChange>) -> Result<Pet, Problem>;
}

/// How [`Pets::create`] succeeds.
#[derive(Clone, Debug, PartialEq)]
pub enum Create {
    /// 201: the pet was added.
    Created {
        /// Header `Location`: where it is now.
        location: String,
        body: Pet,
    },
    /// 202: the pet will be added.
    Accepted(Job),
}

impl Respond for Create {
    fn respond(self, call: &Call) -> Result<HttpResponse, Problem> {
        match self {
            Self::Created { location, body } => call
                .response(StatusCode::CREATED)
                .text_header("Location", location)
                .body(Validate::validate, &body),
            Self::Accepted(body) => call.response(StatusCode::ACCEPTED).body(no_rules, &body),
        }
    }
}
