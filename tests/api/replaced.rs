//! Another API in the place of this one: its team removes what belongs to People, and edits nothing else.

use std::fs;

use super::copy::{Copy, original, printed};

/// What belongs to People.
const PEOPLE: [&str; 5] = [
    "src/main.rs",
    "src/people",
    "tests/api",
    "tests/browser",
    "web",
];

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn another_spec_compiles_without_people() {
    let copy = Copy::new();
    PEOPLE.iter().for_each(|name| copy.remove(name));
    let spec = original().join("crates/spec-first/tests/application/swagger.yml");
    let spec = fs::read_to_string(spec).expect("the spec is read");
    copy.write("swagger.yml", &spec);
    // Until there is a server again, the mock is what `cargo run` starts.
    copy.edit(
        "Cargo.toml",
        "default-run = \"people-copy\"",
        "default-run = \"mock\"",
    );

    let arguments = ["check", "--all-targets", "--quiet", "--color", "never"];
    let output = copy.cargo(&arguments).output().expect("cargo runs");

    assert_eq!(printed(&output, true), "");
    let operations = copy.read("generated/mod.rs");
    assert!(operations.contains("pub mod tasks;"), "{operations}");
}
