//! What the authentication of a request returns.

use std::fmt;
use std::time::Duration;

use actix_web::http::header::HeaderValue;

/// Who credentials belong to, and the scopes that they grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authenticated<P> {
    pub(super) principal: P,
    pub(super) scopes: Scopes,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scopes {
    All,
    Of(Vec<String>),
}

impl<P> Authenticated<P> {
    /// A principal without any scope: an operation that requires one is answered with 403.
    pub fn new(principal: P) -> Self {
        Self {
            principal,
            scopes: Scopes::Of(Vec::new()),
        }
    }

    /// The same principal with these scopes, or roles. The server compares them with those in the spec.
    #[must_use]
    pub fn with_scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = Scopes::Of(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// The same principal with every scope.
    #[must_use]
    pub fn with_all_scopes(mut self) -> Self {
        self.scopes = Scopes::All;
        self
    }

    /// Who it is.
    pub fn principal(&self) -> &P {
        &self.principal
    }

    /// The same scopes of another principal.
    pub fn map<Q>(self, map: impl FnOnce(P) -> Q) -> Authenticated<Q> {
        Authenticated {
            principal: map(self.principal),
            scopes: self.scopes,
        }
    }

    /// Whether it has a scope.
    pub fn has_scope(&self, scope: &str) -> bool {
        match &self.scopes {
            Scopes::All => true,
            Scopes::Of(scopes) => scopes.iter().any(|it| it == scope),
        }
    }
}

/// Why a request is not authenticated.
#[derive(Clone, Debug)]
pub struct Rejection {
    pub(super) reason: Reason,
    /// For the client, or, of one that is unavailable, for the log.
    pub(super) detail: String,
    pub(super) retry_after: Duration,
    pub(super) challenge: Option<HeaderValue>,
}

/// In the order in which one precedes another where several alternatives are rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reason {
    Missing,
    Invalid,
    Forbidden,
    Unavailable,
}

impl Rejection {
    /// There are no credentials: 401. Only for a scheme whose credentials the server does not read itself, `mutualTLS`; others
    /// are not called without any.
    #[must_use]
    pub fn missing() -> Self {
        Self::new(Reason::Missing, "credentials are required")
    }

    /// The credentials are wrong or have expired: 401. The client reads `detail`.
    #[must_use]
    pub fn invalid(detail: impl Into<String>) -> Self {
        Self::new(Reason::Invalid, detail)
    }

    /// The credentials are right, and do not permit the operation: 403. The client reads `detail`.
    #[must_use]
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(Reason::Forbidden, detail)
    }

    /// The credentials cannot be checked now: 503 with `Retry-After`. The cause goes to the log, never to the client.
    #[must_use]
    pub fn unavailable(cause: impl fmt::Display) -> Self {
        Self::new(Reason::Unavailable, cause.to_string())
    }

    /// What is wrong: for the client, or, of one that is unavailable, for the log.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// Whether the credentials could not be checked.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        self.reason == Reason::Unavailable
    }

    fn new(reason: Reason, detail: impl Into<String>) -> Self {
        Self {
            reason,
            detail: detail.into(),
            retry_after: Duration::from_secs(5),
            challenge: None,
        }
    }

    /// The same rejection, after which a client may try again in this time, in whole seconds; 5 by default. Only for one that is
    /// unavailable.
    #[must_use]
    pub fn with_retry_after(mut self, retry_after: Duration) -> Self {
        self.retry_after = retry_after;
        self
    }

    /// The same rejection with a challenge of the application's own in place of the scheme's (`WWW-Authenticate`, RFC 9110,
    /// 11.6.1), such as one with the `nonce` of a digest.
    #[must_use]
    pub fn with_challenge(mut self, challenge: HeaderValue) -> Self {
        self.challenge = Some(challenge);
        self
    }
}
