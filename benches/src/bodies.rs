//! Counts the instructions of reading, checking and sending bodies of several shapes, in process, beside serde alone.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::instructions::{read, total};
use crate::table::Table;

const DIRECTIONS: [&str; 2] = ["read", "echo"];
/// How many requests are counted: they hardly differ.
const COUNT: u64 = 3;

/// The instructions of each shape and direction, and as a multiple of what serde alone needs.
///
/// # Errors
/// A sentence: the program at this path did not do what is expected.
pub fn count(program: &Path) -> Result<Table, String> {
    let mut rows = Vec::new();
    for shape in shapes(program)?.lines() {
        let mut cells = Vec::new();
        for direction in DIRECTIONS {
            let [plain, ours] = ["plain", "ours"].map(|kind| {
                let count = run(program, kind, shape, direction)?;
                eprintln!("{shape}, {direction}, {kind}: {count}");
                Ok::<_, String>(count)
            });
            let (plain, ours) = (plain?, ours?);
            cells.push(format!("{plain} (1.00)"));
            cells.push(format!("{ours} ({:.2})", ours as f64 / plain as f64));
        }
        rows.push((shape.to_owned(), cells));
    }
    let columns = DIRECTIONS
        .into_iter()
        .flat_map(|direction| ["serde alone", "ours"].map(|kind| format!("{direction}, {kind}")));
    Ok(Table {
        columns: columns.collect(),
        rows,
    })
}

/// The names of all shapes, each in a line.
fn shapes(program: &Path) -> Result<String, String> {
    let output = Command::new(program).output();
    let output = output.map_err(|error| format!("cannot run {}: {error}", program.display()))?;
    String::from_utf8(output.stdout).map_err(|error| error.to_string())
}

/// The instructions of one request.
fn run(program: &Path, kind: &str, shape: &str, direction: &str) -> Result<u64, String> {
    let folder = tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
    let counts = folder.path().join("counts");
    let output = Command::new("valgrind")
        .args([
            "--tool=callgrind",
            "--toggle-collect=*bodies*Harness*handle*",
        ])
        .arg(format!("--callgrind-out-file={}", counts.display()))
        .arg(program)
        .args([kind, shape, direction, &COUNT.to_string()])
        .stdin(Stdio::null())
        .output();
    let output = output.map_err(|error| format!("cannot run valgrind: {error}"))?;
    if !output.status.success() {
        let error = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{kind}, {shape}, {direction}: {error}"));
    }
    match total(&read(&counts)?)? / COUNT {
        0 => Err(format!("{kind}, {shape}, {direction}: nothing was counted")),
        count => Ok(count),
    }
}
