//! The contract in the files that the server embeds: what it reads when it starts, and what it reads when it needs a schema.

use serde_json::{Map, Value, json};
use spec_first::schema::{Files, scalar_rules};

/// The two files of a contract.
#[derive(Debug)]
pub struct Embedded {
    /// `contract.json`: the operations. The keywords of a parameter's or header's schema are beside the reference to it if it is
    /// one of texts or of integers, so that the server reads such a value without the other file.
    pub contract: Value,
    /// `schemas.json`: the files of the spec with their schemas.
    pub schemas: Value,
}

/// The files of a contract whose discriminators are checks; see [`guard`](super::guard).
#[must_use]
pub fn embedded(mut contract: Value) -> Embedded {
    let mut schemas = Map::new();
    for name in ["requests", "responses", "resources"] {
        let part = contract
            .as_object_mut()
            .and_then(|it| it.shift_remove(name));
        schemas.extend(part.map(|part| (name.to_owned(), part)));
    }
    let requests = schemas.get("requests").and_then(Value::as_object);
    let responses = schemas.get("responses").and_then(Value::as_object);
    for operation in members(&mut contract, "operations") {
        let parameters = members(operation, "parameters");
        parameters.for_each(|it| add_rules(it, requests));
        let declared = members(operation, "responses");
        let headers = declared.flat_map(|response| members(response, "headers"));
        headers.for_each(|it| add_rules(it, responses.or(requests)));
    }
    contract["version"] = json!(env!("CARGO_PKG_VERSION"));
    Embedded {
        contract,
        schemas: schemas.into(),
    }
}

/// What is in the list that is a member of an object; nothing without one.
fn members<'v>(object: &'v mut Value, name: &str) -> impl Iterator<Item = &'v mut Value> {
    let list = object.get_mut(name).and_then(Value::as_array_mut);
    list.into_iter().flatten()
}

/// Adds the rules to a parameter or a header.
fn add_rules(entry: &mut Value, files: Option<&Files>) {
    let reference = entry["schema"].as_str().zip(files);
    if let Some(rules) = reference.and_then(|(schema, files)| scalar_rules(files, schema)) {
        entry["rules"] = rules.into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_of_texts_and_integers_are_beside_the_reference() {
        let schemas = json!({
            "name": { "$ref": "#/text" },
            "text": { "type": "string", "maxLength": 3, "description": "A name." },
            "list": { "type": "array" },
        });
        let entry = |name: &str| json!({ "schema": format!("a.yml#/{name}") });
        let contract = json!({
            "requests": { "a.yml": schemas },
            "responses": null,
            "operations": [{
                "parameters": [entry("name"), entry("list")],
                "responses": [{ "headers": [entry("text")] }, {}],
            }],
        });
        let Embedded {
            contract,
            schemas: embedded,
        } = embedded(contract);
        let rules = json!({ "type": "string", "maxLength": 3 });
        let parameters = &contract["operations"][0]["parameters"];
        assert_eq!(
            parameters[0],
            json!({ "schema": "a.yml#/name", "rules": rules })
        );
        assert_eq!(parameters[1], entry("list"));
        let headers = &contract["operations"][0]["responses"][0]["headers"];
        assert_eq!(
            headers[0],
            json!({ "schema": "a.yml#/text", "rules": rules })
        );
        let names: Vec<_> = contract.as_object().expect("an object").keys().collect();
        assert_eq!(names, ["operations", "version"]);
        assert_eq!(
            embedded,
            json!({ "requests": { "a.yml": schemas }, "responses": null })
        );
    }
}
