//! Recursive schemas are rejected, or validate every value in bounded stack.

use std::thread;

use serde_json::{Map, Value, json};
use spec_first_build::Front;
use spec_first_build::document::Document;
use spec_first_build::text::report;

use crate::accepted;
use crate::random::Random;

/// How many documents are tried.
const DOCUMENTS: u64 = 300;

/// The stack of a worker of the server, in bytes.
const STACK: usize = 2 << 20;

/// The deepest value that the server reads, in levels.
const DEEPEST: usize = 127;

#[test]
fn a_recursive_schema_is_rejected_or_validates_in_bounded_stack() {
    let mut counts = [0, 0];
    for seed in 0..DOCUMENTS {
        let mut random = Random(seed);
        let document = document(&mut random);
        match read(&document) {
            Ok(front) => {
                counts[0] += 1;
                validate(front);
            }
            Err(report) => {
                counts[1] += 1;
                let lines: Vec<_> = report.lines().collect();
                let is_circle = |line: &&str| line.contains(" leads back to itself ");
                assert!(lines.iter().all(is_circle), "{document:#}\n{report}");
            }
        }
    }
    assert!(counts.iter().all(|count| *count > 50), "{counts:?}");
}

/// Validates values of every shape that the schemas step into.
fn validate(front: Front) {
    let thread = thread::Builder::new().stack_size(STACK).spawn(move || {
        let validators = accepted::validators(&front.contract, "requests");
        for validator in &validators {
            for value in values(DEEPEST) {
                let _ = validator.is_valid(&value);
            }
            // The reasons of each branch are collected, whose number grows with every level.
            for value in values(3) {
                validator.iter_errors(&value).count();
            }
        }
    });
    thread.expect("a thread").join().expect("no panic");
}

fn values(depth: usize) -> [Value; 4] {
    let object: fn(Value) -> Value = |inner| json!({ "a": inner });
    let list: fn(Value) -> Value = |inner| json!([inner]);
    let nested = |value, wraps: &[fn(Value) -> Value]| {
        let wraps = wraps.iter().cycle().take(depth - 1);
        wraps.fold(value, |value, wrap| wrap(value))
    };
    [
        json!(true),
        nested(json!(1), &[object]),
        nested(json!("a"), &[list]),
        nested(json!({}), &[object, list]),
    ]
}

/// A document with a few schemas that refer to each other.
fn document(random: &mut Random) -> Value {
    let version = ["3.0.3", "3.1.0"][random.below(2)];
    let schemas = (0..4).map(|number| (format!("S{number}"), schema(random, version, 2)));
    let schemas: Map<_, _> = schemas.collect();
    let reference = json!({ "$ref": "#/components/schemas/S0" });
    json!({
        "openapi": version,
        "info": { "title": "A", "version": "1" },
        "paths": { "/a": { "post": {
            "requestBody": { "content": { "application/json": { "schema": reference } } },
            "responses": { "204": { "description": "Done." } },
        } } },
        "components": { "schemas": schemas },
    })
}

fn schema(random: &mut Random, version: &str, depth: usize) -> Value {
    let reference = json!({ "$ref": format!("#/components/schemas/S{}", random.below(4)) });
    if depth == 0 {
        let types = ["integer", "string", "object", "boolean"];
        return match random.below(3) {
            0 => reference,
            _ => json!({ "type": types[random.below(4)] }),
        };
    }
    let mut part = || schema(random, version, depth - 1);
    let (one, other) = (part(), part());
    let newer = version == "3.1.0";
    match random.below(11) {
        0 => json!({ "oneOf": [one, other] }),
        1 => json!({ "anyOf": [one, other] }),
        2 => json!({ "allOf": [one, other] }),
        3 => json!({ "not": one }),
        4 if newer => json!({ "if": one, "then": other }),
        5 if newer => json!({ "dependentSchemas": { "a": one }, "else": other }),
        4 | 5 => json!({ "dependencies": { "a": one } }),
        6 => json!({ "properties": { "a": one } }),
        7 => json!({ "type": "array", "items": one }),
        8 => json!({ "additionalProperties": one }),
        9 => json!({ "type": "object", "properties": { "a": one }, "allOf": [other] }),
        _ => reference,
    }
}

fn read(document: &Value) -> Result<Front, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("swagger.yml");
    std::fs::write(&path, document.to_string()).expect("written");
    let front = Document::read(&path).and_then(|document| Front::new(&document));
    front.map_err(|faults| report(&faults))
}
