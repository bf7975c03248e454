//! The oldest Rust with which this can be built.

use std::process::Command;

use serde_json::Value;

use super::copy::original;

/// A version as `rust-version` has it.
fn parse(version: &str) -> Vec<u64> {
    let parts = version.split('.').chain(["0", "0"]).take(3);
    parts.map(|part| part.parse().expect("a number")).collect()
}

/// What a command prints.
fn output(command: &mut Command) -> String {
    let output = command.output().expect("it runs");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn no_dependency_needs_a_newer_rust_than_we_say() {
    let host = output(Command::new("rustc").args(["--print", "host-tuple"]));
    let metadata = output(
        Command::new(env!("CARGO"))
            // What is only for other machines has not been fetched.
            .args(["metadata", "--filter-platform", host.trim()])
            .args([
                "--format-version=1",
                "--locked",
                "--offline",
                "--all-features",
            ])
            .current_dir(original()),
    );
    let metadata: Value = serde_json::from_str(&metadata).expect("JSON");
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
