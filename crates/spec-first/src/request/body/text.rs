//! Text from clients, which is UTF-8.

use actix_web::http::header::{CONTENT_TYPE, HeaderMap};
use mime::Mime;

use crate::problem::{Part, Problem};
use crate::request::violation::{invalid_request, violation};
use crate::schema::quote;

/// The text of a body.
///
/// # Errors
/// A 400: the bytes are not UTF-8.
pub(super) fn parse(bytes: Vec<u8>) -> Result<String, Problem> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let detail = format!("it is not UTF-8 at byte {at}");
        invalid_request(vec![violation(Part::Body, None, detail)])
    })
}

/// Checks that the `Content-Type` names no other encoding of characters than UTF-8, or than ASCII, which is a part of it.
///
/// # Errors
/// A 415.
pub(super) fn check_charset(headers: &HeaderMap) -> Result<(), Problem> {
    let header = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let media_type = header.and_then(|header| header.parse::<Mime>().ok());
    let charset = media_type.as_ref().and_then(|it| it.get_param("charset"));
    check_name(charset.as_ref().map(|charset| charset.as_str()))
}

/// As [`check_charset`], by the name of the encoding.
///
/// # Errors
/// A 415.
pub(super) fn check_name(charset: Option<&str>) -> Result<(), Problem> {
    let known = ["utf-8", "utf8", "us-ascii", "ascii"];
    match charset {
        Some(name) if !known.iter().any(|known| name.eq_ignore_ascii_case(known)) => {
            let detail = format!("the charset is {}; expected utf-8", quote(name));
            Err(Problem::unsupported_media_type(detail))
        }
        _ => Ok(()),
    }
}
