//! Members that OpenAPI does not have in their place: misspelt, misplaced, or of another version. The server ignores them.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::elsewhere::elsewhere;
use crate::document::{
    Document, Holding, Kind, Object, Version, has_siblings, holdings, keys, reference,
};
use crate::text::{Fault, Location, nearest};

/// Members that only describe: nothing is lost where they are ignored.
const REMARKS: [&str; 9] = [
    "title",
    "summary",
    "description",
    "example",
    "examples",
    "deprecated",
    "externalDocs",
    "$comment",
    "$schema",
];

/// What the dialects before 2020-12 have besides its keywords; OpenAPI 3.1 may name one.
const OLDER: [&str; 3] = ["additionalItems", "dependencies", "id"];

/// A warning for each member that is ignored.
pub(super) fn warnings(document: &Document) -> Vec<Fault> {
    let mut spelling = Spelling {
        document,
        seen: HashSet::new(),
        faults: Vec::new(),
    };
    for place in document.places() {
        spelling.object(&place.location, Object::Of(place.kind));
    }
    spelling.faults
}

struct Spelling<'a> {
    document: &'a Document,
    seen: HashSet<(Location, Object)>,
    faults: Vec<Fault>,
}

impl Spelling<'_> {
    fn object(&mut self, location: &Location, object: Object) {
        let mut ahead = vec![(location.clone(), object)];
        while let Some((location, object)) = ahead.pop() {
            let document = self.document;
            let value = document.value(&location);
            let Some(Value::Object(members)) =
                value.filter(|value| is_written(document, value, object))
            else {
                continue;
            };
            if self.seen.insert((location.clone(), object)) {
                self.members(&location, object, members);
                ahead.extend(self.inner(&location, object, members));
            }
        }
    }

    fn members(&mut self, location: &Location, object: Object, members: &Map<String, Value>) {
        let version = self.document.version();
        let Some(known) = keys(object, version) else {
            return;
        };
        let known: Vec<_> = known.collect();
        let is_older = object == Object::Of(Kind::Schema) && self.document.is_older(location);
        for (name, value) in members {
            if is_older && OLDER.contains(&name.as_str()) {
                continue;
            }
            if known.contains(&name.as_str()) || name.starts_with("x-") {
                continue;
            }
            let is_target = object == Object::Of(Kind::Document) && self.is_referred_to(name);
            if is_target {
                continue;
            }
            if name == "collectionFormat" && self.is_item(location) {
                continue;
            }
            let text = self.unknown(name, value, object, &known);
            let fault = |text| self.document.fault(&location.member(name), text);
            self.faults.extend(text.map(fault));
        }
    }

    /// Whether this describes the items of a list in a parameter or a header of Swagger 2.0, which are no schemas of their own
    /// (2.0, Items Object).
    fn is_item(&self, location: &Location) -> bool {
        let owner = location.pointer.trim_end_matches("/items");
        let is_owner = |kind: Kind| matches!(kind, Kind::Parameter | Kind::Header);
        let mut places = self.document.places().iter();
        self.document.version() == Version::Swagger2
            && owner.len() < location.pointer.len()
            && places.any(|place| {
                is_owner(place.kind)
                    && place.location.file == location.file
                    && place.location.pointer == owner
            })
    }

    /// What to say of a member that `object` does not have, if it is worth saying.
    fn unknown(&self, name: &str, value: &Value, object: Object, known: &[&str]) -> Option<String> {
        let version = self.document.version();
        let is_schema = object == Object::Of(Kind::Schema);
        // Another dialect has other keywords.
        let is_foreign = is_schema && has_own_dialect(self.document);
        if let Some(elsewhere) = elsewhere(name, object, version).filter(|_| !is_foreign) {
            let version = version_name(version);
            let (origin, advice) = (elsewhere.origin, elsewhere.advice);
            return Some(format!(
                "`{name}` is of {origin}, and {version} ignores it here. {advice}"
            ));
        }
        if REMARKS.contains(&name) {
            return None;
        }
        let owner = owner(object);
        if is_described(object) && self.is_keyword(name) {
            return Some(format!(
                "`{name}` is ignored here, because it is a keyword of schemas. Write it inside of `schema`."
            ));
        }
        let member = if is_schema { "keyword" } else { "member" };
        let start = format!("`{name}` is ignored, because {owner} has no such {member}.");
        if let Some(meant) = nearest(name, known.iter().copied()) {
            return Some(format!("{start} Perhaps `{meant}` is meant."));
        }
        match (is_schema, value) {
            (true, Value::Object(_)) => Some(format!(
                "{start} If it is a property, write it under `properties`."
            )),
            // JSON Schema leaves other keywords to their authors.
            (true, _) if version == Version::OpenApi31 => None,
            _ => Some(format!(
                "{start} Remove it, or begin its name with `x-` if a tool of yours reads it."
            )),
        }
    }

    /// Whether references lead into the member `name` of the document, so that it is not ignored.
    fn is_referred_to(&self, name: &str) -> bool {
        let start = format!("{}/", self.document.root().member(name));
        let mut places = self.document.places().iter();
        places.any(|place| place.location.to_string().starts_with(&start))
    }

    fn is_keyword(&self, name: &str) -> bool {
        let keywords = keys(Object::Of(Kind::Schema), self.document.version());
        keywords.is_some_and(|mut keywords| keywords.any(|keyword| keyword == name))
    }

    /// The objects inside of this one.
    fn inner(
        &self,
        location: &Location,
        object: Object,
        members: &Map<String, Value>,
    ) -> Vec<(Location, Object)> {
        if object == Object::Callback {
            let expressions = members.keys().filter(|name| !name.starts_with("x-"));
            return expressions
                .map(|name| (location.member(name), Object::Of(Kind::PathItem)))
                .collect();
        }
        let holdings = holdings(object, self.document.version()).into_iter();
        holdings
            .flat_map(|(name, holding, object)| {
                let place = location.member(name);
                let places = match (holding, members.get(name)) {
                    (Holding::One | Holding::OneOrList, Some(Value::Object(_))) => vec![place],
                    (Holding::Map, Some(Value::Object(inner))) => {
                        let names = inner.keys().filter(|name| !is_extension(name, object));
                        names.map(|name| place.member(name)).collect()
                    }
                    (Holding::List | Holding::OneOrList, Some(Value::Array(_))) => {
                        self.document.elements(&place).collect()
                    }
                    _ => Vec::new(),
                };
                places.into_iter().map(move |place| (place, object))
            })
            .collect()
    }
}

/// Properties alone may begin with `x-`.
fn is_extension(name: &str, object: Object) -> bool {
    name.starts_with("x-") && object != Object::Of(Kind::Schema)
}

/// Whether the members of an object count: most versions ignore the siblings of a `$ref`.
fn is_written(document: &Document, value: &Value, object: Object) -> bool {
    let has_siblings = match object {
        Object::Of(kind) => has_siblings(kind, document.version()),
        _ => false,
    };
    reference::of(value).is_none() || has_siblings
}

/// Whether the document names the dialect of its schemas.
fn has_own_dialect(document: &Document) -> bool {
    let dialect = document.root().member("jsonSchemaDialect");
    document.version() == Version::OpenApi31 && document.value(&dialect).is_some()
}

/// Whether the object has a schema for its value.
fn is_described(object: Object) -> bool {
    matches!(
        object,
        Object::Of(Kind::Parameter | Kind::Header | Kind::MediaType)
    )
}

fn version_name(version: Version) -> &'static str {
    match version {
        Version::Swagger2 => "OpenAPI 2.0",
        Version::OpenApi30 => "OpenAPI 3.0",
        Version::OpenApi31 => "OpenAPI 3.1",
    }
}

/// The object as the owner of a member, in words.
fn owner(object: Object) -> &'static str {
    match object {
        Object::Of(Kind::Document) => "the document",
        Object::Of(Kind::Info) => "`info`",
        Object::Of(Kind::Components) => "`components`",
        Object::Of(Kind::PathItem) => "a path",
        Object::Of(Kind::Operation) => "an operation",
        Object::Of(Kind::Parameter) => "a parameter",
        Object::Of(Kind::Header) => "a header",
        Object::Of(Kind::RequestBody) => "a request body",
        Object::Of(Kind::Response) => "a response",
        Object::Of(Kind::MediaType) => "a media type",
        Object::Of(Kind::Schema) => "a schema",
        Object::Contact => "`contact`",
        Object::License => "`license`",
        Object::Server => "a server",
        Object::ServerVariable => "a variable of a server",
        Object::Tag => "a tag",
        Object::ExternalDocs => "`externalDocs`",
        Object::SecurityScheme => "a security scheme",
        Object::OAuthFlows => "`flows`",
        Object::OAuthFlow => "a flow",
        Object::Example => "an example",
        Object::Link => "a link",
        Object::Callback => "a callback",
        Object::Of(Kind::Encoding) => "an encoding",
        Object::Discriminator => "`discriminator`",
        Object::Xml => "`xml`",
    }
}
