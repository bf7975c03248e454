//! `contract.json` as the build wrote it: the table of the operations. The schemas that it refers to are in `schemas.json`.
//!
//! A *reference* is `FILE#POINTER`: a file of the spec and a JSON pointer into it, not percent-encoded.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::problem::Part;
use crate::schema::{Dialect, Format};
use crate::serialization::{Serialization, Shape};

/// The whole of `contract.json`.
#[derive(Debug, Deserialize)]
pub(crate) struct Document {
    /// That of the crate that wrote it.
    pub version: String,
    pub dialect: Dialect,
    pub about: About,
    pub base_paths: Vec<String>,
    pub operations: Vec<OperationEntry>,
    /// The security schemes that operations require.
    #[serde(default)]
    pub security: SecurityEntry,
    /// The unions that the generated enums are made from.
    #[serde(default)]
    pub unions: Vec<UnionEntry>,
}

/// What a document contains about itself.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct About {
    /// The API's title and version, on one line.
    pub heading: String,
    /// The API's title, empty if the document has none.
    pub title: String,
    /// The API's version, empty if the document has none.
    pub version: String,
    /// The file name under which readers of this version of OpenAPI look for the document.
    pub file_name: String,
    /// The addresses that a client of `oauth2` or `openIdConnect` calls, as the document has them.
    #[serde(default)]
    pub token_urls: Vec<String>,
    /// The SHA-256 of the document as its author wrote it, in hexadecimal digits: what `sha256sum` prints of the file.
    #[serde(default)]
    pub sha256: String,
}

/// A list of `oneOf` or `anyOf` that an enum is made from.
#[derive(Debug, Deserialize)]
pub(crate) struct UnionEntry {
    pub view: View,
    /// Whether no more than one of them may accept a value (`oneOf`).
    #[serde(default)]
    pub exclusive: bool,
    /// References to the schemas in it.
    pub branches: Vec<String>,
    /// The property that names one of them, if it does so for every value.
    #[serde(default)]
    pub discriminator: Option<Discriminator>,
}

/// How a value names the branch that it is of.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Discriminator {
    pub property: String,
    /// The names of each branch.
    pub names: Vec<Vec<String>>,
}

/// Who sees a schema: `readOnly` and `writeOnly` make a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum View {
    #[serde(rename = "requests")]
    Request,
    #[serde(rename = "responses")]
    Response,
}

impl Document {
    /// The references to schemas that apply to requests.
    pub fn request_schemas(&self) -> impl Iterator<Item = &str> {
        let parameters = self.operations.iter().flat_map(|it| &it.parameters);
        let bodies = self.operations.iter().flat_map(|it| &it.body);
        let contents = bodies.flat_map(|body| &body.content);
        let headers = contents.clone().flat_map(|content| &content.fields);
        let headers = headers.flat_map(|field| &field.headers);
        let contents = contents.filter_map(|content| content.schema.as_deref());
        let schemas = parameters.map(|it| it.schema.as_str()).chain(contents);
        let schemas = schemas.chain(headers.map(|header| header.schema.as_str()));
        schemas.chain(self.branches(View::Request))
    }

    /// The references to schemas that apply to responses.
    pub fn response_schemas(&self) -> impl Iterator<Item = &str> {
        let responses = || self.operations.iter().flat_map(|it| &it.responses);
        let contents = responses().flat_map(|response| &response.content);
        let contents = contents.filter_map(|content| content.schema.as_deref());
        let headers = responses().flat_map(|response| &response.headers);
        let schemas = contents.chain(headers.map(|header| header.schema.as_str()));
        schemas.chain(self.branches(View::Response))
    }

    fn branches(&self, view: View) -> impl Iterator<Item = &str> {
        let unions = self.unions.iter().filter(move |union| union.view == view);
        unions.flat_map(|union| &union.branches).map(String::as_str)
    }

    /// The file that contains the operations.
    pub fn main_file(&self) -> &str {
        let first = self.operations.first();
        let pointer = first.and_then(|operation| operation.pointer.split_once('#'));
        pointer.map_or("", |(file, _)| file)
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct OperationEntry {
    pub id: String,
    pub method: String,
    /// The path's template, without the base path.
    pub path: String,
    /// The base paths of this operation, if they are not those of the document.
    #[serde(default)]
    pub base_paths: Option<Vec<String>>,
    /// Reference to the operation.
    pub pointer: String,
    pub parameters: Vec<ParameterEntry>,
    /// The optional parameters of the spec, of any part, that are not among these.
    #[serde(default)]
    pub ignored_parameters: Vec<IgnoredEntry>,
    pub body: Option<BodyEntry>,
    pub responses: Vec<ResponseEntry>,
    /// The alternatives of schemes, all of one of which a request has to meet; none if the operation is public.
    #[serde(default)]
    pub security: Vec<Vec<RequirementEntry>>,
    /// Where the problems with which the server itself responds differ from what the operation declares, in words.
    #[serde(default)]
    pub rejections: Option<String>,
    /// Why the operation is not supported yet.
    #[serde(default)]
    pub unsupported: Option<String>,
}

/// A security scheme, and the scopes that are required of it.
#[derive(Debug, Deserialize)]
pub(crate) struct RequirementEntry {
    pub scheme: String,
    #[serde(default)]
    pub scopes: Vec<String>,
}

/// The security schemes of a contract.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct SecurityEntry {
    /// The realm of the challenges: the title of the API.
    pub realm: String,
    pub schemes: Vec<SchemeEntry>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct SchemeEntry {
    pub name: String,
    #[serde(flatten)]
    pub kind: SchemeKind,
}

/// What a security scheme reads of a request.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum SchemeKind {
    ApiKey {
        #[serde(rename = "in")]
        part: Part,
        /// The name of the header, query parameter or cookie.
        parameter: String,
    },
    Basic,
    Bearer,
    /// Another scheme of the header `Authorization`.
    Http {
        scheme: String,
    },
    MutualTls,
}

#[derive(Debug, Deserialize)]
pub(crate) struct IgnoredEntry {
    pub name: String,
    /// Why it is not supported.
    pub cause: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ParameterEntry {
    pub name: String,
    #[serde(rename = "in")]
    pub part: Part,
    pub required: bool,
    /// Reference to the schema.
    pub schema: String,
    /// The keywords of the schema, if it is one of texts or of integers.
    #[serde(default)]
    pub rules: Option<Map<String, Value>>,
    /// How it is written in the request.
    #[serde(flatten)]
    pub serialization: Serialization,
    #[serde(default)]
    pub default: Option<Value>,
    /// Whether an empty value counts as none (`allowEmptyValue`).
    #[serde(default)]
    pub allows_empty: bool,
}

#[derive(Debug, Deserialize)]
pub(crate) struct BodyEntry {
    pub required: bool,
    /// The longest one in bytes, if the spec limits it.
    #[serde(default)]
    pub limit: Option<usize>,
    pub content: Vec<ContentEntry>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ResponseEntry {
    /// `200`, `2XX` or `default`.
    pub status: String,
    pub content: Vec<ContentEntry>,
    #[serde(default)]
    pub headers: Vec<HeaderEntry>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct HeaderEntry {
    pub name: String,
    pub required: bool,
    /// Reference to the schema.
    pub schema: String,
    /// The keywords of the schema, if it is one of texts or of integers.
    #[serde(default)]
    pub rules: Option<Map<String, Value>>,
    /// Whether a member of an object is written as `name=value`.
    #[serde(default)]
    pub explode: bool,
    /// What is between the items of a list, and of the lists in it, where that is no comma.
    #[serde(default)]
    pub separators: Vec<String>,
    /// Whether the value is written as JSON.
    #[serde(default)]
    pub json: bool,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ContentEntry {
    pub media_type: String,
    pub format: Format,
    /// Reference to the schema of the body, or of its items if it has any; none if nothing is validated.
    pub schema: Option<String>,
    /// The longest one in bytes, if the schema limits it.
    #[serde(default)]
    pub max_length: Option<usize>,
    /// What the text may mean.
    #[serde(default)]
    pub shape: Shape,
    /// Those of a form.
    #[serde(default)]
    pub fields: Vec<FieldEntry>,
    /// If the generated type and its rules are proven to accept only what the schema accepts: what is left to check.
    #[serde(default)]
    pub proven: Option<Proven>,
}

/// How many elements a list that is a whole body may have, where its type is proven to enforce everything else.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(crate) struct Proven {
    #[serde(default)]
    pub least: Option<usize>,
    #[serde(default)]
    pub most: Option<usize>,
}

impl Proven {
    /// Whether a list may have so many elements.
    pub fn allows(&self, count: usize) -> bool {
        self.least.is_none_or(|least| count >= least) && self.most.is_none_or(|most| count <= most)
    }
}

/// A field of a form: a property of its schema.
#[derive(Debug, Deserialize)]
pub(crate) struct FieldEntry {
    pub name: String,
    #[serde(default)]
    pub kind: FieldKind,
    /// Whether it is a list, with an item in each field of the name.
    #[serde(default)]
    pub many: bool,
    /// How the text is written.
    #[serde(flatten)]
    pub serialization: Serialization,
    /// Whether an empty value counts as none (`allowEmptyValue`).
    #[serde(default)]
    pub allows_empty: bool,
    /// The media types and ranges that a part of a multipart form may have (`contentType`); any if there are none.
    #[serde(default)]
    pub media_types: Vec<String>,
    /// The headers of a part of a multipart form.
    #[serde(default)]
    pub headers: Vec<HeaderEntry>,
    /// The shortest file in bytes.
    #[serde(default)]
    pub min_length: Option<u64>,
    /// The longest file in bytes.
    #[serde(default)]
    pub max_length: Option<u64>,
}

/// What a field of a form contains.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum FieldKind {
    /// Text, written in a style.
    #[default]
    Text,
    /// JSON.
    Json,
    /// Bytes.
    File,
}
