//! The operations on the wire: decode, call, answer.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use validator::Validate;

use super::owners::Owners;
use super::pets::Pets;
use super::shapes::Shapes;
use crate::contract::Call;
use crate::contract::Routes;
use crate::contract::unruled;
use crate::problem::Problem;

/// Everything that the spec asks of an application.
pub trait Api: Pets + Shapes + Owners {}

impl<A: Pets + Shapes + Owners> Api for A {}

/// Names the function that answers each operation.
pub fn mount<A: Api>(routes: &mut Routes) {
    routes.add("pets.list", pets_list::<A>);
    routes.add("pets.create", create::<A>);
    routes.add("pets.change", change::<A>);
    routes.add("shapes.read", read::<A>);
    routes.add("shapes.add", add::<A>);
    routes.add("owners.list", owners_list::<A>);
    routes.add("owners.replace", replace::<A>);
    routes.add("owners.plant", plant::<A>);
}

async fn pets_list<A: Pets>(app: Data<A>, call: Call) -> Result<HttpResponse, Problem> {
    let limit = call.query("limit")?;
    let r#type = call.query("type")?;
    let call_ = call.query("call")?;
    let answer = app.list(limit, r#type, call_);
    call.answer(StatusCode::OK, Validate::validate, answer)
        .await
}

async fn create<A: Pets>(app: Data<A>, call: Call) -> Result<HttpResponse, Problem> {
    let pet = call.body(Validate::validate)?;
    let answer = app.create(pet);
    call.any_answer(answer).await
}

async fn change<A: Pets>(app: Data<A>, call: Call) -> Result<HttpResponse, Problem> {
    let id = call.path("id")?;
    let body = call.optional_body(Validate::validate)?;
    let answer = app.change(id, body);
    call.answer(StatusCode::OK, Validate::validate, answer)
        .await
}

async fn read<A: Shapes>(app: Data<A>, call: Call) -> Result<HttpResponse, Problem> {
    let wanted = call.query("with")?;
    let answer = app.read(wanted);
    call.answer(StatusCode::OK, Validate::validate, answer)
        .await
}

async fn add<A: Shapes>(app: Data<A>, call: Call) -> Result<HttpResponse, Problem> {
    let body = call.body(Validate::validate)?;
    let answer = app.add(body);
    call.answer(StatusCode::CREATED, Validate::validate, answer)
        .await
}

async fn owners_list<A: Owners>(app: Data<A>, call: Call) -> Result<HttpResponse, Problem> {
    let answer = app.list();
    call.answer(StatusCode::OK, unruled, answer).await
}

async fn replace<A: Owners>(app: Data<A>, call: Call) -> Result<HttpResponse, Problem> {
    let body = call.body(Validate::validate)?;
    let answer = app.replace(body);
    call.answer(StatusCode::OK, unruled, answer).await
}

async fn plant<A: Owners>(app: Data<A>, call: Call) -> Result<HttpResponse, Problem> {
    let body = call.body(unruled)?;
    let answer = app.plant(body);
    call.answer(StatusCode::OK, unruled, answer).await
}
