//! The methods that are told apart where a client must not make up names: in labels of metrics, and in spans.

use actix_web::http::Method;

/// The name of a method that HTTP defines (RFC 9110, section 9.3, and RFC 5789).
pub(super) fn defined(method: &Method) -> Option<&'static str> {
    Some(match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        Method::TRACE => "TRACE",
        Method::CONNECT => "CONNECT",
        _ => return None,
    })
}
