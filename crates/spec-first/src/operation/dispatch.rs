//! Handles one request: validates it as its operation requires, calls the application, and turns a problem into a response.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use actix_web::http::Method;
use actix_web::http::header::{ALLOW, CACHE_CONTROL, HeaderMap, HeaderValue};
use actix_web::web::Payload;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use futures_util::FutureExt;

use crate::head::{RequestHead, RequestId};
use crate::operation::call::Call;
use crate::operation::caller::Caller;
use crate::operation::counts::Reason;
use crate::operation::parameters::PathValues;
use crate::operation::routes::Routes;
use crate::operation::table::Matched;
use crate::problem::Problem;
use crate::response::problems::Target;
use crate::security::Principals;

impl Routes {
    /// The response to a request for a path of the contract, which [`Routes::find`] has found.
    pub(crate) async fn respond(
        &self,
        matched: &Matched,
        request: &HttpRequest,
        payload: Payload,
    ) -> HttpResponse {
        // After a panic nothing of the request is used again but its head, which nobody changes.
        let handled = AssertUnwindSafe(handle(self, matched, request, payload));
        let outcome = handled.catch_unwind().await;
        let outcome = outcome.unwrap_or_else(|panic| Err(Problem::panicked(&*panic)));
        let mut response = outcome.unwrap_or_else(|problem| self.send(&problem, matched, request));
        if matched.is_secured() {
            keep_private(response.headers_mut());
        }
        response
    }

    /// The response for a problem.
    fn send(&self, problem: &Problem, matched: &Matched, request: &HttpRequest) -> HttpResponse {
        let extensions = request.extensions();
        let id = RequestId::of(&extensions);
        let operation = matched.index().map(|it| &self.contract.operations()[it]);
        if let (Some(operation), Some(reason)) = (operation, Reason::of(problem)) {
            operation.counts.reject(reason);
        }
        let target = match operation {
            Some(operation) => operation.target(self.settings.responses, id),
            None => Target::new(id),
        };
        let route = Some(matched.route());
        self.problems.respond(problem, &Target { route, ..target })
    }
}

async fn handle(
    routes: &Routes,
    target: &Matched,
    request: &HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let Some(operation) = target.index() else {
        return respond_without_operation(request.method(), target.resource().allow.clone());
    };
    let contract = Arc::clone(&routes.contract);
    let settings = routes.settings;
    let unsupported = contract.operations()[operation].unsupported.as_deref();
    if let Some(reason) = unsupported.filter(|_| !settings.partial) {
        return Err(Problem::not_implemented(reason));
    }
    let caller = routes.caller(operation, request).await?;
    let path = PathValues::new(request.uri().path(), &target.values);
    let call = Call::validate(contract, operation, settings, caller, path, payload).await?;
    match &routes.handlers[operation] {
        Some(handler) => handler(call).await,
        None => Err(Problem::internal("the operation has no handler")),
    }
}

impl Routes {
    /// Who sends a request, once that is known as well as the operation requires.
    async fn caller(&self, operation: usize, request: &HttpRequest) -> Result<Caller, Problem> {
        let rules = &self.contract.operations()[operation];
        let head = RequestHead::new(request.clone(), Arc::clone(&rules.id));
        let principals = match &rules.security {
            Some(security) => {
                let schemes = self.contract.schemes();
                security
                    .authenticate(schemes, &self.authenticators, &head)
                    .await?
            }
            None => Principals::default(),
        };
        Ok(Caller { head, principals })
    }
}

/// Lets no shared cache keep what is for one caller. RFC 9111, 3.5 says so of `Authorization` alone, and not of keys in other
/// headers, in cookies or in the query. What the application has decided stays.
fn keep_private(headers: &mut HeaderMap) {
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("private"));
    }
}

/// Every path supports OPTIONS (RFC 9110, 9.3.7), and other methods only if the spec declares them.
fn respond_without_operation(method: &Method, allow: HeaderValue) -> Result<HttpResponse, Problem> {
    if method == Method::OPTIONS {
        return Ok(HttpResponse::NoContent()
            .insert_header((ALLOW, allow))
            .finish());
    }
    Err(Problem::method_not_allowed(allow))
}
