//! Counts the instructions of a request, in user space, with callgrind.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::binaries::Binaries;
use crate::client::Connection;
use crate::operation::Operation;
use crate::server::{Kind, Server, expect, prepare};

/// How often a server is started for one count. It closes a connection on which nothing comes for five seconds, which happens when
/// others keep this process from its processor; and the hand-written one may be told to stop before it listens to signals.
const ATTEMPTS: usize = 5;

/// Whether valgrind can be run.
///
/// # Errors
/// A sentence: it cannot.
pub fn check_valgrind() -> Result<(), String> {
    let version = Command::new("valgrind")
        .arg("--version")
        .stdout(Stdio::null())
        .status();
    match version {
        Ok(status) if status.success() => Ok(()),
        _ => Err("valgrind is missing; on Debian, `apt-get install valgrind`".to_owned()),
    }
}

/// The instructions of one request: what a run costs more that sends more of them, so that the start does not count.
///
/// # Errors
/// A sentence: a server did not do what is expected.
pub fn count(binaries: &Binaries, kind: Kind, operation: Operation) -> Result<u64, String> {
    let few = operation.count() / 5;
    let many = few + operation.count();
    let run = |requests| run(binaries, kind, operation, requests);
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
    let counts = callgrind(binaries, kind, &[], |connection| {
        prepare(connection, operation)?;
        for number in 0..requests {
            expect(
                connection.exchange(&operation.request(number)),
                operation.status(),
            )?;
        }
        Ok(())
    })?;
    total(&counts)
}

/// What callgrind writes of a server that starts, answers what it is asked, and stops.
pub(crate) fn callgrind(
    binaries: &Binaries,
    kind: Kind,
    options: &[&str],
    ask: impl Fn(&mut Connection) -> Result<(), String>,
) -> Result<String, String> {
    let mut runs = (1..ATTEMPTS).map(|_| callgrind_once(binaries, kind, options, &ask));
    runs.find(Result::is_ok)
        .unwrap_or_else(|| callgrind_once(binaries, kind, options, &ask))
}

fn callgrind_once(
    binaries: &Binaries,
    kind: Kind,
    options: &[&str],
    ask: impl Fn(&mut Connection) -> Result<(), String>,
) -> Result<String, String> {
    let folder = TempDir::new().map_err(|error| format!("no temporary folder: {error}"))?;
    let counts = folder.path().join("counts");
    let output = format!("--callgrind-out-file={}", counts.display());
    let under = ["valgrind", "--tool=callgrind", &output];
    let under = under.iter().chain(options).map(|it| (*it).to_owned());
    let server = Server::start(binaries, kind, &under.collect::<Vec<_>>())?;
    let mut connection = server.connect()?;
    ask(&mut connection)?;
    drop(connection);
    server.stop()?;
    read(&counts)
}

/// A file that callgrind has written.
pub(crate) fn read(counts: &Path) -> Result<String, String> {
    let counts = fs::read_to_string(counts);
    counts.map_err(|error| format!("callgrind wrote no counts: {error}"))
}

/// The sum of what callgrind has counted.
pub(crate) fn total(counts: &str) -> Result<u64, String> {
    let total = counts.lines().find_map(|line| line.strip_prefix("totals:"));
    let total = total.and_then(|it| it.trim().parse().ok());
    total.ok_or_else(|| "callgrind wrote no totals".to_owned())
}
