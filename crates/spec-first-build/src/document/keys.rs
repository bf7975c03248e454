//! The names of all members that OpenAPI gives its objects, per version, those included that nothing else here reads: what is not
//! among them is misspelt or misplaced.

use super::grammar::{Kind, Shape, Version, members};

/// An object of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Object {
    /// One that the walk enters.
    Of(Kind),
    Contact,
    License,
    Server,
    ServerVariable,
    Tag,
    ExternalDocs,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
    Example,
    Link,
    Callback,
    Discriminator,
    Xml,
}

/// How a member holds objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holding {
    One,
    /// One, or a list of them.
    OneOrList,
    /// Under names of the author's choice.
    Map,
    List,
}

/// The names of the members of `object`, with spaces between them; none if all of them are of the author's choice.
pub(crate) fn keys(object: Object, version: Version) -> Option<impl Iterator<Item = &'static str>> {
    let names = match version {
        Version::Swagger2 => swagger_keys(object),
        Version::OpenApi30 => openapi_keys(object),
        Version::OpenApi31 => newest_keys(object),
    };
    names.map(|lists| lists.into_iter().flat_map(str::split_whitespace))
}

type Names = Option<[&'static str; 2]>;

fn swagger_keys(object: Object) -> Names {
    Some(match object {
        Object::Of(Kind::Document) => [
            "swagger info host basePath schemes consumes produces paths definitions parameters responses",
            "securityDefinitions security tags externalDocs webhooks",
        ],
        Object::Of(Kind::Operation) => [
            "tags summary description externalDocs operationId consumes produces parameters responses schemes",
            "deprecated security callbacks servers",
        ],
        Object::Of(Kind::Parameter) => [
            "name in description required schema allowEmptyValue",
            SWAGGER_VALUE,
        ],
        Object::Of(Kind::Header) => ["description", SWAGGER_VALUE],
        Object::Of(Kind::Response) => ["description schema headers examples", ""],
        Object::Of(Kind::Schema) => [DRAFT4, ""],
        Object::SecurityScheme => [
            "type description name in flow authorizationUrl tokenUrl scopes",
            "",
        ],
        other => return openapi_keys(other),
    })
}

fn openapi_keys(object: Object) -> Names {
    Some(match object {
        Object::Of(Kind::Document) => [
            "openapi info servers paths components security tags externalDocs webhooks",
            "",
        ],
        Object::Of(Kind::Info) => [
            "title description termsOfService contact license version",
            "",
        ],
        Object::Of(Kind::Components) => [
            "schemas responses parameters examples requestBodies headers securitySchemes links callbacks",
            "pathItems",
        ],
        Object::Of(Kind::PathItem) => [
            "$ref summary description servers parameters",
            "get put post delete options head patch trace",
        ],
        Object::Of(Kind::Operation) => [
            "tags summary description externalDocs operationId parameters requestBody responses callbacks",
            "deprecated security servers",
        ],
        Object::Of(Kind::Parameter) => ["name in", OPENAPI_VALUE],
        Object::Of(Kind::Header) => [OPENAPI_VALUE, ""],
        Object::Of(Kind::RequestBody) => ["description content required", ""],
        Object::Of(Kind::Response) => ["description headers content links", ""],
        Object::Of(Kind::MediaType) => ["schema example examples encoding", ""],
        Object::Of(Kind::Schema) => [DRAFT4, "writeOnly"],
        Object::Contact => ["name url email", ""],
        Object::License => ["name url identifier", ""],
        Object::Server => ["url description variables", ""],
        Object::ServerVariable => ["enum default description", ""],
        Object::Tag => ["name description externalDocs", ""],
        Object::ExternalDocs => ["description url", ""],
        Object::SecurityScheme => [
            "type description name in scheme bearerFormat flows openIdConnectUrl",
            "",
        ],
        Object::OAuthFlows => ["implicit password clientCredentials authorizationCode", ""],
        Object::OAuthFlow => ["authorizationUrl tokenUrl refreshUrl scopes", ""],
        Object::Example => ["summary description value externalValue", ""],
        Object::Link => [
            "operationRef operationId parameters requestBody description server",
            "",
        ],
        Object::Callback => return None,
        Object::Of(Kind::Encoding) => ["contentType headers style explode allowReserved", ""],
        Object::Discriminator => ["propertyName mapping", ""],
        Object::Xml => ["name namespace prefix attribute wrapped", ""],
    })
}

fn newest_keys(object: Object) -> Names {
    Some(match object {
        Object::Of(Kind::Document) => [
            "openapi info servers paths components security tags externalDocs webhooks",
            "jsonSchemaDialect",
        ],
        Object::Of(Kind::Info) => [
            "title description termsOfService contact license version",
            "summary",
        ],
        Object::Of(Kind::Schema) => [DRAFT2020, COMMON],
        other => return openapi_keys(other),
    })
}

/// What describes the value of a parameter or header in Swagger 2.0.
const SWAGGER_VALUE: &str = "type format items collectionFormat default maximum exclusiveMaximum minimum exclusiveMinimum \
     maxLength minLength pattern maxItems minItems uniqueItems enum multipleOf";

/// What describes the value of a parameter or header in OpenAPI 3.
const OPENAPI_VALUE: &str = "description required deprecated allowEmptyValue style explode allowReserved schema example examples content";

/// The keywords of draft 4, with those of OpenAPI 2.0 and 3.0.
const DRAFT4: &str = "$ref $schema id title description default multipleOf maximum exclusiveMaximum minimum \
     exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems maxProperties minProperties required enum type \
     format items additionalItems properties additionalProperties patternProperties dependencies definitions allOf anyOf oneOf \
     not nullable discriminator readOnly xml externalDocs example";

/// The keywords of 2020-12 that draft 4 does not have.
const DRAFT2020: &str = "$id $anchor $dynamicRef $dynamicAnchor $vocabulary $comment $defs if then else dependentSchemas \
     dependentRequired prefixItems contains minContains maxContains propertyNames unevaluatedItems unevaluatedProperties const \
     deprecated writeOnly examples contentEncoding contentMediaType contentSchema";

/// The keywords that 2020-12 shares with draft 4, with those of OpenAPI 3.1.
const COMMON: &str = "$ref $schema title description default multipleOf maximum exclusiveMaximum minimum exclusiveMinimum \
     maxLength minLength pattern maxItems minItems uniqueItems maxProperties minProperties required enum type format items \
     properties additionalProperties patternProperties definitions allOf anyOf oneOf not discriminator readOnly xml \
     externalDocs example";

/// The members of `object` that hold objects.
pub(crate) fn holdings(object: Object, version: Version) -> Vec<(&'static str, Holding, Object)> {
    let mut holdings = extra(object).to_vec();
    if let Object::Of(kind) = object {
        let members = members(kind, version).iter();
        holdings.extend(members.filter_map(|member| {
            let (holding, kind) = match member.shape {
                Shape::Text | Shape::Flag | Shape::Texts => return None,
                Shape::One(kind) | Shape::Switch(kind) => (Holding::One, kind),
                Shape::OneOrList(kind) => (Holding::OneOrList, kind),
                Shape::Map(kind) => (Holding::Map, kind),
                Shape::List(kind) => (Holding::List, kind),
            };
            Some((member.name, holding, Object::Of(kind)))
        }));
    }
    holdings
}

/// The members that the walk does not enter, whatever the version.
fn extra(object: Object) -> &'static [(&'static str, Holding, Object)] {
    const DOCS: (&str, Holding, Object) = ("externalDocs", Holding::One, Object::ExternalDocs);
    const SERVERS: (&str, Holding, Object) = ("servers", Holding::List, Object::Server);
    const EXAMPLES: (&str, Holding, Object) = ("examples", Holding::Map, Object::Example);
    match object {
        Object::Of(Kind::Document) => &[
            DOCS,
            SERVERS,
            ("tags", Holding::List, Object::Tag),
            ("securityDefinitions", Holding::Map, Object::SecurityScheme),
            ("webhooks", Holding::Map, Object::Of(Kind::PathItem)),
        ],
        Object::Of(Kind::Info) => &[
            ("contact", Holding::One, Object::Contact),
            ("license", Holding::One, Object::License),
        ],
        Object::Of(Kind::Components) => &[
            EXAMPLES,
            ("securitySchemes", Holding::Map, Object::SecurityScheme),
            ("links", Holding::Map, Object::Link),
            ("callbacks", Holding::Map, Object::Callback),
        ],
        Object::Of(Kind::PathItem) => &[SERVERS],
        Object::Of(Kind::Operation) => {
            &[DOCS, SERVERS, ("callbacks", Holding::Map, Object::Callback)]
        }
        Object::Of(Kind::Parameter | Kind::Header) => &[EXAMPLES],
        Object::Of(Kind::MediaType) => &[EXAMPLES],
        Object::Of(Kind::Response) => &[("links", Holding::Map, Object::Link)],
        Object::Of(Kind::Schema) => &[
            DOCS,
            ("xml", Holding::One, Object::Xml),
            ("discriminator", Holding::One, Object::Discriminator),
        ],
        Object::Server => &[("variables", Holding::Map, Object::ServerVariable)],
        Object::Tag => &[DOCS],
        Object::SecurityScheme => &[("flows", Holding::One, Object::OAuthFlows)],
        Object::OAuthFlows => &[
            ("implicit", Holding::One, Object::OAuthFlow),
            ("password", Holding::One, Object::OAuthFlow),
            ("clientCredentials", Holding::One, Object::OAuthFlow),
            ("authorizationCode", Holding::One, Object::OAuthFlow),
        ],
        Object::Link => &[("server", Holding::One, Object::Server)],
        _ => &[],
    }
}
