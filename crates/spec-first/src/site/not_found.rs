//! The response where nothing is served.

use actix_web::http::header::{self, Accept, Quality};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use mime::Mime;

use crate::problem::Problem;

const PAGE: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Not Found</title>\n\
                    <h1>Not Found</h1>\n<p>There is nothing at this address.</p>\n</html>\n";

/// The problem, for clients of the API.
pub fn problem() -> Problem {
    Problem::not_found("there is nothing at this address")
}

/// The page, for browsers.
pub fn page() -> HttpResponse {
    HttpResponse::NotFound()
        .content_type(mime::TEXT_HTML_UTF_8)
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'"))
        .insert_header((header::VARY, "Accept"))
        .body(PAGE)
}

/// Whether a client accepts HTML by name, and does not prefer JSON.
pub fn prefers_html(request: &HttpRequest) -> bool {
    let Some(Accept(ranges)) = request.get_header::<Accept>() else {
        return false;
    };
    let is_json = |it: &Mime| it.subtype() == mime::JSON || it.suffix() == Some(mime::JSON);
    let is_named = |it: &Mime| it.essence_str() == mime::TEXT_HTML || is_json(it);
    let wanted = ranges.iter().filter(|it| it.quality > Quality::ZERO);
    let named = wanted.filter(|it| is_named(&it.item));
    // The first of equals, as the client listed them.
    let best = named.reduce(|best, it| if it.quality > best.quality { it } else { best });
    best.is_some_and(|it| !is_json(&it.item))
}
