//! The functions that handle the operations.

use std::future::Future;
use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse};
use futures_util::future::{FutureExt, LocalBoxFuture};

use crate::operation::call::Call;
use crate::operation::table::{Contract, Matched};
use crate::problem::Problem;
use crate::settings::Settings;

/// Handles a validated call.
pub(crate) type Handler =
    Box<dyn Fn(Call) -> LocalBoxFuture<'static, Result<HttpResponse, Problem>> + Send + Sync>;

/// The functions that handle the operations of a contract. Generated code adds one for each operation.
pub struct Routes {
    pub(crate) contract: Arc<Contract>,
    pub(crate) settings: Settings,
    /// In the order of the contract's operations.
    pub(crate) handlers: Vec<Option<Handler>>,
    /// Ids that were added, but are not in the contract.
    unknown: Vec<String>,
}

impl Routes {
    /// The routes of `contract`, without any handler.
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

    /// Adds the function that handles the operation `id` for `application`.
    pub fn add<A, F, Handled>(&mut self, id: &str, application: &Arc<A>, handle: F)
    where
        A: Send + Sync + 'static,
        F: Fn(Arc<A>, Call) -> Handled + Send + Sync + 'static,
        Handled: Future<Output = Result<HttpResponse, Problem>> + 'static,
    {
        let Some(index) = self.contract.position(id) else {
            self.unknown.push(id.to_owned());
            return;
        };
        let application = Arc::clone(application);
        let handler = move |call| handle(Arc::clone(&application), call).boxed_local();
        self.handlers[index] = Some(Box::new(handler));
    }

    /// Checks that exactly the operations of the contract have handlers.
    ///
    /// # Errors
    /// A sentence that names the operations without a handler, and the handlers of unknown operations.
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
            "generated code and contract.json differ: no handler for [{}], and no operation [{}]; build again",
            missing.join(", "),
            self.unknown.join(", ")
        ))
    }

    /// The contract whose operations are handled.
    pub(crate) fn contract(&self) -> &Arc<Contract> {
        &self.contract
    }

    /// The path and operation that a request is for, if its path is one of the contract's.
    pub(crate) fn find(&self, request: &HttpRequest) -> Option<Matched> {
        self.contract.find(request.method(), request.uri().path())
    }
}
