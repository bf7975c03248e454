//! An application that responds with the examples in the spec.

use std::collections::BTreeMap;

use spec_first::problem::Problem;

use super::SPEC;
use super::bookings::Bookings;
use super::owners::Owners;
use super::pets::Create;
use super::pets::Pets;
use super::shapes::Shapes;
use super::types::Booking;
use super::types::BookingsAddRequest;
use super::types::BookingsAddResponseItem;
use super::types::Owner;
use super::types::OwnersReplaceRequest;
use super::types::OwnersReplaceResponse;
use super::types::Pet;
use super::types::PetChange;
use super::types::PetRequest;
use super::types::PetsListType;
use super::types::Shape;
use super::types::Tree;
use super::types::TreeRequest;

/// Responds to each operation with an example from the spec, or with a value made from its schema.
pub struct Mock;

impl Pets for Mock {
    async fn list(
        &self,
        _: u8,
        _: Option<PetsListType>,
        _: Option<bool>,
    ) -> Result<Vec<Pet>, Problem> {
        SPEC.example("pets.list")
    }

    async fn create(&self, _: PetRequest) -> Result<Create, Problem> {
        Ok(Create::Created {
            location: SPEC.example("pets.create Location")?,
            body: SPEC.example("pets.create")?,
        })
    }

    async fn change(&self, _: i64, _: Option<PetChange>) -> Result<Pet, Problem> {
        SPEC.example("pets.change")
    }
}

impl Shapes for Mock {
    async fn read(&self, _: Option<String>) -> Result<Shape, Problem> {
        SPEC.example("shapes.read")
    }

    async fn add(&self, _: Shape) -> Result<Shape, Problem> {
        SPEC.example("shapes.add")
    }
}

impl Bookings for Mock {
    async fn read(&self) -> Result<Booking, Problem> {
        SPEC.example("bookings.read")
    }

    async fn add(&self, _: BookingsAddRequest) -> Result<Vec<BookingsAddResponseItem>, Problem> {
        SPEC.example("bookings.add")
    }
}

impl Owners for Mock {
    async fn list(&self) -> Result<BTreeMap<String, Owner>, Problem> {
        SPEC.example("owners.list")
    }

    async fn replace(&self, _: OwnersReplaceRequest) -> Result<OwnersReplaceResponse, Problem> {
        SPEC.example("owners.replace")
    }

    async fn plant(&self, _: TreeRequest) -> Result<Tree, Problem> {
        SPEC.example("owners.plant")
    }
}
