//! A spec as the build embeds it in a program.

pub(crate) mod document;
pub(crate) mod schemas;
pub(crate) mod union;

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use self::union::Unions;
use crate::problem::Problem;

/// The spec of an API, in the forms that the build writes: a static of the generated code.
#[derive(Debug)]
pub struct Spec {
    contract: &'static str,
    json: &'static str,
    yaml: &'static str,
    examples: &'static str,
    parsed_examples: OnceLock<HashMap<String, Value>>,
    unions: Unions,
}

/// A [`Spec`] of the files that the build script of the package has written to its `OUT_DIR`.
#[macro_export]
macro_rules! embedded_spec {
    () => {
        $crate::Spec::new(
            include_str!(concat!(env!("OUT_DIR"), "/contract.json")),
            include_str!(concat!(env!("OUT_DIR"), "/spec.json")),
            include_str!(concat!(env!("OUT_DIR"), "/spec.yaml")),
            include_str!(concat!(env!("OUT_DIR"), "/examples.json")),
        )
    };
}

impl Spec {
    /// A spec: the table of its operations and schemas, the document in JSON and as its author wrote it, and the examples.
    #[must_use]
    pub const fn new(
        contract: &'static str,
        json: &'static str,
        yaml: &'static str,
        examples: &'static str,
    ) -> Self {
        Self {
            contract,
            json,
            yaml,
            examples,
            parsed_examples: OnceLock::new(),
            unions: Unions::new(contract),
        }
    }

    /// The example `name`, for a mock: an operation's id or, for a header, the id, a space and the header's name.
    ///
    /// # Errors
    /// 501 if the spec has none and none could be made; 500 if the type cannot represent it.
    pub fn example<T: DeserializeOwned>(&self, name: &str) -> Result<T, Problem> {
        let examples = self
            .parsed_examples
            .get_or_init(|| serde_json::from_str(self.examples).unwrap_or_default());
        let example = examples.get(name).ok_or_else(|| {
            Problem::not_implemented(
                "the spec has no example of this answer, and none could be made",
            )
        })?;
        T::deserialize(example).map_err(Problem::internal)
    }

    /// The branches of the spec's `oneOf` and `anyOf`, for the generated enums.
    #[must_use]
    pub fn unions(&self) -> &Unions {
        &self.unions
    }

    pub(crate) fn contract(&self) -> &'static str {
        self.contract
    }

    pub(crate) fn json(&self) -> &'static str {
        self.json
    }

    pub(crate) fn yaml(&self) -> &'static str {
        self.yaml
    }

    /// The version of a program, and below it the title, version and SHA-256 of the spec's file: what `--version` prints.
    ///
    /// ```text
    /// #[derive(Parser)]
    /// #[command(version, long_version = generated::SPEC.version(env!("CARGO_PKG_VERSION")))]
    /// struct Arguments {
    /// ```
    #[must_use]
    pub fn version(&self, program: &str) -> String {
        let title = self.about().map(|about| about.title());
        let spec = title.unwrap_or_default();
        format!("{program}\n{spec}, sha256 {}", self.sha256())
    }

    /// The SHA-256 of the document as its author wrote it, in hexadecimal digits: what `sha256sum` prints of the file.
    pub(crate) fn sha256(&self) -> String {
        let digest = Sha256::digest(self.yaml.as_bytes());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Parses what the document contains about itself.
    ///
    /// # Errors
    /// A sentence: the embedded document is not an OpenAPI document.
    pub(crate) fn about(&self) -> Result<About, String> {
        serde_json::from_str(self.json)
            .map_err(|error| format!("cannot read the embedded spec: {error}"))
    }
}

/// What a document contains about itself.
#[derive(Clone, Deserialize)]
pub(crate) struct About {
    #[serde(default)]
    info: Info,
    /// The version of Swagger; OpenAPI documents have none.
    swagger: Option<Value>,
    #[serde(default, rename = "securityDefinitions")]
    schemes: Value,
    #[serde(default)]
    components: Components,
}

/// Of all components, what authorization servers are named in.
#[derive(Clone, Default, Deserialize)]
struct Components {
    #[serde(default, rename = "securitySchemes")]
    schemes: Value,
}

/// Authors leave them out, or write a version as a number.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Info {
    title: Value,
    version: Value,
}

impl About {
    /// The API's title and version, on one line.
    pub fn title(&self) -> String {
        let names = self.name();
        let words: Vec<_> = names
            .iter()
            .flat_map(|text| text.split_whitespace())
            .collect();
        match words.is_empty() {
            true => "The API".to_owned(),
            false => words.join(" "),
        }
    }

    /// The API's title and its version, each empty if the document has none.
    pub fn name(&self) -> [String; 2] {
        [&self.info.title, &self.info.version].map(written)
    }

    /// The addresses that a client of `oauth2` or `openIdConnect` calls, as the document has them.
    pub fn token_urls(&self) -> Vec<&str> {
        let schemes = [&self.schemes, &self.components.schemes];
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

    /// The file name under which readers of this version of OpenAPI look for the document.
    pub fn file_name(&self) -> &'static str {
        if self.swagger.is_some() {
            "swagger.json"
        } else {
            "openapi.json"
        }
    }
}

fn written(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn members(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_object().into_iter().flat_map(Map::values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_document_lacks_of_itself_is_no_error() {
        for (json, title) in [
            (r#"{"info":{"title":"A\n b","version":"1"}}"#, "A b 1"),
            (r#"{"info":{"title":"A","version":1.5}}"#, "A 1.5"),
            (r#"{"info":{"version":"1"}}"#, "1"),
            (r#"{"swagger":2.0}"#, "The API"),
        ] {
            let about = Spec::new("", json, "", "").about().expect("it is read");
            assert_eq!(about.title(), title, "{json}");
        }
    }

    #[test]
    fn the_addresses_of_tokens_are_in_the_schemes() {
        for (json, expected) in [
            (
                r#"{"swagger":"2.0","securityDefinitions":{"a":{"type":"oauth2","tokenUrl":"https://a/t","authorizationUrl":"https://b"}}}"#,
                &["https://a/t"][..],
            ),
            (
                r#"{"components":{"schemas":{"tokenUrl":"x"},"securitySchemes":{"a":{"flows":{"password":{"tokenUrl":"https://a/t","refreshUrl":"https://a/r"}}},"b":{"openIdConnectUrl":"https://c"},"c":1}}}"#,
                &["https://a/t", "https://a/r", "https://c"],
            ),
            ("{}", &[]),
        ] {
            let about = Spec::new("", json, "", "").about().expect("it is read");
            assert_eq!(about.token_urls(), expected, "{json}");
        }
    }
}
