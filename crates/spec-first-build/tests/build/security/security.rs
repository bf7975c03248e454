//! Who may call the operations, by the security schemes.

use std::sync::Arc;

use spec_first::RequestHead;
use spec_first::contract::Call;
use spec_first::contract::Routes;
use spec_first::problem::Problem;
use spec_first::security::ApiKey;
use spec_first::security::Authenticated;
use spec_first::security::Authorization;
use spec_first::security::Basic;
use spec_first::security::Bearer;
use spec_first::security::Connection;
use spec_first::security::Rejection;

use super::mock::Mock;

/// Who may call: a method for each security scheme that an operation requires.
///
/// Each returns the principal that the credentials of a request belong to, with the scopes that they grant; an operation's
/// method receives the principal. Scopes are compared with those that the spec requires.
pub trait Authenticate: 'static {
    /// Who has credentials of `api-key`.
    type ApiKey: 'static;

    /// Who has credentials of `query-key`.
    type QueryKey: 'static;

    /// Who has credentials of `session`.
    type Session: 'static;

    /// Who has credentials of `basic`.
    type Basic: 'static;

    /// Who has credentials of `token`.
    type Token: 'static;

    /// Who has credentials of `oauth`.
    type Oauth: 'static;

    /// Who has credentials of `oidc`.
    type Oidc: 'static;

    /// Who has credentials of `digest`.
    type Digest: 'static;

    /// Who has credentials of `certificate`.
    type Certificate: 'static;

    /// Authenticates a request by `api-key`.
    ///
    /// A key, which the administrator gives out.
    async fn api_key(
        &self,
        credentials: ApiKey,
        head: &RequestHead,
    ) -> Result<Authenticated<Self::ApiKey>, Rejection>;

    /// Authenticates a request by `query-key`.
    async fn query_key(
        &self,
        credentials: ApiKey,
        head: &RequestHead,
    ) -> Result<Authenticated<Self::QueryKey>, Rejection>;

    /// Authenticates a request by `session`.
    async fn session(
        &self,
        credentials: ApiKey,
        head: &RequestHead,
    ) -> Result<Authenticated<Self::Session>, Rejection>;

    /// Authenticates a request by `basic`.
    async fn authenticate_basic(
        &self,
        credentials: Basic,
        head: &RequestHead,
    ) -> Result<Authenticated<Self::Basic>, Rejection>;

    /// Authenticates a request by `token`.
    async fn token(
        &self,
        credentials: Bearer,
        head: &RequestHead,
    ) -> Result<Authenticated<Self::Token>, Rejection>;

    /// Authenticates a request by `oauth`.
    async fn oauth(
        &self,
        credentials: Bearer,
        head: &RequestHead,
    ) -> Result<Authenticated<Self::Oauth>, Rejection>;

    /// Authenticates a request by `oidc`.
    async fn oidc(
        &self,
        credentials: Bearer,
        head: &RequestHead,
    ) -> Result<Authenticated<Self::Oidc>, Rejection>;

    /// Authenticates a request by `digest`.
    async fn digest(
        &self,
        credentials: Authorization,
        head: &RequestHead,
    ) -> Result<Authenticated<Self::Digest>, Rejection>;

    /// Authenticates a request by `certificate`.
    async fn authenticate_certificate(
        &self,
        credentials: Connection,
        head: &RequestHead,
    ) -> Result<Authenticated<Self::Certificate>, Rejection>;
}

/// Mounts the method for each scheme.
pub fn mount<A: Authenticate + Send + Sync>(app: &Arc<A>, routes: &mut Routes) {
    routes.authenticate("api-key", app, A::api_key);
    routes.authenticate("query-key", app, A::query_key);
    routes.authenticate("session", app, A::session);
    routes.authenticate("basic", app, A::authenticate_basic);
    routes.authenticate("token", app, A::token);
    routes.authenticate("oauth", app, A::oauth);
    routes.authenticate("oidc", app, A::oidc);
    routes.authenticate("digest", app, A::digest);
    routes.authenticate("certificate", app, A::authenticate_certificate);
}

/// Who calls, by the alternative that the request meets.
#[derive(Clone, Debug, PartialEq)]
pub enum ApiKeyOrBasicOrBasicAndToken<ApiKey, Basic, Token> {
    ApiKey(ApiKey),
    Basic(Basic),
    BasicAndToken(Basic, Token),
}

impl<ApiKey: 'static, Basic: 'static, Token: 'static>
    ApiKeyOrBasicOrBasicAndToken<ApiKey, Basic, Token>
{
    /// The principals of a call.
    ///
    /// # Errors
    /// 500 if it meets none of the alternatives.
    pub fn of(call: &Call) -> Result<Self, Problem> {
        if call.meets(&["api-key"]) {
            return Ok(Self::ApiKey(call.principal("api-key")?));
        }
        if call.meets(&["basic"]) {
            return Ok(Self::Basic(call.principal("basic")?));
        }
        Ok(Self::BasicAndToken(
            call.principal("basic")?,
            call.principal("token")?,
        ))
    }
}

/// Who calls, by the alternative that the request meets.
#[derive(Clone, Debug, PartialEq)]
pub enum ApiKeyOrToken<ApiKey, Token> {
    ApiKey(ApiKey),
    Token(Token),
}

impl<ApiKey: 'static, Token: 'static> ApiKeyOrToken<ApiKey, Token> {
    /// The principals of a call.
    ///
    /// # Errors
    /// 500 if it meets none of the alternatives.
    pub fn of(call: &Call) -> Result<Self, Problem> {
        if call.meets(&["api-key"]) {
            return Ok(Self::ApiKey(call.principal("api-key")?));
        }
        Ok(Self::Token(call.principal("token")?))
    }
}

/// Accepts all credentials that are well-formed.
impl Authenticate for Mock {
    type ApiKey = ();

    type QueryKey = ();

    type Session = ();

    type Basic = ();

    type Token = ();

    type Oauth = ();

    type Oidc = ();

    type Digest = ();

    type Certificate = ();

    async fn api_key(&self, _: ApiKey, _: &RequestHead) -> Result<Authenticated<()>, Rejection> {
        Ok(Authenticated::new(()).with_all_scopes())
    }

    async fn query_key(&self, _: ApiKey, _: &RequestHead) -> Result<Authenticated<()>, Rejection> {
        Ok(Authenticated::new(()).with_all_scopes())
    }

    async fn session(&self, _: ApiKey, _: &RequestHead) -> Result<Authenticated<()>, Rejection> {
        Ok(Authenticated::new(()).with_all_scopes())
    }

    async fn authenticate_basic(
        &self,
        _: Basic,
        _: &RequestHead,
    ) -> Result<Authenticated<()>, Rejection> {
        Ok(Authenticated::new(()).with_all_scopes())
    }

    async fn token(&self, _: Bearer, _: &RequestHead) -> Result<Authenticated<()>, Rejection> {
        Ok(Authenticated::new(()).with_all_scopes())
    }

    async fn oauth(&self, _: Bearer, _: &RequestHead) -> Result<Authenticated<()>, Rejection> {
        Ok(Authenticated::new(()).with_all_scopes())
    }

    async fn oidc(&self, _: Bearer, _: &RequestHead) -> Result<Authenticated<()>, Rejection> {
        Ok(Authenticated::new(()).with_all_scopes())
    }

    async fn digest(
        &self,
        _: Authorization,
        _: &RequestHead,
    ) -> Result<Authenticated<()>, Rejection> {
        Ok(Authenticated::new(()).with_all_scopes())
    }

    async fn authenticate_certificate(
        &self,
        _: Connection,
        _: &RequestHead,
    ) -> Result<Authenticated<()>, Rejection> {
        Ok(Authenticated::new(()).with_all_scopes())
    }
}
