//! One operation of the contract, compiled.
//!
//! What security it asks for would be kept here.

use actix_web::http::Method;

use crate::contract::document::OperationEntry;
use crate::contract::schemas::Schemas;
use crate::problem::Part;
use crate::request::body::Body;
use crate::request::parameter::Parameter;
use crate::response::declared::Responses;
use crate::schema::Dialect;

/// An operation and all that it asks of a request and of a response.
#[derive(Debug)]
pub(crate) struct Operation {
    pub id: String,
    pub method: Method,
    /// The names of the path's parameters, in the order of its template.
    pub path_names: Vec<String>,
    /// In the order in which they are checked.
    pub parameters: Vec<Parameter>,
    /// The names of query parameters that may be sent, but are not read.
    unread: Vec<String>,
    pub body: Option<Body>,
    pub responses: Responses,
    /// Why it cannot be answered yet, as a sentence for the client.
    pub unserved: Option<String>,
}

impl Operation {
    pub fn load(
        entry: &OperationEntry,
        path_names: Vec<String>,
        dialect: Dialect,
        schemas: &Schemas,
    ) -> Result<Self, String> {
        let method = Method::from_bytes(entry.method.as_bytes());
        let parameters = entry.parameters.iter();
        let parameters = parameters.map(|entry| Parameter::load(entry, schemas));
        let mut parameters: Vec<_> = parameters.collect();
        parameters.sort_by_key(|parameter| turn(parameter.part));
        let body = entry.body.as_ref();
        let body = body.map(|body| Body::load(body, dialect, schemas));
        Ok(Self {
            id: entry.id.clone(),
            method: method.map_err(|_| format!("{:?} is no method", entry.method))?,
            path_names,
            parameters,
            unread: entry.unread.clone(),
            body: body.transpose()?,
            responses: Responses::load(&entry.responses, schemas)?,
            unserved: entry.unserved.clone(),
        })
    }

    /// The place of a parameter among the operation's.
    pub fn parameter(&self, part: Part, name: &str) -> Option<usize> {
        let is_it = |it: &Parameter| it.part == part && it.name == name;
        self.parameters.iter().position(is_it)
    }

    /// Whether the spec has a query parameter `name`, be it read or not. A member of an object comes as `filter[age]`.
    pub fn has_query(&self, name: &str) -> bool {
        let owner = name.split_once('[').map_or(name, |(owner, _)| owner);
        let is_it = |unread: &String| unread == name || unread == owner;
        self.parameter(Part::Query, name).is_some() || self.unread.iter().any(is_it)
    }
}

/// When a parameter is checked.
fn turn(part: Part) -> u8 {
    match part {
        Part::Query => 0,
        Part::Path => 1,
        Part::Header => 2,
        Part::Cookie => 3,
        Part::Body => 4,
    }
}
