//! Documents full of names that are hard to make identifiers from.

use serde_json::{Map, Value, json};

use crate::random::Random;

/// Names as public specs have them, and worse.
const NAMES: &[&str] = &[
    "",
    " ",
    "_",
    "__",
    "-",
    "+",
    "+ 2",
    "<",
    ">",
    "<=",
    "≥",
    "≤",
    "😀",
    "😁",
    "\u{202a}",
    "\u{202a}a",
    "%",
    "a%",
    "%41",
    "A",
    "a",
    "D",
    "T",
    "E",
    "B",
    "a b",
    "a-b",
    "a_b",
    "aB",
    "AB",
    "a.b",
    "a/b",
    "a~b",
    "a\tb",
    "a\"b",
    "a\\b",
    "a{b}",
    "a]b",
    "*/",
    "//",
    "DateSent",
    "DateSent<",
    "DateSent>",
    "dateSent",
    "date_sent",
    "DATE_SENT",
    "date-sent",
    "date_sent_less",
    "query_date_sent",
    "date_sent_2",
    "2fa",
    "2",
    "02",
    "-2",
    "1.5",
    "_2",
    "self",
    "Self",
    "self_",
    "super",
    "crate",
    "type",
    "r#type",
    "Type",
    "type_2",
    "fn",
    "gen",
    "async",
    "await",
    "true",
    "Option",
    "option",
    "Vec",
    "String",
    "Result",
    "Ok",
    "Err",
    "None",
    "Some",
    "Box",
    "Value",
    "Problem",
    "Api",
    "api",
    "Mock",
    "mock",
    "types",
    "routes",
    "mod",
    "std",
    "core",
    "spec_first",
    "Send",
    "Sync",
    "Send operations",
    "app",
    "call",
    "answer",
    "no_rules",
    "mount",
    "body",
    "status",
    "Call",
    "Body",
    "additional",
    "additional_members",
    "日本",
    "日_本",
    "é",
    "e\u{301}",
    "E\u{301}",
    "\u{212b}",
    "\u{c5}",
    "\u{2126}",
    "\u{3a9}",
    "\u{212a}",
    "K",
    "\u{9c7}\u{9be}",
    "\u{9cb}",
    "𝐀",
    "ǅ",
    "İ",
    "ß",
    "ﬁ",
    "Ⅷ",
    "x_default",
    "x",
    "x default",
    "SPEC",
    "spec",
    "u8",
    "str",
    "i64",
    "'static",
    "'a",
    "a2",
    "a 2",
    "A2",
    "a_2",
    "main",
    "lib",
    "test",
    "derive",
    "Clone",
    "Debug",
    "serde",
];

/// A document full of nasty names.
pub fn document(random: &mut Random) -> Value {
    let components = names(random, 12);
    let schemas: Map<_, _> = components
        .iter()
        .map(|name| (name.clone(), schema(random)))
        .collect();
    let mut paths = Map::new();
    for (index, id) in names(random, 14)
        .into_iter()
        .filter(|id| !id.is_empty())
        .enumerate()
    {
        // Names of headers are distinct in lower case, too.
        let parts = ["query", "cookie"];
        let parameters = names(random, 8).into_iter();
        let parameters = parameters.filter(|name| !name.is_empty());
        let parameters: Vec<_> = parameters
            .map(|name| parameter(&name, parts[random.below(2)]))
            .collect();
        let tag = NAMES[random.below(NAMES.len())];
        let component = &components[random.below(components.len())];
        let component = component
            .replace('~', "~0")
            .replace('/', "~1")
            .replace('%', "%25");
        let reference = json!({ "$ref": format!("#/components/schemas/{component}") });
        let body = if random.below(2) == 0 {
            schema(random)
        } else {
            reference
        };
        let operation = operation(&id, tag, &parameters, &body);
        paths.insert(format!("/p{index}"), json!({ "post": operation }));
    }
    api(paths.into(), schemas.into())
}

/// A document with these paths and schemas.
pub fn api(paths: Value, schemas: Value) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "A", "version": "1" },
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

/// An optional parameter.
pub fn parameter(name: &str, part: &str) -> Value {
    json!({ "name": name, "in": part, "schema": { "type": "string", "enum": ["a", "A"] } })
}

/// An operation whose request and response have this body.
pub fn operation(id: &str, tag: &str, parameters: &[Value], body: &Value) -> Value {
    let content = json!({ "application/json": { "schema": body } });
    let headers = [
        "call", "body", "status", "X-A", "x_a", "no_rules", "self", "type",
    ];
    let headers: Map<_, _> = headers
        .iter()
        .map(|name| {
            (
                (*name).to_owned(),
                json!({ "schema": { "type": "string" } }),
            )
        })
        .collect();
    json!({
        "operationId": id,
        "tags": [tag],
        "summary": "Turned \u{202e} and \r returned",
        "description": "Turned \u{2066}.\n```\n\u{202a}a\rb\n```",
        "parameters": parameters,
        "requestBody": { "content": content },
        "responses": {
            "200": { "description": "A", "content": content, "headers": headers },
            "298": { "description": "B" },
            "299": { "description": "C" },
            "2XX": { "description": "D" },
        },
    })
}

fn schema(random: &mut Random) -> Value {
    match random.below(4) {
        0 => json!({ "type": "string", "enum": names(random, 12) }),
        1 => {
            json!({ "oneOf": [{ "type": "string" }, { "type": "object", "title": NAMES[random.below(NAMES.len())], "properties": { "a": {} } }, { "type": "boolean" }] })
        }
        _ => {
            let properties = names(random, 12).into_iter();
            let properties: Map<_, _> = properties.map(|name| (name, member(random))).collect();
            json!({ "type": "object", "properties": properties, "additionalProperties": random.below(2) == 0 })
        }
    }
}

fn member(random: &mut Random) -> Value {
    match random.below(4) {
        0 => json!({ "type": "string", "default": "a" }),
        1 => json!({ "type": "string", "pattern": format!("^a\u{202b}{}$", random.below(100)) }),
        2 => json!({ "type": "string", "enum": ["a", "b"] }),
        _ => json!({ "type": "integer" }),
    }
}

/// Some names, each once.
fn names(random: &mut Random, most: usize) -> Vec<String> {
    let mut names: Vec<String> = (0..=random.below(most))
        .map(|_| NAMES[random.below(NAMES.len())].to_owned())
        .collect();
    names.sort();
    names.dedup();
    names
}
