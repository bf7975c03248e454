//! A test in a process of its own, whose memory no other test uses.

use std::process::Command;

/// Set in the process of its own.
const ALONE: &str = "SPEC_FIRST_TEST_ALONE";

/// Whether this process runs the ignored test `name` alone. Another one starts such a process, and waits until it has passed.
pub fn is_alone(name: &str) -> bool {
    if std::env::var_os(ALONE).is_some() {
        return true;
    }
    let program = std::env::current_exe().expect("the path of the tests");
    let mut alone = Command::new(program);
    let alone = alone.args([name, "--exact", "--ignored", "--nocapture"]);
    let passed = alone.env(ALONE, "1").status().expect("the test runs");
    assert!(passed.success(), "{name} fails alone");
    false
}
