// Generated from swagger.yml. Change the spec, then rebuild.

//! An application that responds with the examples in the spec.

use spec_first::problem::Problem;

use super::SPEC;
use super::people::Create;
use super::people::People;
use super::people::ReadAll;
use super::people::ReadOne;
use super::people::Update;
use super::types::NewPerson;
use super::types::PersonUpdate;

/// Responds to each operation with an example from the spec, or with a value made from its schema.
pub struct Mock;

impl People for Mock {
    async fn read_all(
        &self,
        _: u16,
        _: u64,
        _: Option<String>,
        _: Option<String>,
    ) -> Result<ReadAll, Problem> {
        Ok(ReadAll::Ok {
            x_total_count: None,
            body: SPEC.example("people.read_all")?,
        })
    }

    async fn create(&self, _: NewPerson) -> Result<Create, Problem> {
        Ok(Create::Created {
            e_tag: None,
            location: None,
            body: SPEC.example("people.create")?,
        })
    }

    async fn read_one(
        &self,
        _: String,
        _: Option<String>,
        _: Option<String>,
    ) -> Result<ReadOne, Problem> {
        Ok(ReadOne::Ok {
            e_tag: None,
            body: SPEC.example("people.read_one")?,
        })
    }

    async fn update(
        &self,
        _: String,
        _: Option<String>,
        _: Option<String>,
        _: PersonUpdate,
    ) -> Result<Update, Problem> {
        Ok(Update::Ok {
            e_tag: None,
            body: SPEC.example("people.update")?,
        })
    }

    async fn delete(&self, _: String, _: Option<String>, _: Option<String>) -> Result<(), Problem> {
        Ok(())
    }
}
