//! Bearer tokens that are JSON Web Tokens (RFC 7519), signed by somebody whose keys are known (feature `jwt`).
//!
//! ```
//! use spec_first::RequestHead;
//! use spec_first::security::jwt::{Algorithm, Jwt, Keys};
//! use spec_first::security::{Authenticated, Bearer, Rejection};
//!
//! #[derive(serde::Deserialize)]
//! struct User {
//!     sub: String,
//! }
//!
//! struct Application {
//!     tokens: Jwt,
//! }
//!
//! fn application() -> Result<Application, String> {
//!     let keys = Keys::url("https://login.example.com/.well-known/jwks.json")?;
//!     let tokens = Jwt::new(keys, [Algorithm::RS256])?
//!         .with_issuer("https://login.example.com/")
//!         .with_audience("https://api.example.com/");
//!     Ok(Application { tokens })
//! }
//!
//! // In the implementation of the generated trait `Authenticate`, whose type for the scheme is `User`.
//! impl Application {
//!     async fn bearer_auth(
//!         &self,
//!         token: Bearer,
//!         _: &RequestHead,
//!     ) -> Result<Authenticated<User>, Rejection> {
//!         self.tokens.verify(&token).await
//!     }
//! }
//! ```

mod key_set;
mod keys;
mod remote;

use std::fmt;
use std::time::Duration;

pub use jsonwebtoken::Algorithm;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Header, Validation, decode, decode_header};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::credentials::Bearer;
use super::outcome::{Authenticated, Rejection};

pub use self::keys::Keys;

/// The longest token that is verified, in bytes.
const LONGEST_TOKEN: usize = 16 * 1024;

/// Verifies JSON Web Tokens: by keys and algorithms that the application has chosen, never by what a token claims of itself.
pub struct Jwt {
    keys: Keys,
    algorithms: Vec<Algorithm>,
    validation: Validation,
}

impl Jwt {
    /// Tokens that are signed with one of `keys` by one of `algorithms`. A token has to have `exp`; one that has `aud` is
    /// rejected until [`Jwt::with_audience`] says which is right.
    ///
    /// # Errors
    /// A sentence: there is no algorithm, or the keys are of another family than one of them (RFC 8725, 3.1).
    pub fn new(
        keys: Keys,
        algorithms: impl IntoIterator<Item = Algorithm>,
    ) -> Result<Self, String> {
        let algorithms: Vec<_> = algorithms.into_iter().collect();
        let Some(first) = algorithms.first() else {
            return Err("a JWT needs at least one algorithm".to_owned());
        };
        let mut validation = Validation::new(*first);
        validation.validate_nbf = true;
        if let Some(wrong) = algorithms.iter().find(|it| !keys.are_for(**it)) {
            return Err(format!("no key can be used with the algorithm {wrong:?}"));
        }
        Ok(Self {
            keys,
            algorithms,
            validation,
        })
    }

    /// Requires this `iss`; of several calls, any of them.
    #[must_use]
    pub fn with_issuer(mut self, issuer: impl Into<String>) -> Self {
        let issuers = self.validation.iss.get_or_insert_default();
        issuers.insert(issuer.into());
        self.require("iss")
    }

    /// Requires this `aud`, or a list with it; of several calls, any of them.
    #[must_use]
    pub fn with_audience(mut self, audience: impl Into<String>) -> Self {
        let audiences = self.validation.aud.get_or_insert_default();
        audiences.insert(audience.into());
        self.require("aud")
    }

    /// How far the clocks of issuer and server may differ, in whole seconds; 60 by default.
    #[must_use]
    pub fn with_leeway(mut self, leeway: Duration) -> Self {
        self.validation.leeway = leeway.as_secs();
        self
    }

    fn require(mut self, claim: &str) -> Self {
        let claims = &mut self.validation.required_spec_claims;
        claims.insert(claim.to_owned());
        self
    }

    /// The claims of a token as a type, with the scopes in its claim `scope` (a text with spaces, RFC 8693) or `scp` (the same,
    /// or a list).
    ///
    /// # Errors
    /// A rejection: the token is wrong or has expired, or its key cannot be read now.
    pub async fn verify<C: DeserializeOwned>(
        &self,
        token: &Bearer,
    ) -> Result<Authenticated<C>, Rejection> {
        let token = token.expose();
        let claims = self.claims(token).await?;
        let scopes = scopes(&claims);
        let principal = serde_json::from_value(claims)
            .map_err(|_| Rejection::invalid("the token lacks claims that the server needs"))?;
        Ok(Authenticated::new(principal).with_scopes(scopes))
    }

    async fn claims(&self, token: &str) -> Result<Value, Rejection> {
        if token.len() > LONGEST_TOKEN {
            return Err(Rejection::invalid("the token is too long"));
        }
        let header = decode_header(token).map_err(|_| Rejection::invalid(UNREADABLE))?;
        if !self.algorithms.contains(&header.alg) {
            return Err(Rejection::invalid(
                "the token is signed by an algorithm that is not accepted",
            ));
        }
        self.signed(token, &header).await
    }

    /// The claims, if one of the keys that the header allows has signed them.
    async fn signed(&self, token: &str, header: &Header) -> Result<Value, Rejection> {
        let mut validation = self.validation.clone();
        validation.algorithms = vec![header.alg];
        let mut rejection = Rejection::invalid("the token is signed by an unknown key");
        for key in self.keys.of(header).await? {
            match decode::<Value>(token, &key, &validation) {
                Ok(data) => return Ok(data.claims),
                Err(error) => rejection = Rejection::invalid(detail(error.kind())),
            }
            // Only a wrong signature leaves it open that another key is the right one.
            if rejection.detail != WRONG_SIGNATURE {
                break;
            }
        }
        Err(rejection)
    }
}

impl fmt::Debug for Jwt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut jwt = formatter.debug_struct("Jwt");
        jwt.field("algorithms", &self.algorithms);
        jwt.finish_non_exhaustive()
    }
}

const UNREADABLE: &str = "the token is no JSON Web Token that can be read";
const WRONG_SIGNATURE: &str = "the signature of the token is wrong";

/// What is wrong with a token, for the client.
fn detail(error: &ErrorKind) -> String {
    match error {
        ErrorKind::InvalidSignature => WRONG_SIGNATURE.to_owned(),
        ErrorKind::ExpiredSignature => "the token has expired".to_owned(),
        ErrorKind::ImmatureSignature => "the token is not valid yet".to_owned(),
        ErrorKind::InvalidIssuer => "the token has another issuer".to_owned(),
        ErrorKind::InvalidAudience => "the token is for another audience".to_owned(),
        ErrorKind::MissingRequiredClaim(claim) => format!("the token lacks the claim {claim:?}"),
        _ => UNREADABLE.to_owned(),
    }
}

/// The scopes in the claims.
fn scopes(claims: &Value) -> Vec<String> {
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let named = ["scope", "scp"].iter().find_map(|name| claims.get(name));
    let scopes = match named {
        Some(Value::String(text)) => words(text),
        Some(Value::Array(list)) => {
            let texts = list.iter().filter_map(Value::as_str);
            texts.map(str::to_owned).collect()
        }
        _ => Vec::new(),
    };
    scopes.into_iter().filter(|it| !it.is_empty()).collect()
}
