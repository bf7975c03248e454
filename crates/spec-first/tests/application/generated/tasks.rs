// Generated from swagger.yml. Change the spec, then rebuild.

//! The operations of `tasks`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use spec_first::contract::Call;
use spec_first::contract::Respond;
use spec_first::problem::Problem;
use validator::Validate;

use super::types::NewTask;
use super::types::State;
use super::types::Task;

/// What the application does for each operation of `tasks`.
///
/// A call's arguments have passed the checks in the spec.
pub trait Tasks: 'static {
    /// List tasks: `GET /tasks`.
    ///
    /// - `states`: only the tasks in one of these states.
    /// - `limit`: how many tasks to list at most.
    async fn list(&self, states: Option<Vec<State>>, limit: u8) -> Result<Vec<Task>, Problem>;

    /// Add a task: `POST /tasks`.
    async fn add(&self, task: NewTask) -> Result<Add, Problem>;

    /// Read a task: `GET /tasks/{number}`.
    ///
    /// - `number`: the number of the task.
    async fn read(&self, number: u64) -> Result<Task, Problem>;
}

/// How [`Tasks::add`] succeeds.
#[derive(Clone, Debug, PartialEq)]
pub enum Add {
    /// 201: the task was added.
    Created {
        /// Header `Location`: the path of the task.
        location: String,
        body: Task,
    },
}

impl Respond for Add {
    fn respond(self, call: &Call) -> Result<HttpResponse, Problem> {
        match self {
            Self::Created { location, body } => call
                .success(StatusCode::CREATED)
                .header("Location", &location)?
                .body(Validate::validate, &body),
        }
    }
}
