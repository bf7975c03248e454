//! The oldest Rust with which this can be built.

use std::process::Command;

use serde_json::Value;

use super::copy::original;

/// A version as `rust-version` has it.
fn parse(version: &str) -> Vec<u64> {
    let parts = version.split('.').chain(["0", "0"]).take(3);
    parts.map(|part| part.parse().expect("a number")).collect()
}

#[test]
fn no_dependency_needs_a_newer_rust_than_we_say() {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version=1",
            "--locked",
            "--offline",
            "--all-features",
        ])
        .current_dir(original())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{output:?}");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let ours = parse(env!("CARGO_PKG_RUST_VERSION"));
    let needs = |package: &&Value| package["rust_version"].as_str().map(parse);
    let newer: Vec<_> = packages
        .iter()
        .filter(|package| needs(package) > Some(ours.clone()))
        .map(|package| &package["name"])
        .collect();
    assert!(newer.is_empty(), "{newer:?}");
    assert!(packages.iter().any(|it| needs(&it) == Some(ours.clone())));
}
