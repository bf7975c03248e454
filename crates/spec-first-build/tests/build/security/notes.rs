//! The operations of `notes`.

use spec_first::RequestHead;
use spec_first::problem::Problem;

use super::security;
use super::types::ApiKey;

/// What the application does for each operation of `notes`.
///
/// A call's arguments have passed the checks in the spec.
pub trait Notes: security::Authenticate {
    /// `GET /public`.
    async fn public(&self) -> Result<String, Problem>;

    /// Read it: `GET /inherited`.
    ///
    /// Requires `token`.
    async fn inherited(&self, principal: Self::Token) -> Result<String, Problem>;

    /// `PUT /notes/{token}`.
    ///
    /// Requires `oauth` with `notes:read`, `notes:write`.
    async fn replace(
        &self,
        principal: Self::Oauth,
        token: String,
        body: ApiKey,
        head: &RequestHead,
    ) -> Result<String, Problem>;

    /// `GET /both`.
    ///
    /// Requires `token` and `api-key`.
    async fn both(
        &self,
        api_key: Self::ApiKey,
        token: Self::Token,
        principal: Option<String>,
        head: Option<String>,
    ) -> Result<String, Problem>;

    /// `GET /either`.
    ///
    /// Requires `basic`, or `api-key`, or `token` with `admin` and `basic`.
    async fn either(
        &self,
        principal: security::ApiKeyOrBasicOrBasicAndToken<Self::ApiKey, Self::Basic, Self::Token>,
    ) -> Result<String, Problem>;

    /// `POST /either`.
    ///
    /// Requires `api-key`, or `token` and `basic`, or `basic`.
    async fn either_in_another_order(
        &self,
        principal: security::ApiKeyOrBasicOrBasicAndToken<Self::ApiKey, Self::Basic, Self::Token>,
    ) -> Result<String, Problem>;

    /// `GET /optional`.
    ///
    /// Requires nothing, or `token`.
    async fn optional(&self, principal: Option<Self::Token>) -> Result<String, Problem>;

    /// `POST /optional`.
    ///
    /// Requires `api-key`, or `token`, or nothing.
    async fn optional_either(
        &self,
        principal: Option<security::ApiKeyOrToken<Self::ApiKey, Self::Token>>,
    ) -> Result<String, Problem>;

    /// `PUT /optional`.
    ///
    /// Requires `api-key` and `token`, or nothing.
    async fn optional_both(
        &self,
        principal: Option<(Self::ApiKey, Self::Token)>,
        head: Option<String>,
        head_2: &RequestHead,
    ) -> Result<String, Problem>;
}
