//! What a document describes, in one model for all versions of OpenAPI, in the order of the document.

use serde_json::Value;
use spec_first::schema::Format;

use super::limit::{Cause, Limit};
use super::security::{Requirement, Scheme};
use super::shape::Shape;
use crate::document::{Part, Serialization};
use crate::text::Location;

/// The media type of a problem.
pub(crate) const PROBLEM: &str = "application/problem+json";

/// The API as its document describes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// The prefixes of all paths, each without a trailing slash: `""` or for example `/api`. At least one.
    pub base_paths: Vec<String>,
    /// `info.title`.
    pub title: String,
    /// In the order of the document.
    pub operations: Vec<Operation>,
    /// The security schemes that an operation requires, in the order of the document.
    pub schemes: Vec<Scheme>,
    /// The schemas whose defaults are ignored, because they are invalid.
    pub ignored_defaults: Vec<Location>,
}

/// One operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// `operationId`, or a name made of method and path; no other operation has it.
    pub id: String,
    /// The part of the id before its last dot, else the first tag, else `api`.
    pub module: String,
    /// The part of the id after its last dot.
    pub name: String,
    /// In capitals, for example `GET`.
    pub method: String,
    /// The path template as the document writes it, without the base path and without a fragment.
    pub path: String,
    /// The prefixes of the path, in place of those of the API, where it has servers of its own.
    pub base_paths: Option<Vec<String>>,
    /// Where the operation object is.
    pub location: Location,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// Whether clients should not use it any more.
    pub deprecated: bool,
    /// The alternatives of schemes that a request has to meet, all schemes of one of them; none if the operation is public. An
    /// empty alternative admits a request without credentials.
    pub security: Vec<Vec<Requirement>>,
    /// Whether the method receives the head of the request (`x-request-head`).
    pub reads_head: bool,
    /// Those that the server reads: the path item's first, unless the operation overrides them, then its own; never the body.
    pub parameters: Vec<Parameter>,
    /// The request body, if one is described.
    pub body: Option<Body>,
    /// In the order of the document; at least one is a success.
    pub responses: Vec<Response>,
    /// What the document describes and the server does not support.
    pub limits: Vec<Limit>,
}

impl Operation {
    /// The first limit without which the operation makes no sense, so that the server answers 501.
    pub fn unsupported(&self) -> Option<&Limit> {
        self.limits.iter().find(|limit| limit.is_refusal())
    }

    /// The limits of parameters that the operation is served without.
    pub fn ignored_parameters(&self) -> impl Iterator<Item = (&str, &Limit)> {
        let limits = self.limits.iter().filter(|limit| !limit.is_refusal());
        limits.filter_map(|limit| match &limit.cause {
            Cause::Parameter { name, .. } => Some((name.as_str(), limit)),
            _ => None,
        })
    }

    /// The successful responses: each 2xx, then each 3xx, or the default if there are none of them. The mock answers with the
    /// first.
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

    /// The failures, in the order of the document: each 4xx and 5xx, and the default if there are successes.
    pub fn failures(&self) -> impl Iterator<Item = &Response> {
        let has_success = has_success(&self.responses);
        let responses = self.responses.iter();
        responses.filter(move |response| is_failure(&response.status, has_success))
    }

    /// The failures that have types of their own.
    pub fn own_failures(&self) -> impl Iterator<Item = &Response> {
        self.failures().filter(|response| response.is_own_failure)
    }
}

/// Whether one of the responses is declared as a success.
pub(super) fn has_success(responses: &[Response]) -> bool {
    responses.iter().any(|it| it.status.starts_with(['2', '3']))
}

/// Whether a status reports a failure.
pub(super) fn is_failure(status: &str, has_success: bool) -> bool {
    status.starts_with(['4', '5']) || status == "default" && has_success
}

/// One parameter, except the body.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: String,
    /// Its place in the request (`in`).
    pub part: Part,
    /// Whether a request without it is rejected.
    pub required: bool,
    /// `description`.
    pub description: Option<String>,
    /// Whether clients should not use it any more.
    pub deprecated: bool,
    /// Where the parameter object is, at the end of its `$ref`s.
    pub location: Location,
    /// Where its schema is; in Swagger 2.0 that is the parameter object itself.
    pub schema: Location,
    /// What its text may mean.
    pub shape: Shape,
    /// The value that an absent one has.
    pub default: Option<Value>,
    /// How it is written, unless `content` says so.
    pub serialization: Serialization,
    /// Whether an empty value counts as none (`allowEmptyValue`).
    pub allow_empty: bool,
    /// The media types of a parameter that is described by `content` (OpenAPI 3); `schema` is then the first one's.
    pub content: Vec<Content>,
}

impl Parameter {
    /// Whether this is its name on the wire. The case of a header's name does not matter.
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
    /// Whether a request without it is rejected.
    pub required: bool,
    /// `description`.
    pub description: Option<String>,
    /// Where the body parameter or request body is, at the end of its `$ref`s.
    pub location: Location,
    /// The longest one in bytes, in place of the server's limits (`x-body-limit`).
    pub limit: Option<u64>,
    /// The media types that are accepted.
    pub content: Vec<Content>,
}

/// A body in one media type.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// As the document writes it, for example `application/json`.
    pub media_type: String,
    /// How it is read and written.
    pub format: Format,
    /// Where the schema is, of each item if the body is sent item by item; nothing is there if the document does not describe it.
    pub schema: Location,
    /// Whether the schema describes what is read and written: not bytes, and not text that is no single value, such as XML.
    pub is_described: bool,
    /// What the body of a request is decoded by besides the schema.
    pub decoding: Decoding,
}

/// What the body of a request is decoded by besides its schema. The default is one JSON value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decoding {
    /// The longest body in bytes (`maxLength` of a binary string).
    pub max_length: Option<u64>,
    /// What a text may mean.
    pub shape: Shape,
    /// Those of a form, in the order of the document.
    pub fields: Vec<Field>,
}

/// A field of a form: a property of its schema, or a parameter (Swagger 2.0).
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name on the wire.
    pub name: String,
    /// What it contains.
    pub kind: FieldKind,
    /// Whether it is a list, with an item in each field of the name.
    pub many: bool,
    /// How the text is written.
    pub serialization: Serialization,
    /// What the text may mean.
    pub shape: Shape,
    /// Whether an empty value counts as none (`allowEmptyValue`).
    pub allow_empty: bool,
    /// The media types and ranges that a part of a multipart form may have; any if there are none.
    pub media_types: Vec<String>,
    /// The headers of a part of a multipart form.
    pub headers: Vec<Header>,
    /// The schemas of a file.
    pub files: Vec<Location>,
    /// The shortest file in bytes.
    pub min_length: Option<u64>,
    /// The longest file in bytes.
    pub max_length: Option<u64>,
}

/// What a field of a form contains.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldKind {
    /// Text, written in a style.
    #[default]
    Text,
    /// JSON.
    Json,
    /// Bytes.
    File,
}

impl FieldKind {
    /// Its name in the contract.
    pub fn name(self) -> &'static str {
        match self {
            FieldKind::Text => "text",
            FieldKind::Json => "json",
            FieldKind::File => "file",
        }
    }
}

/// A response of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// `200`, a range as `4XX`, or `default`.
    pub status: String,
    /// `description`.
    pub description: Option<String>,
    /// Where the response object is, at the end of its `$ref`s.
    pub location: Location,
    /// The headers that are described, except `Content-Type`.
    pub headers: Vec<Header>,
    /// The media types of the body; none if there is no body. Those whose text the schema does not describe are the last.
    pub content: Vec<Content>,
    /// Whether it is a failure that no problem (RFC 9457) can be the response of, so that it has a type of its own.
    pub is_own_failure: bool,
}

impl Response {
    /// The media types of what the application returns: a problem is a success only if there is nothing else.
    pub fn returned_content(&self) -> Vec<&Content> {
        let all = || self.content.iter();
        let others: Vec<_> = all().filter(|it| it.media_type != PROBLEM).collect();
        match self.is_own_failure || others.is_empty() {
            true => all().collect(),
            false => others,
        }
    }
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
    /// Where its schema is; in Swagger 2.0 that is the header object itself.
    pub schema: Location,
    /// Whether a member of an object is written as `name=value`.
    pub explode: bool,
    /// What is between the items of a list, and of the lists in it (Swagger 2.0); others are separated by commas.
    pub separators: Vec<&'static str>,
    /// Whether the value is written as JSON (OpenAPI 3, `content`).
    pub is_json: bool,
}
