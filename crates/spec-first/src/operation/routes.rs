//! The functions that handle the operations.

use std::future::Future;
use std::sync::Arc;

use actix_web::HttpResponse;
use futures_util::future::{FutureExt, LocalBoxFuture};

use crate::head::RequestHead;
use crate::operation::call::Call;
use crate::operation::table::Contract;
use crate::problem::Problem;
use crate::response::problems::Problems;
use crate::security::{Authenticated, Authenticator, Credentials, Rejection};
use crate::settings::Settings;

/// Handles a validated call.
pub(crate) type Handler =
    Box<dyn Fn(Call) -> LocalBoxFuture<'static, Result<HttpResponse, Problem>> + Send + Sync>;

/// The functions that handle the operations of a contract. Generated code adds one for each operation.
pub struct Routes {
    pub(crate) contract: Arc<Contract>,
    pub(crate) settings: Settings,
    pub(crate) problems: Problems,
    /// In the order of the contract's operations.
    pub(crate) handlers: Vec<Option<Handler>>,
    /// In the order of the contract's security schemes.
    pub(crate) authenticators: Vec<Option<Authenticator>>,
    /// Ids that were added, but are not in the contract.
    unknown: Vec<String>,
}

impl Routes {
    /// The routes of `contract`, without any handler.
    #[must_use]
    pub fn new(contract: Arc<Contract>, settings: Settings) -> Self {
        let handlers = contract.operations().iter().map(|_| None).collect();
        let authenticators = contract.schemes().iter().map(|_| None).collect();
        Self {
            contract,
            settings,
            problems: Problems::default(),
            handlers,
            authenticators,
            unknown: Vec::new(),
        }
    }

    /// The same routes; problems are sent this way.
    pub(crate) fn with_problems(mut self, problems: Problems) -> Self {
        self.problems = problems;
        self
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

    /// Adds the function that authenticates requests by the security scheme `name` for `application`.
    pub fn authenticate<A, C, P>(
        &mut self,
        name: &str,
        application: &Arc<A>,
        authenticate: impl AsyncFn(&A, C, &RequestHead) -> Result<Authenticated<P>, Rejection>
        + Clone
        + Send
        + Sync
        + 'static,
    ) where
        A: Send + Sync + 'static,
        C: Credentials + 'static,
        P: 'static,
    {
        match self.contract.schemes().position(name) {
            Some(number) => {
                let authenticator = Authenticator::new(application, authenticate);
                self.authenticators[number] = Some(authenticator);
            }
            None => self.unknown.push(name.to_owned()),
        }
    }

    /// Checks that exactly the operations and security schemes of the contract have functions.
    ///
    /// # Errors
    /// A sentence that names those without a function, and the functions of unknown ones.
    pub fn check(&self) -> Result<(), String> {
        let operations = self.contract.operations().iter().zip(&self.handlers);
        let missing = operations.filter(|(_, handler)| handler.is_none());
        let missing = missing.map(|(operation, _)| &*operation.id);
        let schemes = self.contract.schemes().iter().zip(&self.authenticators);
        let schemes = schemes.filter(|(_, authenticator)| authenticator.is_none());
        let schemes = schemes.map(|(scheme, _)| scheme.name.as_str());
        let missing: Vec<_> = missing.chain(schemes).collect();
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
}
