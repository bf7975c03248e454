//! Handles one request: validates it as its operation requires, calls the application, and turns a problem into a response.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::http::header::{ALLOW, CACHE_CONTROL, HeaderMap, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::FutureExt;

use crate::logging::request;
use crate::operation::call::Call;
use crate::operation::caller::Caller;
use crate::operation::counts::Reason;
use crate::operation::parameters::PathValues;
use crate::operation::routes::Routes;
use crate::operation::table::Destination;
use crate::problem::Problem;
use crate::request_id::RequestId;
use crate::response::problems::Target;
use crate::security::Authenticator;

impl Routes {
    /// The response to a request for a path of the contract.
    pub(crate) async fn respond(
        &self,
        destination: &Destination,
        request: &HttpRequest,
        payload: Payload,
    ) -> HttpResponse {
        // After a panic nothing of the request is used again but its head, which nobody changes.
        let handled = AssertUnwindSafe(handle(self, destination, request, payload));
        let outcome = handled.catch_unwind().await;
        let outcome = outcome.unwrap_or_else(|panic| Err(Problem::panicked(&*panic)));
        let mut response = outcome.unwrap_or_else(|problem| self.send(&problem, destination));
        let operation = self.contract.operation_of(destination);
        if operation.is_some_and(|operation| operation.security.is_some()) {
            keep_private(response.headers_mut());
        }
        response
    }

    /// The response for a problem.
    fn send(&self, problem: &Problem, destination: &Destination) -> HttpResponse {
        let operation = self.contract.operation_of(destination);
        if let (Some(operation), Some(reason)) = (operation, Reason::of(problem)) {
            operation.counts.reject(reason);
        }
        let id = request::id();
        let id = id.as_ref().map(RequestId::as_str);
        let target = match operation {
            Some(operation) => operation.target(self.settings.responses, id),
            None => Target::new(id),
        };
        let route = &self.contract.resource_of(destination).route;
        let route = Some(route.as_str());
        self.problems.respond(problem, &Target { route, ..target })
    }
}

async fn handle(
    routes: &Routes,
    destination: &Destination,
    request: &HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let Some(operation) = destination.operation else {
        let allow = routes.contract.resource_of(destination).allow.clone();
        return respond_without_operation(request.method(), allow);
    };
    let unsupported = routes.contract.operations()[operation]
        .unsupported
        .as_deref();
    if let Some(reason) = unsupported.filter(|_| !routes.settings.partial) {
        return Err(Problem::not_implemented(reason));
    }
    let caller = Caller::new(Arc::clone(&routes.contract), operation, request.clone());
    let mut call = Call::new(caller, routes.settings);
    call.authenticate(&routes.authenticators).await?;
    let path = PathValues::new(request.uri().path(), &destination.values);
    call.validate(path, payload).await?;
    match &routes.handlers[operation] {
        Some(handler) => handler(call).await,
        None => Err(Problem::internal("the operation has no handler")),
    }
}

impl Call {
    /// Finds out who the caller is, if the operation requires that.
    ///
    /// # Errors
    /// 401 or 403; or the problem of an authenticator.
    async fn authenticate(
        &mut self,
        authenticators: &[Option<Authenticator>],
    ) -> Result<(), Problem> {
        let caller = &mut self.parts.caller;
        if let Some(security) = &caller.operation().security {
            let schemes = caller.contract().schemes();
            let authenticated = security.authenticate(schemes, authenticators, caller.head());
            // In a box, since the futures around it are moved with room for it whether or not there is anything to authenticate.
            caller.principals = Box::pin(authenticated).await?;
        }
        Ok(())
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
