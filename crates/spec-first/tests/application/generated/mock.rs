// Generated from swagger.yml. Change the spec, then rebuild.

//! An application that responds with the examples in the spec.

use spec_first::problem::Problem;

use super::SPEC;
use super::tasks::Add;
use super::tasks::AttachBody;
use super::tasks::Export;
use super::tasks::ExportAccept;
use super::tasks::Tasks;
use super::types::Attachment;
use super::types::Days;
use super::types::NewTask;
use super::types::State;
use super::types::Task;

/// Responds to each operation with an example from the spec, or with a value made from its schema.
pub struct Mock;

impl Tasks for Mock {
    async fn list(
        &self,
        _: Option<Vec<State>>,
        _: Option<Days>,
        _: u8,
    ) -> Result<Vec<Task>, Problem> {
        SPEC.example("tasks.list")
    }

    async fn add(&self, _: NewTask) -> Result<Add, Problem> {
        Ok(Add::Created {
            location: SPEC.example("tasks.add Location")?,
            body: SPEC.example("tasks.add")?,
        })
    }

    async fn read(&self, _: u64) -> Result<Task, Problem> {
        SPEC.example("tasks.read")
    }

    async fn export(&self, accept: ExportAccept) -> Result<Export, Problem> {
        match accept {
            ExportAccept::Csv => Ok(Export::OkCsv(SPEC.example("tasks.export text/csv")?)),
            ExportAccept::Ndjson => Ok(Export::OkNdjson(
                SPEC.example("tasks.export application/x-ndjson")?,
            )),
        }
    }

    async fn attach(&self, _: u64, _: AttachBody) -> Result<Attachment, Problem> {
        SPEC.example("tasks.attach")
    }
}
