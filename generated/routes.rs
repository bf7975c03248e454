// Generated from swagger.yml. Change the spec, then rebuild.

//! The operations on the wire: decode, call, answer.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use validator::Validate;

use super::people::People;
use crate::contract::Call;
use crate::contract::Routes;
use crate::problem::Problem;

/// Everything that the spec asks of an application.
pub trait Api: People {}

impl<A: People> Api for A {}

/// Names the function that answers each operation.
pub fn mount<A: Api>(routes: &mut Routes) {
    routes.add("people.read_all", read_all::<A>);
    routes.add("people.create", create::<A>);
    routes.add("people.read_one", read_one::<A>);
    routes.add("people.update", update::<A>);
    routes.add("people.delete", delete::<A>);
}

async fn read_all<A: People>(app: Data<A>, call: Call) -> Result<HttpResponse, Problem> {
    let length = call.query("length")?;
    let offset = call.query("offset")?;
    let answer = app.read_all(length, offset);
    call.answer(StatusCode::OK, Validate::validate, answer)
        .await
}

async fn create<A: People>(app: Data<A>, call: Call) -> Result<HttpResponse, Problem> {
    let person = call.body(Validate::validate)?;
    let answer = app.create(person);
    call.answer(StatusCode::CREATED, Validate::validate, answer)
        .await
}

async fn read_one<A: People>(app: Data<A>, call: Call) -> Result<HttpResponse, Problem> {
    let lname = call.path("lname")?;
    let answer = app.read_one(lname);
    call.answer(StatusCode::OK, Validate::validate, answer)
        .await
}

async fn update<A: People>(app: Data<A>, call: Call) -> Result<HttpResponse, Problem> {
    let lname = call.path("lname")?;
    let person = call.body(Validate::validate)?;
    let answer = app.update(lname, person);
    call.answer(StatusCode::OK, Validate::validate, answer)
        .await
}

async fn delete<A: People>(app: Data<A>, call: Call) -> Result<HttpResponse, Problem> {
    let lname = call.path("lname")?;
    let answer = app.delete(lname);
    call.empty_answer(StatusCode::NO_CONTENT, answer).await
}
