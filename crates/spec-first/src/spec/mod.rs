//! A spec as the build embeds it in a program.

pub(crate) mod document;
pub(crate) mod schemas;
pub(crate) mod source;
pub(crate) mod union;

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::de::DeserializeOwned;
use serde_json::Value;

use self::source::Source;
use self::union::Unions;
use crate::problem::Problem;

/// The spec of an API, in the forms that the build writes: a static of the generated code. Each is read when it is needed.
#[derive(Debug)]
pub struct Spec {
    unions: Unions,
    examples: &'static str,
    parsed_examples: OnceLock<HashMap<String, Value>>,
    json: &'static [u8],
    yaml: &'static [u8],
}

/// A [`Spec`] of the files that the build script of the package has written to its `OUT_DIR`.
#[macro_export]
macro_rules! embedded_spec {
    () => {
        $crate::Spec::new(
            include_str!(concat!(env!("OUT_DIR"), "/contract.json")),
            include_str!(concat!(env!("OUT_DIR"), "/schemas.json")),
            include_str!(concat!(env!("OUT_DIR"), "/examples.json")),
        )
        .with_documents(
            include_bytes!(concat!(env!("OUT_DIR"), "/spec.json.gz")),
            include_bytes!(concat!(env!("OUT_DIR"), "/spec.yaml.gz")),
        )
    };
}

impl Spec {
    /// A spec: the table of its operations, the schemas that it refers to, and the examples.
    #[must_use]
    pub const fn new(
        contract: &'static str,
        schemas: &'static str,
        examples: &'static str,
    ) -> Self {
        Self {
            unions: Unions::new(Source::new(contract, schemas)),
            examples,
            parsed_examples: OnceLock::new(),
            json: &[],
            yaml: &[],
        }
    }

    /// The same spec with the document in JSON and as its author wrote it, both compressed with gzip.
    #[must_use]
    pub const fn with_documents(mut self, json: &'static [u8], yaml: &'static [u8]) -> Self {
        self.json = json;
        self.yaml = yaml;
        self
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

    /// The table of the operations, and the schemas that it refers to.
    pub(crate) fn source(&self) -> &Source {
        self.unions.source()
    }

    /// The document in JSON, compressed with gzip.
    pub(crate) fn json(&self) -> &'static [u8] {
        self.json
    }

    /// The document as its author wrote it, compressed with gzip.
    pub(crate) fn yaml(&self) -> &'static [u8] {
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
        // A contract of another version of the crate is reported at the start.
        let about = self.source().about().unwrap_or_default();
        format!("{program}\n{}, sha256 {}", about.heading, about.sha256)
    }
}
