//! The calls of this application in the README, made as they are written there.

use std::path::Path;
use std::process::Command;

use crate::server::Server;

#[test]
#[ignore = "needs curl: run tests/run"]
fn the_calls_in_the_readme_answer_as_it_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start();
    let readme = include_str!("../../../../../../README.md");
    let blocks = readme.split("```console\n").skip(1);
    let blocks = blocks.filter_map(|rest| rest.split("```").next());
    let mut blocks = blocks.filter(|block| block.contains("/v1/"));
    let block = blocks.next().expect("a block of this application");
    assert_eq!(blocks.next(), None);
    let commands = block.lines().filter_map(|line| line.strip_prefix("$ "));
    let redone = commands.map(|command| {
        let printed = printed(command, server.address(), folder.path());
        format!("$ {command}\n{printed}")
    });
    assert_eq!(redone.collect::<String>(), block);
}

/// What a command prints in `folder`, with the address of the server in place of the README's.
fn printed(command: &str, address: &str, folder: &Path) -> String {
    let command = command.replace("127.0.0.1:5000", address);
    let mut shell = Command::new("sh");
    let output = shell.args(["-c", &command]).current_dir(folder).output();
    let output = output.expect("sh runs");
    assert!(output.status.success(), "{command}");
    let text = String::from_utf8(output.stdout).expect("the output is text");
    // The lines of a CSV end with both.
    with_id_of_readme(text.replace("\r\n", "\n"))
}

/// The text with the id of the README's request in place of another.
fn with_id_of_readme(mut text: String) -> String {
    const NAME: &str = "\"request_id\":\"";
    const ID: &str = "5c9b1ea3d0f24768";
    if let Some(start) = text.find(NAME).map(|it| it + NAME.len()) {
        text.replace_range(start..start + ID.len(), ID);
    }
    text
}
