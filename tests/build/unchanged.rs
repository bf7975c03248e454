//! Builds that need no generator: of an unchanged spec, and of one that is at fault.

use crate::project::{Project, failed, succeeded};

#[test]
fn an_unchanged_spec_starts_no_generator() {
    let project = Project::copy();
    succeeded(&project.build("/nowhere/openapi-generator"));
}

#[test]
fn naming_another_generator_compiles_nothing() {
    let project = Project::copy();
    succeeded(&project.build("/nowhere/openapi-generator"));

    let mut command = project.cargo(&["build", "--color", "never"]);
    let output = command.env("OPENAPI_GENERATOR_CLI", "/nowhere/another");
    let said = succeeded(&output.output().expect("cargo runs"));

    assert!(!said.contains("Compiling"), "{said}");
}

#[test]
fn a_change_without_a_generator_is_one_sentence() {
    let project = Project::copy();
    succeeded(&project.build("/nowhere/openapi-generator"));
    project.edit(
        "swagger.yml",
        "summary: Read one person",
        "summary: Read a person",
    );

    let mut command = project.cargo(&["build", "--quiet", "--color", "never"]);
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| which("rustc"));
    let output = command
        .env("OPENAPI_GENERATOR_INSTALL", "never")
        .env("RUSTC", rustc)
        .env("PATH", "")
        .output()
        .expect("cargo runs");

    let sentence = "error: people@0.1.0: The spec or the generator's input changed, so openapi-generator 7.26.0 has \
                    to run, but it is not on PATH and OPENAPI_GENERATOR_INSTALL=never forbids installing it. Install it, \
                    name it in OPENAPI_GENERATOR_CLI, or unset OPENAPI_GENERATOR_INSTALL.";
    assert_eq!(first_line(&failed(&output)), sentence);
}

#[test]
fn a_generator_that_cannot_run_is_one_sentence() {
    let project = Project::copy();
    project.edit(
        "swagger.yml",
        "summary: Read one person",
        "summary: Read a person",
    );

    let said = failed(&project.build("/nowhere/openapi-generator"));

    let sentence = "error: people@0.1.0: The spec or the generator's input changed, so openapi-generator has to run, \
                    but `/nowhere/openapi-generator` cannot be run: No such file or directory (os error 2). Name \
                    openapi-generator 7.26.0 in OPENAPI_GENERATOR_CLI, or unset it.";
    assert_eq!(first_line(&said), sentence);
}

#[test]
fn a_fault_of_the_spec_is_an_error_of_the_build() {
    let project = Project::copy();
    project.edit(
        "swagger.yml",
        "operationId: people.create",
        "operationId: people.read_all",
    );

    let said = failed(&project.build("/nowhere/openapi-generator"));

    let sentence = "error: people@0.1.0: swagger.yml:55:7: /paths/~1people/post/operationId: The operationId \
                    `people.read_all` is taken by /paths/~1people/get/operationId. Give each operation its own.";
    assert_eq!(first_line(&said), sentence);
}

/// The path of a program on PATH.
fn which(program: &str) -> std::ffi::OsString {
    let path = std::env::var_os("PATH").expect("PATH is set");
    let found = std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file());
    found.expect("the program is on PATH").into_os_string()
}

fn first_line(said: &str) -> &str {
    said.lines().next().unwrap_or_default()
}
