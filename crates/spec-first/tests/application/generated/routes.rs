// Generated from swagger.yml. Change the spec, then rebuild.

//! The operations over HTTP: decode, call, respond.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use spec_first::contract::Call;
use spec_first::contract::Routes;
use spec_first::problem::Part;
use spec_first::problem::Problem;
use validator::Validate;

use super::tasks::Tasks;

/// All operations of the spec.
pub trait Api: Send + Sync + Tasks {}

impl<A: Send + Sync + Tasks> Api for A {}

/// Mounts the function for each operation.
pub fn mount<A: Api>(app: &Arc<A>, routes: &mut Routes) {
    routes.add("tasks.list", app, list);
    routes.add("tasks.add", app, add);
    routes.add("tasks.read", app, read);
    routes.add("tasks.export", app, export);
    routes.add("tasks.attach", app, attach);
}

async fn list<A: Tasks>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let states = call.parameter(Part::Query, "state")?;
    let due = call.parameter(Part::Query, "due")?;
    let limit = call.parameter(Part::Query, "limit")?;
    let outcome = app.list(states, due, limit);
    call.respond(StatusCode::OK, Validate::validate, outcome)
        .await
}

async fn add<A: Tasks>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let task = call.body(Validate::validate)?;
    let outcome = app.add(task);
    call.respond_any(outcome).await
}

async fn read<A: Tasks>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let number = call.parameter(Part::Path, "number")?;
    let outcome = app.read(number);
    call.respond(StatusCode::OK, Validate::validate, outcome)
        .await
}

async fn export<A: Tasks>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let accept = call.accept();
    let outcome = app.export(accept);
    call.respond_any(outcome).await
}

async fn attach<A: Tasks>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let number = call.parameter(Part::Path, "number")?;
    let attachment = call.any_body()?;
    let outcome = app.attach(number, attachment);
    call.respond(StatusCode::CREATED, Validate::validate, outcome)
        .await
}
