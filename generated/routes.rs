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

use super::people::People;

/// All operations of the spec.
pub trait Api: Send + Sync + People {}

impl<A: Send + Sync + People> Api for A {}

/// Mounts the function for each operation.
pub fn mount<A: Api>(app: &Arc<A>, routes: &mut Routes) {
    routes.add("people.read_all", app, read_all);
    routes.add("people.create", app, create);
    routes.add("people.read_one", app, read_one);
    routes.add("people.update", app, update);
    routes.add("people.delete", app, delete);
}

async fn read_all<A: People>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let length = call.parameter(Part::Query, "length")?;
    let offset = call.parameter(Part::Query, "offset")?;
    let after = call.parameter(Part::Query, "after")?;
    let q = call.parameter(Part::Query, "q")?;
    let outcome = app.read_all(length, offset, after, q);
    call.respond_any(outcome).await
}

async fn create<A: People>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let person = call.body(Validate::validate)?;
    let outcome = app.create(person);
    call.respond_any(outcome).await
}

async fn read_one<A: People>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let lname = call.parameter(Part::Path, "lname")?;
    let if_match = call.parameter(Part::Header, "If-Match")?;
    let if_none_match = call.parameter(Part::Header, "If-None-Match")?;
    let outcome = app.read_one(lname, if_match, if_none_match);
    call.respond_any(outcome).await
}

async fn update<A: People>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let lname = call.parameter(Part::Path, "lname")?;
    let if_match = call.parameter(Part::Header, "If-Match")?;
    let if_none_match = call.parameter(Part::Header, "If-None-Match")?;
    let person = call.body(Validate::validate)?;
    let outcome = app.update(lname, if_match, if_none_match, person);
    call.respond_any(outcome).await
}

async fn delete<A: People>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let lname = call.parameter(Part::Path, "lname")?;
    let if_match = call.parameter(Part::Header, "If-Match")?;
    let if_none_match = call.parameter(Part::Header, "If-None-Match")?;
    let outcome = app.delete(lname, if_match, if_none_match);
    call.respond_empty(StatusCode::NO_CONTENT, outcome).await
}
