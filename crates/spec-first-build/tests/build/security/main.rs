//! An application that authenticates, and answers with what each method received.

use std::process::ExitCode;

use clap::Parser;
use spec_first::options::{self, Options};
use spec_first::problem::Problem;
use spec_first::security::{
    ApiKey, Authenticated, Authorization, Basic, Bearer, Connection, Rejection,
};
use spec_first::{RequestHead, Server};
use tasks::generated::kinds::Kinds;
use tasks::generated::notes::Notes;
use tasks::generated::open::Open;
use tasks::generated::security::{ApiKeyOrBasicOrBasicAndToken, ApiKeyOrToken, Authenticate};
use tasks::generated::security_operations::Security;
use tasks::generated::{self, types};

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    options: Options,
}

struct Application;

/// A client of the API key.
struct Client(u8);

impl Authenticate for Application {
    type ApiKey = Client;
    type Basic = String;
    type Token = &'static str;
    type Oauth = String;
    type QueryKey = u32;
    type Session = String;
    type Oidc = String;
    type Digest = String;
    type Certificate = String;

    async fn api_key(
        &self,
        key: ApiKey,
        _: &RequestHead,
    ) -> Result<Authenticated<Client>, Rejection> {
        match key.expose() {
            "key-7" => Ok(Authenticated::new(Client(7))),
            "old" => Err(Rejection::invalid("the key has expired")),
            "locked" => Err(Rejection::forbidden("the account is locked")),
            "down" => Err(Rejection::unavailable("the database is down")),
            _ => Err(Rejection::invalid("the key is unknown")),
        }
    }

    async fn query_key(
        &self,
        key: ApiKey,
        _: &RequestHead,
    ) -> Result<Authenticated<u32>, Rejection> {
        let number = key.expose().parse().map(Authenticated::new);
        number.map_err(|_| Rejection::invalid("the key is unknown"))
    }

    async fn session(
        &self,
        key: ApiKey,
        _: &RequestHead,
    ) -> Result<Authenticated<String>, Rejection> {
        match key.expose().strip_prefix("of ") {
            Some(name) => Ok(Authenticated::new(name.to_owned())),
            None => Err(Rejection::invalid("the session has ended")),
        }
    }

    async fn authenticate_basic(
        &self,
        basic: Basic,
        _: &RequestHead,
    ) -> Result<Authenticated<String>, Rejection> {
        match basic.is("ann", "secret") {
            true => Ok(Authenticated::new(basic.name().to_owned())),
            false => Err(Rejection::invalid("the password is wrong")),
        }
    }

    async fn token(
        &self,
        token: Bearer,
        _: &RequestHead,
    ) -> Result<Authenticated<&'static str>, Rejection> {
        match token.expose() {
            "bob" => Ok(Authenticated::new("bob")),
            "old" => Err(Rejection::invalid("the token has expired")),
            _ => Err(Rejection::invalid("the token is unknown")),
        }
    }

    async fn oauth(
        &self,
        token: Bearer,
        head: &RequestHead,
    ) -> Result<Authenticated<String>, Rejection> {
        let scopes = token.expose().split('.').map(|it| format!("notes:{it}"));
        Ok(Authenticated::new(head.operation().to_owned()).with_scopes(scopes))
    }

    async fn oidc(
        &self,
        token: Bearer,
        _: &RequestHead,
    ) -> Result<Authenticated<String>, Rejection> {
        match token.expose().split_once('.') {
            Some((name, scope)) => Ok(Authenticated::new(name.to_owned()).with_scopes([scope])),
            None => Err(Rejection::invalid("the token is unknown")),
        }
    }

    async fn digest(
        &self,
        digest: Authorization,
        _: &RequestHead,
    ) -> Result<Authenticated<String>, Rejection> {
        match digest.expose() {
            "a=b" => Err(Rejection::invalid("the nonce has expired")),
            other => Ok(Authenticated::new(other.to_owned())),
        }
    }

    async fn authenticate_certificate(
        &self,
        _: Connection,
        head: &RequestHead,
    ) -> Result<Authenticated<String>, Rejection> {
        let certificate = head.headers().get("client-cert");
        match certificate.and_then(|it| it.to_str().ok()) {
            None => Err(Rejection::missing()),
            Some("old") => Err(Rejection::invalid("the certificate has expired")),
            Some(name) => Ok(Authenticated::new(name.to_owned())),
        }
    }
}

impl Notes for Application {
    async fn public(&self) -> Result<String, Problem> {
        Ok("anybody".to_owned())
    }

    async fn inherited(&self, principal: &'static str) -> Result<String, Problem> {
        Ok(principal.to_owned())
    }

    async fn replace(
        &self,
        principal: String,
        token: String,
        body: types::ApiKey,
        head: &RequestHead,
    ) -> Result<String, Problem> {
        let (method, id) = (head.method(), head.request_id());
        let id = id.unwrap_or_default();
        Ok(format!("{principal} {token} {} {method} {id}", body.text))
    }

    async fn both(
        &self,
        api_key: Client,
        token: &'static str,
        principal: Option<String>,
        head: Option<String>,
    ) -> Result<String, Problem> {
        Ok(format!("{} {token} {principal:?} {head:?}", api_key.0))
    }

    async fn either(
        &self,
        principal: ApiKeyOrBasicOrBasicAndToken<Client, String, &'static str>,
    ) -> Result<String, Problem> {
        Ok(match principal {
            ApiKeyOrBasicOrBasicAndToken::ApiKey(client) => client.0.to_string(),
            ApiKeyOrBasicOrBasicAndToken::Basic(name) => name,
            ApiKeyOrBasicOrBasicAndToken::BasicAndToken(name, token) => format!("{name} {token}"),
        })
    }

    async fn either_in_another_order(
        &self,
        principal: ApiKeyOrBasicOrBasicAndToken<Client, String, &'static str>,
    ) -> Result<String, Problem> {
        self.either(principal).await
    }

    async fn optional(&self, principal: Option<Self::Token>) -> Result<String, Problem> {
        Ok(format!("{principal:?}"))
    }

    async fn optional_either(
        &self,
        principal: Option<ApiKeyOrToken<Self::ApiKey, Self::Token>>,
    ) -> Result<String, Problem> {
        Ok(match principal {
            Some(ApiKeyOrToken::ApiKey(client)) => client.0.to_string(),
            Some(ApiKeyOrToken::Token(token)) => token.to_owned(),
            None => "anybody".to_owned(),
        })
    }

    async fn optional_both(
        &self,
        principal: Option<(Client, &'static str)>,
        head: Option<String>,
        head_2: &RequestHead,
    ) -> Result<String, Problem> {
        let principal = principal.map(|(client, token)| format!("{} {token}", client.0));
        Ok(format!("{principal:?} {head:?} {}", head_2.uri()))
    }
}

impl Security for Application {
    async fn levels(&self, principal: String) -> Result<String, Problem> {
        Ok(principal)
    }

    async fn basic(&self, principal: String) -> Result<String, Problem> {
        Ok(principal)
    }

    async fn certificate(&self, principal: String) -> Result<String, Problem> {
        Ok(principal)
    }
}

impl Kinds for Application {
    async fn by_header(&self, principal: Client) -> Result<String, Problem> {
        Ok(format!("client {}", principal.0))
    }

    async fn by_query(&self, principal: u32) -> Result<String, Problem> {
        Ok(format!("number {principal}"))
    }

    async fn by_cookie(&self, principal: String) -> Result<String, Problem> {
        Ok(principal)
    }

    async fn by_basic(&self, principal: String) -> Result<String, Problem> {
        Ok(principal)
    }

    async fn by_bearer(&self, principal: &'static str) -> Result<String, Problem> {
        Ok(principal.to_owned())
    }

    async fn by_oauth(&self, principal: String) -> Result<String, Problem> {
        Ok(principal)
    }

    async fn by_oidc(&self, principal: String) -> Result<String, Problem> {
        Ok(principal)
    }

    async fn by_digest(&self, principal: String) -> Result<String, Problem> {
        Ok(principal)
    }

    async fn by_certificate(&self, principal: String) -> Result<String, Problem> {
        Ok(principal)
    }
}

impl Open for Application {
    async fn read(&self, head: &RequestHead) -> Result<String, Problem> {
        let agent = head.headers().get("x-agent");
        let agent = agent.and_then(|it| it.to_str().ok()).unwrap_or_default();
        let peer = head.peer_address().map(|it| it.ip().to_string());
        Ok(format!(
            "{} {agent} {}",
            head.operation(),
            peer.unwrap_or_default()
        ))
    }
}

fn main() -> ExitCode {
    options::main("TASKS", |arguments: Arguments| {
        Server::new(generated::api(Application), arguments.options).run()
    })
}
