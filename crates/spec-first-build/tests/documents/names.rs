//! Whatever the names in a document are, those in Rust are legal, and no two in one scope are alike.

use std::collections::HashMap;

use icu_normalizer::ComposingNormalizerBorrowed;
use serde_json::{Map, Value, json};
use spec_first_build::document::Document;
use spec_first_build::text::report;
use spec_first_build::{Front, Model, print};

use crate::random::Random;

/// How many documents are tried.
const DOCUMENTS: u64 = 150;

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

#[test]
fn names_are_legal_and_distinct() {
    for seed in 0..DOCUMENTS {
        let document = document(&mut Random(seed));
        check(&facts(&document), &format!("{document:#}"));
    }
}

#[test]
fn names_that_differ_in_signs_alone_are_spelled_out() {
    let parameters = ["DateSent", "DateSent<", "DateSent>"];
    let parameters = parameters.map(|name| parameter(name, "query"));
    let operation = operation("list", "calls", &parameters, &json!({ "type": "string" }));
    let facts = facts(&api(json!({ "/calls": { "get": operation } }), json!({})));
    let arguments = &facts["paths"]["/calls"]["get"]["x-rs-method"]["arguments"];
    let names = list(arguments).map(|argument| text(&argument["name"]));
    let expected = ["date_sent", "date_sent_less", "date_sent_greater", "body"];
    assert_eq!(names.collect::<Vec<_>>(), expected);
}

fn facts(document: &Value) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("swagger.yml");
    std::fs::write(&path, document.to_string()).expect("written");
    let facts = Document::read(&path).and_then(|read| {
        let Front { api, contract, .. } = Front::new(&read)?;
        Ok(print::facts(&Model::new(&read, &api, &contract)?))
    });
    facts.unwrap_or_else(|faults| panic!("{}\n{document:#}", report(&faults)))
}

/// The names of one scope.
struct Scope<'s> {
    what: &'s str,
    document: &'s str,
    names: HashMap<String, String>,
}

impl<'s> Scope<'s> {
    /// A scope where other code has some names already.
    fn new(what: &'s str, document: &'s str, taken: &[&str]) -> Self {
        let taken = taken
            .iter()
            .map(|name| ((*name).to_owned(), (*name).to_owned()));
        Self {
            what,
            document,
            names: taken.collect(),
        }
    }

    fn add(&mut self, name: &str) {
        let (what, document) = (self.what, self.document);
        assert!(
            syn::parse_str::<syn::Ident>(name).is_ok(),
            "{name:?} as {what} in {document}"
        );
        assert!(name != "_" && name.trim() == name, "{name:?} as {what}");
        let plain = name.trim_start_matches("r#");
        let same = ComposingNormalizerBorrowed::new_nfc()
            .normalize(plain)
            .into_owned();
        let other = self.names.insert(same, name.to_owned());
        assert!(
            other.is_none(),
            "{name:?} as {what} is taken by {other:?} in {document}"
        );
    }
}

fn check(facts: &Value, document: &str) {
    let scope = |what, taken| Scope::new(what, document, taken);
    let mut types = scope("type", &TYPES[..]);
    let mut traits = scope("trait", &["Send", "Sync", "A", "Api", "Arc", "Routes"]);
    let mut statics = scope("static", &["SPEC"]);
    let mut functions = scope("function of types", &[]);
    for item in list(&facts["x-rs-types"]) {
        types.add(text(&item["name"]));
        let defaults = list(&item["defaults"]).map(|it| &it["function"]);
        defaults.for_each(|function| functions.add(text(function)));
        if item["rest"].is_object() {
            functions.add(text(&item["rest"]["function"]));
        }
        list(&item["patterns"]).for_each(|it| statics.add(text(&it["name"])));
        let parts = [
            ("struct", "fields"),
            ("string_enum", "variants"),
            ("integer_enum", "variants"),
            ("union", "branches"),
        ];
        for (kind, parts) in parts {
            let mut members = scope(parts, &["Self"]);
            list(&item[kind][parts]).for_each(|it| members.add(text(&it["name"])));
        }
    }
    let mut modules = scope(
        "module",
        &["std", "spec_first", "mock", "routes", "types", "mod"],
    );
    for module in list(&facts["x-rs-modules"]) {
        modules.add(text(&module["name"]));
        types.add(text(&module["trait"]));
        traits.add(text(&module["trait"]));
    }
    let mut routes = scope(
        "function of routes",
        &["mount", "no_rules", "app", "routes"],
    );
    let mut methods: HashMap<&str, Scope> = HashMap::new();
    let operations = facts["paths"]
        .as_object()
        .expect("paths")
        .values()
        .flat_map(|path| path.as_object().expect("a path").values());
    for operation in operations {
        let method = &operation["x-rs-method"];
        routes.add(text(&method["function"]));
        let module = methods.entry(text(&method["trait"]));
        module
            .or_insert_with(|| scope("method", &[]))
            .add(text(&method["name"]));
        let mut arguments = scope("argument", &["app", "call", "no_rules", "self"]);
        list(&method["arguments"]).for_each(|it| arguments.add(text(&it["name"])));
        let success = &method["success"]["enum"];
        if success.is_object() {
            types.add(text(&success["name"]));
        }
        let mut variants = scope("response", &[]);
        for variant in list(&success["variants"]) {
            variants.add(text(&variant["name"]));
            let mut fields = scope("field of a response", &["call", "no_rules", "self"]);
            list(&variant["fields"]).for_each(|it| fields.add(text(&it["name"])));
        }
    }
}

/// Names that generated code uses for something else than a type of the document.
const TYPES: [&str; 20] = [
    "Api",
    "Mock",
    "Self",
    "Vec",
    "Option",
    "Box",
    "String",
    "Result",
    "Value",
    "Problem",
    "Call",
    "StatusCode",
    "HttpResponse",
    "Some",
    "None",
    "Ok",
    "Err",
    "Clone",
    "Debug",
    "Default",
];

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value} is no name"))
}

/// A document full of nasty names.
fn document(random: &mut Random) -> Value {
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

fn api(paths: Value, schemas: Value) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "A", "version": "1" },
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

fn parameter(name: &str, part: &str) -> Value {
    json!({ "name": name, "in": part, "schema": { "type": "string", "enum": ["a", "A"] } })
}

fn operation(id: &str, tag: &str, parameters: &[Value], body: &Value) -> Value {
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
        1 => json!({ "type": "string", "pattern": format!("^a{}$", random.below(100)) }),
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
