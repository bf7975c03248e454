//! An application that responds with the examples in the spec.

use spec_first::RequestHead;
use spec_first::problem::Problem;

use super::SPEC;
use super::kinds::Kinds;
use super::notes::Notes;
use super::open::Open;
use super::security;
use super::security_operations::Security;
use super::types::ApiKey;

/// Responds to each operation with an example from the spec, or with a value made from its schema.
pub struct Mock;

impl Notes for Mock {
    async fn public(&self) -> Result<String, Problem> {
        SPEC.example("notes.public")
    }

    async fn inherited(&self, _: Self::Token) -> Result<String, Problem> {
        SPEC.example("notes.inherited")
    }

    async fn replace(
        &self,
        _: Self::Oauth,
        _: String,
        _: ApiKey,
        _: &RequestHead,
    ) -> Result<String, Problem> {
        SPEC.example("notes.replace")
    }

    async fn both(
        &self,
        _: Self::ApiKey,
        _: Self::Token,
        _: Option<String>,
        _: Option<String>,
    ) -> Result<String, Problem> {
        SPEC.example("notes.both")
    }

    async fn either(
        &self,
        _: security::ApiKeyOrBasicOrBasicAndToken<Self::ApiKey, Self::Basic, Self::Token>,
    ) -> Result<String, Problem> {
        SPEC.example("notes.either")
    }

    async fn either_in_another_order(
        &self,
        _: security::ApiKeyOrBasicOrBasicAndToken<Self::ApiKey, Self::Basic, Self::Token>,
    ) -> Result<String, Problem> {
        SPEC.example("notes.either_in_another_order")
    }

    async fn optional(&self, _: Option<Self::Token>) -> Result<String, Problem> {
        SPEC.example("notes.optional")
    }

    async fn optional_either(
        &self,
        _: Option<security::ApiKeyOrToken<Self::ApiKey, Self::Token>>,
    ) -> Result<String, Problem> {
        SPEC.example("notes.optional_either")
    }

    async fn optional_both(
        &self,
        _: Option<(Self::ApiKey, Self::Token)>,
        _: Option<String>,
        _: &RequestHead,
    ) -> Result<String, Problem> {
        SPEC.example("notes.optional_both")
    }
}

impl Security for Mock {
    async fn levels(&self, _: Self::Oauth) -> Result<String, Problem> {
        SPEC.example("security.levels")
    }

    async fn basic(&self, _: Self::Digest) -> Result<String, Problem> {
        SPEC.example("security.basic")
    }

    async fn certificate(&self, _: Self::Certificate) -> Result<String, Problem> {
        SPEC.example("security.certificate")
    }
}

impl Kinds for Mock {
    async fn by_header(&self, _: Self::ApiKey) -> Result<String, Problem> {
        SPEC.example("kinds.by_header")
    }

    async fn by_query(&self, _: Self::QueryKey) -> Result<String, Problem> {
        SPEC.example("kinds.by_query")
    }

    async fn by_cookie(&self, _: Self::Session) -> Result<String, Problem> {
        SPEC.example("kinds.by_cookie")
    }

    async fn by_basic(&self, _: Self::Basic) -> Result<String, Problem> {
        SPEC.example("kinds.by_basic")
    }

    async fn by_bearer(&self, _: Self::Token) -> Result<String, Problem> {
        SPEC.example("kinds.by_bearer")
    }

    async fn by_oauth(&self, _: Self::Oauth) -> Result<String, Problem> {
        SPEC.example("kinds.by_oauth")
    }

    async fn by_oidc(&self, _: Self::Oidc) -> Result<String, Problem> {
        SPEC.example("kinds.by_oidc")
    }

    async fn by_digest(&self, _: Self::Digest) -> Result<String, Problem> {
        SPEC.example("kinds.by_digest")
    }

    async fn by_certificate(&self, _: Self::Certificate) -> Result<String, Problem> {
        SPEC.example("kinds.by_certificate")
    }
}

impl Open for Mock {
    async fn read(&self, _: &RequestHead) -> Result<String, Problem> {
        SPEC.example("open.read")
    }
}
