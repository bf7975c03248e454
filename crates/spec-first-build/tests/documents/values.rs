//! The values of absent members, and the types that have room for them.

use serde_json::{Map, Value, json};
use spec_first_build::document::Document;
use spec_first_build::print::facts;
use spec_first_build::text::report;
use spec_first_build::{Front, Model};

/// What is generated for the optional member `value` of a request body.
#[derive(Debug, PartialEq)]
struct Member {
    kind: String,
    /// The default as Rust writes it; none if an absent member stays absent.
    default: Option<String>,
}

#[test]
fn an_absent_member_gets_its_default_and_null_stays_null() {
    let named = |default: Value| json!({ "type": "string", "nullable": true, "default": default });
    for (version, schema, kind, default) in [
        (
            "2.0",
            json!({ "type": "string", "x-nullable": true, "default": "a" }),
            "Option<String>",
            r#"Some("a")"#,
        ),
        ("3.0.3", named(json!("a")), "Option<String>", r#"Some("a")"#),
        ("3.0.3", named(json!(null)), "Option<String>", "None"),
        (
            "3.1.0",
            json!({ "type": ["string", "null"], "default": "a" }),
            "Option<String>",
            r#"Some("a")"#,
        ),
        (
            "3.0.3",
            json!({ "type": "integer", "nullable": true, "default": 7 }),
            "Option<i64>",
            "Some(7)",
        ),
        (
            "3.0.3",
            json!({ "type": "number", "nullable": true, "default": 7 }),
            "Option<f64>",
            "Some(7.0)",
        ),
        (
            "3.0.3",
            json!({ "type": "boolean", "nullable": true, "default": false }),
            "Option<bool>",
            "Some(false)",
        ),
        (
            "3.0.3",
            json!({ "type": "string", "format": "date", "nullable": true, "default": "2020-02-29" }),
            "Option<NaiveDate>",
            r#"Some(parse_default("\"2020-02-29\""))"#,
        ),
        (
            "3.0.3",
            json!({ "type": "array", "items": { "type": "string" }, "nullable": true, "default": [] }),
            "Option<Vec<String>>",
            "Some(Vec::new())",
        ),
        (
            "3.1.0",
            json!({ "type": ["array", "null"], "items": { "type": "string" }, "default": ["a"] }),
            "Option<Vec<String>>",
            r#"Some(parse_default("[\"a\"]"))"#,
        ),
        (
            "3.0.3",
            json!({ "type": "object", "properties": { "a": {} }, "nullable": true, "default": {} }),
            "Option<HolderValue>",
            r#"Some(parse_default("{}"))"#,
        ),
        (
            "3.0.3",
            json!({ "allOf": [{ "$ref": "#/components/schemas/Size" }], "nullable": true, "default": "small" }),
            "Option<Size>",
            r#"Some(parse_default("\"small\""))"#,
        ),
        (
            "3.1.0",
            json!({ "anyOf": [{ "$ref": "#/components/schemas/Size" }, { "type": "null" }], "default": "small" }),
            "Option<Size>",
            r#"Some(parse_default("\"small\""))"#,
        ),
        (
            "3.1.0",
            json!({ "$ref": "#/components/schemas/Note", "default": "b" }),
            "Option<String>",
            r#"Some("b")"#,
        ),
        (
            "3.0.3",
            json!({ "$ref": "#/components/schemas/Note" }),
            "Option<String>",
            r#"Some("a")"#,
        ),
        (
            "3.0.3",
            json!({ "allOf": [{ "$ref": "#/components/schemas/Note" }] }),
            "Option<String>",
            r#"Some("a")"#,
        ),
    ] {
        let expected = Member {
            kind: kind.to_owned(),
            default: Some(default.to_owned()),
        };
        assert_eq!(member(version, &schema), expected, "{version} {schema}");
    }
}

#[test]
fn what_is_no_default_leaves_an_absent_member_absent() {
    for (version, schema, kind) in [
        // Many authors write null where there is none.
        (
            "3.0.3",
            json!({ "type": "string", "default": null }),
            "Option<String>",
        ),
        (
            "3.0.3",
            json!({ "type": "string", "nullable": true }),
            "Field<String>",
        ),
        // Before 3.1 the members beside a reference are ignored.
        (
            "3.0.3",
            json!({ "$ref": "#/components/schemas/Size", "default": "small" }),
            "Option<Size>",
        ),
        // The default of a part may not be among the values of the whole.
        (
            "3.0.3",
            json!({ "allOf": [{ "$ref": "#/components/schemas/Note" }], "minLength": 2 }),
            "Field<String>",
        ),
    ] {
        let found = member(version, &schema);
        assert_eq!(
            (found.kind.as_str(), found.default),
            (kind, None),
            "{version} {schema}"
        );
    }
}

#[test]
fn an_absent_parameter_gets_its_default_and_null_stays_null() {
    for (version, schema, kind, default) in [
        (
            "3.0.3",
            json!({ "type": "integer", "nullable": true, "default": 7 }),
            "Option<i64>",
            json!(7),
        ),
        (
            "3.1.0",
            json!({ "type": ["integer", "null"], "default": 7 }),
            "Option<i64>",
            json!(7),
        ),
        (
            "3.1.0",
            json!({ "$ref": "#/components/schemas/Note", "default": "b" }),
            "Option<String>",
            json!("b"),
        ),
        (
            "3.0.3",
            json!({ "allOf": [{ "$ref": "#/components/schemas/Note" }] }),
            "Option<String>",
            json!("a"),
        ),
        (
            "3.0.3",
            json!({ "type": "integer", "default": null }),
            "Option<i64>",
            Value::Null,
        ),
    ] {
        let parameter = json!({ "name": "a", "in": "query", "schema": schema });
        let operation =
            json!({ "operationId": "a", "parameters": [parameter], "responses": answer() });
        let front = read(&document(version, json!({ "/a": { "get": operation } })));
        let contract = &front.1["operations"][0]["parameters"][0];
        assert_eq!(contract["default"], default, "{version} {schema}");
        let arguments = front.0.to_string();
        assert!(
            arguments.contains(&format!("\"type\":\"{kind}\"")),
            "{version} {schema}: {arguments}"
        );
    }
}

#[test]
fn a_member_has_the_rules_of_all_schemas_that_it_follows() {
    for (version, schema, kind, rules) in [
        (
            "3.1.0",
            json!({ "$ref": "#/components/schemas/Word", "maxLength": 3 }),
            "Option<String>",
            json!([{ "length": [["min", "2"], ["max", "3"]] }]),
        ),
        (
            "3.1.0",
            json!({ "anyOf": [{ "$ref": "#/components/schemas/Word" }, { "type": "null" }] }),
            "Field<String>",
            json!([{ "length": [["min", "2"], ["max", "9"]] }]),
        ),
        (
            "3.0.3",
            json!({ "allOf": [{ "$ref": "#/components/schemas/Word" }] }),
            "Option<String>",
            json!([{ "length": [["min", "2"], ["max", "9"]] }]),
        ),
        (
            "3.0.3",
            json!({ "type": "integer", "minimum": 0, "maximum": 1.8446744073709552e19 }),
            "Option<u64>",
            json!([{ "range": [["min", "0"]] }]),
        ),
        (
            "3.0.3",
            json!({ "type": "integer", "minimum": -9223372036854776000.0, "maximum": 1e15 }),
            "Option<i64>",
            json!([{ "range": [["min", "-9223372036854775808_i64"], ["max", "1000000000000000_i64"]] }]),
        ),
    ] {
        let field = field(version, &schema);
        assert_eq!(field["type"], kind, "{version} {schema}");
        let found = field["validate"]["rules"].as_array().into_iter().flatten();
        assert_eq!(
            found.map(rule).collect::<Value>(),
            rules,
            "{version} {schema}"
        );
    }
}

/// A rule: its name, and each bound with its value.
fn rule(rule: &Value) -> Value {
    let names = ["length", "range"].into_iter();
    let rules = names.filter_map(|name| {
        let bounds = rule[name]["bounds"].as_array()?.iter();
        Some((
            name.to_owned(),
            bounds.map(|it| json!([it["name"], it["value"]])).collect(),
        ))
    });
    Value::Object(rules.collect())
}

/// The field for the member `value` of the type `Holder`.
fn field(version: &str, schema: &Value) -> Value {
    holder(version, schema)["struct"]["fields"][0].clone()
}

/// The member `value` of the type `Holder`.
fn member(version: &str, schema: &Value) -> Member {
    let holder = holder(version, schema);
    let default = holder["defaults"].get(0);
    // Without a function and without a decoder that rejects null, the default is `None`.
    let arguments = &holder["struct"]["fields"][0]["serde"]["arguments"];
    let is_null =
        arguments.as_array().is_some_and(|it| it.len() == 1) && arguments[0]["default"] == true;
    let is_option = text(&holder["struct"]["fields"][0]["type"]).starts_with("Option<");
    let none = (is_null && is_option).then(|| "None".to_owned());
    Member {
        kind: text(&holder["struct"]["fields"][0]["type"]),
        default: default.map(rust).or(none),
    }
}

/// The type `Holder`, whose member `value` has a schema.
fn holder(version: &str, schema: &Value) -> Value {
    let holder = json!({ "type": "object", "properties": { "value": schema } });
    let (facts, _) = read(&holding(version, &holder));
    let items = facts["x-rs-types"].as_array().into_iter().flatten();
    let mut holders = items.filter(|it| it["name"] == "Holder");
    holders.next().cloned().expect("the type is generated")
}

/// A default as the template writes it.
fn rust(default: &Value) -> String {
    let value = match default {
        it if it["plain"].is_string() => text(&it["plain"]),
        it if it["string"].is_string() => text(&it["string"]),
        it if it["json"].is_string() => format!("parse_default({})", text(&it["json"])),
        _ => "Vec::new()".to_owned(),
    };
    match default["some"] == true {
        true => format!("Some({value})"),
        false => value,
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A document with an operation whose body is a `Holder`.
fn holding(version: &str, holder: &Value) -> Value {
    let place = if version == "2.0" {
        "definitions"
    } else {
        "components/schemas"
    };
    let schema = json!({ "$ref": format!("#/{place}/Holder") });
    let operation = if version == "2.0" {
        let body = json!({ "name": "body", "in": "body", "schema": schema });
        json!({ "operationId": "a", "parameters": [body], "responses": answer() })
    } else {
        let body = json!({ "content": { "application/json": { "schema": schema } } });
        json!({ "operationId": "a", "requestBody": body, "responses": answer() })
    };
    let mut document = document(version, json!({ "/a": { "post": operation } }));
    let schemas = match version {
        "2.0" => &mut document["definitions"],
        _ => &mut document["components"]["schemas"],
    };
    schemas["Holder"] = holder.clone();
    document
}

fn answer() -> Value {
    json!({ "204": { "description": "Done." } })
}

fn document(version: &str, paths: Value) -> Value {
    let null = if version == "3.1.0" {
        json!({ "type": ["string", "null"], "default": "a" })
    } else {
        json!({ "type": "string", "nullable": true, "default": "a" })
    };
    let size = json!({ "type": "string", "enum": ["small", "large"] });
    let word = json!({ "type": "string", "minLength": 2, "maxLength": 9 });
    let schemas = [("Note", null), ("Size", size), ("Word", word)];
    let schemas = Map::from_iter(schemas.map(|(name, schema)| (name.to_owned(), schema)));
    let info = json!({ "title": "Values", "version": "1" });
    match version {
        "2.0" => {
            json!({ "swagger": version, "info": info, "definitions": schemas, "paths": paths })
        }
        _ => {
            json!({ "openapi": version, "info": info, "components": { "schemas": schemas }, "paths": paths })
        }
    }
}

/// The facts of a document, and its contract.
fn read(document: &Value) -> (Value, Value) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("swagger.yml");
    std::fs::write(&path, document.to_string()).expect("the document is written");
    let document = Document::read(&path).unwrap_or_else(|faults| panic!("{}", report(&faults)));
    let Front { api, contract, .. } =
        Front::new(&document).unwrap_or_else(|faults| panic!("{}", report(&faults)));
    let model = Model::new(&document, &api, &contract);
    let model = model.unwrap_or_else(|faults| panic!("{}", report(&faults)));
    (facts(&model), contract)
}
