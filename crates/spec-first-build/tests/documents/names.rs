//! Whatever the names in a document are, those in Rust are legal, and no two in one scope are alike.

use std::collections::HashMap;

use icu_normalizer::ComposingNormalizerBorrowed;
use serde_json::{Value, json};
use spec_first_build::document::Document;
use spec_first_build::text::report;
use spec_first_build::{Front, Model, print};

use crate::nasty::{api, document, operation, parameter};
use crate::random::Random;

/// How many documents are tried.
const DOCUMENTS: u64 = 150;

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

/// What the templates print for a document.
pub fn facts(document: &Value) -> Value {
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
        let is_compatible = ComposingNormalizerBorrowed::new_nfkc().is_normalized(plain);
        assert!(is_compatible, "{name:?} as {what} is a warning");
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
