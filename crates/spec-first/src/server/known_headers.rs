//! What a server reads of the headers of every request.

use actix_web::http::header::{HeaderMap, HeaderValue};

use crate::request_id::REQUEST_ID;
use crate::trace;

/// Found in one pass, which costs less than to look up each.
pub(super) struct KnownHeaders<'r> {
    /// Of all names and values, in bytes.
    pub length: usize,
    /// The first `X-Request-Id`.
    pub request_id: Option<&'r HeaderValue>,
    pub has_trace: bool,
}

impl<'r> KnownHeaders<'r> {
    pub fn of(headers: &'r HeaderMap) -> Self {
        let mut known = Self {
            length: 0,
            request_id: None,
            has_trace: false,
        };
        for (name, value) in headers {
            known.length += name.as_str().len() + value.len();
            if name == REQUEST_ID && known.request_id.is_none() {
                known.request_id = Some(value);
            }
            known.has_trace |= name == trace::TRACEPARENT_NAME;
        }
        known
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{ACCEPT, HeaderName};

    use super::*;

    #[test]
    fn headers_are_found_and_counted() {
        let mut headers = HeaderMap::new();
        headers.append(ACCEPT, HeaderValue::from_static("*/*"));
        let known = KnownHeaders::of(&headers);
        assert_eq!((known.length, known.request_id), (9, None));
        assert!(!known.has_trace);
        for id in ["a", "b"] {
            headers.append(REQUEST_ID, HeaderValue::from_static(id));
        }
        let name = HeaderName::from_static("traceparent");
        headers.append(name, HeaderValue::from_static("00"));
        let known = KnownHeaders::of(&headers);
        assert_eq!(known.length, 9 + 2 * 13 + 13);
        assert_eq!(known.request_id, Some(&HeaderValue::from_static("a")));
        assert!(known.has_trace);
    }
}
