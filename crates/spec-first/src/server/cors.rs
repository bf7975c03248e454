//! Cross-origin requests of browsers (the CORS protocol of the Fetch standard): which pages may use the API, and how.

use actix_cors::{Cors, CorsError};
use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;

use crate::logging::request;
use crate::operation::table::Contract;
use crate::origin::Origin;
use crate::problem::Problem;
use crate::request_id::RequestId;
use crate::response::problems::{Problems, Target};

/// How long a browser may keep the response to a preflight request, in seconds.
const MAX_AGE: usize = 600;

/// Headers that the server itself sends, and that a page of another origin can read only if they are exposed.
const SENT: [&str; 9] = [
    "accept-ranges",
    "allow",
    "content-disposition",
    "content-range",
    "etag",
    "location",
    "retry-after",
    "www-authenticate",
    "x-request-id",
];

/// What pages of other origins may do.
#[derive(Clone, Debug, Default)]
pub(super) struct Policy {
    pub origins: Vec<Origin>,
    /// Whether browsers may add cookies and the credentials that they have stored.
    pub credentials: bool,
}

impl Policy {
    /// The policy, if pages of other origins may do anything at all.
    ///
    /// # Errors
    /// A sentence: credentials may not be sent by the pages of every origin.
    pub fn new(origins: &[Origin], credentials: bool) -> Result<Option<Self>, String> {
        if credentials && origins.contains(&Origin::Any) {
            return Err("credentials of browsers are possible only for pages of named origins: list them instead of `*`".to_owned());
        }
        if credentials && origins.is_empty() {
            return Err(
                "credentials of browsers need an origin whose pages may send them".to_owned(),
            );
        }
        let origins = origins.to_vec();
        Ok((!origins.is_empty()).then_some(Self {
            origins,
            credentials,
        }))
    }

    /// The middleware, for the methods and headers that a contract declares.
    pub fn middleware(&self, contract: &Contract) -> Cors {
        let methods = contract.operations().iter().map(|it| it.method.clone());
        let mut cors = Cors::default()
            .allowed_methods(methods.chain([Method::GET, Method::HEAD]))
            .allowed_headers(contract.request_headers())
            .expose_headers(exposed(contract))
            .max_age(MAX_AGE)
            .block_on_origin_mismatch(false);
        for origin in &self.origins {
            cors = match origin {
                Origin::Any => cors.allow_any_origin().send_wildcard(),
                Origin::One(origin) => cors.allowed_origin(origin),
            };
        }
        match self.credentials {
            true => cors.supports_credentials(),
            false => cors,
        }
    }
}

/// The headers of responses that a page can read.
fn exposed(contract: &Contract) -> Vec<HeaderName> {
    let declared = contract.response_headers();
    let mut exposed: Vec<_> = SENT.map(HeaderName::from_static).into();
    exposed.extend(declared.filter(|name| *name != header::SET_COOKIE));
    exposed
}

/// Turns a preflight request that is rejected into a problem.
///
/// # Errors
/// None of its own.
pub(super) async fn explain(
    problems: Problems,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    let error = response.response().error();
    let Some(error) = error.and_then(|error| error.as_error::<CorsError>()) else {
        return Ok(response);
    };
    let problem = Problem::new(
        StatusCode::FORBIDDEN,
        format!("the preflight request of a browser is rejected: {error}"),
    );
    let id = request::id();
    let target = Target::new(id.as_ref().map(RequestId::as_str));
    let mut explained = problems.respond(&problem, &target);
    let vary = HeaderValue::from_static(
        "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
    );
    explained.headers_mut().insert(header::VARY, vary);
    Ok(response.into_response(explained))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_need_named_origins() {
        let one = Origin::One("https://example.org".to_owned());
        for (origins, credentials, is_policy) in [
            (vec![], false, Some(false)),
            (vec![], true, None),
            (vec![Origin::Any], false, Some(true)),
            (vec![Origin::Any, one.clone()], true, None),
            (vec![one], true, Some(true)),
        ] {
            let policy = Policy::new(&origins, credentials);
            assert_eq!(
                policy.ok().map(|policy| policy.is_some()),
                is_policy,
                "{origins:?}"
            );
        }
    }
}
