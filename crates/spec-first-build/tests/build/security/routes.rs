//! The operations over HTTP: decode, call, respond.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use spec_first::contract::Call;
use spec_first::contract::Routes;
use spec_first::contract::no_rules;
use spec_first::problem::Part;
use spec_first::problem::Problem;

use super::kinds::Kinds;
use super::notes::Notes;
use super::open::Open;
use super::security;
use super::security_operations::Security;

/// All operations of the spec.
pub trait Api: Send + Sync + Notes + Security + Kinds + Open {}

impl<A: Send + Sync + Notes + Security + Kinds + Open> Api for A {}

/// Mounts the function for each operation.
pub fn mount<A: Api>(app: &Arc<A>, routes: &mut Routes) {
    security::mount(app, routes);
    routes.add("notes.public", app, public);
    routes.add("notes.inherited", app, inherited);
    routes.add("notes.replace", app, replace);
    routes.add("notes.both", app, both);
    routes.add("notes.either", app, either);
    routes.add(
        "notes.either_in_another_order",
        app,
        either_in_another_order,
    );
    routes.add("notes.optional", app, optional);
    routes.add("notes.optional_either", app, optional_either);
    routes.add("notes.optional_both", app, optional_both);
    routes.add("security.levels", app, levels);
    routes.add("security.basic", app, basic);
    routes.add("security.certificate", app, certificate);
    routes.add("kinds.by_header", app, by_header);
    routes.add("kinds.by_query", app, by_query);
    routes.add("kinds.by_cookie", app, by_cookie);
    routes.add("kinds.by_basic", app, by_basic);
    routes.add("kinds.by_bearer", app, by_bearer);
    routes.add("kinds.by_oauth", app, by_oauth);
    routes.add("kinds.by_oidc", app, by_oidc);
    routes.add("kinds.by_digest", app, by_digest);
    routes.add("kinds.by_certificate", app, by_certificate);
    routes.add("open.read", app, read);
}

async fn public<A: Notes>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let outcome = app.public();
    call.respond(StatusCode::OK, no_rules, outcome).await
}

async fn inherited<A: Notes>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let principal = call.principal("token")?;
    let outcome = app.inherited(principal);
    call.respond(StatusCode::OK, no_rules, outcome).await
}

async fn replace<A: Notes>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let principal = call.principal("oauth")?;
    let token = call.parameter(Part::Path, "token")?;
    let body = call.body(no_rules)?;
    let outcome = app.replace(principal, token, body, call.head());
    call.respond(StatusCode::OK, no_rules, outcome).await
}

async fn both<A: Notes>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let api_key = call.principal("api-key")?;
    let token = call.principal("token")?;
    let principal = call.parameter(Part::Query, "principal")?;
    let head = call.parameter(Part::Query, "head")?;
    let outcome = app.both(api_key, token, principal, head);
    call.respond(StatusCode::OK, no_rules, outcome).await
}

async fn either<A: Notes>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let principal = security::ApiKeyOrBasicOrBasicAndToken::of(&call)?;
    let outcome = app.either(principal);
    call.respond(StatusCode::OK, no_rules, outcome).await
}

async fn either_in_another_order<A: Notes>(
    app: Arc<A>,
    call: Call,
) -> Result<HttpResponse, Problem> {
    let principal = security::ApiKeyOrBasicOrBasicAndToken::of(&call)?;
    let outcome = app.either_in_another_order(principal);
    call.respond(StatusCode::OK, no_rules, outcome).await
}

async fn optional<A: Notes>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let principal = if call.is_anonymous() {
        None
    } else {
        Some(call.principal("token")?)
    };
    let outcome = app.optional(principal);
    call.respond(StatusCode::OK, no_rules, outcome).await
}

async fn optional_either<A: Notes>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let principal = if call.is_anonymous() {
        None
    } else {
        Some(security::ApiKeyOrToken::of(&call)?)
    };
    let outcome = app.optional_either(principal);
    call.respond(StatusCode::OK, no_rules, outcome).await
}

async fn optional_both<A: Notes>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let principal = if call.is_anonymous() {
        None
    } else {
        Some((call.principal("api-key")?, call.principal("token")?))
    };
    let head = call.parameter(Part::Query, "head")?;
    let outcome = app.optional_both(principal, head, call.head());
    call.respond(StatusCode::OK, no_rules, outcome).await
}

async fn levels<A: Security>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let principal = call.principal("oauth")?;
    let outcome = app.levels(principal);
    call.respond(StatusCode::OK, no_rules, outcome).await
}

async fn basic<A: Security>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let principal = call.principal("digest")?;
    let outcome = app.basic(principal);
    call.respond(StatusCode::OK, no_rules, outcome).await
}

async fn certificate<A: Security>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let principal = call.principal("certificate")?;
    let outcome = app.certificate(principal);
    call.respond(StatusCode::OK, no_rules, outcome).await
}

async fn by_header<A: Kinds>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let principal = call.principal("api-key")?;
    let outcome = app.by_header(principal);
    call.respond(StatusCode::OK, no_rules, outcome).await
}

async fn by_query<A: Kinds>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let principal = call.principal("query-key")?;
    let outcome = app.by_query(principal);
    call.respond(StatusCode::OK, no_rules, outcome).await
}

async fn by_cookie<A: Kinds>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let principal = call.principal("session")?;
    let outcome = app.by_cookie(principal);
    call.respond(StatusCode::OK, no_rules, outcome).await
}

async fn by_basic<A: Kinds>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let principal = call.principal("basic")?;
    let outcome = app.by_basic(principal);
    call.respond(StatusCode::OK, no_rules, outcome).await
}

async fn by_bearer<A: Kinds>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let principal = call.principal("token")?;
    let outcome = app.by_bearer(principal);
    call.respond(StatusCode::OK, no_rules, outcome).await
}

async fn by_oauth<A: Kinds>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let principal = call.principal("oauth")?;
    let outcome = app.by_oauth(principal);
    call.respond(StatusCode::OK, no_rules, outcome).await
}

async fn by_oidc<A: Kinds>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let principal = call.principal("oidc")?;
    let outcome = app.by_oidc(principal);
    call.respond(StatusCode::OK, no_rules, outcome).await
}

async fn by_digest<A: Kinds>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let principal = call.principal("digest")?;
    let outcome = app.by_digest(principal);
    call.respond(StatusCode::OK, no_rules, outcome).await
}

async fn by_certificate<A: Kinds>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let principal = call.principal("certificate")?;
    let outcome = app.by_certificate(principal);
    call.respond(StatusCode::OK, no_rules, outcome).await
}

async fn read<A: Open>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let outcome = app.read(call.head());
    call.respond(StatusCode::OK, no_rules, outcome).await
}
