//! The response of a call: what the application returns, validated and sent.
//!
//! A generated enum has a variant for each of several ways in which an operation succeeds or fails, and their headers.

use std::future::Future;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use crate::body::{Download, Event, Items};
use crate::operation::call::{Call, Rules};
use crate::problem::Problem;
use crate::response::breach::enforce;
use crate::response::declared::Response;

impl Call {
    /// Waits for the application, and sends the body that it returns if that is valid.
    ///
    /// # Errors
    /// The application's problem; a 500 if its body or its problem breaks the contract. In debug builds also a 500 if the rules
    /// reject a value that the schema accepts.
    pub async fn respond<T: Serialize>(
        &self,
        status: StatusCode,
        rules: Rules<T>,
        returned: impl Future<Output = Result<T, Problem>>,
    ) -> Result<HttpResponse, Problem> {
        let body = returned.await.map_err(Problem::returned)?;
        self.response(status).body(rules, &body)
    }

    /// As [`Call::respond`], for a success without a body.
    ///
    /// # Errors
    /// As [`Call::respond`].
    pub async fn respond_empty(
        &self,
        status: StatusCode,
        returned: impl Future<Output = Result<(), Problem>>,
    ) -> Result<HttpResponse, Problem> {
        returned.await.map_err(Problem::returned)?;
        self.response(status).empty()
    }

    /// As [`Call::respond`], for an operation that succeeds in more than one way, or with headers.
    ///
    /// # Errors
    /// As [`Call::respond`].
    pub async fn respond_any<T: Respond>(
        &self,
        returned: impl Future<Output = Result<T, Problem>>,
    ) -> Result<HttpResponse, Problem> {
        let response = returned.await.map_err(Problem::returned)?;
        response.respond(self)
    }

    /// As [`Call::respond`], for a body of bytes.
    ///
    /// # Errors
    /// As [`Call::respond`]; 412 or 416 for a file that does not meet the conditions of the request.
    pub async fn respond_download(
        &self,
        status: StatusCode,
        returned: impl Future<Output = Result<Download, Problem>>,
    ) -> Result<HttpResponse, Problem> {
        let download = returned.await.map_err(Problem::returned)?;
        self.response(status).download(download)
    }

    /// As [`Call::respond`], for a body of items with these rules, which are sent and validated one by one.
    ///
    /// # Errors
    /// As [`Call::respond`].
    pub async fn respond_items<T: Serialize + 'static>(
        &self,
        status: StatusCode,
        rules: Rules<T>,
        returned: impl Future<Output = Result<Items<T>, Problem>>,
    ) -> Result<HttpResponse, Problem> {
        let items = returned.await.map_err(Problem::returned)?;
        self.response(status).items(rules, items)
    }

    /// As [`Call::respond_items`], for events whose data has these rules.
    ///
    /// # Errors
    /// As [`Call::respond`].
    pub async fn respond_events<T: Serialize + 'static>(
        &self,
        status: StatusCode,
        rules: Rules<T>,
        returned: impl Future<Output = Result<Items<Event<T>>, Problem>>,
    ) -> Result<HttpResponse, Problem> {
        let events = returned.await.map_err(Problem::returned)?;
        self.response(status).events(rules, events)
    }

    pub(crate) fn declared(&self, status: StatusCode) -> Option<&Response> {
        self.operation().responses.find(status)
    }

    /// Accepts a response without violations, and handles others as the settings require.
    pub(crate) fn enforce(
        &self,
        status: StatusCode,
        violations: Vec<String>,
    ) -> Result<(), Problem> {
        let (mode, operation) = (self.parts.settings.responses, self.operation());
        let breaches = Some(&operation.responses.breaches);
        enforce(mode, &operation.id, breaches, status, &violations)
    }
}

/// What an application returns as one of several responses: a success, a failure or a problem. Generated code implements it.
pub trait Respond {
    /// Sends it as the response of `call`.
    ///
    /// # Errors
    /// As [`Call::respond`].
    fn respond(self, call: &Call) -> Result<HttpResponse, Problem>;
}

/// The spec has to declare it for the operation.
impl Respond for Problem {
    fn respond(self, _: &Call) -> Result<HttpResponse, Problem> {
        Err(self.returned())
    }
}
