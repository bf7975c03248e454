//! An application that responds with the examples in the spec.

use std::collections::BTreeMap;

use indexmap::IndexSet;
use spec_first::body;
use spec_first::problem::Problem;

use super::SPEC;
use super::bookings::Bookings;
use super::exports::Exports;
use super::exports::ExportsRead;
use super::exports::ExportsReadAccept;
use super::exports::ExportsSizeResponses;
use super::owners::Owners;
use super::pets::Create;
use super::pets::Pets;
use super::shapes::Shapes;
use super::types::Booking;
use super::types::BookingsAddRequest;
use super::types::BookingsAddResponseItem;
use super::types::ExportsTextResponse;
use super::types::Job;
use super::types::Owner;
use super::types::OwnersReplaceRequest;
use super::types::OwnersReplaceResponse;
use super::types::Pet;
use super::types::PetChange;
use super::types::PetRequest;
use super::types::PetsListBorn;
use super::types::PetsListColor;
use super::types::PetsListOf;
use super::types::PetsListType;
use super::types::Position;
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
        _: Option<Vec<u64>>,
        _: Option<IndexSet<PetsListColor>>,
        _: Vec<String>,
        _: Option<PetsListBorn>,
        _: Option<Position>,
        _: Option<PetsListOf>,
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

impl Exports for Mock {
    async fn read(&self, accept: ExportsReadAccept) -> Result<ExportsRead, Problem> {
        match accept {
            ExportsReadAccept::Json => Ok(ExportsRead::OkJson {
                set_cookie: None,
                body: SPEC.example("exports.read application/json")?,
            }),
            ExportsReadAccept::Csv => Ok(ExportsRead::OkCsv {
                set_cookie: None,
                body: SPEC.example("exports.read text/csv")?,
            }),
            ExportsReadAccept::Ndjson => Ok(ExportsRead::OkNdjson {
                set_cookie: None,
                body: SPEC.example("exports.read application/x-ndjson")?,
            }),
            ExportsReadAccept::Zip => Ok(ExportsRead::OkZip {
                set_cookie: None,
                body: SPEC.example("exports.read application/zip")?,
            }),
            _ => Ok(ExportsRead::OkJson {
                set_cookie: None,
                body: SPEC.example("exports.read application/json")?,
            }),
        }
    }

    async fn text(&self) -> Result<ExportsTextResponse, Problem> {
        SPEC.example("exports.text")
    }

    async fn file(&self) -> Result<body::Download, Problem> {
        SPEC.example("exports.file")
    }

    async fn size(&self) -> Result<ExportsSizeResponses, Problem> {
        Ok(ExportsSizeResponses::Ok {
            content_length: SPEC.example("exports.size Content-Length")?,
        })
    }

    async fn watch(&self) -> Result<body::Items<body::Event<Job>>, Problem> {
        SPEC.example("exports.watch")
    }
}
