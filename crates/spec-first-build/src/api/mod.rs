//! What a document asks of a server, the same model for every version of OpenAPI, in the order of the document.

mod content;
mod names;
pub(crate) mod operations;
pub(crate) mod parameters;
pub(crate) mod servers;

use serde_json::Value;

use crate::check;
use crate::document::Document;
use crate::document::grammar::Version;
use crate::text::Fault;
use crate::text::Location;

/// The API as its document describes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// Where the paths hang, each without a trailing slash: `""` or for example `/api`. At least one.
    pub base_paths: Vec<String>,
    /// `info.title`.
    pub title: String,
    /// In the order of the document.
    pub operations: Vec<Operation>,
    /// What the server passes over although the document says it.
    pub warnings: Vec<Fault>,
    /// The schemas whose defaults are not filled in, since they break them.
    pub unfit_defaults: Vec<Location>,
}

/// One operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// `operationId`, or a name made of method and path; no other operation has it.
    pub id: String,
    /// What the id says before its last dot, else the first tag, else `api`.
    pub module: String,
    /// What the id says after its last dot.
    pub name: String,
    /// In capitals, for example `GET`.
    pub method: String,
    /// The path template as the document writes it, without the base path and without a fragment.
    pub path: String,
    /// Where the operation object stands.
    pub location: Location,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// Whether clients are asked not to use it any more.
    pub deprecated: bool,
    /// Those of the path item first, unless the operation overrides them, then its own; never the body.
    pub parameters: Vec<Parameter>,
    /// The names of the query parameters that are left out, because nobody reads them yet.
    pub unread: Vec<String>,
    /// The request body, if one is described.
    pub body: Option<Body>,
    /// In the order of the document.
    pub responses: Vec<Response>,
    /// Why the server cannot answer it yet, as a sentence without capital and full stop.
    pub unserved: Option<String>,
}

impl Operation {
    /// The responses that mean success: each 2xx, then each 3xx, or the default if there is none of them. The first is the
    /// plain one.
    pub fn successes(&self) -> Vec<&Response> {
        let starting = |start: &str| {
            let responses = self.responses.iter();
            let of = responses.filter(|response| response.status.starts_with(start));
            of.collect::<Vec<_>>()
        };
        let declared = [starting("2"), starting("3")].concat();
        if declared.is_empty() {
            return starting("default");
        }
        declared
    }
}

/// Where a parameter stands in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// A segment of the path.
    Path,
    /// The query string.
    Query,
    /// A header field.
    Header,
    /// A cookie.
    Cookie,
    /// A field of a form (Swagger 2.0).
    FormData,
}

impl Part {
    /// Whether this version of OpenAPI has parameters there.
    pub(crate) fn is_known(self, version: Version) -> bool {
        match self {
            Part::Path | Part::Query | Part::Header => true,
            Part::Cookie => version.is_openapi3(),
            Part::FormData => version == Version::Swagger2,
        }
    }
}

impl Part {
    /// Its name, as the document writes it (`in`) and as the contract does.
    pub fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::FormData => "formData",
        }
    }
}

/// One parameter, except the body.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: String,
    /// Where it stands in the request (`in`).
    pub part: Part,
    /// Whether a request without it is refused.
    pub required: bool,
    /// `description`.
    pub description: Option<String>,
    /// Whether clients are asked not to use it any more.
    pub deprecated: bool,
    /// Where the parameter object stands, at the end of its `$ref`s.
    pub location: Location,
    /// Where its schema stands; in Swagger 2.0 that is the parameter object itself.
    pub schema: Location,
    /// The JSON types that the schema admits; none if it does not say.
    pub types: Vec<String>,
    /// The value of an absent one.
    pub default: Option<Value>,
    /// `style` (OpenAPI 3), as written.
    pub style: Option<String>,
    /// `explode` (OpenAPI 3), as written.
    pub explode: Option<bool>,
    /// `collectionFormat` (Swagger 2.0), as written.
    pub collection_format: Option<String>,
    /// `allowEmptyValue`.
    pub allow_empty: bool,
    /// The media types of a parameter that is described by `content` (OpenAPI 3); `schema` is then the first one's.
    pub content: Vec<Content>,
}

impl Parameter {
    /// Whether this is its name on the wire, where the case of a header's name means nothing.
    pub(crate) fn is_named(&self, name: &str) -> bool {
        match self.part {
            Part::Header => self.name.eq_ignore_ascii_case(name),
            _ => self.name == name,
        }
    }
}

/// A request body.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// The body parameter's name (Swagger 2.0), `x-body-name`, or `body`.
    pub name: String,
    /// Whether a request without it is refused.
    pub required: bool,
    /// `description`.
    pub description: Option<String>,
    /// Where the body parameter or request body stands, at the end of its `$ref`s.
    pub location: Location,
    /// The media types that are accepted, JSON ones only.
    pub content: Vec<Content>,
}

/// A body in one media type.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// As the document writes it, for example `application/json`.
    pub media_type: String,
    /// Where the schema stands; nothing stands there if the document says nothing of the body.
    pub schema: Location,
}

/// What an operation may answer with one status.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// `200`, a range as `4XX`, or `default`.
    pub status: String,
    /// `description`.
    pub description: Option<String>,
    /// Where the response object stands, at the end of its `$ref`s.
    pub location: Location,
    /// The headers that are described, `Content-Type` excepted.
    pub headers: Vec<Header>,
    /// The media types of the body; none if there is no body.
    pub content: Vec<Content>,
}

/// A response header.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// Its name on the wire.
    pub name: String,
    /// Whether a response without it breaks the contract.
    pub required: bool,
    /// `description`.
    pub description: Option<String>,
    /// Where its schema stands; in Swagger 2.0 that is the header object itself.
    pub schema: Location,
}

impl Api {
    /// Passes over the default of the schema at `location`.
    pub(crate) fn pass_over(&mut self, document: &Document, location: Location) {
        let operations = self.operations.iter_mut();
        for parameter in operations.flat_map(|operation| &mut operation.parameters) {
            if document.resolve(&parameter.schema).as_ref() == Ok(&location) {
                parameter.default = None;
            }
        }
        self.unfit_defaults.push(location);
    }

    /// Reads what `document` asks for.
    ///
    /// # Errors
    /// Everything that is wrong with the document, in its order.
    pub fn read(document: &Document) -> Result<Api, Vec<Fault>> {
        let faults = check::document(document);
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut api = Api {
            base_paths: servers::base_paths(document),
            title: text(
                document
                    .value(&document.root())
                    .and_then(|root| root.get("info")),
                "title",
            )
            .unwrap_or_default(),
            operations: operations::read(document),
            warnings: Vec::new(),
            unfit_defaults: Vec::new(),
        };
        names::fill(&mut api.operations);
        let faults = check::defaults(document, &mut api);
        if !faults.is_empty() {
            return Err(faults);
        }
        check::leave_out(document, &mut api);
        Ok(api)
    }
}

/// The string member `name`.
fn text(object: Option<&Value>, name: &str) -> Option<String> {
    object?.get(name)?.as_str().map(str::to_owned)
}

/// Whether the member `name` is true.
fn flag(object: &Value, name: &str) -> bool {
    object.get(name).and_then(Value::as_bool).unwrap_or(false)
}
