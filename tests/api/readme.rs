//! The calls in the README, made as they are written there.

use std::path::Path;
use std::process::Command;

use crate::support::Server;

#[test]
#[ignore = "needs curl and sqlite3: run tests/run"]
fn the_calls_in_the_readme_answer_as_it_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start_in(folder.path(), &["--log-level", "off"]);
    let readme = include_str!("../../README.md");
    let blocks: Vec<_> = readme
        .split("```console\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        // The other calls are of the second application and of the secured demo, which have tests of their own for them.
        .filter(|block| block.contains("/api/") && !block.contains(" -u "))
        .collect();
    assert_eq!(blocks.len(), 3);
    for block in blocks {
        assert_eq!(
            redone(block, &server.address.to_string(), folder.path()),
            block
        );
    }
}

/// The block with what its commands print now.
pub fn redone(block: &str, address: &str, folder: &Path) -> String {
    let commands = block.lines().filter_map(|line| line.strip_prefix("$ "));
    commands
        .map(|command| format!("$ {command}\n{}", printed(command, address, folder)))
        .collect()
}

/// What a command prints, with the address, the times and the ids of the README.
fn printed(command: &str, address: &str, folder: &Path) -> String {
    let command = command.replace("127.0.0.1:5000", address);
    let output = Command::new("sh")
        .args(["-c", &command])
        .current_dir(folder)
        .output()
        .expect("sh runs");
    assert!(
        output.status.success(),
        "{command}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).expect("the output is text");
    let timestamp = regex::Regex::new(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d").expect("a pattern");
    let text = timestamp.replace_all(&text, "2026-11-22 12:00:00");
    let id = regex::Regex::new("\"request_id\":\"[0-9a-f]{16}\"").expect("a pattern");
    id.replace_all(&text, "\"request_id\":\"5c9b1ea3d0f24768\"")
        .into_owned()
}
