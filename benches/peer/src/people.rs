//! The operations.

use std::collections::btree_map::Entry;

use actix_web::error::{InternalError, JsonPayloadError};
use actix_web::http::StatusCode;
use actix_web::http::header::{
    CONTENT_TYPE, ETAG, HeaderName, HeaderValue, IF_MATCH, IF_NONE_MATCH, LOCATION,
};
use actix_web::web::{Data, Json, Path, Query};
use actix_web::{Error, HttpRequest, HttpResponse, HttpResponseBuilder};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use crate::store::{self, Row, Store};

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const PROBLEM: HeaderValue = HeaderValue::from_static("application/problem+json");
const TOTAL: HeaderName = HeaderName::from_static("x-total-count");

#[derive(Deserialize)]
pub struct Part {
    #[serde(default = "longest")]
    length: usize,
    #[serde(default)]
    offset: usize,
    after: Option<String>,
    #[serde(default)]
    q: String,
}

fn longest() -> usize {
    1000
}

#[derive(Deserialize)]
pub struct NewPerson {
    fname: String,
    lname: String,
}

#[derive(Deserialize)]
pub struct PersonUpdate {
    fname: String,
    lname: Option<String>,
}

#[derive(Serialize)]
struct Problem<'a> {
    r#type: &'a str,
    title: &'a str,
    status: u16,
    detail: &'a str,
}

pub async fn read_all(store: Data<Store>, part: Query<Part>) -> HttpResponse {
    let rows = store.read();
    let (people, total) = store::page(
        &rows,
        &part.q,
        part.after.as_deref(),
        part.offset,
        part.length,
    );
    let mut body = Vec::with_capacity(2 + 96 * people.len());
    match serde_json::to_writer(&mut body, &people) {
        Ok(()) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, JSON))
            .insert_header((TOTAL, HeaderValue::from(total)))
            .body(body),
        Err(error) => failed(&error),
    }
}

pub async fn create(store: Data<Store>, new: Json<NewPerson>) -> HttpResponse {
    let NewPerson { fname, lname } = new.into_inner();
    match store.write().entry(lname) {
        Entry::Occupied(taken) => {
            let detail = format!("Person with last name {} already exists", taken.key());
            problem(StatusCode::CONFLICT, &detail)
        }
        Entry::Vacant(free) => {
            const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
                .remove(b'-')
                .remove(b'.')
                .remove(b'_')
                .remove(b'~');
            let location = format!("people/{}", utf8_percent_encode(free.key(), ESCAPED));
            let row = Row::new(fname, free.key().clone());
            let row = free.insert(row);
            person(
                HttpResponse::Created().insert_header((LOCATION, location)),
                row,
            )
        }
    }
}

pub async fn read_one(
    request: HttpRequest,
    store: Data<Store>,
    lname: Path<String>,
) -> HttpResponse {
    let rows = store.read();
    let Some(row) = rows.get(lname.as_str()) else {
        return not_found(&lname);
    };
    let condition = Condition::of(&request);
    if !condition.requires(row) {
        return changed(&lname);
    }
    match condition.excludes(row) {
        true => HttpResponse::NotModified()
            .insert_header((ETAG, row.tag()))
            .finish(),
        false => person(&mut HttpResponse::Ok(), row),
    }
}

pub async fn update(
    request: HttpRequest,
    store: Data<Store>,
    lname: Path<String>,
    update: Json<PersonUpdate>,
) -> HttpResponse {
    let PersonUpdate {
        fname,
        lname: other,
    } = update.into_inner();
    if let Some(other) = other.filter(|other| *other != *lname) {
        let detail = format!("The last name {lname} cannot be changed to {other}");
        return problem(StatusCode::CONFLICT, &detail);
    }
    let mut rows = store.write();
    let Some(row) = rows.get_mut(lname.as_str()) else {
        return not_found(&lname);
    };
    let condition = Condition::of(&request);
    if !condition.requires(row) || condition.excludes(row) {
        return changed(&lname);
    }
    *row = Row::new(fname, lname.into_inner());
    person(&mut HttpResponse::Ok(), row)
}

pub async fn delete(request: HttpRequest, store: Data<Store>, lname: Path<String>) -> HttpResponse {
    let mut rows = store.write();
    let Some(row) = rows.get(lname.as_str()) else {
        return not_found(&lname);
    };
    let condition = Condition::of(&request);
    if !condition.requires(row) || condition.excludes(row) {
        return changed(&lname);
    }
    rows.remove(lname.as_str());
    HttpResponse::NoContent().finish()
}

/// What a body that serde does not take is answered with.
pub fn bad_body(error: JsonPayloadError, _: &HttpRequest) -> Error {
    let response = problem(StatusCode::BAD_REQUEST, &error.to_string());
    InternalError::from_response(error, response).into()
}

/// On which version of a person a request depends.
struct Condition<'a> {
    only: Option<&'a str>,
    except: Option<&'a str>,
}

impl<'a> Condition<'a> {
    fn of(request: &'a HttpRequest) -> Self {
        let value = |name: HeaderName| request.headers().get(name)?.to_str().ok();
        Self {
            only: value(IF_MATCH),
            except: value(IF_NONE_MATCH),
        }
    }

    fn requires(&self, row: &Row) -> bool {
        self.only
            .is_none_or(|tags| tags == "*" || tags.contains(&row.tag()))
    }

    fn excludes(&self, row: &Row) -> bool {
        self.except
            .is_some_and(|tags| tags == "*" || tags.contains(&row.tag()))
    }
}

fn person(response: &mut HttpResponseBuilder, row: &Row) -> HttpResponse {
    let mut body = Vec::with_capacity(128);
    match serde_json::to_writer(&mut body, &row.person) {
        Ok(()) => response
            .insert_header((CONTENT_TYPE, JSON))
            .insert_header((ETAG, row.tag()))
            .body(body),
        Err(error) => failed(&error),
    }
}

fn not_found(lname: &str) -> HttpResponse {
    let detail = format!("Person with last name {lname} not found");
    problem(StatusCode::NOT_FOUND, &detail)
}

fn changed(lname: &str) -> HttpResponse {
    let detail =
        format!("Person with last name {lname} is not as If-Match or If-None-Match requires");
    problem(StatusCode::PRECONDITION_FAILED, &detail)
}

fn problem(status: StatusCode, detail: &str) -> HttpResponse {
    let problem = Problem {
        r#type: "about:blank",
        title: status.canonical_reason().unwrap_or_default(),
        status: status.as_u16(),
        detail,
    };
    match serde_json::to_vec(&problem) {
        Ok(body) => HttpResponse::build(status)
            .insert_header((CONTENT_TYPE, PROBLEM))
            .body(body),
        Err(error) => failed(&error),
    }
}

fn failed(error: &serde_json::Error) -> HttpResponse {
    HttpResponse::InternalServerError().body(error.to_string())
}
