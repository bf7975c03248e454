//! Files that hold what is expected. `REFRESH_GOLDEN=1 cargo test -p spec-first-build --test documents` writes them all anew.

use std::path::{Path, PathBuf};

use spec_first_build::Front;
use spec_first_build::document::Document;
use spec_first_build::text::report;

/// A folder beside this file.
pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/documents")
        .join(name)
}

/// The documents in a folder beside this file, in the order of their names.
pub fn documents(name: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder(name)).expect("the folder exists");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.retain(|path| {
        path.extension()
            .is_some_and(|kind| kind == "yml" || path.to_string_lossy().ends_with(".spec.json"))
    });
    paths.sort();
    paths
}

/// A document that keeps every rule, and what it describes.
pub fn read(path: &Path) -> (Document, Front) {
    let document = Document::read(path).unwrap_or_else(|faults| panic!("{}", report(&faults)));
    let front = Front::new(&document).unwrap_or_else(|faults| panic!("{}", report(&faults)));
    (document, front)
}

/// Compares `found` with the file at `path`, or writes it there.
pub fn compare(path: &Path, found: &str) {
    if std::env::var_os("REFRESH_GOLDEN").is_some() {
        std::fs::write(path, found).expect("the golden file can be written");
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(
        found,
        expected,
        "{} differs; REFRESH_GOLDEN=1 writes it anew",
        path.display()
    );
}
