//! The operations over HTTP: decode, call, respond.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use spec_first::contract::Call;
use spec_first::contract::Routes;
use spec_first::contract::no_rules;
use spec_first::problem::Part;
use spec_first::problem::Problem;
use validator::Validate;

use super::bookings::Bookings;
use super::exports::Exports;
use super::owners::Owners;
use super::pets::Pets;
use super::shapes::Shapes;
use super::types;

/// All operations of the spec.
pub trait Api: Send + Sync + Pets + Shapes + Bookings + Owners + Exports {}

impl<A: Send + Sync + Pets + Shapes + Bookings + Owners + Exports> Api for A {}

/// Mounts the function for each operation.
pub fn mount<A: Api>(app: &Arc<A>, routes: &mut Routes) {
    routes.add("pets.list", app, pets_list);
    routes.add("pets.create", app, create);
    routes.add("pets.change", app, change);
    routes.add("shapes.read", app, shapes_read);
    routes.add("shapes.add", app, shapes_add);
    routes.add("bookings.read", app, bookings_read);
    routes.add("bookings.add", app, bookings_add);
    routes.add("owners.list", app, owners_list);
    routes.add("owners.replace", app, replace);
    routes.add("owners.plant", app, plant);
    routes.add("exports.read", app, exports_read);
    routes.add("exports.text", app, text);
    routes.add("exports.file", app, file);
    routes.add("exports.size", app, size);
    routes.add("exports.watch", app, watch);
}

async fn pets_list<A: Pets>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let limit = call.parameter(Part::Query, "limit")?;
    let r#type = call.parameter(Part::Query, "type")?;
    let call_ = call.parameter(Part::Query, "call")?;
    let ids = call.parameter(Part::Query, "ids")?;
    let colors = call.parameter(Part::Query, "colors")?;
    let sort = call.parameter(Part::Query, "sort")?;
    let born = call.parameter(Part::Query, "born")?;
    let near = call.parameter(Part::Query, "near")?;
    let of = call.parameter(Part::Query, "of")?;
    let labels = call.parameter(Part::Query, "labels")?;
    let x_trace = call.parameter(Part::Header, "X-Trace")?;
    let outcome = app.list(
        limit, r#type, call_, ids, colors, sort, born, near, of, labels, x_trace,
    );
    call.respond(StatusCode::OK, Validate::validate, outcome)
        .await
}

async fn create<A: Pets>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let pet = call.body(Validate::validate)?;
    let outcome = app.create(pet);
    call.respond_any(outcome).await
}

async fn change<A: Pets>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let id = call.parameter(Part::Path, "id")?;
    let body = call.optional_body(Validate::validate)?;
    let outcome = app.change(id, body);
    call.respond(StatusCode::OK, Validate::validate, outcome)
        .await
}

async fn shapes_read<A: Shapes>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let wanted = call.parameter(Part::Query, "with")?;
    let outcome = app.read(wanted);
    call.respond(StatusCode::OK, Validate::validate, outcome)
        .await
}

async fn shapes_add<A: Shapes>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let body = call.body(Validate::validate)?;
    let outcome = app.add(body);
    call.respond(StatusCode::CREATED, Validate::validate, outcome)
        .await
}

async fn bookings_read<A: Bookings>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let outcome = app.read();
    call.respond(StatusCode::OK, Validate::validate, outcome)
        .await
}

async fn bookings_add<A: Bookings>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let body = call.body(Validate::validate)?;
    let outcome = app.add(body);
    call.respond(StatusCode::OK, Validate::validate, outcome)
        .await
}

async fn owners_list<A: Owners>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let outcome = app.list();
    call.respond(StatusCode::OK, types::check_list, outcome)
        .await
}

async fn replace<A: Owners>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let body = call.body(Validate::validate)?;
    let outcome = app.replace(body);
    call.respond(StatusCode::OK, no_rules, outcome).await
}

async fn plant<A: Owners>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let body = call.body(no_rules)?;
    let outcome = app.plant(body);
    call.respond(StatusCode::OK, no_rules, outcome).await
}

async fn exports_read<A: Exports>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let accept = call.accept();
    let outcome = app.read(accept);
    call.respond_any(outcome).await
}

async fn text<A: Exports>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let outcome = app.text();
    call.respond(StatusCode::OK, no_rules, outcome).await
}

async fn file<A: Exports>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let outcome = app.file();
    call.respond_download(StatusCode::OK, outcome).await
}

async fn size<A: Exports>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let outcome = app.size();
    call.respond_any(outcome).await
}

async fn watch<A: Exports>(app: Arc<A>, call: Call) -> Result<HttpResponse, Problem> {
    let outcome = app.watch();
    call.respond_events(StatusCode::OK, no_rules, outcome).await
}
