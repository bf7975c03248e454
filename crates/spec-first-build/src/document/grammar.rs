//! What OpenAPI's objects hold, per version: one table that the walk, the checks and the contract share.
//!
//! Only members that this crate reads are listed; all others are ignored.

use spec_first::schema::Dialect;

/// The version of OpenAPI that a document is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// Swagger 2.0.
    Swagger2,
    /// OpenAPI 3.0.x.
    OpenApi30,
    /// OpenAPI 3.1.x.
    OpenApi31,
}

impl Version {
    /// Whether this is OpenAPI 3.0 or 3.1.
    pub fn is_openapi3(self) -> bool {
        self != Version::Swagger2
    }

    /// The JSON Schema that the document's schemas are translated to.
    pub fn dialect(self) -> Dialect {
        match self {
            Version::Swagger2 | Version::OpenApi30 => Dialect::Draft4,
            Version::OpenApi31 => Dialect::Draft202012,
        }
    }
}

/// The kinds of objects that a document is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The document itself.
    Document,
    /// `info`.
    Info,
    /// `components` of OpenAPI 3.
    Components,
    /// The operations of one path.
    PathItem,
    /// One operation.
    Operation,
    /// A parameter; in Swagger 2.0 it is a restricted schema itself, unless it is the body.
    Parameter,
    /// A response header; in Swagger 2.0 it is a restricted schema itself.
    Header,
    /// The request body of OpenAPI 3.
    RequestBody,
    /// One response.
    Response,
    /// The object of one media type.
    MediaType,
    /// How a property of a form is written.
    Encoding,
    /// A schema.
    Schema,
}

/// What a member holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A string.
    Text,
    /// True or false.
    Flag,
    /// A list of strings.
    Texts,
    /// One object of the kind.
    One(Kind),
    /// One object of the kind, or true or false in its place.
    Switch(Kind),
    /// An object whose members are all of the kind, under names of the author's choice.
    Map(Kind),
    /// A list of objects of the kind.
    List(Kind),
    /// One object of the kind, or a list of them.
    OneOrList(Kind),
}

/// One member of an object.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
}

const fn member(name: &'static str, shape: Shape) -> Member {
    Member { name, shape }
}

/// The HTTP methods that a path item can declare (OpenAPI 3.1, section 4.8.9.1).
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The members of an object of this kind.
pub fn members(kind: Kind, version: Version) -> &'static [Member] {
    match (kind, version) {
        (Kind::Document, Version::Swagger2) => SWAGGER,
        (Kind::Document, _) => OPENAPI,
        (Kind::Info, _) => &[],
        (Kind::Components, _) => COMPONENTS,
        (Kind::PathItem, _) => PATH_ITEM,
        (Kind::Operation, Version::Swagger2) => SWAGGER_OPERATION,
        (Kind::Operation, _) => OPENAPI_OPERATION,
        (Kind::Parameter, Version::Swagger2) => SWAGGER_PARAMETER,
        (Kind::Parameter, _) => OPENAPI_PARAMETER,
        (Kind::Header, Version::Swagger2) => SWAGGER_HEADER,
        (Kind::Header, _) => OPENAPI_HEADER,
        (Kind::RequestBody, _) => REQUEST_BODY,
        (Kind::Response, Version::Swagger2) => SWAGGER_RESPONSE,
        (Kind::Response, _) => OPENAPI_RESPONSE,
        (Kind::MediaType, _) => MEDIA_TYPE,
        (Kind::Encoding, _) => ENCODING,
        (Kind::Schema, Version::OpenApi31) => SCHEMA_2020,
        (Kind::Schema, _) => SCHEMA,
    }
}

const SWAGGER: &[Member] = &[
    member("info", Shape::One(Kind::Info)),
    member("basePath", Shape::Text),
    member("consumes", Shape::Texts),
    member("produces", Shape::Texts),
    member("paths", Shape::Map(Kind::PathItem)),
    member("definitions", Shape::Map(Kind::Schema)),
    member("parameters", Shape::Map(Kind::Parameter)),
    member("responses", Shape::Map(Kind::Response)),
];

const OPENAPI: &[Member] = &[
    member("info", Shape::One(Kind::Info)),
    member("paths", Shape::Map(Kind::PathItem)),
    member("components", Shape::One(Kind::Components)),
];

const COMPONENTS: &[Member] = &[
    member("schemas", Shape::Map(Kind::Schema)),
    member("responses", Shape::Map(Kind::Response)),
    member("parameters", Shape::Map(Kind::Parameter)),
    member("requestBodies", Shape::Map(Kind::RequestBody)),
    member("headers", Shape::Map(Kind::Header)),
    member("pathItems", Shape::Map(Kind::PathItem)),
];

const PATH_ITEM: &[Member] = &[
    member("parameters", Shape::List(Kind::Parameter)),
    member("get", Shape::One(Kind::Operation)),
    member("put", Shape::One(Kind::Operation)),
    member("post", Shape::One(Kind::Operation)),
    member("delete", Shape::One(Kind::Operation)),
    member("options", Shape::One(Kind::Operation)),
    member("head", Shape::One(Kind::Operation)),
    member("patch", Shape::One(Kind::Operation)),
    member("trace", Shape::One(Kind::Operation)),
];

const SWAGGER_OPERATION: &[Member] = &[
    member("operationId", Shape::Text),
    member("tags", Shape::Texts),
    member("consumes", Shape::Texts),
    member("produces", Shape::Texts),
    member("parameters", Shape::List(Kind::Parameter)),
    member("responses", Shape::Map(Kind::Response)),
];

const OPENAPI_OPERATION: &[Member] = &[
    member("operationId", Shape::Text),
    member("tags", Shape::Texts),
    member("parameters", Shape::List(Kind::Parameter)),
    member("requestBody", Shape::One(Kind::RequestBody)),
    member("responses", Shape::Map(Kind::Response)),
];

const SWAGGER_PARAMETER: &[Member] = &[
    member("name", Shape::Text),
    member("in", Shape::Text),
    member("required", Shape::Flag),
    member("collectionFormat", Shape::Text),
    member("schema", Shape::One(Kind::Schema)),
    member("items", Shape::One(Kind::Schema)),
];

const OPENAPI_PARAMETER: &[Member] = &[
    member("name", Shape::Text),
    member("in", Shape::Text),
    member("required", Shape::Flag),
    member("style", Shape::Text),
    member("explode", Shape::Flag),
    member("schema", Shape::One(Kind::Schema)),
    member("content", Shape::Map(Kind::MediaType)),
];

const SWAGGER_HEADER: &[Member] = &[
    member("collectionFormat", Shape::Text),
    member("items", Shape::One(Kind::Schema)),
];

const OPENAPI_HEADER: &[Member] = &[
    member("required", Shape::Flag),
    member("schema", Shape::One(Kind::Schema)),
    member("content", Shape::Map(Kind::MediaType)),
];

const REQUEST_BODY: &[Member] = &[
    member("required", Shape::Flag),
    member("content", Shape::Map(Kind::MediaType)),
];

const SWAGGER_RESPONSE: &[Member] = &[
    member("schema", Shape::One(Kind::Schema)),
    member("headers", Shape::Map(Kind::Header)),
];

const OPENAPI_RESPONSE: &[Member] = &[
    member("headers", Shape::Map(Kind::Header)),
    member("content", Shape::Map(Kind::MediaType)),
];

const MEDIA_TYPE: &[Member] = &[
    member("schema", Shape::One(Kind::Schema)),
    member("encoding", Shape::Map(Kind::Encoding)),
];

const ENCODING: &[Member] = &[
    member("contentType", Shape::Text),
    member("headers", Shape::Map(Kind::Header)),
    member("style", Shape::Text),
    member("explode", Shape::Flag),
];

/// All of draft 4: an author who writes a keyword that Swagger 2.0 lacks expects it to be checked.
const SCHEMA: &[Member] = &[
    member("definitions", Shape::Map(Kind::Schema)),
    member("properties", Shape::Map(Kind::Schema)),
    member("patternProperties", Shape::Map(Kind::Schema)),
    member("additionalProperties", Shape::Switch(Kind::Schema)),
    member("dependencies", Shape::Map(Kind::Schema)),
    member("items", Shape::OneOrList(Kind::Schema)),
    member("additionalItems", Shape::Switch(Kind::Schema)),
    member("allOf", Shape::List(Kind::Schema)),
    member("anyOf", Shape::List(Kind::Schema)),
    member("oneOf", Shape::List(Kind::Schema)),
    member("not", Shape::One(Kind::Schema)),
];

/// 2020-12, and what older dialects have in its place.
const SCHEMA_2020: &[Member] = &[
    member("$defs", Shape::Map(Kind::Schema)),
    member("definitions", Shape::Map(Kind::Schema)),
    member("properties", Shape::Map(Kind::Schema)),
    member("patternProperties", Shape::Map(Kind::Schema)),
    member("additionalProperties", Shape::Switch(Kind::Schema)),
    member("propertyNames", Shape::One(Kind::Schema)),
    member("unevaluatedProperties", Shape::One(Kind::Schema)),
    member("dependentSchemas", Shape::Map(Kind::Schema)),
    member("items", Shape::OneOrList(Kind::Schema)),
    member("additionalItems", Shape::Switch(Kind::Schema)),
    member("dependencies", Shape::Map(Kind::Schema)),
    member("prefixItems", Shape::List(Kind::Schema)),
    member("contains", Shape::One(Kind::Schema)),
    member("unevaluatedItems", Shape::One(Kind::Schema)),
    member("allOf", Shape::List(Kind::Schema)),
    member("anyOf", Shape::List(Kind::Schema)),
    member("oneOf", Shape::List(Kind::Schema)),
    member("not", Shape::One(Kind::Schema)),
    member("if", Shape::One(Kind::Schema)),
    member("then", Shape::One(Kind::Schema)),
    member("else", Shape::One(Kind::Schema)),
];
