//! The committed code is what `swagger.yml` generates, whatever the API.

use std::fs;
use std::path::Path;

use spec_first_build::{Project, print::generator};

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn the_committed_code_is_what_the_spec_generates() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (root, out) = (scratch.join("generated"), scratch.join("generated/out"));
    fs::create_dir_all(&out).expect("the folder is made");
    let _ = fs::remove_dir_all(root.join("generated"));
    fs::copy(project.join("swagger.yml"), root.join("swagger.yml")).expect("the spec is copied");
    let target = scratch.parent().expect("a folder in the target folder");
    generator::install(target).expect("the generator is installed");

    assert_eq!(Project::new(root.clone(), out).build(), Ok(()));

    let (new, committed) = (root.join("generated"), project.join("generated"));
    assert_eq!(tree(&new), tree(&committed));
}

/// Every file of a folder with its text.
fn tree(folder: &Path) -> Vec<(String, String)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the folder is read")
        .map(|entry| entry.expect("the entry is read"))
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let text = fs::read_to_string(entry.path());
            (name, text.expect("the file is read"))
        })
        .collect();
    files.sort();
    files
}
