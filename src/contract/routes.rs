//! The functions that answer the operations, mounted on their paths.

use std::collections::HashSet;
use std::future::Future;
use std::rc::Rc;
use std::sync::Arc;

use actix_web::guard::GuardContext;
use actix_web::http::Method;
use actix_web::web::{self, Data, Payload, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::future::{FutureExt, LocalBoxFuture, ready};

use super::call::Call;
use super::dispatch::dispatch;
use super::settings::Settings;
use super::table::Contract;
use crate::problem::Problem;

/// Answers a checked call.
pub(super) type Handler =
    Box<dyn Fn(&HttpRequest, Call) -> LocalBoxFuture<'static, Result<HttpResponse, Problem>>>;

/// Which function answers which operation of a contract.
pub struct Routes {
    pub(super) contract: Arc<Contract>,
    pub(super) settings: Settings,
    /// In the order of the contract's operations.
    pub(super) handlers: Vec<Option<Handler>>,
    /// Ids that were added, but are not in the contract.
    strangers: Vec<String>,
    /// What other services answer at paths of their own.
    others: HashSet<String>,
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
            strangers: Vec::new(),
            others: HashSet::new(),
        }
    }

    /// Leaves these paths to other services where the contract has them only by a template, such as `/{name}`.
    pub fn leave(&mut self, paths: impl IntoIterator<Item = String>) {
        self.others.extend(paths);
    }

    /// Names the function that answers the operation `id`. The application has to be in actix's app data, as `Data<A>`.
    pub fn add<A, F, Answer>(&mut self, id: &str, answer: F)
    where
        A: 'static,
        F: Fn(Data<A>, Call) -> Answer + 'static,
        Answer: Future<Output = Result<HttpResponse, Problem>> + 'static,
    {
        let Some(index) = self.contract.position(id) else {
            self.strangers.push(id.to_owned());
            return;
        };
        self.handlers[index] = Some(Box::new(move |request, call| {
            match request.app_data::<Data<A>>() {
                Some(app) => answer(app.clone(), call).boxed_local(),
                None => ready(Err(Problem::internal(
                    "the application is not in the app data",
                )))
                .boxed_local(),
            }
        }));
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
        if missing.is_empty() && self.strangers.is_empty() {
            return Ok(());
        }
        Err(format!(
            "generated code and contract.json differ: nothing answers [{}], and there is no [{}]; build again",
            missing.join(", "),
            self.strangers.join(", ")
        ))
    }

    /// Mounts the operations. What is no path of the contract is left to the other services.
    ///
    /// # Panics
    /// If [`Routes::check`] fails.
    pub fn configure(self, config: &mut ServiceConfig) {
        if let Err(difference) = self.check() {
            panic!("{difference}");
        }
        let routes = Rc::new(self);
        let guard = Rc::clone(&routes);
        let handler = move |request: HttpRequest, payload: Payload| {
            dispatch(Rc::clone(&routes), request, payload)
        };
        // The whole path is matched here, since actix would match it half-decoded, pattern by pattern.
        let scope = web::scope("").guard(move |context: &GuardContext<'_>| guard.matches(context));
        config.service(scope.default_service(web::to(handler)));
    }

    /// Whether a request is for the contract; what it leads to is kept with the request.
    fn matches(&self, context: &GuardContext<'_>) -> bool {
        let head = context.head();
        let path = head.uri.path();
        let Some(matched) = self.contract.find(&head.method, path) else {
            return false;
        };
        // Files are only read; a template's other methods stay its own.
        let is_read = matches!(head.method, Method::GET | Method::HEAD);
        if is_read && !matched.values.is_empty() && self.others.contains(path) {
            return false;
        }
        context.req_data_mut().insert(matched);
        true
    }
}
