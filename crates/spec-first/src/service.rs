//! Decides who responds to a request: an operation, or else the site.

use std::fmt;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::guard::GuardContext;
use actix_web::http::Method;
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};

use crate::api::Api;
use crate::operation::routes::Routes;
use crate::operation::table::{Contract, Destination, Matched};
use crate::settings::Settings;
use crate::site::{Page, Site};
use crate::spec::document::About;

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
    /// By the number of a resource, whether a path of the site is one of the resource's, too.
    shared: Arc<[bool]>,
}

impl Service {
    /// Loads the contract.
    ///
    /// # Errors
    /// A sentence: the generated code, the embedded files and this version of the crate do not belong together. Building again
    /// helps.
    pub fn new(api: &Api, settings: Settings) -> Result<Self, String> {
        let contract = Arc::new(Contract::load(api.spec, &settings)?);
        let site = Site::new(api.spec, contract.about(), contract.base_paths());
        let site = site.with_problems(api.problems.clone());
        let mut routes = Routes::new(contract, settings).with_problems(api.problems.clone());
        (api.mount)(&mut routes);
        routes.check()?;
        routes.check_rejections();
        Ok(Self::of(Arc::new(routes), site))
    }

    /// Serves the files of a page at `/`, and its `index.html` as `/` itself. A file takes precedence over an operation whose
    /// path has parameters, such as `/{name}`, for GET and HEAD.
    #[must_use]
    pub fn page(self, page: impl Into<Page>) -> Self {
        let site = Arc::unwrap_or_clone(self.site);
        Self::of(self.routes, site.with_page(page.into()))
    }

    /// The same service; `/` redirects to Swagger UI unless there is a page.
    pub(crate) fn with_start(self) -> Self {
        let site = Arc::unwrap_or_clone(self.site);
        Self::of(self.routes, site.with_start())
    }

    fn of(routes: Arc<Routes>, site: Site) -> Self {
        Self {
            shared: routes.contract().resources_of(site.paths()).into(),
            routes,
            site: Arc::new(site),
        }
    }

    /// Adds the API, Swagger UI and the spec to an `App`. Other paths are left to other services.
    pub fn configure(&self, config: &mut ServiceConfig) {
        let known = self.clone();
        let guard = move |context: &GuardContext<'_>| known.is_known(context.head().uri.path());
        // A scope for the whole path, since actix would match the path half-decoded, pattern by pattern.
        let scope = web::scope("").guard(guard);
        config.service(scope.default_service(self.clone().handler()));
    }

    /// A handler for every path.
    pub(crate) fn handler(self) -> actix_web::Route {
        web::to(move |request: HttpRequest, payload: web::Payload| {
            let service = self.clone();
            async move {
                let destination = service.matched(&request);
                let destination = destination.as_ref();
                let payload = payload.into_inner();
                service.respond(destination, &request, payload).await
            }
        })
    }

    pub(crate) fn base_paths(&self) -> &[String] {
        self.routes.contract().base_paths()
    }

    pub(crate) fn contract(&self) -> &Arc<Contract> {
        self.routes.contract()
    }

    pub(crate) fn about(&self) -> &About {
        self.contract().about()
    }

    /// Whether a path is served.
    fn is_known(&self, path: &str) -> bool {
        let is_operation = || self.routes.contract().find(&Method::GET, path).is_some();
        self.site.has(path) || is_operation()
    }

    /// What a request is for, if it is for the API. A file takes precedence over a path with parameters, such as `/{name}`, but only
    /// for GET and HEAD: other methods are for the operations.
    pub(crate) fn find(&self, request: &HttpRequest) -> Option<Destination> {
        let (method, path) = (request.method(), request.uri().path());
        let found = self.routes.contract().find(method, path)?;
        let is_read = matches!(*method, Method::GET | Method::HEAD);
        let is_file = is_read
            && !found.values.is_empty()
            && self.shared[found.resource]
            && self.site.has(path);
        (!is_file).then_some(found)
    }

    /// Puts what a request is for into its extensions.
    pub(crate) fn offer(&self, destination: Option<&Destination>, request: &HttpRequest) {
        if let Some(destination) = destination {
            let matched = Matched::new(self.contract(), destination.clone(), request);
            request.extensions_mut().insert(matched);
        }
    }

    /// The response of the operation that the request is for, or else of the site.
    pub(crate) async fn respond(
        &self,
        destination: Option<&Destination>,
        request: &HttpRequest,
        payload: Payload,
    ) -> HttpResponse {
        match destination {
            Some(destination) => self.routes.respond(destination, request, payload).await,
            None => self.site.respond(request),
        }
    }

    /// What the request is for: as it is in its extensions, unless a middleware has changed the method or the path since. It is
    /// there afterwards, for the access log and for middleware once the response is on its way back.
    fn matched(&self, request: &HttpRequest) -> Option<Destination> {
        let mut extensions = request.extensions_mut();
        let known = extensions.get::<Matched>();
        if let Some(matched) = known.filter(|matched| matched.is_of(request)) {
            return Some(matched.destination().clone());
        }
        let found = self.find(request);
        match &found {
            Some(found) => extensions.insert(Matched::new(self.contract(), found.clone(), request)),
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
