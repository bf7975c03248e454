//! Members that another version of OpenAPI has, and what to write instead.

use crate::document::{Kind, Object, Version};

/// What to do about a member that `version` does not have in `object`, but another version has.
pub(super) struct Elsewhere {
    /// The version that has it.
    pub origin: &'static str,
    /// What to write instead.
    pub advice: &'static str,
}

/// Where the member `name` of `object` belongs, if another version than `version` has it there.
pub(super) fn elsewhere(name: &str, object: Object, version: Version) -> Option<Elsewhere> {
    let Object::Of(kind) = object else {
        return None;
    };
    let (origin, advice) = match version {
        Version::Swagger2 => in_swagger(name, kind)?,
        Version::OpenApi30 => in_openapi(name, kind).or_else(|| newer(name, kind, "nullable"))?,
        Version::OpenApi31 => in_openapi(name, kind).or_else(|| older(name, kind))?,
    };
    Some(Elsewhere { origin, advice })
}

type Found = Option<(&'static str, &'static str)>;

const SWAGGER: &str = "OpenAPI 2.0";
const OPENAPI: &str = "OpenAPI 3";
const OPENAPI30: &str = "OpenAPI 3.0";
const OPENAPI31: &str = "OpenAPI 3.1";

fn in_swagger(name: &str, kind: Kind) -> Found {
    Some(match (kind, name) {
        (Kind::Document, "servers") => (OPENAPI, "Write `host`, `basePath` and `schemes` instead."),
        (Kind::Document, "components") => (
            OPENAPI,
            "Write `definitions`, `parameters`, `responses` and `securityDefinitions` at the top of the document instead.",
        ),
        (Kind::Operation, "requestBody") => (
            OPENAPI,
            "Write a parameter with `in: body` and a `schema` instead.",
        ),
        (Kind::Parameter, "content") => {
            (OPENAPI, "Write `type`, or the `schema` of a body, instead.")
        }
        (Kind::Parameter, "style" | "explode") => (OPENAPI, "Write `collectionFormat` instead."),
        (Kind::Parameter, "nullable") => (OPENAPI30, "Write `x-nullable: true` instead."),
        (Kind::Response, "content") => (
            OPENAPI,
            "Write the `schema` beside the description, and the media types as `produces`, instead.",
        ),
        (Kind::Header, "schema" | "content") => (OPENAPI, "Write the header's `type` instead."),
        (Kind::Schema, "writeOnly") => (
            OPENAPI,
            "Write one schema for requests and another for responses instead.",
        ),
        _ => return newer(name, kind, "x-nullable"),
    })
}

fn in_openapi(name: &str, kind: Kind) -> Found {
    let advice = match (kind, name) {
        (Kind::Document, "host" | "basePath" | "schemes") => "Write `servers` instead.",
        (Kind::Document, "definitions") => "Write `components`, with `schemas` in it, instead.",
        (Kind::Document, "parameters") => "Write `components`, with `parameters` in it, instead.",
        (Kind::Document, "responses") => "Write `components`, with `responses` in it, instead.",
        (Kind::Document, "securityDefinitions") => {
            "Write `components`, with `securitySchemes` in it, instead."
        }
        (Kind::Document | Kind::Operation, "consumes") => {
            "Write the media types under `content` of each `requestBody` instead."
        }
        (Kind::Document | Kind::Operation, "produces") => {
            "Write the media types under `content` of each response instead."
        }
        (Kind::Operation, "schemes") => "Write `servers` instead.",
        (Kind::Parameter, "collectionFormat") => "Write `style` and `explode` instead.",
        (Kind::Header, "collectionFormat") => "Write a `schema` with the type instead.",
        (Kind::Response, "schema") => {
            "Write `content` with the media type, and the `schema` in it, instead."
        }
        (Kind::Response, "examples") => "Write them in the media types under `content` instead.",
        _ => return None,
    };
    Some((SWAGGER, advice))
}

/// Keywords of 2020-12 in a schema of draft 4; null is allowed by `nullable`.
fn newer(name: &str, kind: Kind, nullable: &str) -> Found {
    let advice = match (kind, name) {
        (Kind::Document, "jsonSchemaDialect") => "Leave it out.",
        (Kind::Schema, "const") => "Write an `enum` of that one value instead.",
        (Kind::Schema, "examples") => "Write one value as `example` instead.",
        (Kind::Schema, "$defs") if nullable == "nullable" => {
            "Write the schemas under `components`, in `schemas`, instead."
        }
        (Kind::Schema, "$defs") => "Write the schemas under `definitions` of the document instead.",
        (Kind::Schema, "contentEncoding") => "Write `format: byte` for Base64 instead.",
        (Kind::Schema, "contentMediaType" | "contentSchema") => "Describe it in words instead.",
        (Kind::Schema, "if" | "then" | "else") => {
            "Write the cases as the branches of `anyOf` instead."
        }
        (Kind::Schema, "prefixItems") => "Write one schema for all elements as `items` instead.",
        (Kind::Schema, "dependentRequired" | "dependentSchemas") => {
            "Write the cases as the branches of `anyOf` instead."
        }
        (
            Kind::Schema,
            "propertyNames"
            | "contains"
            | "minContains"
            | "maxContains"
            | "unevaluatedItems"
            | "unevaluatedProperties"
            | "$anchor"
            | "$dynamicRef"
            | "$dynamicAnchor",
        ) => "Write the document in OpenAPI 3.1, or leave the keyword out.",
        _ => return None,
    };
    Some((OPENAPI31, advice))
}

fn older(name: &str, kind: Kind) -> Found {
    if kind != Kind::Schema {
        return None;
    }
    Some(match name {
        "nullable" => (
            OPENAPI30,
            "Add `null` to the types instead, for example `type: [string, 'null']`.",
        ),
        "dependencies" => (
            "JSON Schema before 2019",
            "Write `dependentRequired` or `dependentSchemas` instead.",
        ),
        "additionalItems" => (
            "JSON Schema before 2020",
            "Write the first elements as `prefixItems`, and the others as `items`, instead.",
        ),
        "id" => ("JSON Schema draft 4", "Write `$id` instead."),
        _ => return None,
    })
}
