//! The operations of `accounts`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use spec_first::body;
use spec_first::contract::Call;
use spec_first::contract::Respond;
use spec_first::contract::no_rules;
use spec_first::failure;
use spec_first::problem::Problem;
use validator::Validate;

use super::types;
use super::types::Account;
use super::types::AccountsReadUnprocessableContentResponse;
use super::types::Envelope;
use super::types::Failure;
use super::types::Loose;

/// What the application does for each operation of `accounts`.
///
/// A call's arguments have passed the checks in the spec.
pub trait Accounts: 'static {
    /// Read an account: `GET /accounts/{number}`.
    ///
    /// # Errors
    /// - [`AccountsReadError::NotFound`], 404: there is none.
    /// - 409: somebody else holds it.
    /// - [`AccountsReadError::Gone`], 410: it was closed.
    /// - [`AccountsReadError::UnprocessableContent`], 422: it is out of credit.
    /// - [`AccountsReadError::TooManyRequests`], 429: there were too many requests.
    /// - [`AccountsReadError::ServerError`], 5XX: the bank failed.
    /// - [`AccountsReadError::Default`], default: anything else.
    async fn read(&self, number: i64) -> Result<Account, AccountsReadError>;

    /// `DELETE /accounts/{number}`.
    ///
    /// # Errors
    /// - [`CloseError::NotFoundHtml`], [`CloseError::NotFoundJson`], [`CloseError::NotFoundXml`], 404: there is none.
    async fn close(&self, number: i64) -> Result<(), CloseError>;

    /// `HEAD /accounts/{number}`.
    ///
    /// # Errors
    /// - 404: it does not.
    async fn probe(&self, number: i64) -> Result<(), Problem>;

    /// `PUT /accounts/{number}`.
    ///
    /// # Errors
    /// - [`OpenError::Conflict`], 409: it cannot be.
    async fn open(&self, number: i64) -> Result<Open, OpenError>;

    /// `GET /accounts/{number}/statement`.
    ///
    /// # Errors
    /// - [`PrintError::NotFound`], 404: there is none.
    async fn print(&self, number: i64) -> Result<body::Download, PrintError>;

    /// `GET /accounts/{number}/bookings`.
    ///
    /// # Errors
    /// - [`ListError::NotFound`], 404: there is none.
    async fn list(&self, number: i64) -> Result<body::Items<i64>, ListError>;

    /// `GET /accounts/{number}/events`.
    ///
    /// # Errors
    /// - [`FollowError::NotFound`], 404: there is none.
    async fn follow(&self, number: i64) -> Result<body::Items<body::Event<i64>>, FollowError>;
}

/// How [`Accounts::read`] fails.
#[derive(Clone, Debug, PartialEq)]
pub enum AccountsReadError {
    /// 404: there is none.
    NotFound(Envelope),
    /// 410: it was closed.
    Gone(String),
    /// 422: it is out of credit.
    UnprocessableContent(AccountsReadUnprocessableContentResponse),
    /// 429: there were too many requests.
    TooManyRequests {
        /// Header `Retry-After`: seconds.
        retry_after: u64,
        /// Header `X-Hint`.
        x_hint: Option<String>,
        body: Failure,
    },
    /// 5XX: the bank failed.
    ServerError { status: StatusCode, body: Envelope },
    /// default: anything else.
    Default { status: StatusCode, body: Envelope },
    /// Any other status, or one of the server's own.
    Problem(Problem),
}

impl Respond for AccountsReadError {
    fn respond(self, call: &Call) -> Result<HttpResponse, Problem> {
        match self {
            Self::NotFound(body) => call
                .response(StatusCode::NOT_FOUND)
                .body(Validate::validate, &body),
            Self::Gone(body) => call
                .response(StatusCode::GONE)
                .body(types::check_read, &body),
            Self::UnprocessableContent(body) => call
                .response(StatusCode::UNPROCESSABLE_ENTITY)
                .body(Validate::validate, &body),
            Self::TooManyRequests {
                retry_after,
                x_hint,
                body,
            } => call
                .response(StatusCode::TOO_MANY_REQUESTS)
                .header("Retry-After", &retry_after)?
                .text_header("X-Hint", x_hint)
                .body(no_rules, &body),
            Self::ServerError { status, body } => {
                call.response(status).body(Validate::validate, &body)
            }
            Self::Default { status, body } => call.response(status).body(Validate::validate, &body),
            Self::Problem(problem) => problem.respond(call),
        }
    }
}

failure!(AccountsReadError, {
    NotFound => NOT_FOUND,
    Gone => GONE,
    UnprocessableContent => UNPROCESSABLE_ENTITY,
    TooManyRequests => TOO_MANY_REQUESTS,
    ServerError,
    Default,
});

/// How [`Accounts::close`] fails.
#[derive(Clone, Debug, PartialEq)]
pub enum CloseError {
    /// 404: there is none.
    NotFoundHtml(String),
    /// 404: there is none.
    NotFoundJson(Envelope),
    /// 404: there is none.
    NotFoundXml(String),
    /// Any other status, or one of the server's own.
    Problem(Problem),
}

impl Respond for CloseError {
    fn respond(self, call: &Call) -> Result<HttpResponse, Problem> {
        match self {
            Self::NotFoundHtml(body) => call
                .response(StatusCode::NOT_FOUND)
                .media_types(&["text/html"])
                .body(no_rules, &body),
            Self::NotFoundJson(body) => call
                .response(StatusCode::NOT_FOUND)
                .media_types(&["application/json"])
                .body(Validate::validate, &body),
            Self::NotFoundXml(body) => call
                .response(StatusCode::NOT_FOUND)
                .media_types(&["application/xml"])
                .body(no_rules, &body),
            Self::Problem(problem) => problem.respond(call),
        }
    }
}

failure!(CloseError, {
    NotFoundHtml => NOT_FOUND,
    NotFoundJson => NOT_FOUND,
    NotFoundXml => NOT_FOUND,
});

/// How [`Accounts::open`] succeeds.
#[derive(Clone, Debug, PartialEq)]
pub enum Open {
    /// 200: it is open.
    Ok(Account),
    /// 201: it has been opened.
    Created,
}

impl Respond for Open {
    fn respond(self, call: &Call) -> Result<HttpResponse, Problem> {
        match self {
            Self::Ok(body) => call.response(StatusCode::OK).body(no_rules, &body),
            Self::Created => call.response(StatusCode::CREATED).empty(),
        }
    }
}

/// How [`Accounts::open`] fails.
#[derive(Clone, Debug, PartialEq)]
pub enum OpenError {
    /// 409: it cannot be.
    Conflict(Loose),
    /// Any other status, or one of the server's own.
    Problem(Problem),
}

impl Respond for OpenError {
    fn respond(self, call: &Call) -> Result<HttpResponse, Problem> {
        match self {
            Self::Conflict(body) => call.response(StatusCode::CONFLICT).body(no_rules, &body),
            Self::Problem(problem) => problem.respond(call),
        }
    }
}

failure!(OpenError, {
    Conflict => CONFLICT,
});

/// How [`Accounts::print`] fails.
#[derive(Debug)]
pub enum PrintError {
    /// 404: there is none.
    NotFound(body::Download),
    /// Any other status, or one of the server's own.
    Problem(Problem),
}

impl Respond for PrintError {
    fn respond(self, call: &Call) -> Result<HttpResponse, Problem> {
        match self {
            Self::NotFound(body) => call.response(StatusCode::NOT_FOUND).download(body),
            Self::Problem(problem) => problem.respond(call),
        }
    }
}

failure!(PrintError, {
    NotFound => NOT_FOUND,
});

/// How [`Accounts::list`] fails.
#[derive(Clone, Debug, PartialEq)]
pub enum ListError {
    /// 404: there is none.
    NotFound(Envelope),
    /// Any other status, or one of the server's own.
    Problem(Problem),
}

impl Respond for ListError {
    fn respond(self, call: &Call) -> Result<HttpResponse, Problem> {
        match self {
            Self::NotFound(body) => call
                .response(StatusCode::NOT_FOUND)
                .body(Validate::validate, &body),
            Self::Problem(problem) => problem.respond(call),
        }
    }
}

failure!(ListError, {
    NotFound => NOT_FOUND,
});

/// How [`Accounts::follow`] fails.
#[derive(Clone, Debug, PartialEq)]
pub enum FollowError {
    /// 404: there is none.
    NotFound(Envelope),
    /// Any other status, or one of the server's own.
    Problem(Problem),
}

impl Respond for FollowError {
    fn respond(self, call: &Call) -> Result<HttpResponse, Problem> {
        match self {
            Self::NotFound(body) => call
                .response(StatusCode::NOT_FOUND)
                .body(Validate::validate, &body),
            Self::Problem(problem) => problem.respond(call),
        }
    }
}

failure!(FollowError, {
    NotFound => NOT_FOUND,
});
