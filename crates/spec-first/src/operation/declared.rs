//! One operation of the contract, compiled.

use std::sync::Arc;

use actix_web::http::Method;
use serde_json::Value;

use crate::operation::counts::Counts;
use crate::problem::{Context, Part};
use crate::request::body::Body;
use crate::request::parameter::Parameter;
use crate::response::declared::Responses;
use crate::response::problems::Target;
use crate::schema::Dialect;
use crate::security::{Requirements, Schemes};
use crate::settings;
use crate::spec::document::OperationEntry;
use crate::spec::schemas::Schemas;

/// An operation, and what it requires of a request and of a response.
#[derive(Debug)]
pub(crate) struct Operation {
    pub id: Arc<str>,
    pub method: Method,
    /// What credentials it requires; none if it is public.
    pub security: Option<Requirements>,
    /// The names of the path's parameters, in the order of its template.
    pub path_names: Vec<String>,
    /// In the order in which they are validated.
    pub parameters: Vec<Parameter>,
    /// The values of the query parameters, which are the first ones, for a request without a query; none if one is required.
    pub without_query: Option<Vec<Value>>,
    /// The names of query parameters that are keys.
    key_query: Vec<String>,
    pub body: Option<Body>,
    pub responses: Responses,
    /// Where the server's own problems differ from what is declared, as the build found.
    pub rejections: Option<String>,
    /// Why it is not supported yet, as a sentence for the client.
    pub unsupported: Option<String>,
    /// What was counted of its requests.
    pub counts: Counts,
}

impl Operation {
    pub fn load(
        entry: &OperationEntry,
        path_names: Vec<String>,
        dialect: Dialect,
        schemas: &Schemas,
        schemes: &Schemes,
    ) -> Result<Self, String> {
        let method = Method::from_bytes(entry.method.as_bytes());
        let parameters = entry.parameters.iter();
        let parameters = parameters.map(|entry| Parameter::load(entry, dialect, schemas));
        let mut parameters: Vec<_> = parameters.collect();
        parameters.sort_by_key(|parameter| order(parameter.part));
        let in_query = parameters.iter().filter(|it| it.part == Part::Query);
        let without_query = in_query.map(Parameter::value_if_absent).collect();
        let body = entry.body.as_ref();
        let body = body.map(|body| Body::load(body, dialect, schemas));
        let security = Requirements::load(&entry.security, schemes)?;
        let keys = security.iter().flat_map(|it| it.query_keys(schemes));
        Ok(Self {
            id: entry.id.as_str().into(),
            method: method.map_err(|_| format!("{:?} is no method", entry.method))?,
            key_query: keys.map(str::to_owned).collect(),
            security,
            path_names,
            parameters,
            without_query,
            body: body.transpose()?,
            responses: Responses::load(&entry.responses, schemas)?,
            rejections: entry.rejections.clone(),
            unsupported: entry.unsupported.clone(),
            counts: Counts::default(),
        })
    }

    /// What a problem of the operation is the response to.
    pub fn target<'a>(
        &'a self,
        mode: settings::Responses,
        request_id: Option<&'a str>,
    ) -> Target<'a> {
        Target {
            context: Context::new(Some(&self.id), request_id),
            declared: Some(&self.responses),
            is_head: self.method == Method::HEAD,
            mode,
            ..Target::new(request_id)
        }
    }

    /// The index of a parameter, which is probably `likely`.
    #[inline]
    pub fn parameter(&self, part: Part, name: &str, likely: usize) -> Option<usize> {
        let is_same = |it: &Parameter| it.part == part && it.name == name;
        if self.parameters.get(likely).is_some_and(is_same) {
            return Some(likely);
        }
        self.parameters.iter().position(is_same)
    }

    /// Whether a query parameter or a key reads the field `name`.
    pub fn has_query(&self, name: &str) -> bool {
        let mut parameters = self.parameters.iter().filter(|it| it.part == Part::Query);
        parameters.any(|it| it.serialization.knows(&it.name, name))
            || self.key_query.iter().any(|key| key == name)
    }

    /// Whether a cookie of this name is a parameter whose value is one text.
    pub fn has_whole_cookie(&self, name: &str) -> bool {
        let mut cookies = self.parameters.iter().filter(|it| it.part == Part::Cookie);
        cookies.any(|it| it.name == name && !it.serialization.is_spread())
    }

    /// Whether a field of a part of the request is another parameter, by its own name or by that of a member.
    pub fn declares(&self, field: &str, other_than: &Parameter) -> bool {
        let others = self.parameters.iter();
        let mut others =
            others.filter(|it| it.part == other_than.part && it.name != other_than.name);
        others.any(|it| it.serialization.declares(&it.name, field))
    }
}

/// The order in which parameters are validated.
fn order(part: Part) -> u8 {
    match part {
        Part::Query => 0,
        Part::Path => 1,
        Part::Header => 2,
        Part::Cookie => 3,
        Part::Body => 4,
    }
}
