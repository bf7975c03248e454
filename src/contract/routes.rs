//! The routes of the operations.

use std::future::Future;

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::Call;
use crate::problem::Problem;

/// Which function answers which operation.
#[derive(Default)]
pub struct Routes {}

impl Routes {
    /// Names the function that answers the operation `id`.
    pub fn add<A, F, Answer>(&mut self, id: &str, answer: F)
    where
        A: 'static,
        F: Fn(Data<A>, Call) -> Answer + Clone + 'static,
        Answer: Future<Output = Result<HttpResponse, Problem>> + 'static,
    {
        let _ = (id, answer);
    }
}
