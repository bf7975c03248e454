//! What the application answers: checked, and sent.
//!
//! Several success statuses, and headers, would be further ways to answer, over the same checks.

use std::future::Future;

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::http::{Method, StatusCode};
use serde::Serialize;

use super::call::{Call, Rules, agree};
use super::response::{Content, Response};
use super::settings::Responses;
use crate::problem::Problem;

impl Call {
    /// Waits for the application and sends what it answers, once that has passed the checks.
    ///
    /// # Errors
    /// The application's problem; a 500 if its answer or its problem breaks the contract. In debug builds also a 500 if the
    /// rules refuse what the schema accepts.
    pub async fn answer<T: Serialize>(
        &self,
        status: StatusCode,
        rules: Rules<T>,
        answer: impl Future<Output = Result<T, Problem>>,
    ) -> Result<HttpResponse, Problem> {
        let body = self.settle(answer).await?;
        let response = self.send(status, &body)?;
        if self.settings.responses == Responses::Enforce {
            agree(rules, &body)?;
        }
        Ok(response)
    }

    /// As [`Call::answer`], for a success without a body.
    ///
    /// # Errors
    /// As [`Call::answer`].
    pub async fn empty_answer(
        &self,
        status: StatusCode,
        answer: impl Future<Output = Result<(), Problem>>,
    ) -> Result<HttpResponse, Problem> {
        self.settle(answer).await?;
        if self.settings.responses != Responses::Off {
            self.judge(status, self.empty_faults(status))?;
        }
        Ok(HttpResponse::new(status))
    }

    /// Waits for the application; its problem has to be one that the spec declares.
    async fn settle<T>(
        &self,
        answer: impl Future<Output = Result<T, Problem>>,
    ) -> Result<T, Problem> {
        let problem = match answer.await {
            Ok(body) => return Ok(body),
            Err(problem) => problem,
        };
        // A failure of the server itself needs no permission.
        if problem.cause().is_none() && self.settings.responses != Responses::Off {
            self.judge(problem.status(), self.problem_faults(&problem))?;
        }
        Err(problem)
    }

    fn send<T: Serialize>(&self, status: StatusCode, body: &T) -> Result<HttpResponse, Problem> {
        let content = self
            .declared(status)
            .and_then(|response| response.json.as_ref());
        if self.settings.responses != Responses::Off {
            self.judge(status, self.body_faults(status, content, body)?)?;
        }
        // The type is written, not the value that was checked, so that members keep the order of the spec.
        let bytes = serde_json::to_vec(body).map_err(Problem::internal)?;
        let mut response = HttpResponse::build(status);
        match content {
            Some(content) => response.insert_header((CONTENT_TYPE, content.header.clone())),
            None => response.insert_header((CONTENT_TYPE, "application/json")),
        };
        Ok(response.body(bytes))
    }

    fn declared(&self, status: StatusCode) -> Option<&Response> {
        self.operation().responses.find(status)
    }

    fn body_faults<T: Serialize>(
        &self,
        status: StatusCode,
        content: Option<&Content>,
        body: &T,
    ) -> Result<Vec<String>, Problem> {
        let Some(content) = content else {
            return Ok(match self.declared(status) {
                Some(_) => vec!["a body is sent where no JSON is declared".to_owned()],
                None => undeclared(),
            });
        };
        let value = serde_json::to_value(body).map_err(Problem::internal)?;
        Ok(content.faults(value))
    }

    fn empty_faults(&self, status: StatusCode) -> Vec<String> {
        match self.declared(status) {
            Some(response) if response.has_content() && self.operation().method != Method::HEAD => {
                vec!["no body is sent where one is declared".to_owned()]
            }
            Some(_) => Vec::new(),
            None => undeclared(),
        }
    }

    fn problem_faults(&self, problem: &Problem) -> Vec<String> {
        let Some(response) = self.declared(problem.status()) else {
            return undeclared();
        };
        let body = serde_json::to_value(problem.body());
        response.problem_faults(body.unwrap_or_default())
    }

    /// Lets a response pass, or puts a 500 in its place.
    fn judge(&self, status: StatusCode, faults: Vec<String>) -> Result<(), Problem> {
        if faults.is_empty() {
            return Ok(());
        }
        let (status, faults) = (status.as_u16(), faults.join("; "));
        if self.settings.responses == Responses::Report {
            let operation = self.operation().id.as_str();
            tracing::error!(
                operation,
                status,
                faults,
                "the response breaks the contract"
            );
            return Ok(());
        }
        Err(Problem::internal(format_args!(
            "the response breaks the contract: status {status}: {faults}"
        )))
    }
}

fn undeclared() -> Vec<String> {
    vec!["the status is not declared".to_owned()]
}
