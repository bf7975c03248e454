//! "Change the contract" in the README, done as it is written there.

use std::process::Command;

use super::copy::{Copy, printed, target};
use super::support::Server;

#[test]
#[ignore = "needs openapi-generator: run tests/run"]
fn the_steps_in_the_readme_add_an_operation() {
    let (operation, message, method) = (block("yaml"), block("text"), block("rust"));
    let copy = Copy::new();
    let next = "  /people/{lname}:\n";
    copy.edit("swagger.yml", next, &format!("{operation}{next}"));

    let text = build(&copy, false);

    assert!(text.starts_with(&message), "{text}");

    let head = "impl<S: Store<Row: Into<Row>>> operations::People for People<S> {\n";
    copy.edit("src/people/operations.rs", head, &format!("{head}{method}"));
    build(&copy, true);

    let server = start();
    let greeting = "/api/people/greeting";
    let doug = server.get(&format!("{greeting}?name=Doug"));
    assert_eq!((doug.status, doug.text()), (200, "\"Hello Doug\""));
    assert_eq!(server.get(&format!("{greeting}?name=x")).status, 400);
    let long = server.get(&format!("{greeting}?name=Bartholomew"));
    assert_eq!(long.status, 500);
    let spec = server.get("/api/swagger.json");
    let id = "\"operationId\":\"people.greet\"";
    assert!(spec.text().contains(id), "{}", spec.text());
}

/// Builds the server; what cargo printed.
fn build(copy: &Copy, success: bool) -> String {
    let arguments = [
        "build",
        "--bin",
        "people-copy",
        "--quiet",
        "--color",
        "never",
    ];
    let output = copy.cargo(&arguments).output();
    printed(&output.expect("cargo runs"), success)
}

fn start() -> Server {
    let mut command = Command::new(target().join("debug/people-copy"));
    command.args(["--listen", "127.0.0.1:0", "--database", "memory"]);
    Server::spawn(command)
}

/// The block of this kind in the three steps.
fn block(kind: &str) -> String {
    let steps = include_str!("../../README.md")
        .split_once("## Change the contract")
        .expect("the steps")
        .1;
    let block = steps
        .split_once(&format!("   ```{kind}\n"))
        .expect("the block")
        .1;
    let block = block.split_once("   ```").expect("its end").0;
    block
        .lines()
        .map(|line| format!("{}\n", line.strip_prefix("   ").unwrap_or(line)))
        .collect()
}
