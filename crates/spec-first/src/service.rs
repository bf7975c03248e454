//! Decides who responds to a request: an operation, or else the site.

use std::fmt;
use std::sync::Arc;

use actix_web::guard::GuardContext;
use actix_web::http::{Method, Uri};
use actix_web::web::{self, Payload, ServiceConfig};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use include_dir::Dir;

use crate::api::Api;
use crate::operation::routes::Routes;
use crate::operation::table::{Contract, Matched};
use crate::settings::Settings;
use crate::site::Site;
use crate::spec::About;

/// An API with Swagger UI and its spec, for an actix-web [`App`](actix_web::App).
///
/// [`Server`](crate::Server) runs one with everything around it. In an `App` of your own it serves the paths of the spec,
/// Swagger UI and the spec's files, and leaves every other path to the other services, of which those that are registered
/// before it take precedence:
///
/// ```no_run
/// # fn example(api: spec_first::Api) -> Result<(), String> {
/// use actix_web::{App, HttpServer};
/// use spec_first::{Service, Settings};
///
/// let service = Service::new(&api, Settings::default())?;
/// HttpServer::new(move || App::new().configure(|config| service.configure(config)));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Service {
    routes: Arc<Routes>,
    site: Arc<Site>,
    about: Arc<About>,
}

impl Service {
    /// Loads the contract, and compiles its schemas.
    ///
    /// # Errors
    /// A sentence: the generated code, the embedded files and this version of the crate do not belong together. Building again
    /// helps.
    pub fn new(api: &Api, settings: Settings) -> Result<Self, String> {
        let contract = Arc::new(Contract::load(api.spec, &settings)?);
        let about = api.spec.about()?;
        let site = Site::new(api.spec, &about, contract.base_paths());
        let site = site.with_problems(api.problems.clone());
        let mut routes = Routes::new(contract, settings).with_problems(api.problems.clone());
        (api.mount)(&mut routes);
        routes.check()?;
        routes.check_rejections();
        Ok(Self {
            routes: Arc::new(routes),
            site: Arc::new(site),
            about: Arc::new(about),
        })
    }

    /// Serves a folder of files at `/`, and its `index.html` as `/` itself. A file takes precedence over an operation whose
    /// path has parameters, such as `/{name}`, for GET and HEAD.
    #[must_use]
    pub fn page(mut self, folder: &Dir<'static>) -> Self {
        let site = Arc::unwrap_or_clone(self.site);
        self.site = Arc::new(site.with_page(folder));
        self
    }

    /// The same service; `/` redirects to Swagger UI unless there is a page.
    pub(crate) fn with_start(mut self) -> Self {
        let site = Arc::unwrap_or_clone(self.site);
        self.site = Arc::new(site.with_start());
        self
    }

    /// Adds the API, Swagger UI and the spec to an `App`. Other paths are left to other services.
    pub fn configure(&self, config: &mut ServiceConfig) {
        let (known, service) = (self.clone(), self.clone());
        let guard = move |context: &GuardContext<'_>| known.is_known(&context.head().uri);
        // A scope for the whole path, since actix would match the path half-decoded, pattern by pattern.
        let scope = web::scope("").guard(guard);
        config.service(scope.default_service(service.handler()));
    }

    /// A handler for every path.
    pub(crate) fn handler(self) -> actix_web::Route {
        web::to(move |request: HttpRequest, payload: Payload| {
            let service = self.clone();
            async move { service.respond(&request, payload).await }
        })
    }

    pub(crate) fn base_paths(&self) -> &[String] {
        self.routes.contract().base_paths()
    }

    pub(crate) fn contract(&self) -> &Contract {
        self.routes.contract()
    }

    pub(crate) fn about(&self) -> &About {
        &self.about
    }

    /// Whether a path is served.
    fn is_known(&self, uri: &Uri) -> bool {
        let is_operation = || self.routes.contract().find(&Method::GET, uri).is_some();
        self.site.has(uri.path()) || is_operation()
    }

    /// The path and operation that a request is for. A file takes precedence over a path with parameters, such as `/{name}`, but
    /// only for GET and HEAD: other methods are for the operations.
    pub(crate) fn find(&self, request: &HttpRequest) -> Option<Matched> {
        let matched = self.routes.find(request)?;
        let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
        let is_file = is_read && matched.has_values() && self.site.has(request.path());
        (!is_file).then_some(matched)
    }

    /// The response of the operation, or else of the site.
    async fn respond(&self, request: &HttpRequest, payload: Payload) -> HttpResponse {
        match self.matched(request) {
            Some(matched) => self.routes.respond(&matched, request, payload).await,
            None => self.site.respond(request),
        }
    }

    /// What the request is for: as it is in its extensions, unless a middleware has changed the method or the path since. It is
    /// there afterwards, for the access log and for middleware once the response is on its way back.
    fn matched(&self, request: &HttpRequest) -> Option<Matched> {
        let mut extensions = request.extensions_mut();
        let known = extensions.get::<Matched>();
        if let Some(matched) = known.filter(|matched| matched.is_of(request)) {
            return Some(matched.clone());
        }
        let found = self.find(request);
        match &found {
            Some(matched) => extensions.insert(matched.clone()),
            None => extensions.remove::<Matched>(),
        };
        found
    }
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service").finish_non_exhaustive()
    }
}
