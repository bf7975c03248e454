//! A request whose parameters and body have passed every check in the spec.

use std::future::Future;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use validator::Validate;

use crate::problem::Problem;

/// One call of an operation.
pub struct Call {}

impl Call {
    /// The path parameter `name`.
    pub fn path<T: DeserializeOwned>(&self, name: &str) -> Result<T, Problem> {
        unimplemented!("{name}")
    }
    /// The query parameter `name`; an optional one without a value or default is `None`.
    pub fn query<T: DeserializeOwned>(&self, name: &str) -> Result<T, Problem> {
        unimplemented!("{name}")
    }
    /// The body.
    pub fn body<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        unimplemented!()
    }
    /// The body, of a type that carries `validator` rules.
    pub fn ruled_body<T: DeserializeOwned + Validate>(&self) -> Result<T, Problem> {
        unimplemented!()
    }
    /// Waits for the application and sends what it answers, once that has passed the checks.
    pub async fn answer<T: Serialize>(
        &self,
        status: StatusCode,
        answer: impl Future<Output = Result<T, Problem>>,
    ) -> Result<HttpResponse, Problem> {
        let _ = (status, answer.await?);
        unimplemented!()
    }
    /// As [`Call::answer`], for a type that carries `validator` rules.
    pub async fn ruled_answer<T: Serialize + Validate>(
        &self,
        status: StatusCode,
        answer: impl Future<Output = Result<T, Problem>>,
    ) -> Result<HttpResponse, Problem> {
        let _ = (status, answer.await?);
        unimplemented!()
    }
    /// As [`Call::answer`], for a success without a body.
    pub async fn empty_answer(
        &self,
        status: StatusCode,
        answer: impl Future<Output = Result<(), Problem>>,
    ) -> Result<HttpResponse, Problem> {
        answer.await?;
        unimplemented!("{status}")
    }
}
