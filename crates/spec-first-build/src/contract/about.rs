//! What a document contains about itself.

use serde_json::{Map, Value, json};

use crate::document::{Document, Version};

/// The title and version, the name under which readers of this version of OpenAPI look for the document, and the
/// addresses that a client of `oauth2` or `openIdConnect` calls, as the document has them.
pub(super) fn about(document: &Document) -> Value {
    let root = document.value(&document.root());
    let root = root.cloned().unwrap_or_default();
    let file_name = match document.version() {
        Version::Swagger2 => "swagger.json",
        _ => "openapi.json",
    };
    let [title, version] = ["title", "version"].map(|name| written(&root["info"][name]));
    let mut about = json!({
        "heading": heading(&[&title, &version]),
        "title": title,
        "version": version,
        "file_name": file_name,
    });
    let urls = token_urls(&root);
    if !urls.is_empty() {
        about["token_urls"] = json!(urls);
    }
    about
}

/// Authors leave a title out, or write a version as a number.
fn written(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The words of all texts, on one line.
fn heading(texts: &[&str]) -> String {
    let words = texts.iter().flat_map(|text| text.split_whitespace());
    let words: Vec<_> = words.collect();
    match words.is_empty() {
        true => "The API".to_owned(),
        false => words.join(" "),
    }
}

fn token_urls(root: &Value) -> Vec<&str> {
    let schemes = [
        &root["securityDefinitions"],
        &root["components"]["securitySchemes"],
    ];
    let schemes = schemes.into_iter().flat_map(members);
    let flows = schemes.flat_map(|scheme| members(&scheme["flows"]).chain([scheme]));
    let urls = flows.flat_map(|flow| {
        let names = ["tokenUrl", "refreshUrl", "openIdConnectUrl"];
        names
            .into_iter()
            .filter_map(|name| flow.get(name)?.as_str())
    });
    urls.collect()
}

fn members(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_object().into_iter().flat_map(Map::values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_line_and_may_be_missing() {
        for (info, expected) in [
            (json!(["A\n b", "1"]), "A b 1"),
            (json!(["A", 1.5]), "A 1.5"),
            (json!([null, "1"]), "1"),
            (json!([null, null]), "The API"),
        ] {
            let [title, version] = [0, 1].map(|index| written(&info[index]));
            assert_eq!(heading(&[&title, &version]), expected, "{info}");
        }
    }

    #[test]
    fn the_addresses_of_tokens_are_in_the_schemes() {
        let swagger = json!({ "securityDefinitions": {
            "a": { "type": "oauth2", "tokenUrl": "https://a/t", "authorizationUrl": "https://b" },
        } });
        let openapi = json!({ "components": {
            "schemas": { "tokenUrl": "x" },
            "securitySchemes": {
                "a": { "flows": { "password": { "tokenUrl": "https://a/t", "refreshUrl": "https://a/r" } } },
                "b": { "openIdConnectUrl": "https://c" },
                "c": 1,
            },
        } });
        for (root, expected) in [
            (swagger, &["https://a/t"][..]),
            (openapi, &["https://a/t", "https://a/r", "https://c"]),
            (json!({}), &[]),
        ] {
            assert_eq!(token_urls(&root), expected, "{root}");
        }
    }
}
