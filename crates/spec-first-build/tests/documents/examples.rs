//! The examples for the operations of the documents in `examples/`, next to each document.

use serde_json::{Map, Value, json};
use spec_first_build::mock::Examples;
use spec_first_build::{Front, contract};

use crate::golden;

#[test]
fn every_operation_has_the_expected_example() {
    for path in golden::documents("examples") {
        let (
            document,
            Front {
                api, mut contract, ..
            },
        ) = golden::read(&path);
        contract::guard(&mut contract);
        let examples = Examples::new(&document, &contract, &api).find(&api);
        golden::compare(&path.with_extension("json"), &format!("{examples:#}\n"));
    }
}

#[test]
fn a_value_is_found_for_most_schemas_that_have_one() {
    for version in ["3.0.3", "3.1.0"] {
        let mut random = Random(1);
        let paths = (0..300).map(|index| {
            let schema = schema(&mut random, version, 3);
            let content = json!({ "application/json": { "schema": schema } });
            let answer = json!({ "200": { "description": "A value.", "content": content } });
            let operation = json!({ "operationId": format!("o{index}"), "responses": answer });
            (format!("/{index}"), json!({ "get": operation }))
        });
        let paths: Map<_, _> = paths.collect();
        let info = json!({ "title": "Random", "version": "1" });
        let document = json!({ "openapi": version, "info": info, "paths": paths });
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("swagger.yml");
        std::fs::write(&path, document.to_string()).expect("the document is written");
        let (
            document,
            Front {
                api, mut contract, ..
            },
        ) = golden::read(&path);
        contract::guard(&mut contract);
        let examples = Examples::new(&document, &contract, &api).find(&api);
        let found = examples.as_object().map_or(0, Map::len);
        assert!(found >= 285, "{version}: {found} of 300");
    }
}

/// Numbers that look random and are always the same (xorshift).
struct Random(u64);

impl Random {
    /// A number below `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    fn choose<T: Clone>(&mut self, values: &[T]) -> T {
        values[self.below(values.len() as u64) as usize].clone()
    }
}

/// A schema that some value follows.
fn schema(random: &mut Random, version: &str, depth: u64) -> Value {
    match random.below(if depth == 0 { 4 } else { 10 }) {
        0 => {
            let least = random.below(200) as i64 - 100;
            let bounds = json!({ "minimum": least, "maximum": least + 9 });
            let multiple = json!({ "type": "integer", "multipleOf": random.below(9) + 1 });
            json!({ "allOf": [bounds, multiple] })
        }
        1 => {
            let least = random.below(9);
            json!({ "type": "string", "minLength": least, "maxLength": least + random.below(3) })
        }
        2 => {
            let patterns = [
                "^[a-f0-9]{8}$",
                "^(a|bc)+$",
                r"^\d+(\.\d{2})?$",
                "x",
                "^[^a]*$",
                r"^\S+@\S+$",
            ];
            json!({ "type": "string", "pattern": random.choose(&patterns) })
        }
        3 => {
            let formats = [
                "date",
                "date-time",
                "uuid",
                "email",
                "uri",
                "ipv4",
                "ipv6",
                "hostname",
                "byte",
                "time",
            ];
            json!({ "type": "string", "format": random.choose(&formats) })
        }
        4 | 5 => {
            let names = ["a", "b", "c"];
            let properties =
                names.map(|name| (name.to_owned(), schema(random, version, depth - 1)));
            let properties: Map<_, _> = properties.into_iter().collect();
            let required = [random.choose(&names)];
            let described = json!({ "type": "object", "properties": properties });
            let closed = random.below(2) == 0;
            match random.below(2) {
                0 => json!({ "allOf": [described, { "required": required }] }),
                _ => {
                    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": !closed })
                }
            }
        }
        6 => {
            let values: Vec<_> = (0..=random.below(4)).collect();
            let least = random.below(values.len() as u64 + 1);
            let items = json!({ "enum": values });
            json!({ "type": "array", "uniqueItems": true, "minItems": least, "items": items })
        }
        7 => {
            let least = random.below(3);
            let items = schema(random, version, depth - 1);
            json!({ "type": "array", "minItems": least, "maxItems": least + 1, "items": items })
        }
        8 if version == "3.1.0" => {
            let contained = schema(random, version, depth - 1);
            json!({ "type": "array", "contains": contained, "minContains": random.below(3) })
        }
        _ => {
            let branch = schema(random, version, depth - 1);
            json!({ "oneOf": [{ "type": "boolean" }, branch] })
        }
    }
}
