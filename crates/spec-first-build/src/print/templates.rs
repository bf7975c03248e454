//! The templates and the generator's configuration, which this crate carries.

use std::fs;
use std::io;
use std::path::Path;

/// Names and texts.
pub const FILES: [(&str, &str); 9] = [
    (CONFIG, include_str!("../../templates/config.yaml")),
    (
        "handlers.mustache",
        include_str!("../../templates/handlers.mustache"),
    ),
    (
        "mock.mustache",
        include_str!("../../templates/mock.mustache"),
    ),
    ("mod.mustache", include_str!("../../templates/mod.mustache")),
    // The variants of how an operation ends, and how they respond: `handlers.mustache` has both for success and for failure.
    (
        "respond.mustache",
        include_str!("../../templates/respond.mustache"),
    ),
    (
        "variants.mustache",
        include_str!("../../templates/variants.mustache"),
    ),
    (
        "routes.mustache",
        include_str!("../../templates/routes.mustache"),
    ),
    (
        "security.mustache",
        include_str!("../../templates/security.mustache"),
    ),
    (
        "types.mustache",
        include_str!("../../templates/types.mustache"),
    ),
];

/// The name of the configuration among the files.
pub const CONFIG: &str = "config.yaml";

/// Writes the files into `folder`.
///
/// # Errors
/// A file that cannot be written.
pub fn write(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    FILES
        .iter()
        .try_for_each(|(name, text)| fs::write(folder.join(name), text))
}
