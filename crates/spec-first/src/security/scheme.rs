//! The security schemes of a spec, and their challenges.

use actix_web::http::header::{self, HeaderName, HeaderValue};

use crate::problem::Part;
use crate::spec::document::{SchemeEntry, SchemeKind, SecurityEntry};

/// The schemes that operations require.
#[derive(Debug, Default)]
pub(crate) struct Schemes {
    schemes: Vec<Scheme>,
}

/// One scheme.
#[derive(Debug)]
pub(crate) struct Scheme {
    pub name: String,
    pub(super) kind: Kind,
    /// The challenge without what is wrong with the credentials.
    challenge: String,
}

/// What a scheme reads of a request.
#[derive(Debug)]
pub(super) enum Kind {
    HeaderKey(HeaderName),
    QueryKey(String),
    CookieKey(String),
    Basic,
    Bearer,
    /// Another scheme of the header `Authorization`.
    Http(String),
    MutualTls,
}

impl Schemes {
    /// Loads the schemes of a contract.
    ///
    /// # Errors
    /// A sentence: a name that no header can have.
    pub fn load(entry: &SecurityEntry) -> Result<Self, String> {
        let schemes = entry.schemes.iter();
        let schemes = schemes.map(|scheme| Scheme::load(scheme, &entry.realm));
        Ok(Self {
            schemes: schemes.collect::<Result<_, _>>()?,
        })
    }

    /// The number of the scheme `name`.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.schemes.iter().position(|scheme| scheme.name == name)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Scheme> {
        self.schemes.iter()
    }

    pub fn get(&self, number: usize) -> &Scheme {
        &self.schemes[number]
    }
}

impl Scheme {
    /// The header that it reads, if it is one that a page of a browser can set.
    pub fn header(&self) -> Option<HeaderName> {
        match &self.kind {
            Kind::HeaderKey(name) => Some(name.clone()),
            Kind::Basic | Kind::Bearer | Kind::Http(_) => Some(header::AUTHORIZATION),
            Kind::QueryKey(_) | Kind::CookieKey(_) | Kind::MutualTls => None,
        }
    }

    fn load(entry: &SchemeEntry, realm: &str) -> Result<Self, String> {
        let kind = Kind::load(entry)?;
        let realm = quoted(realm);
        let challenge = match &kind {
            // Not registered: RFC 9110 requires a challenge with each 401, and there is none for keys and certificates.
            Kind::HeaderKey(name) => api_key(&realm, "header", name.as_str()),
            Kind::QueryKey(name) => api_key(&realm, "query", name),
            Kind::CookieKey(name) => api_key(&realm, "cookie", name),
            Kind::MutualTls => format!("MutualTLS realm={realm}"),
            Kind::Basic => format!("Basic realm={realm}, charset=\"UTF-8\""),
            Kind::Bearer => format!("Bearer realm={realm}"),
            Kind::Http(scheme) => format!("{scheme} realm={realm}"),
        };
        Ok(Self {
            name: entry.name.clone(),
            kind,
            challenge,
        })
    }

    /// The challenge for a request that has no credentials of the scheme, or wrong ones (RFC 6750, 3.1).
    pub fn challenge(&self, is_invalid: bool) -> Option<HeaderValue> {
        let error = match self.kind {
            Kind::Bearer if is_invalid => ", error=\"invalid_token\"",
            _ => "",
        };
        HeaderValue::from_str(&format!("{}{error}", self.challenge)).ok()
    }

    /// The challenge for credentials without these scopes, if the scheme has one.
    pub fn insufficient_scope(&self, scopes: &[String]) -> Option<HeaderValue> {
        let Kind::Bearer = self.kind else {
            return None;
        };
        let (challenge, scopes) = (&self.challenge, quoted(&scopes.join(" ")));
        let text = format!("{challenge}, error=\"insufficient_scope\", scope={scopes}");
        HeaderValue::from_str(&text).ok()
    }

    /// The name of the query parameter that is its key.
    pub fn query_key(&self) -> Option<&str> {
        match &self.kind {
            Kind::QueryKey(name) => Some(name),
            _ => None,
        }
    }

    /// Whether it reads the header `Authorization` by the name of a scheme in it.
    pub fn is_http(&self) -> bool {
        matches!(self.kind, Kind::Basic | Kind::Bearer | Kind::Http(_))
    }
}

impl Kind {
    fn load(entry: &SchemeEntry) -> Result<Self, String> {
        Ok(match &entry.kind {
            SchemeKind::ApiKey { part, parameter } => match part {
                Part::Header => Self::HeaderKey(header_name(parameter)?),
                Part::Query => Self::QueryKey(parameter.clone()),
                Part::Cookie => Self::CookieKey(parameter.clone()),
                Part::Path | Part::Body => {
                    return Err(format!("the key {parameter:?} is in no part that has keys"));
                }
            },
            SchemeKind::Basic => Self::Basic,
            SchemeKind::Bearer => Self::Bearer,
            SchemeKind::Http { scheme } => Self::Http(scheme.clone()),
            SchemeKind::MutualTls => Self::MutualTls,
        })
    }
}

fn header_name(name: &str) -> Result<HeaderName, String> {
    HeaderName::from_bytes(name.as_bytes()).map_err(|_| format!("no header has the name {name:?}"))
}

fn api_key(realm: &str, part: &str, name: &str) -> String {
    let name = quoted(name);
    format!("ApiKey realm={realm}, in=\"{part}\", name={name}")
}

/// A quoted string (RFC 9110, 5.6.4). Characters outside of ASCII and controls become `?`, since clients do not agree on their
/// encoding.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            ' '..='~' => quoted.push(letter),
            _ => quoted.push('?'),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_realm_is_one_quoted_string() {
        assert_eq!(quoted("A \"b\" \\ ä\n"), r#""A \"b\" \\ ??""#);
    }
}
