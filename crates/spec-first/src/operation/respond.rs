//! The response of a call: what the application returns, validated and sent.
//!
//! A generated enum has a variant for each of several ways in which an operation succeeds, and their headers.

use std::future::Future;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use crate::body::{Download, Event, Items};
use crate::operation::breach::{enforce, undeclared};
use crate::operation::call::{Call, Rules};
use crate::problem::Problem;
use crate::response::declared::Response;
use crate::settings::Responses;

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
        let body = self.outcome(returned).await?;
        self.success(status).body(rules, &body)
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
        self.outcome(returned).await?;
        self.success(status).empty()
    }

    /// As [`Call::respond`], for an operation that succeeds in more than one way, or with headers.
    ///
    /// # Errors
    /// As [`Call::respond`].
    pub async fn respond_any<T: Respond>(
        &self,
        returned: impl Future<Output = Result<T, Problem>>,
    ) -> Result<HttpResponse, Problem> {
        self.outcome(returned).await?.respond(self)
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
        let download = self.outcome(returned).await?;
        self.success(status).download(download)
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
        let items = self.outcome(returned).await?;
        self.success(status).items(rules, items)
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
        let events = self.outcome(returned).await?;
        self.success(status).events(rules, events)
    }

    /// Waits for the application; its problem has to be one that the spec declares.
    async fn outcome<T>(
        &self,
        returned: impl Future<Output = Result<T, Problem>>,
    ) -> Result<T, Problem> {
        let problem = match returned.await {
            Ok(body) => return Ok(body),
            Err(problem) => problem,
        };
        // A failure of the server itself need not be declared, nor what is wrong with a body that the application reads.
        if !problem.is_general() && self.settings.responses != Responses::Off {
            self.enforce(problem.status(), self.problem_violations(&problem))?;
        }
        Err(problem)
    }

    pub(crate) fn declared(&self, status: StatusCode) -> Option<&Response> {
        self.operation().responses.find(status)
    }

    fn problem_violations(&self, problem: &Problem) -> Vec<String> {
        let Some(response) = self.declared(problem.status()) else {
            return vec![undeclared(&self.operation().id, problem.status())];
        };
        let body = serde_json::to_value(problem.body());
        response.problem_violations(body.unwrap_or_default())
    }

    /// Accepts a response without violations, and handles others as the settings require.
    pub(crate) fn enforce(
        &self,
        status: StatusCode,
        violations: Vec<String>,
    ) -> Result<(), Problem> {
        let operation = &self.operation().id;
        enforce(self.settings.responses, operation, status, &violations)
    }
}

/// The response of an operation that succeeds in more than one way. Generated code implements it.
pub trait Respond {
    /// Sends it as the response of `call`.
    ///
    /// # Errors
    /// As [`Call::respond`].
    fn respond(self, call: &Call) -> Result<HttpResponse, Problem>;
}
