//! The origin of a page (RFC 6454), as an option names it.

use std::str::FromStr;

use actix_web::http::Uri;

/// The pages that may use an API: those of an origin (RFC 6454), or of any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Of any, without credentials that a browser adds.
    Any,
    /// Of this one, as a browser sends it: a scheme, a host, and a port unless it is the scheme's.
    One(String),
}

impl FromStr for Origin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "*" {
            return Ok(Self::Any);
        }
        let sentence = || {
            "expected `*`, or an origin as browsers send it, such as https://example.org or http://localhost:8080"
                .to_owned()
        };
        let uri: Uri = text.parse().map_err(|_| sentence())?;
        let (scheme, authority) = (uri.scheme_str(), uri.authority());
        let (Some(scheme), Some(authority)) = (scheme, authority) else {
            return Err(sentence());
        };
        let port = match (scheme, authority.port_u16()) {
            ("http", Some(80)) | ("https", Some(443)) | (_, None) => String::new(),
            (_, Some(port)) => format!(":{port}"),
        };
        // Nothing but these parts, in lower case.
        let canonical = format!("{scheme}://{}{port}", authority.host()).to_lowercase();
        if canonical != text {
            return Err(sentence());
        }
        Ok(Self::One(canonical))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_as_browsers_send_it() {
        for text in [
            "https://example.org",
            "http://localhost:8080",
            "http://[::1]:5000",
            "app://main",
        ] {
            assert_eq!(text.parse(), Ok(Origin::One(text.to_owned())));
        }
        assert_eq!("*".parse(), Ok(Origin::Any));
        for text in [
            "",
            "null",
            "example.org",
            "https://example.org/",
            "https://Example.org",
            "https://example.org:443",
            "http://example.org:80",
            "https://*.example.org/a",
            "https://a@example.org",
            "https://example.org?q",
            " https://example.org",
        ] {
            assert!(text.parse::<Origin>().is_err(), "{text:?}");
        }
    }
}
