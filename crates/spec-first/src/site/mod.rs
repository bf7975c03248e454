//! What is served besides the API: a page, Swagger UI and the spec, each at its path.

mod assets;
mod not_found;
mod page;
mod prefixed;
mod swagger_ui;

use std::collections::HashMap;

use actix_web::http::header::{self, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use foldhash::fast::FixedState;

use self::assets::{Asset, media_type};
pub use self::page::{Page, PageFile};
use self::prefixed::Prefixed;
use crate::forwarded::Prefix;
use crate::logging::request;
use crate::problem::Problem;
use crate::request_id::RequestId;
use crate::response::problems::{Problems, Target};
use crate::spec::Spec;
use crate::spec::document::About;

/// What a page may load: its own files and this API.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                           img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// The headers of each file of a page: what it may load, and that other sites neither embed it, nor script its window, nor learn
/// of its addresses.
const PAGE_HEADERS: [(HeaderName, &str); 4] = [
    (CONTENT_SECURITY_POLICY, PAGE_POLICY),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CROSS_ORIGIN_OPENER_POLICY, "same-origin"),
    (header::CROSS_ORIGIN_RESOURCE_POLICY, "same-origin"),
];
/// The names under which the document is served.
const SPEC_FILES: [&str; 4] = [
    "swagger.json",
    "openapi.json",
    "swagger.yaml",
    "openapi.yaml",
];
const METHODS: &str = "GET, HEAD, OPTIONS";

/// Everything that is served besides the API.
#[derive(Clone)]
pub struct Site {
    // Its keys are the server's own, so that no client can make them collide.
    entries: HashMap<String, Entry, FixedState>,
    base_paths: Vec<String>,
    problems: Problems,
    about: About,
    prefixed: Prefixed,
}

/// The path of the site that a request is for, in the request's extensions for the access log.
pub struct SitePath(pub String);

#[derive(Clone)]
enum Entry {
    File(Asset),
    /// To a relative address, so that it works behind a proxy that adds a prefix.
    Redirect(StatusCode, String),
}

impl Site {
    /// Swagger UI and the spec under each base path.
    pub fn new(spec: &Spec, about: &About, base_paths: &[String]) -> Self {
        let mut site = Self {
            entries: HashMap::default(),
            base_paths: base_paths.to_vec(),
            problems: Problems::default(),
            about: about.clone(),
            prefixed: Prefixed::new(spec.json()),
        };
        for base in base_paths {
            site.add_spec(spec, base);
            site.add_swagger_ui(base);
        }
        site
    }

    /// The same site; problems are sent this way.
    pub fn with_problems(mut self, problems: Problems) -> Self {
        self.problems = problems;
        self
    }

    /// The same site with a page at `/`. If one of its files is its index, Swagger UI has a link back to it.
    pub fn with_page(mut self, page: Page) -> Self {
        self.add_page(page);
        for base in self.base_paths.clone() {
            self.add_swagger_ui(&base);
        }
        self
    }

    /// The same site; `/` redirects to Swagger UI unless there is a page.
    pub fn with_start(mut self) -> Self {
        if let Some(base) = self.base_paths.first().filter(|_| !self.has("/")) {
            let swagger_ui = format!(".{base}/ui/");
            self.add_redirect("/", StatusCode::TEMPORARY_REDIRECT, swagger_ui);
        }
        self
    }

    /// All paths that are served.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// Whether a path is served.
    pub fn has(&self, path: &str) -> bool {
        self.entries.contains_key(path)
    }

    /// The response to a request that is not for an operation.
    pub fn respond(&self, request: &HttpRequest) -> HttpResponse {
        let Some((path, entry)) = self.entries.get_key_value(request.path()) else {
            return self.not_found(request);
        };
        request.extensions_mut().insert(SitePath(path.clone()));
        match *request.method() {
            Method::GET | Method::HEAD => match self.with_prefix(path, request) {
                Some(spec) => spec.respond(request),
                None => entry.respond(request),
            },
            Method::OPTIONS => HttpResponse::NoContent()
                .insert_header((header::ALLOW, METHODS))
                .finish(),
            _ => {
                let problem = Problem::method_not_allowed(HeaderValue::from_static(METHODS));
                self.send(&problem)
            }
        }
    }

    /// The spec behind a proxy that adds a prefix, if the request is for it.
    fn with_prefix(&self, path: &str, request: &HttpRequest) -> Option<Asset> {
        let extensions = request.extensions();
        let prefix = extensions.get::<Prefix>()?;
        let (base, name) = path.rsplit_once('/')?;
        let is_spec = SPEC_FILES.contains(&name) && self.base_paths.iter().any(|it| it == base);
        is_spec.then(|| self.prefixed.asset(prefix, media_type(name)))
    }

    fn add_page(&mut self, page: Page) {
        for (path, asset) in page.files() {
            let asset = asset.with_headers(&PAGE_HEADERS);
            if let Some(folder) = path.strip_suffix("index.html") {
                self.entries
                    .insert(format!("/{folder}"), Entry::File(asset.clone()));
            }
            self.entries.insert(format!("/{path}"), Entry::File(asset));
        }
    }

    fn add_spec(&mut self, spec: &Spec, base: &str) {
        for (name, asset) in spec_files(spec) {
            self.entries
                .insert(format!("{base}/{name}"), Entry::File(asset));
        }
    }

    fn add_swagger_ui(&mut self, base: &str) {
        self.add_redirect(
            &format!("{base}/ui"),
            StatusCode::PERMANENT_REDIRECT,
            "ui/".to_owned(),
        );
        for (name, asset) in swagger_ui::files(&self.about, base, self.has("/")) {
            let name = if name == "index.html" { "" } else { name };
            self.entries
                .insert(format!("{base}/ui/{name}"), Entry::File(asset));
        }
    }

    fn add_redirect(&mut self, path: &str, status: StatusCode, to: String) {
        self.entries
            .insert(path.to_owned(), Entry::Redirect(status, to));
    }

    fn not_found(&self, request: &HttpRequest) -> HttpResponse {
        if !self.is_api(request.path()) && not_found::prefers_html(request) {
            return not_found::page();
        }
        let mut response = self.send(&not_found::problem());
        if !self.is_api(request.path()) {
            let vary = HeaderValue::from_static("Accept");
            response.headers_mut().insert(header::VARY, vary);
        }
        response
    }

    fn send(&self, problem: &Problem) -> HttpResponse {
        let id = request::id();
        let target = Target::new(id.as_ref().map(RequestId::as_str));
        self.problems.respond(problem, &target)
    }

    fn is_api(&self, path: &str) -> bool {
        let bases = self.base_paths.iter();
        let mut rests = bases.filter_map(|base| path.strip_prefix(base.as_str()));
        rests.any(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

impl Entry {
    fn respond(&self, request: &HttpRequest) -> HttpResponse {
        match self {
            Self::File(asset) => asset.respond(request),
            Self::Redirect(status, to) => HttpResponse::build(*status)
                .insert_header((header::LOCATION, to.as_str()))
                .finish(),
        }
    }
}

/// The document's files by name: each format under the names of both families.
fn spec_files(spec: &Spec) -> impl Iterator<Item = (&'static str, Asset)> {
    SPEC_FILES
        .map(|name| {
            let gzip = if name.ends_with(".json") {
                spec.json()
            } else {
                spec.yaml()
            };
            (name, Asset::compressed(media_type(name), gzip))
        })
        .into_iter()
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn site(base_paths: &[&str]) -> Site {
        let spec = Spec::new("", "", "");
        let base_paths: Vec<_> = base_paths.iter().map(ToString::to_string).collect();
        Site::new(&spec, &About::default(), &base_paths).with_start()
    }

    fn answer(site: &Site, path: &str) -> (u16, String) {
        let response = site.respond(&TestRequest::with_uri(path).to_http_request());
        let location = response.headers().get(header::LOCATION);
        let location = location.map_or("", |it| it.to_str().expect("ASCII"));
        (response.status().as_u16(), location.to_owned())
    }

    #[test]
    fn an_api_without_base_path_has_its_files_at_the_root() {
        let site = site(&[""]);
        assert_eq!(answer(&site, "/"), (307, "./ui/".to_owned()));
        assert_eq!(answer(&site, "/ui"), (308, "ui/".to_owned()));
        for path in ["/ui/", "/ui/start.js", "/openapi.json", "/swagger.yaml"] {
            assert_eq!(answer(&site, path), (200, String::new()), "{path}");
        }
    }

    #[test]
    fn every_base_path_has_its_files() {
        let site = site(&["/v1", "/v2/beta"]);
        assert_eq!(answer(&site, "/"), (307, "./v1/ui/".to_owned()));
        for path in ["/v1/ui/", "/v2/beta/ui/", "/v2/beta/swagger.json"] {
            assert_eq!(answer(&site, path), (200, String::new()), "{path}");
        }
    }

    #[test]
    fn a_path_is_of_the_api_if_it_starts_with_whole_segments_of_its_base_path() {
        let site = site(&["/v1"]);
        for (path, is_api) in [
            ("/v1", true),
            ("/v1/a", true),
            ("/v10", false),
            ("/", false),
        ] {
            assert_eq!(site.is_api(path), is_api, "{path}");
        }
    }
}
