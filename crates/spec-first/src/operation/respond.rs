//! The response of a call: what the application returns, validated and sent.
//!
//! A generated enum has a variant for each of several ways in which an operation succeeds, and their headers.

use std::future::Future;

use actix_web::http::header::{CONTENT_TYPE, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpResponse, HttpResponseBuilder};
use serde::Serialize;
use serde_json::Value;

use crate::operation::call::{Call, Rules, verify_rules};
use crate::problem::Problem;
use crate::response::content::Content;
use crate::response::declared::Response;
use crate::response::header::header_text;
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

    /// A successful response with this status.
    #[must_use]
    pub fn success(&self, status: StatusCode) -> Success<'_> {
        Success {
            call: self,
            status,
            headers: Vec::new(),
        }
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
        // A failure of the server itself need not be declared.
        if problem.cause().is_none() && self.settings.responses != Responses::Off {
            self.enforce(problem.status(), self.problem_violations(&problem))?;
        }
        Err(problem)
    }

    fn declared(&self, status: StatusCode) -> Option<&Response> {
        self.operation().responses.find(status)
    }

    fn problem_violations(&self, problem: &Problem) -> Vec<String> {
        let Some(response) = self.declared(problem.status()) else {
            return undeclared();
        };
        let body = serde_json::to_value(problem.body());
        response.problem_violations(body.unwrap_or_default())
    }

    /// Accepts a response without violations, and handles others as the settings require.
    fn enforce(&self, status: StatusCode, violations: Vec<String>) -> Result<(), Problem> {
        if violations.is_empty() {
            return Ok(());
        }
        let (status, violations) = (status.as_u16(), violations.join("; "));
        if self.settings.responses == Responses::Report {
            let operation = self.operation().id.as_str();
            tracing::error!(
                operation,
                status,
                violations,
                "the response breaks the contract"
            );
            return Ok(());
        }
        Err(Problem::internal(format_args!(
            "the response breaks the contract: status {status}: {violations}"
        )))
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

/// A successful response that is being built.
pub struct Success<'c> {
    call: &'c Call,
    status: StatusCode,
    headers: Vec<(&'static str, Value)>,
}

impl Success<'_> {
    /// Adds a header, unless its value is null.
    ///
    /// # Errors
    /// 500 if the value can't be written as JSON.
    pub fn header(mut self, name: &'static str, value: &impl Serialize) -> Result<Self, Problem> {
        let value = serde_json::to_value(value).map_err(Problem::internal)?;
        if !value.is_null() {
            self.headers.push((name, value));
        }
        Ok(self)
    }

    /// Validates the response, and sends it with a body, unless HTTP has none for the status (an application may choose one such
    /// as 204 within a range).
    ///
    /// # Errors
    /// As [`Call::respond`].
    pub fn body<T: Serialize>(
        mut self,
        rules: Rules<T>,
        body: &T,
    ) -> Result<HttpResponse, Problem> {
        let (call, status) = (self.call, self.status);
        let content = call.declared(status).and_then(|it| it.json.as_ref());
        if call.settings.responses != Responses::Off {
            let mut violations = self.body_violations(content, body)?;
            violations.extend(self.header_violations());
            call.enforce(status, violations)?;
        }
        if call.settings.responses == Responses::Enforce {
            verify_rules(rules, body)?;
        }
        if is_bodiless(status) {
            return Ok(self.head()?.finish());
        }
        // The type is serialized and not the validated value, so that members have the order of the spec.
        let bytes = serde_json::to_vec(body).map_err(Problem::internal)?;
        let mut response = self.head()?;
        match content {
            Some(content) => response.insert_header((CONTENT_TYPE, content.header.clone())),
            None => response.insert_header((CONTENT_TYPE, "application/json")),
        };
        Ok(response.body(bytes))
    }

    /// Validates the response, and sends it without a body.
    ///
    /// # Errors
    /// As [`Call::respond`].
    pub fn empty(mut self) -> Result<HttpResponse, Problem> {
        if self.call.settings.responses != Responses::Off {
            let mut violations = self.empty_violations();
            violations.extend(self.header_violations());
            self.call.enforce(self.status, violations)?;
        }
        Ok(self.head()?.finish())
    }

    fn head(&self) -> Result<HttpResponseBuilder, Problem> {
        let mut response = HttpResponse::build(self.status);
        for (name, value) in &self.headers {
            let value = HeaderValue::from_str(&header_text(value)).map_err(Problem::internal)?;
            response.append_header((*name, value));
        }
        Ok(response)
    }

    fn body_violations<T: Serialize>(
        &self,
        content: Option<&Content>,
        body: &T,
    ) -> Result<Vec<String>, Problem> {
        let Some(content) = content else {
            return Ok(match self.call.declared(self.status) {
                Some(_) => vec!["a body is sent where no JSON is declared".to_owned()],
                None => undeclared(),
            });
        };
        let value = serde_json::to_value(body).map_err(Problem::internal)?;
        Ok(content.violations(value))
    }

    fn empty_violations(&self) -> Vec<String> {
        let is_head = self.call.operation().method == Method::HEAD;
        match self.call.declared(self.status) {
            Some(response) if response.has_content() && !is_head => {
                vec!["no body is sent where one is declared".to_owned()]
            }
            Some(_) => Vec::new(),
            None => undeclared(),
        }
    }

    fn header_violations(&mut self) -> Vec<String> {
        let declared = self.call.declared(self.status);
        declared.map_or_else(Vec::new, |it| it.header_violations(&mut self.headers))
    }
}

/// Whether HTTP sends no body with a status (RFC 9110, 6.4.1 and 15.3.6).
fn is_bodiless(status: StatusCode) -> bool {
    let bodiless = [
        StatusCode::NO_CONTENT,
        StatusCode::RESET_CONTENT,
        StatusCode::NOT_MODIFIED,
    ];
    status.is_informational() || bodiless.contains(&status)
}

fn undeclared() -> Vec<String> {
    vec!["the status is not declared".to_owned()]
}
