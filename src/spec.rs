//! The document that the program was built from, as its author wrote it.

use actix_web::web::Bytes;
use serde::Deserialize;

use crate::assets::{Asset, media_type};

static JSON: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/spec.json"));
static YAML: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/spec.yaml"));

/// What the document says of itself.
#[derive(Deserialize)]
pub struct Spec {
    info: About,
    /// The version of Swagger; OpenAPI documents have none.
    swagger: Option<String>,
}

#[derive(Deserialize)]
struct About {
    title: String,
    version: String,
}

impl Spec {
    /// Reads the embedded document.
    ///
    /// # Errors
    /// The document is no OpenAPI document, which the build should have found.
    pub fn load() -> serde_json::Result<Self> {
        serde_json::from_slice(JSON)
    }

    /// The API's title and version, on one line.
    pub fn title(&self) -> String {
        let About { title, version } = &self.info;
        format!(
            "{} {version}",
            title.split_whitespace().collect::<Vec<_>>().join(" ")
        )
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

/// The document's files by name: each format under the names of both families.
pub fn files() -> impl Iterator<Item = (&'static str, Asset)> {
    let names = [
        "swagger.json",
        "openapi.json",
        "swagger.yaml",
        "openapi.yaml",
    ];
    names.into_iter().map(|name| {
        let content = if name.ends_with("json") { JSON } else { YAML };
        (
            name,
            Asset::new(media_type(name), Bytes::from_static(content)),
        )
    })
}
