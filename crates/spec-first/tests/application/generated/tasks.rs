// Generated from swagger.yml. Change the spec, then rebuild.

//! The operations of `tasks`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use spec_first::body;
use spec_first::contract::Acceptable;
use spec_first::contract::Call;
use spec_first::contract::ReadBody;
use spec_first::contract::Respond;
use spec_first::problem::Problem;
use validator::Validate;

use super::types::Attachment;
use super::types::Days;
use super::types::NewAttachment;
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
    /// - `due`: only the errands that are due within these days.
    /// - `limit`: how many tasks to list at most.
    async fn list(
        &self,
        states: Option<Vec<State>>,
        due: Option<Days>,
        limit: u8,
    ) -> Result<Vec<Task>, Problem>;

    /// Add a task: `POST /tasks`.
    ///
    /// # Errors
    /// - 401: what went wrong.
    async fn add(&self, task: NewTask) -> Result<Add, Problem>;

    /// Read a task: `GET /tasks/{number}`.
    ///
    /// - `number`: the number of the task.
    ///
    /// # Errors
    /// - 404: what went wrong.
    async fn read(&self, number: u64) -> Result<Task, Problem>;

    /// Export all tasks: `GET /export`.
    async fn export(&self, accept: ExportAccept) -> Result<Export, Problem>;

    /// Attach a file to a task: `POST /tasks/{number}/attachments`.
    ///
    /// - `number`: the number of the task.
    ///
    /// # Errors
    /// - 404: what went wrong.
    async fn attach(&self, number: u64, attachment: AttachBody) -> Result<Attachment, Problem>;
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
                .response(StatusCode::CREATED)
                .text_header("Location", location)
                .body(Validate::validate, &body),
        }
    }
}

/// How [`Tasks::export`] succeeds.
#[derive(Debug)]
pub enum Export {
    /// 200: all tasks, as a table or line by line.
    OkCsv(body::Download),
    /// 200: all tasks, as a table or line by line.
    OkNdjson(body::Items<Task>),
}

impl Respond for Export {
    fn respond(self, call: &Call) -> Result<HttpResponse, Problem> {
        match self {
            Self::OkCsv(body) => call
                .response(StatusCode::OK)
                .media_types(&["text/csv"])
                .download(body),
            Self::OkNdjson(body) => call
                .response(StatusCode::OK)
                .media_types(&["application/x-ndjson"])
                .items(Validate::validate, body),
        }
    }
}

/// The representations of what [`Tasks::export`] responds with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportAccept {
    /// `text/csv`.
    Csv,
    /// `application/x-ndjson`.
    Ndjson,
}

impl Acceptable for ExportAccept {
    const MEDIA_TYPES: &'static [(&'static str, Self)] = &[
        ("text/csv", Self::Csv),
        ("application/x-ndjson", Self::Ndjson),
    ];
}

/// The body of [`Tasks::attach`], by its media type.
#[derive(Debug)]
pub enum AttachBody {
    /// `multipart/form-data`.
    Multipart(NewAttachment),
    /// `application/octet-stream`.
    OctetStream(body::Upload),
}

impl ReadBody for AttachBody {
    fn read(call: &Call, media_type: &str) -> Result<Self, Problem> {
        match media_type {
            "multipart/form-data" => call.body(Validate::validate).map(Self::Multipart),
            "application/octet-stream" => call.upload().map(Self::OctetStream),
            _ => Err(call.unexpected()),
        }
    }
}
