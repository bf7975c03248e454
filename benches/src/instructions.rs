//! Counts the instructions of a request, in user space, with callgrind.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::binaries::Binaries;
use crate::operation::Operation;
use crate::server::{Kind, Server, expect, prepare};

/// How often a server is started for one count. It closes a connection on which nothing comes for five seconds, which happens when
/// others keep this process from its processor.
const ATTEMPTS: usize = 5;

/// Whether valgrind can be run.
#[must_use]
pub fn is_available() -> bool {
    let version = Command::new("valgrind")
        .arg("--version")
        .stdout(Stdio::null())
        .status();
    version.is_ok_and(|status| status.success())
}

/// The instructions of one request: what a run costs more that sends more of them, so that the start does not count.
///
/// # Errors
/// A sentence: a server did not do what is expected.
pub fn count(binaries: &Binaries, kind: Kind, operation: Operation) -> Result<u64, String> {
    let few = operation.count() / 5;
    let many = few + operation.count();
    let run = |requests| {
        let mut runs = (1..ATTEMPTS).map(|_| run(binaries, kind, operation, requests));
        runs.find(Result::is_ok)
            .unwrap_or_else(|| run(binaries, kind, operation, requests))
    };
    let cost = run(many)?.saturating_sub(run(few)?);
    Ok(cost / operation.count() as u64)
}

/// The instructions of a server that starts, answers requests and stops.
fn run(
    binaries: &Binaries,
    kind: Kind,
    operation: Operation,
    requests: usize,
) -> Result<u64, String> {
    let folder = TempDir::new().map_err(|error| format!("no temporary folder: {error}"))?;
    let counts = folder.path().join("counts");
    let under = [
        "valgrind",
        "--tool=callgrind",
        &format!("--callgrind-out-file={}", counts.display()),
    ];
    let server = Server::start(binaries, kind, &under.map(str::to_owned))?;
    let mut connection = server.connect()?;
    prepare(&mut connection, operation)?;
    for number in 0..requests {
        expect(
            connection.exchange(&operation.request(number)),
            operation.status(),
        )?;
    }
    drop(connection);
    server.stop()?;
    total(&counts)
}

/// The sum in a file that callgrind has written.
pub(crate) fn total(counts: &Path) -> Result<u64, String> {
    let counts = fs::read_to_string(counts);
    let counts = counts.map_err(|error| format!("callgrind wrote no counts: {error}"))?;
    let total = counts.lines().find_map(|line| line.strip_prefix("totals:"));
    let total = total.and_then(|it| it.trim().parse().ok());
    total.ok_or_else(|| "callgrind wrote no totals".to_owned())
}
