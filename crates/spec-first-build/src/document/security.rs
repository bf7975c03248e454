//! Security scheme objects: where they are, and what each reads of a request.

use serde_json::Value;
use spec_first::schema::is_token;

use super::document::Document;
use super::grammar::Version;
use super::parameters::Part;
use crate::text::Location;

/// What a request sends for a scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// `apiKey`: a header, a query parameter or a cookie.
    ApiKey {
        /// The part of the request.
        part: Part,
        /// Its name there.
        name: String,
    },
    /// `basic` in 2.0, `http` with this scheme in 3.x (RFC 7617).
    Basic,
    /// `http` with this scheme (RFC 6750).
    Bearer {
        /// `bearerFormat`.
        format: Option<String>,
    },
    /// `oauth2`: a bearer token.
    OAuth2,
    /// `openIdConnect`: a bearer token.
    OpenIdConnect,
    /// `http` with another scheme, as the document writes it.
    Http {
        /// For example `digest`.
        scheme: String,
    },
    /// `mutualTLS`: a certificate, which belongs to the connection.
    MutualTls,
}

impl SchemeKind {
    /// What a request sends for a scheme object.
    ///
    /// # Errors
    /// The member that is missing or has no meaning.
    pub(crate) fn of(scheme: &Value) -> Result<SchemeKind, &'static str> {
        let member = |name: &'static str| {
            let text = scheme.get(name).and_then(Value::as_str);
            text.filter(|text| !text.is_empty()).ok_or(name)
        };
        Ok(match member("type")? {
            "apiKey" => {
                let part = key_part(member("in")?).ok_or("in")?;
                let name = member("name")?.to_owned();
                if part == Part::Header && !is_token(&name) {
                    return Err("name");
                }
                SchemeKind::ApiKey { part, name }
            }
            "basic" => SchemeKind::Basic,
            "http" => http_kind(scheme, member("scheme")?)?,
            "oauth2" => SchemeKind::OAuth2,
            "openIdConnect" => SchemeKind::OpenIdConnect,
            "mutualTLS" => SchemeKind::MutualTls,
            _ => return Err("type"),
        })
    }
}

/// Where a document declares its schemes.
pub(crate) fn declared_schemes(document: &Document) -> Location {
    match document.version() {
        Version::Swagger2 => document.root().member("securityDefinitions"),
        _ => document
            .root()
            .member("components")
            .member("securitySchemes"),
    }
}

fn key_part(part: &str) -> Option<Part> {
    match part {
        "header" => Some(Part::Header),
        "query" => Some(Part::Query),
        "cookie" => Some(Part::Cookie),
        _ => None,
    }
}

/// The case of a scheme's name does not matter (RFC 9110, 11.1).
fn http_kind(scheme: &Value, name: &str) -> Result<SchemeKind, &'static str> {
    let format = scheme.get("bearerFormat").and_then(Value::as_str);
    Ok(match name.to_ascii_lowercase().as_str() {
        "basic" => SchemeKind::Basic,
        "bearer" => SchemeKind::Bearer {
            format: format.map(str::to_owned),
        },
        lower if is_token(lower) => SchemeKind::Http {
            scheme: name.to_owned(),
        },
        _ => return Err("scheme"),
    })
}
