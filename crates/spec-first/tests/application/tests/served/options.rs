//! The options carry the application's own prefix and name.

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
fn the_version_is_that_of_the_application() {
    let output = program(env!("CARGO_BIN_EXE_tasks"))
        .arg("--version")
        .output();
    let output = output.expect("the program runs").stdout;
    assert_eq!(String::from_utf8_lossy(&output), "tasks 1.2.0\n");
}
