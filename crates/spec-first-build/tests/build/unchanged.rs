//! Builds that need no generator: of an unchanged spec, and of one that is at fault.

use std::process::Output;

use crate::project::{Project, succeeded};

/// A generator that is not there.
const NOWHERE: &str = "/nowhere/openapi-generator";

#[test]
fn an_unchanged_spec_starts_no_generator() {
    let project = Project::copy();
    let mut script = project.script();
    let output = script.env("OPENAPI_GENERATOR_CLI", NOWHERE).output();
    succeeded(&output.expect("the script runs"));
}

#[test]
fn naming_another_generator_compiles_nothing() {
    let project = Project::copy();
    let check = |generator: &str| {
        let mut command = project.cargo(&["check", "--lib", "--color", "never"]);
        let output = command.env("OPENAPI_GENERATOR_CLI", generator).output();
        succeeded(&output.expect("cargo runs"))
    };
    check(NOWHERE);

    let text = check("/nowhere/another");

    assert_eq!(text.lines().count(), 1, "{text}");
}

#[test]
fn a_change_without_a_generator_is_one_sentence() {
    let project = Project::copy();
    project.edit("swagger.yml", "summary: Read a task", "summary: Read it");

    let mut script = project.script();
    let output = script
        .env("OPENAPI_GENERATOR_INSTALL", "never")
        .env("OUT_DIR", std::env::temp_dir())
        .env("PATH", "")
        .output()
        .expect("the script runs");

    let sentence = "The spec or the generator's input changed, so openapi-generator 7.26.0 has to run, but it is not on PATH \
                    and OPENAPI_GENERATOR_INSTALL=never forbids installing it. Install it, name it in \
                    OPENAPI_GENERATOR_CLI, or unset OPENAPI_GENERATOR_INSTALL.";
    assert_eq!(errors(&output), [sentence]);
}

#[test]
fn a_generator_that_cannot_run_is_one_sentence() {
    let project = Project::copy();
    project.edit("swagger.yml", "summary: Read a task", "summary: Read it");

    let mut script = project.script();
    let output = script.env("OPENAPI_GENERATOR_CLI", NOWHERE).output();

    let sentence = "The spec or the generator's input changed, so openapi-generator has to run, but \
                    `/nowhere/openapi-generator` cannot be run: No such file or directory (os error 2). Name \
                    openapi-generator 7.26.0 in OPENAPI_GENERATOR_CLI, or unset it.";
    assert_eq!(errors(&output.expect("the script runs")), [sentence]);
}

#[test]
fn a_fault_of_the_spec_is_an_error_of_the_build() {
    let project = Project::copy();
    let (old, new) = ("operationId: tasks.add\n", "operationId: 5\n");
    project.edit("swagger.yml", old, new);
    let spec = project.read("swagger.yml");
    let line = spec.lines().position(|line| line.trim() == new.trim());
    let line = line.expect("the fault is there") + 1;

    let output = project.script().output().expect("the script runs");

    let sentence = format!(
        "swagger.yml:{line}:7: /paths/~1tasks/post/operationId: Expected a string, found the number `5`. Write a string, or leave \
         `operationId` out."
    );
    assert_eq!(errors(&output), [sentence]);
}

/// What the script, which must have failed, has cargo report.
fn errors(output: &Output) -> Vec<String> {
    assert!(!output.status.success());
    let text = String::from_utf8_lossy(&output.stdout);
    let lines = text.lines();
    let errors = lines.filter_map(|line| line.strip_prefix("cargo::error="));
    errors.map(str::to_owned).collect()
}
