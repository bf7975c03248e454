//! The same operations by handlers that decode and encode with serde, and check nothing beyond what the types take.

use actix_web::HttpResponse;
use actix_web::web::{Json, JsonConfig, ServiceConfig, post, put, resource};
use chrono::{DateTime, NaiveDate, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::generated::types::{Node, Wide};

// What the build would write otherwise than somebody by hand.

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Contact {
    first: String,
    last: String,
    changed: DateTime<Utc>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Code {
    id: Uuid,
    country: String,
    number: String,
    address: String,
    day: NaiveDate,
}

/// serde finds the right variant by a member.
#[derive(Deserialize, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
enum Variant {
    Circle { radius: f64 },
    Rectangle { width: f64, height: f64 },
    Label { text: String },
}

/// Adds the routes of all shapes.
pub fn routes(config: &mut ServiceConfig, limit: usize) {
    config.app_data(JsonConfig::default().limit(limit));
    add::<Contact>(config, "/one");
    add::<Vec<Contact>>(config, "/contacts");
    add::<Vec<Contact>>(config, "/inexact");
    add::<Node>(config, "/tree");
    add::<Wide>(config, "/wide");
    add::<Vec<Code>>(config, "/patterns");
    add::<Vec<Variant>>(config, "/unions");
}

fn add<T: DeserializeOwned + Serialize + 'static>(config: &mut ServiceConfig, path: &str) {
    let resource = resource(path).route(put().to(read::<T>));
    config.service(resource.route(post().to(echo::<T>)));
}

async fn read<T>(body: Json<T>) -> HttpResponse {
    drop(body);
    HttpResponse::NoContent().finish()
}

async fn echo<T: Serialize>(body: Json<T>) -> HttpResponse {
    HttpResponse::Ok().json(body.into_inner())
}
