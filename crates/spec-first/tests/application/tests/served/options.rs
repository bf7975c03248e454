//! The options carry the application's own prefix and name.

use std::process::Command;

use crate::server::{Server, program};

#[test]
fn a_variable_with_the_prefix_counts_and_no_other() {
    let mut command = program(env!("CARGO_BIN_EXE_tasks"));
    command.env("TASKS_STRICT", "true");
    let strict = Server::spawn(command);
    assert_eq!(strict.get("/v1/tasks?colour=red").0, 400);

    let mut command = program(env!("CARGO_BIN_EXE_tasks"));
    command.env("PEOPLE_STRICT", "true");
    let lenient = Server::spawn(command);
    assert_eq!(lenient.get("/v1/tasks?colour=red").0, 200);
}

#[test]
fn the_version_is_that_of_the_application_and_its_spec() {
    let version = |option| {
        let output = program(env!("CARGO_BIN_EXE_tasks")).arg(option).output();
        let output = output.expect("the program runs").stdout;
        String::from_utf8(output).expect("text")
    };
    assert_eq!(version("-V"), "tasks 1.2.0\n");
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/swagger.yml");
    let output = Command::new("sha256sum").arg(file).output();
    let output = String::from_utf8(output.expect("it runs").stdout).expect("text");
    let (hash, _) = output.split_once(' ').expect("the hash and the name");
    let lines = format!("tasks 1.2.0\nTasks 1.2.0, sha256 {hash}\n");
    assert_eq!(version("--version"), lines);
}
