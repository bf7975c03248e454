//! The operations over HTTP: decode, call, respond.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use spec_first::contract::Call;
use spec_first::contract::Respond;
use spec_first::contract::Routes;
use spec_first::contract::no_rules;
use spec_first::problem::Part;
use spec_first::problem::Problem;

use super::accounts::Accounts;
use super::plain::Plain;

/// All operations of the spec.
pub trait Api: Send + Sync + Accounts + Plain {}

impl<A: Send + Sync + Accounts + Plain> Api for A {}

/// Mounts the function for each operation.
pub fn mount<A: Api>(app: &Arc<A>, routes: &mut Routes) {
    routes.add("accounts.read", app, accounts_read);
    routes.add("accounts.close", app, close);
    routes.add("accounts.probe", app, probe);
    routes.add("accounts.open", app, open);
    routes.add("accounts.print", app, print);
    routes.add("accounts.list", app, list);
    routes.add("accounts.follow", app, follow);
    routes.add("plain.read", app, plain_read);
}

async fn accounts_read<A: Accounts>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let number = call.parameter(Part::Path, "number")?;
    let outcome = app.read(number);
    match outcome.await {
        Ok(body) => call.response(StatusCode::OK).body(no_rules, &body),
        Err(failure) => failure.respond(&call),
    }
}

async fn close<A: Accounts>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let number = call.parameter(Part::Path, "number")?;
    let outcome = app.close(number);
    match outcome.await {
        Ok(()) => call.response(StatusCode::NO_CONTENT).empty(),
        Err(failure) => failure.respond(&call),
    }
}

async fn probe<A: Accounts>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let number = call.parameter(Part::Path, "number")?;
    let outcome = app.probe(number);
    call.respond_empty(StatusCode::OK, outcome).await
}

async fn open<A: Accounts>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let number = call.parameter(Part::Path, "number")?;
    let outcome = app.open(number);
    match outcome.await {
        Ok(response) => response.respond(&call),
        Err(failure) => failure.respond(&call),
    }
}

async fn print<A: Accounts>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let number = call.parameter(Part::Path, "number")?;
    let outcome = app.print(number);
    match outcome.await {
        Ok(body) => call.response(StatusCode::OK).download(body),
        Err(failure) => failure.respond(&call),
    }
}

async fn list<A: Accounts>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let number = call.parameter(Part::Path, "number")?;
    let outcome = app.list(number);
    match outcome.await {
        Ok(body) => call.response(StatusCode::OK).items(no_rules, body),
        Err(failure) => failure.respond(&call),
    }
}

async fn follow<A: Accounts>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let number = call.parameter(Part::Path, "number")?;
    let outcome = app.follow(number);
    match outcome.await {
        Ok(body) => call.response(StatusCode::OK).events(no_rules, body),
        Err(failure) => failure.respond(&call),
    }
}

async fn plain_read<A: Plain>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let outcome = app.read();
    call.respond(StatusCode::OK, no_rules, outcome).await
}
