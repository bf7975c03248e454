//! Documents with very many, very odd or no names: the compiler reports nothing about what they become.

use serde_json::{Map, Value, json};

use crate::nasty::{self, api, operation, parameter};
use crate::project::{Project, generator, succeeded};
use crate::random::Random;

fn compile(document: &Value) {
    let project = Project::with_spec(&document.to_string());
    succeeded(&project.compile(generator()));
}

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn names_that_are_hard_to_make_identifiers_from_compile() {
    for seed in 0..3 {
        compile(&nasty::document(&mut Random(seed)));
    }
}

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn methods_that_an_arc_has_compile() {
    let names = [
        "as_ref",
        "borrow",
        "clone",
        "clone_from",
        "cmp",
        "drop",
        "eq",
        "fmt",
        "hash",
        "into",
        "into_iter",
        "into_future",
        "max",
        "to_owned",
        "to_string",
        "try_into",
        "type_id",
        "validate",
        "deref",
        "poll",
        "mount",
        "app",
        "routes",
        "no_rules",
        "from",
        "default",
        "call",
        "respond",
        "send",
        "sync",
    ];
    let operations = names.iter().enumerate().map(|(index, name)| {
        let operation = operation(
            name,
            name,
            &[parameter(name, "query")],
            &json!({ "type": "string" }),
        );
        (format!("/{index}"), json!({ "post": operation }))
    });
    let paths: Map<_, _> = operations.collect();
    compile(&api(paths.into(), json!({})));
}

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn a_spec_without_operations_compiles() {
    compile(&json!({
        "openapi": "3.1.0",
        "info": { "title": "A", "version": "1" },
        "webhooks": { "called": { "post": { "responses": { "204": { "description": "Done." } } } } },
    }));
}

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn large_types_compile() {
    let properties = (0..300).map(|number| (format!("p{number}"), json!({ "type": "integer" })));
    let mut properties: Map<_, _> = properties.collect();
    let values: Vec<_> = (0..1_000).map(|number| format!("v{number}")).collect();
    properties.insert(
        "values".to_owned(),
        json!({ "type": "string", "enum": values }),
    );
    let numbers: Vec<_> = (0..1_000).collect();
    properties.insert(
        "numbers".to_owned(),
        json!({ "type": "integer", "enum": numbers }),
    );
    for length in [12, 13, 17] {
        let items = vec![json!({ "type": "boolean" }); length];
        let tuple = json!({ "type": "array", "prefixItems": items, "minItems": length, "maxItems": length });
        properties.insert(format!("tuple{length}"), tuple);
    }
    let names = (0..60).map(|number| format!("q{number}"));
    let parameters: Vec<_> = names.map(|name| parameter(&name, "query")).collect();
    let body = json!({ "type": "object", "properties": properties });
    let operation = operation("list", "calls", &parameters, &body);
    let mut document = api(json!({ "/a": { "post": operation } }), json!({}));
    document["openapi"] = "3.1.0".into();
    compile(&document);
}
