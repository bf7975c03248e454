//! The operations of `exports`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use spec_first::body;
use spec_first::contract::Acceptable;
use spec_first::contract::Call;
use spec_first::contract::Respond;
use spec_first::contract::no_rules;
use spec_first::problem::Problem;
use validator::Validate;

use super::types::ExportsTextResponse;
use super::types::Job;
use super::types::Pet;

/// What the application does for each operation of `exports`.
///
/// A call's arguments have passed the checks in the spec.
pub trait Exports: 'static {
    /// `GET /export`.
    async fn read(&self, accept: ExportsReadAccept) -> Result<ExportsRead, Problem>;

    /// `GET /export/text`.
    async fn text(&self) -> Result<ExportsTextResponse, Problem>;

    /// `GET /export/file`.
    async fn file(&self) -> Result<body::Download, Problem>;

    /// `HEAD /export/file`.
    async fn size(&self) -> Result<ExportsSizeResponses, Problem>;

    /// `GET /export/events`.
    async fn watch(&self) -> Result<body::Items<body::Event<Job>>, Problem>;
}

/// How [`Exports::read`] succeeds.
#[derive(Debug)]
pub enum ExportsRead {
    /// 200: pets in several formats.
    OkJson {
        /// Header `Set-Cookie`.
        set_cookie: Option<Vec<String>>,
        body: Vec<Pet>,
    },
    /// 200: pets in several formats.
    OkCsv {
        /// Header `Set-Cookie`.
        set_cookie: Option<Vec<String>>,
        body: String,
    },
    /// 200: pets in several formats.
    OkNdjson {
        /// Header `Set-Cookie`.
        set_cookie: Option<Vec<String>>,
        body: body::Items<Pet>,
    },
    /// 200: pets in several formats.
    OkZip {
        /// Header `Set-Cookie`.
        set_cookie: Option<Vec<String>>,
        body: body::Download,
    },
    /// 206: some of them.
    PartialContentImage(body::Download),
    /// 206: some of them.
    PartialContentCsv(String),
}

impl Respond for ExportsRead {
    fn respond(self, call: &Call) -> Result<HttpResponse, Problem> {
        match self {
            Self::OkJson { set_cookie, body } => call
                .response(StatusCode::OK)
                .media_types(&["application/json"])
                .header("Set-Cookie", &set_cookie)?
                .body(Validate::validate, &body),
            Self::OkCsv { set_cookie, body } => call
                .response(StatusCode::OK)
                .media_types(&["text/csv"])
                .header("Set-Cookie", &set_cookie)?
                .body(no_rules, &body),
            Self::OkNdjson { set_cookie, body } => call
                .response(StatusCode::OK)
                .media_types(&["application/x-ndjson"])
                .header("Set-Cookie", &set_cookie)?
                .items(Validate::validate, body),
            Self::OkZip { set_cookie, body } => call
                .response(StatusCode::OK)
                .media_types(&["application/zip"])
                .header("Set-Cookie", &set_cookie)?
                .download(body),
            Self::PartialContentImage(body) => call
                .response(StatusCode::PARTIAL_CONTENT)
                .media_types(&["image/*"])
                .download(body),
            Self::PartialContentCsv(body) => call
                .response(StatusCode::PARTIAL_CONTENT)
                .media_types(&["text/csv"])
                .body(no_rules, &body),
        }
    }
}

/// The representations of what [`Exports::read`] responds with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportsReadAccept {
    /// `application/json`.
    Json,
    /// `text/csv`.
    Csv,
    /// `application/x-ndjson`.
    Ndjson,
    /// `application/zip`.
    Zip,
    /// `image/*`.
    Image,
}

impl Acceptable for ExportsReadAccept {
    const MEDIA_TYPES: &'static [(&'static str, Self)] = &[
        ("application/json", Self::Json),
        ("text/csv", Self::Csv),
        ("application/x-ndjson", Self::Ndjson),
        ("application/zip", Self::Zip),
        ("image/*", Self::Image),
    ];
}

/// How [`Exports::size`] succeeds.
#[derive(Clone, Debug, PartialEq)]
pub enum ExportsSizeResponses {
    /// 200: its length.
    Ok {
        /// Header `Content-Length`.
        content_length: u64,
    },
}

impl Respond for ExportsSizeResponses {
    fn respond(self, call: &Call) -> Result<HttpResponse, Problem> {
        match self {
            Self::Ok { content_length } => call
                .response(StatusCode::OK)
                .header("Content-Length", &content_length)?
                .empty(),
        }
    }
}
