//! Documents that keep every rule.

use serde_json::{Value, json};
use spec_first_build::text::report;
use spec_first_build::{Front, Model, contract};

use crate::golden;

#[test]
fn every_good_document_is_accepted() {
    for folder in ["good", "real"] {
        for path in golden::documents(folder) {
            golden::read(&path);
        }
    }
}

#[test]
fn every_accepted_document_has_rust_types() {
    for folder in ["good", "contract", "warned"] {
        for path in golden::documents(folder) {
            let (document, Front { api, contract, .. }) = golden::read(&path);
            let model = Model::new(&document, &api, &contract);
            model.unwrap_or_else(|faults| panic!("{}", report(&faults)));
        }
    }
}

#[test]
fn every_schema_of_a_contract_compiles() {
    for folder in ["good", "contract", "warned"] {
        for path in golden::documents(folder) {
            let (_, Front { mut contract, .. }) = golden::read(&path);
            contract::guard(&mut contract);
            for view in ["requests", "responses"] {
                validators(&contract, view);
            }
        }
    }
}

/// Compiles each schema that an operation names, as the server does.
pub fn validators(contract: &Value, view: &str) -> Vec<jsonschema::Validator> {
    let Value::Object(files) = &contract[view] else {
        return Vec::new();
    };
    let draft = match contract["dialect"].as_str() {
        Some("draft4") => jsonschema::Draft::Draft4,
        _ => jsonschema::Draft::Draft202012,
    };
    let files = files
        .iter()
        .map(|(name, schemas)| (address(name), schemas.clone()));
    let resources = contract["resources"].as_array().into_iter().flatten();
    let resources = resources.filter_map(|place| {
        let (file, pointer) = place.as_str()?.split_once('#')?;
        let schema = contract[view][file].pointer(pointer)?.clone();
        Some((address(&format!("{file}?{pointer}")), schema))
    });
    let builder = jsonschema::Registry::new()
        .draft(draft)
        .extend(files.chain(resources))
        .expect("addresses");
    let registry = builder.prepare().expect("a registry");
    let places = places(&contract["operations"]).into_iter();
    let validators = places.map(|place| {
        let schema = json!({ "$ref": address(&place) });
        let options = jsonschema::options()
            .with_draft(draft)
            .with_registry(&registry);
        let validator = options.build(&schema);
        validator.unwrap_or_else(|error| panic!("{place}: {error}"))
    });
    validators.collect()
}

fn address(place: &str) -> String {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=:@".contains(byte);
    let escaped = |part: &str| {
        let bytes = part.bytes().map(|byte| match is_plain(&byte) {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        });
        bytes.collect::<String>()
    };
    // The first `#` parts file and pointer; a path may have more.
    let parts: Vec<_> = place.splitn(2, '#').map(escaped).collect();
    format!("spec:///{}", parts.join("#"))
}

/// The values of all members `schema`.
fn places(value: &Value) -> Vec<String> {
    match value {
        Value::Object(members) => {
            let own = members
                .get("schema")
                .and_then(Value::as_str)
                .map(str::to_owned);
            own.into_iter()
                .chain(members.values().flat_map(places))
                .collect()
        }
        Value::Array(values) => values.iter().flat_map(places).collect(),
        _ => Vec::new(),
    }
}
