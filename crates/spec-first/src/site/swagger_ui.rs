//! Swagger UI: the files of its package, and two of ours that start it with the spec.

use actix_web::http::header::CONTENT_SECURITY_POLICY;
use include_dir::{Dir, include_dir};

use super::assets::{Asset, media_type};
use crate::spec::About;

/// The package's files, each compressed.
static PACKAGE: Dir = include_dir!("$OUT_DIR/swagger-ui");

const INDEX: &str = include_str!("swagger_ui/index.html");
const START: &str = include_str!("swagger_ui/start.js");

/// Nothing from other hosts and nothing inline; `data:` holds the icons in Swagger UI's stylesheet.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Swagger UI's files by name, for the API at this base path.
pub fn files(about: &About, base_path: &str) -> impl Iterator<Item = (&'static str, Asset)> {
    let package = PACKAGE.files().filter_map(|file| {
        let name = file.path().file_name()?.to_str()?.strip_suffix(".gz")?;
        Some((name, Asset::compressed(media_type(name), file.contents())))
    });
    let ours = [
        (
            "index.html",
            Asset::new(media_type("index.html"), index(about, base_path)),
        ),
        ("start.js", Asset::new(media_type("start.js"), START)),
    ];
    package
        .chain(ours)
        .map(|(name, asset)| (name, asset.with_header(CONTENT_SECURITY_POLICY, POLICY)))
}

fn index(about: &About, base_path: &str) -> String {
    INDEX
        .replace("{spec}", about.file_name())
        .replace("{base_path}", &escaped(base_path))
        .replace("{title}", &escaped(&about.title()))
}

/// The text as HTML shows it, in an element or in a quoted attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
