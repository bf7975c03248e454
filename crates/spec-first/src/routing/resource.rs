//! The operations at one path, by method.

use actix_web::http::Method;
use actix_web::http::header::HeaderValue;

/// The methods that `Allow` lists, in its order.
const METHODS: [Method; 8] = [
    Method::GET,
    Method::HEAD,
    Method::POST,
    Method::PUT,
    Method::PATCH,
    Method::DELETE,
    Method::OPTIONS,
    Method::TRACE,
];

/// A path of the contract, and the operations at it.
#[derive(Debug)]
pub(crate) struct Resource {
    /// The template, with the base path.
    pub route: String,
    /// The number of the operation for each method of the spec.
    operations: Vec<(Method, usize)>,
    /// The methods that it supports, with HEAD and OPTIONS.
    pub allow: HeaderValue,
}

impl Resource {
    pub fn new(route: String) -> Self {
        Self {
            route,
            operations: Vec::new(),
            allow: HeaderValue::from_static("OPTIONS"),
        }
    }

    /// Adds an operation; false if there is one for this method already.
    pub fn add(&mut self, method: Method, operation: usize) -> bool {
        if self.exact(&method).is_some() {
            return false;
        }
        self.operations.push((method, operation));
        let allowed = METHODS.iter().filter(|method| self.allows(method));
        let allowed: Vec<_> = allowed.map(Method::as_str).collect();
        let allow = HeaderValue::from_str(&allowed.join(", "));
        self.allow = allow.expect("methods are tokens");
        true
    }

    /// The operation for `method`. The one for GET is the one for HEAD, too (RFC 9110, 9.3.2).
    pub fn operation(&self, method: &Method) -> Option<usize> {
        let get = || self.exact(&Method::GET).filter(|_| method == Method::HEAD);
        self.exact(method).or_else(get)
    }

    fn exact(&self, method: &Method) -> Option<usize> {
        let found = self.operations.iter().find(|(other, _)| other == method)?;
        Some(found.1)
    }

    fn allows(&self, method: &Method) -> bool {
        method == Method::OPTIONS || self.operation(method).is_some()
    }
}
