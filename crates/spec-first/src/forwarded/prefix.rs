//! The path before those of the server that its clients see.

use std::sync::Arc;

use actix_web::http::header::{HeaderMap, HeaderValue};

/// A prefix of paths, such as `/shop`: in a request's extensions, if a trusted proxy has sent one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Prefix(Arc<str>);

/// The longest prefix, in bytes.
const LONGEST: usize = 256;

impl Prefix {
    /// The value of `X-Forwarded-Prefix`; none if there is none, several, or one that is not a path.
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        let mut values = headers.get_all("x-forwarded-prefix");
        let (value, more) = (values.next()?, values.next());
        let path = value.to_str().ok()?.trim_end_matches('/');
        let is_path = more.is_none() && path.len() <= LONGEST && is_path(path);
        is_path.then(|| Self(path.into()))
    }

    /// The prefix itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value of `Location` as clients see it: a path of the server has the prefix, and any other reference stays as it is.
    pub fn locate(&self, location: &HeaderValue) -> Option<HeaderValue> {
        let path = location.to_str().ok()?;
        let is_of_server = path.starts_with('/') && !path.starts_with("//");
        let located = is_of_server.then(|| format!("{}{path}", self.0))?;
        HeaderValue::try_from(located).ok()
    }
}

/// Whether it consists of segments of a path, none of which leads out of it.
fn is_path(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=:@".contains(&byte);
    let mut segments = text.split('/');
    segments.next() == Some("")
        && text.len() > 1
        && segments.all(|it| !matches!(it, "" | "." | "..") && it.bytes().all(is_plain))
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderName;

    use super::*;

    #[test]
    fn a_prefix_is_a_path() {
        let of = |values: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                let name = HeaderName::from_static("x-forwarded-prefix");
                headers.append(name, HeaderValue::from_static(value));
            }
            Prefix::of(&headers).map(|prefix| prefix.as_str().to_owned())
        };
        for (value, prefix) in [("/a", "/a"), ("/a/b-c/", "/a/b-c"), ("/a%20b", "/a%20b")] {
            assert_eq!(of(&[value]).as_deref(), Some(prefix));
        }
        for value in [
            "",
            "/",
            "a",
            "//a",
            "/a//b",
            "/a/../b",
            "/a b",
            "/a\"b",
            "/<a>",
            "/a?b",
            "https://a",
        ] {
            assert_eq!(of(&[value]), None, "{value}");
        }
        assert_eq!(of(&["/a", "/b"]), None);
    }

    #[test]
    fn a_path_of_the_server_has_the_prefix() {
        let prefix = Prefix("/shop".into());
        let located = |text| prefix.locate(&HeaderValue::from_static(text));
        assert_eq!(
            located("/v1/a?b"),
            Some(HeaderValue::from_static("/shop/v1/a?b"))
        );
        for text in ["ui/", "./v1/ui/", "//host/a", "https://host/a", "?a"] {
            assert_eq!(located(text), None, "{text}");
        }
    }
}
