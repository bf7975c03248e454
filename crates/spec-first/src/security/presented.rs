//! The credentials of one scheme in a request, before anybody has checked them.

use actix_web::HttpRequest;
use actix_web::http::header::{AUTHORIZATION, COOKIE, HeaderName};
use base64::Engine;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::credentials::{Any, ApiKey, Authorization, Basic, Bearer, Connection};
use super::scheme::{Kind, Scheme};
use crate::head::RequestHead;
use crate::problem::Problem;
use crate::request::cookies::Cookies;
use crate::request::pairs::Pairs;
use crate::routing::percent::decode_query;

/// What a request has of a scheme.
pub(super) enum Presented {
    Absent,
    /// Why it is not well-formed, as a sentence for the client.
    Malformed(&'static str),
    Given(Any),
}

/// Base64 as in RFC 7617; clients that leave out the padding mean the same.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

impl Scheme {
    /// What a request has of this scheme.
    ///
    /// # Errors
    /// 400: there is more than one header, query parameter or cookie of the name, and nobody knows which one is meant; or the
    /// query is malformed.
    pub(super) fn read(&self, head: &RequestHead) -> Result<Presented, Problem> {
        let request = head.request();
        Ok(match &self.kind {
            Kind::HeaderKey(name) => api_key(header(request, name)?),
            Kind::QueryKey(name) => in_query(request, name)?,
            Kind::CookieKey(name) => in_cookies(request, name)?,
            Kind::Basic => authorization(request, "basic", basic)?,
            Kind::Bearer => authorization(request, "bearer", bearer)?,
            Kind::Http(scheme) => authorization(request, scheme, other)?,
            Kind::MutualTls => Presented::Given(Any::Connection(Connection::new(head.clone()))),
        })
    }
}

/// Whether a request has a header `Authorization`.
pub(super) fn has_authorization(head: &RequestHead) -> bool {
    head.headers().contains_key(AUTHORIZATION)
}

/// The bytes of the only header `name`.
fn header<'r>(request: &'r HttpRequest, name: &HeaderName) -> Result<Option<&'r [u8]>, Problem> {
    let mut values = request.headers().get_all(name);
    let value = values.next().map(|value| value.as_bytes());
    match values.next() {
        Some(_) => Err(repeated("header", name.as_str())),
        None => Ok(value),
    }
}

fn api_key(bytes: Option<&[u8]>) -> Presented {
    let Some(bytes) = bytes else {
        return Presented::Absent;
    };
    match std::str::from_utf8(bytes) {
        Ok("") => Presented::Malformed("the key is empty"),
        Ok(key) => Presented::Given(Any::ApiKey(ApiKey::new(key))),
        Err(_) => Presented::Malformed("the key is not in UTF-8"),
    }
}

fn in_query(request: &HttpRequest, name: &str) -> Result<Presented, Problem> {
    let query = Pairs::parse(request.query_string())
        .map_err(|malformed| Problem::bad_request(format!("query: {}", malformed.sentence())))?;
    let mut values = query.iter().filter(|(other, _)| *other == name);
    let value = values.next().map(|(_, value)| value);
    if values.next().is_some() {
        return Err(repeated("query parameter", name));
    }
    Ok(match value.map(decode_query) {
        Some(Ok(key)) => api_key(Some(key.as_bytes())),
        Some(Err(_)) => Presented::Malformed("the key is not encoded as a query is"),
        None => Presented::Absent,
    })
}

fn in_cookies(request: &HttpRequest, name: &str) -> Result<Presented, Problem> {
    let headers = request.headers().get_all(COOKIE);
    let texts = headers.map(|value| std::str::from_utf8(value.as_bytes()));
    let texts: Result<Vec<_>, _> = texts.collect();
    let Ok(texts) = texts else {
        return Ok(Presented::Malformed("the cookies are not in UTF-8"));
    };
    match Vec::from_iter(Cookies::parse(texts.into_iter()).values(name)).as_slice() {
        [] => Ok(Presented::Absent),
        [key] => Ok(api_key(Some(key.as_bytes()))),
        _ => Err(repeated("cookie", name)),
    }
}

/// What `read` makes of the only header `Authorization`, if its scheme is this one; the case does not matter (RFC 9110, 11.1).
fn authorization(
    request: &HttpRequest,
    scheme: &str,
    read: fn(&str) -> Result<Any, &'static str>,
) -> Result<Presented, Problem> {
    let Some(bytes) = header(request, &AUTHORIZATION)? else {
        return Ok(Presented::Absent);
    };
    let end = bytes.iter().position(|byte| *byte == b' ');
    let (name, rest) = bytes.split_at(end.unwrap_or(bytes.len()));
    if !name.eq_ignore_ascii_case(scheme.as_bytes()) {
        return Ok(Presented::Absent);
    }
    let is_plain = |byte: &u8| (b' '..=b'~').contains(byte);
    let text = std::str::from_utf8(rest).ok();
    let text = text.filter(|text| text.bytes().all(|byte| is_plain(&byte)));
    Ok(match text.map(str::trim).ok_or(MALFORMED).and_then(read) {
        Ok(credentials) => Presented::Given(credentials),
        Err(detail) => Presented::Malformed(detail),
    })
}

const MALFORMED: &str = "the header Authorization is malformed";

fn basic(text: &str) -> Result<Any, &'static str> {
    let bytes = BASE64.decode(text).map_err(|_| MALFORMED)?;
    let text = String::from_utf8(bytes).map_err(|_| MALFORMED)?;
    let (name, password) = text.split_once(':').ok_or(MALFORMED)?;
    // RFC 7617, section 2.
    if text.contains(char::is_control) {
        return Err(MALFORMED);
    }
    Ok(Any::Basic(Basic::new(name, password)))
}

/// `token68` (RFC 9110, 11.2).
fn bearer(text: &str) -> Result<Any, &'static str> {
    let token = text.trim_end_matches('=');
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/".contains(&byte);
    if token.is_empty() || !token.bytes().all(is_allowed) {
        return Err(MALFORMED);
    }
    Ok(Any::Bearer(Bearer::new(text)))
}

fn other(text: &str) -> Result<Any, &'static str> {
    match text {
        "" => Err(MALFORMED),
        text => Ok(Any::Authorization(Authorization::new(text))),
    }
}

fn repeated(part: &str, name: &str) -> Problem {
    Problem::bad_request(format!("the {part} {name:?} occurs more than once"))
}
