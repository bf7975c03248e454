//! What stands beside the API: a page, Swagger UI and the spec, each at its path.

use std::collections::HashMap;

use actix_web::http::header::{self, Accept, CONTENT_SECURITY_POLICY, HeaderValue, Quality};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, ResponseError};
use include_dir::Dir;
use mime::Mime;

use crate::assets::{Asset, media_type};
use crate::problem::Problem;
use crate::spec::{self, Spec};
use crate::swagger_ui;

/// What a page may load: its own files and this API.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                           img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const NOT_FOUND: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Not Found</title>\
                         <h1>Not Found</h1><p>There is nothing at this address.</p></html>\n";
const METHODS: &str = "GET, HEAD, OPTIONS";

/// Everything that is served beside the API.
pub struct Site {
    places: HashMap<String, Place>,
    base_paths: Vec<String>,
}

/// The path of the site that a request has reached, in the request's extensions.
pub struct Route(pub String);

enum Place {
    File(Asset),
    /// To a relative address, so that it leads to the same place behind a prefix.
    Redirect(StatusCode, String),
}

impl Site {
    /// Swagger UI and the spec under each base path, and at `/` the page; without one, `/` leads to Swagger UI.
    pub fn new(spec: &Spec, base_paths: &[String], page: Option<&Dir<'static>>) -> Self {
        let mut site = Self {
            places: HashMap::new(),
            base_paths: base_paths.to_vec(),
        };
        match (page, base_paths.first()) {
            (Some(page), _) => site.add_page(page),
            (None, Some(base)) => {
                site.add_redirect("/", StatusCode::TEMPORARY_REDIRECT, format!(".{base}/ui/"))
            }
            (None, None) => {}
        }
        for base in base_paths {
            site.add_spec(base);
            site.add_swagger_ui(spec, base);
        }
        site
    }

    /// The response to a request that no operation answers.
    pub fn answer(&self, request: &HttpRequest) -> HttpResponse {
        let Some((path, place)) = self.places.get_key_value(request.path()) else {
            return self.not_found(request);
        };
        request.extensions_mut().insert(Route(path.clone()));
        match *request.method() {
            Method::GET | Method::HEAD => place.answer(request),
            Method::OPTIONS => HttpResponse::NoContent()
                .insert_header((header::ALLOW, METHODS))
                .finish(),
            _ => Problem::method_not_allowed(HeaderValue::from_static(METHODS)).error_response(),
        }
    }

    fn add_page(&mut self, folder: &Dir<'static>) {
        for file in folder.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            let asset = || {
                Asset::new(media_type(&path), file.contents().to_vec())
                    .with_header(CONTENT_SECURITY_POLICY, PAGE_POLICY)
                    .with_header(header::REFERRER_POLICY, "no-referrer")
            };
            if let Some(folder) = path.strip_suffix("index.html") {
                self.places
                    .insert(format!("/{folder}"), Place::File(asset()));
            }
            self.places.insert(format!("/{path}"), Place::File(asset()));
        }
        folder.dirs().for_each(|it| self.add_page(it));
    }

    fn add_spec(&mut self, base: &str) {
        for (name, asset) in spec::files() {
            self.places
                .insert(format!("{base}/{name}"), Place::File(asset));
        }
    }

    fn add_swagger_ui(&mut self, spec: &Spec, base: &str) {
        self.add_redirect(
            &format!("{base}/ui"),
            StatusCode::PERMANENT_REDIRECT,
            "ui/".to_owned(),
        );
        for (name, asset) in swagger_ui::files(spec, base) {
            let name = if name == "index.html" { "" } else { name };
            self.places
                .insert(format!("{base}/ui/{name}"), Place::File(asset));
        }
    }

    fn add_redirect(&mut self, path: &str, status: StatusCode, to: String) {
        self.places
            .insert(path.to_owned(), Place::Redirect(status, to));
    }

    fn not_found(&self, request: &HttpRequest) -> HttpResponse {
        if self.is_api(request.path()) || !prefers_html(request) {
            return Problem::not_found("there is nothing at this address").error_response();
        }
        HttpResponse::NotFound()
            .content_type(media_type("404.html"))
            .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'"))
            .body(NOT_FOUND)
    }

    fn is_api(&self, path: &str) -> bool {
        let rests = self
            .base_paths
            .iter()
            .filter_map(|base| path.strip_prefix(base.as_str()));
        rests
            .into_iter()
            .any(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

impl Place {
    fn answer(&self, request: &HttpRequest) -> HttpResponse {
        match self {
            Self::File(asset) => asset.answer(request),
            Self::Redirect(status, to) => HttpResponse::build(*status)
                .insert_header((header::LOCATION, to.as_str()))
                .finish(),
        }
    }
}

/// Whether a client asks for HTML by name, and for JSON not more gladly.
fn prefers_html(request: &HttpRequest) -> bool {
    let Some(Accept(ranges)) = request.get_header::<Accept>() else {
        return false;
    };
    let is_json =
        |media: &Mime| media.subtype() == mime::JSON || media.suffix() == Some(mime::JSON);
    let named = ranges
        .iter()
        .filter(|it| it.item.essence_str() == "text/html" || is_json(&it.item));
    let wanted = named.filter(|it| it.quality > Quality::ZERO);
    // The first of equals, as the client listed them.
    let best = wanted.reduce(|best, it| if it.quality > best.quality { it } else { best });
    best.is_some_and(|it| !is_json(&it.item))
}
