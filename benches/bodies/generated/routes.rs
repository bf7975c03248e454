// Generated from swagger.yml. Change the spec, then rebuild.

//! The operations over HTTP: decode, call, respond.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use spec_first::contract::Call;
use spec_first::contract::Routes;
use spec_first::problem::Problem;
use validator::Validate;

use super::bodies::Bodies;

/// All operations of the spec.
pub trait Api: Send + Sync + Bodies {}

impl<A: Send + Sync + Bodies> Api for A {}

/// Mounts the function for each operation.
pub fn mount<A: Api>(app: &Arc<A>, routes: &mut Routes) {
    routes.add("bodies.read_one", app, read_one);
    routes.add("bodies.echo_one", app, echo_one);
    routes.add("bodies.read_contacts", app, read_contacts);
    routes.add("bodies.echo_contacts", app, echo_contacts);
    routes.add("bodies.read_inexact", app, read_inexact);
    routes.add("bodies.echo_inexact", app, echo_inexact);
    routes.add("bodies.read_tree", app, read_tree);
    routes.add("bodies.echo_tree", app, echo_tree);
    routes.add("bodies.read_wide", app, read_wide);
    routes.add("bodies.echo_wide", app, echo_wide);
    routes.add("bodies.read_patterns", app, read_patterns);
    routes.add("bodies.echo_patterns", app, echo_patterns);
    routes.add("bodies.read_unions", app, read_unions);
    routes.add("bodies.echo_unions", app, echo_unions);
}

async fn read_one<A: Bodies>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let body = call.body(Validate::validate)?;
    let outcome = app.read_one(body);
    call.respond_empty(StatusCode::NO_CONTENT, outcome).await
}

async fn echo_one<A: Bodies>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let body = call.body(Validate::validate)?;
    let outcome = app.echo_one(body);
    call.respond(StatusCode::OK, Validate::validate, outcome)
        .await
}

async fn read_contacts<A: Bodies>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let body = call.body(Validate::validate)?;
    let outcome = app.read_contacts(body);
    call.respond_empty(StatusCode::NO_CONTENT, outcome).await
}

async fn echo_contacts<A: Bodies>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let body = call.body(Validate::validate)?;
    let outcome = app.echo_contacts(body);
    call.respond(StatusCode::OK, Validate::validate, outcome)
        .await
}

async fn read_inexact<A: Bodies>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let body = call.body(Validate::validate)?;
    let outcome = app.read_inexact(body);
    call.respond_empty(StatusCode::NO_CONTENT, outcome).await
}

async fn echo_inexact<A: Bodies>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let body = call.body(Validate::validate)?;
    let outcome = app.echo_inexact(body);
    call.respond(StatusCode::OK, Validate::validate, outcome)
        .await
}

async fn read_tree<A: Bodies>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let body = call.body(Validate::validate)?;
    let outcome = app.read_tree(body);
    call.respond_empty(StatusCode::NO_CONTENT, outcome).await
}

async fn echo_tree<A: Bodies>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let body = call.body(Validate::validate)?;
    let outcome = app.echo_tree(body);
    call.respond(StatusCode::OK, Validate::validate, outcome)
        .await
}

async fn read_wide<A: Bodies>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let body = call.body(Validate::validate)?;
    let outcome = app.read_wide(body);
    call.respond_empty(StatusCode::NO_CONTENT, outcome).await
}

async fn echo_wide<A: Bodies>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let body = call.body(Validate::validate)?;
    let outcome = app.echo_wide(body);
    call.respond(StatusCode::OK, Validate::validate, outcome)
        .await
}

async fn read_patterns<A: Bodies>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let body = call.body(Validate::validate)?;
    let outcome = app.read_patterns(body);
    call.respond_empty(StatusCode::NO_CONTENT, outcome).await
}

async fn echo_patterns<A: Bodies>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let body = call.body(Validate::validate)?;
    let outcome = app.echo_patterns(body);
    call.respond(StatusCode::OK, Validate::validate, outcome)
        .await
}

async fn read_unions<A: Bodies>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let body = call.body(Validate::validate)?;
    let outcome = app.read_unions(body);
    call.respond_empty(StatusCode::NO_CONTENT, outcome).await
}

async fn echo_unions<A: Bodies>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let body = call.body(Validate::validate)?;
    let outcome = app.echo_unions(body);
    call.respond(StatusCode::OK, Validate::validate, outcome)
        .await
}
