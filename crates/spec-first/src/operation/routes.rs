//! The functions that answer the operations, mounted on their paths.

use std::future::Future;
use std::sync::Arc;

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};
use futures_util::future::{FutureExt, LocalBoxFuture};

use crate::contract::settings::Settings;
use crate::operation::call::Call;
use crate::operation::dispatch::dispatch;
use crate::operation::table::{Contract, Matched};
use crate::problem::Problem;

/// Answers a checked call.
pub(crate) type Handler =
    Box<dyn Fn(Call) -> LocalBoxFuture<'static, Result<HttpResponse, Problem>> + Send + Sync>;

/// Which function answers which operation of a contract.
pub struct Routes {
    pub(crate) contract: Arc<Contract>,
    pub(crate) settings: Settings,
    /// In the order of the contract's operations.
    pub(crate) handlers: Vec<Option<Handler>>,
    /// Ids that were added, but are not in the contract.
    unknown: Vec<String>,
}

impl Routes {
    /// The routes of `contract`, which nobody answers yet.
    #[must_use]
    pub fn new(contract: Arc<Contract>, settings: Settings) -> Self {
        let handlers = contract.operations().iter().map(|_| None).collect();
        Self {
            contract,
            settings,
            handlers,
            unknown: Vec::new(),
        }
    }

    /// Names the function with which `application` answers the operation `id`.
    pub fn add<A, F, Answer>(&mut self, id: &str, application: &Arc<A>, answer: F)
    where
        A: Send + Sync + 'static,
        F: Fn(Arc<A>, Call) -> Answer + Send + Sync + 'static,
        Answer: Future<Output = Result<HttpResponse, Problem>> + 'static,
    {
        let Some(index) = self.contract.position(id) else {
            self.unknown.push(id.to_owned());
            return;
        };
        let application = Arc::clone(application);
        let handler = move |call| answer(Arc::clone(&application), call).boxed_local();
        self.handlers[index] = Some(Box::new(handler));
    }

    /// Whether exactly the operations of the contract have been added.
    ///
    /// # Errors
    /// A sentence that names those that have not, and those that have but are unknown.
    pub fn check(&self) -> Result<(), String> {
        let operations = self.contract.operations().iter().zip(&self.handlers);
        let missing = operations.filter(|(_, handler)| handler.is_none());
        let missing: Vec<_> = missing
            .map(|(operation, _)| operation.id.as_str())
            .collect();
        if missing.is_empty() && self.unknown.is_empty() {
            return Ok(());
        }
        Err(format!(
            "generated code and contract.json differ: nothing answers [{}], and there is no [{}]; build again",
            missing.join(", "),
            self.unknown.join(", ")
        ))
    }

    /// The contract whose operations these are.
    pub(crate) fn contract(&self) -> &Arc<Contract> {
        &self.contract
    }

    /// What a request's method and path lead to, if the path is one of the contract's.
    pub(crate) fn find(&self, request: &HttpRequest) -> Option<Matched> {
        self.contract.find(request.method(), request.uri().path())
    }

    /// Answers a request for what [`Routes::find`] has found.
    pub(crate) async fn answer(
        &self,
        matched: Matched,
        request: &HttpRequest,
        payload: Payload,
    ) -> HttpResponse {
        dispatch(self, matched, request, payload).await
    }
}
