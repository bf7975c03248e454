//! An application that responds with the examples in the spec.

use std::collections::BTreeMap;

use indexmap::IndexSet;
use spec_first::problem::Problem;

use super::SPEC;
use super::owners::Owners;
use super::pets::Create;
use super::pets::Pets;
use super::shapes::Shapes;
use super::types::ListBorn;
use super::types::ListColors;
use super::types::ListOf;
use super::types::ListType;
use super::types::Owner;
use super::types::Pet;
use super::types::PetChange;
use super::types::PetRequest;
use super::types::Place;
use super::types::ReplaceBody;
use super::types::ReplaceResponse;
use super::types::Shape;
use super::types::Tree;
use super::types::TreeRequest;

/// Responds to each operation with an example from the spec, or with a value made from its schema.
pub struct Mock;

impl Pets for Mock {
    async fn list(
        &self,
        _: u8,
        _: Option<ListType>,
        _: Option<bool>,
        _: Option<Vec<u64>>,
        _: Option<IndexSet<ListColors>>,
        _: Vec<String>,
        _: Option<ListBorn>,
        _: Option<Place>,
        _: Option<ListOf>,
        _: Option<BTreeMap<String, Vec<String>>>,
        _: Option<Vec<String>>,
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

impl Owners for Mock {
    async fn list(&self) -> Result<BTreeMap<String, Owner>, Problem> {
        SPEC.example("owners.list")
    }

    async fn replace(&self, _: ReplaceBody) -> Result<ReplaceResponse, Problem> {
        SPEC.example("owners.replace")
    }

    async fn plant(&self, _: TreeRequest) -> Result<Tree, Problem> {
        SPEC.example("owners.plant")
    }
}
