//! Random values of random schemas, written in every style, arrive in the handler as they were.

use serde_json::{Map, Value, json};
use spec_first::contract::Settings;
use spec_first_build::Front;
use spec_first_build::contract;
use spec_first_build::document::Document;

use super::encode::Form;
use super::random::Random;
use super::served::serve_contract;

/// How many schemas each form has, and how many values each schema.
const SCHEMAS: usize = 8;
const VALUES: usize = 6;

const FORMS: [(&str, &str, &[bool]); 8] = [
    ("query", "form", &[true, false]),
    ("query", "spaceDelimited", &[true, false]),
    ("query", "pipeDelimited", &[true, false]),
    ("query", "deepObject", &[true]),
    ("path", "simple", &[true, false]),
    ("path", "label", &[true, false]),
    ("path", "matrix", &[true, false]),
    ("header", "simple", &[true, false]),
];

const COLLECTIONS: [(&str, &str, &[bool]); 11] = [
    ("query", "csv", &[false]),
    ("query", "ssv", &[false]),
    ("query", "tsv", &[false]),
    ("query", "pipes", &[false]),
    ("query", "multi", &[true]),
    ("path", "csv", &[false]),
    ("path", "pipes", &[false]),
    ("path", "ssv", &[false]),
    ("header", "csv", &[false]),
    ("header", "tsv", &[false]),
    ("header", "pipes", &[false]),
];

#[test]
fn values_of_openapi_3_arrive_as_they_were_sent() {
    let cookies = ("cookie", "form", [true, false].as_slice());
    let forms: Vec<_> = FORMS.into_iter().chain([cookies]).collect();
    for version in ["3.0.3", "3.1.0"] {
        arrive(version, &forms);
    }
}

#[test]
fn values_of_swagger_2_0_arrive_as_they_were_sent() {
    arrive("2.0", &COLLECTIONS);
}

/// A parameter of a document.
struct Parameter {
    name: String,
    form: Form,
    schema: Value,
}

fn arrive(version: &str, forms: &[(&'static str, &'static str, &[bool])]) {
    let mut random = Random(7);
    let forms = forms.iter().flat_map(|(part, style, explodes)| {
        explodes.iter().map(|explode| Form {
            part,
            style,
            explode: *explode,
        })
    });
    let parameters: Vec<_> = forms
        .flat_map(|form| std::iter::repeat_n(form, SCHEMAS))
        .enumerate()
        .map(|(index, form)| Parameter {
            name: format!("X-p{index}"),
            form,
            schema: schema(version, form, &mut random),
        })
        .collect();
    let server = serve_contract(&contract_of(version, &parameters), Settings::default());
    for (index, parameter) in parameters.iter().enumerate() {
        for _ in 0..VALUES {
            let Parameter { name, form, schema } = parameter;
            let value = value(schema, *form, &mut random);
            let sent = form.send(name, &value, &mut random);
            let target = format!("/{index}/{}{}", sent.path, sent.query);
            let answer = server.send("GET", &target, &sent.header, "");
            let found: Value = serde_json::from_str(&answer.body).unwrap_or_default();
            assert_eq!(
                (answer.status, &found[name]),
                (200, &value),
                "{version} {form:?} {schema} {sent:?} {}",
                answer.body
            );
        }
    }
}

fn contract_of(version: &str, parameters: &[Parameter]) -> Value {
    let mut paths = Map::new();
    for (index, parameter) in parameters.iter().enumerate() {
        let path = match parameter.form.part {
            "path" => format!("/{index}/{{{}}}", parameter.name),
            _ => format!("/{index}/_"),
        };
        let answer = match version {
            "2.0" => json!({ "description": "The values.", "schema": {} }),
            _ => {
                json!({ "description": "The values.", "content": { "application/json": { "schema": {} } } })
            }
        };
        let operation = json!({
            "operationId": format!("p{index}"),
            "parameters": [object(version, parameter)],
            "responses": { "200": answer },
        });
        paths.insert(path, json!({ "get": operation }));
    }
    let info = json!({ "title": "Parameters", "version": "1" });
    let document = match version {
        "2.0" => json!({ "swagger": version, "info": info, "paths": paths }),
        _ => json!({ "openapi": version, "info": info, "paths": paths }),
    };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("swagger.yml");
    std::fs::write(&path, document.to_string()).expect("the document is written");
    let document = Document::read(&path).expect("the document is read");
    let front = Front::new(&document).expect("the document keeps the rules");
    let mut contract = front.contract;
    contract::guard(&mut contract);
    contract
}

/// The parameter object.
fn object(version: &str, parameter: &Parameter) -> Value {
    let Parameter { name, form, schema } = parameter;
    let mut object = json!({ "name": name, "in": form.part, "required": form.part == "path" });
    if version == "2.0" {
        for (keyword, value) in schema.as_object().into_iter().flatten() {
            object[keyword] = value.clone();
        }
        object["collectionFormat"] = json!(form.style);
        return object;
    }
    object["schema"] = schema.clone();
    object["style"] = json!(form.style);
    object["explode"] = json!(form.explode);
    object
}

/// A random schema that the form has values for.
fn schema(version: &str, form: Form, random: &mut Random) -> Value {
    let list = |items: Value| json!({ "type": "array", "items": items });
    if version == "2.0" {
        return list(scalar(random));
    }
    match random.below(4) {
        0 if form.style == "simple" || form.style == "form" => scalar(random),
        1 if form.style != "deepObject" => list(scalar(random)),
        2 => json!({ "allOf": [map(form, random, 0)] }),
        _ => map(form, random, 0),
    }
}

fn scalar(random: &mut Random) -> Value {
    json!({ "type": random.one(&["string", "string", "integer", "number", "boolean"]) })
}

fn map(form: Form, random: &mut Random, depth: usize) -> Value {
    let is_deep = form.style == "deepObject" && depth < 3;
    let names = match (form.part, form.style) {
        ("header" | "cookie", _) => ["a", "b-c", "D.e", "f_1"],
        (_, "spaceDelimited") => ["a", "é", "D.e&=,", "f|;+%20"],
        (_, "pipeDelimited") => ["a", "é b", "D.e&=,", "f;+%20"],
        _ => ["a", "é b", "D.e&=,", "f|;+%20"],
    };
    let members = names.map(|name| {
        let schema = match random.below(5) {
            0 if is_deep => json!({ "type": "array", "items": scalar(random) }),
            1 if is_deep => json!({ "type": "array", "items": map(form, random, depth + 1) }),
            2 if is_deep => map(form, random, depth + 1),
            _ => scalar(random),
        };
        (name.to_owned(), schema)
    });
    let members: Map<_, _> = members.into_iter().collect();
    json!({ "type": "object", "properties": members })
}

/// A random value of a schema, which has something in it.
fn value(schema: &Value, form: Form, random: &mut Random) -> Value {
    if let Some(part) = schema["allOf"].get(0) {
        return value(part, form, random);
    }
    match schema["type"].as_str().unwrap_or_default() {
        "integer" => json!(random.next() as i64 >> random.below(60)),
        "number" => json!((random.next() as i32) as f64 / 64.0 + 0.5),
        "boolean" => json!(random.coin()),
        "string" => json!(text(form, random)),
        "array" => {
            let length = 1 + random.below(4);
            (0..length)
                .map(|_| value(&schema["items"], form, random))
                .collect()
        }
        _ => {
            let properties = schema["properties"].as_object().expect("properties");
            let first = random.below(properties.len());
            let members = properties.iter().enumerate();
            let present = members.filter(|(index, _)| *index == first || random.coin());
            let present: Vec<_> = present.map(|(_, member)| member).collect();
            let members = present.into_iter();
            let members = members.map(|(name, schema)| (name.clone(), value(schema, form, random)));
            Value::Object(members.collect())
        }
    }
}

/// A text that the part of the request can have, without the delimiter that the style cannot escape.
fn text(form: Form, random: &mut Random) -> String {
    let letters: &[char] = match (form.part, form.style) {
        ("header", _) => &['a', 'Z', '0', '%', '+', '&', '=', ';', '.', '"', '~'],
        // What is no part of a list is not escaped in a cookie, and the other texts are.
        ("cookie", _) => &['a', 'Z', '0', '+', '-', '.', '/', '~', ':'],
        (_, "spaceDelimited" | "ssv") => &['a', ',', '|', '%', '+', '&', '=', 'é', '/', '\t'],
        (_, "pipeDelimited" | "pipes") => &['a', ',', ' ', '%', '+', '&', '=', 'é', '/', '🦀'],
        (_, "tsv") => &['a', ',', '|', ' ', '%', '+', '&', '=', 'é', '/'],
        _ => &[
            'a', ',', '|', ' ', '%', '+', '&', '=', ';', '.', 'é', '/', '?', '#', '[', ']', '{',
            '"', '🦀',
        ],
    };
    let least = usize::from(form.part != "query");
    let length = least + random.below(6);
    (0..length).map(|_| *random.one(letters)).collect()
}
