//! Builds a server as it is shipped: linked statically, with the functions side by side that run when it starts and answers.
//!
//! Linux reads a program by pages, and maps the sixteen around each that is used. Of the 13 MB of functions in this server, 1.4 MB run
//! until it has answered; where the linker leaves them, they bring half of the others with them. So a first build runs under
//! callgrind, which names the functions that run, and a second link begins with these.

use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;

use crate::binaries::{Binaries, PEER, PEOPLE, Program};
use crate::client::Connection;
use crate::instructions::{callgrind, check_valgrind};
use crate::operation::{self, Operation};
use crate::server::Kind;

/// The profile of `Cargo.toml` for what is shipped.
pub const PROFILE: &str = "dist";

/// What runs under callgrind, the most usual first: what only a later one needs comes behind what an earlier one needs.
type Runs<'r> = &'r [(Kind, &'r [Operation])];

/// Builds the server of this repository.
///
/// # Errors
/// A sentence: valgrind is missing, a build fails, or a server does not do what is expected.
pub fn people(profile: &str) -> Result<PathBuf, String> {
    build(
        PEOPLE,
        profile,
        |people| Binaries { people, peer: None },
        &[
            (Kind::Ours, &[Operation::One]),
            (Kind::Metered, &operation::ALL),
            (Kind::Sqlite, &operation::ALL),
        ],
    )
}

/// Builds it and the hand-written one.
///
/// # Errors
/// As [`people`].
pub fn both() -> Result<Binaries, String> {
    let people = people(PROFILE)?;
    let peer = build(
        PEER,
        PROFILE,
        |peer| Binaries {
            people: people.clone(),
            peer: Some(peer),
        },
        &[
            (Kind::Peer, &[Operation::One]),
            (Kind::Peer, &operation::ALL),
        ],
    )?;
    Ok(Binaries {
        people,
        peer: Some(peer),
    })
}

/// Builds a server twice; `binaries` are those with the first build.
fn build(
    program: Program,
    profile: &str,
    binaries: impl FnOnce(PathBuf) -> Binaries,
    runs: Runs<'_>,
) -> Result<PathBuf, String> {
    check_valgrind()?;
    let executable = program.optimized(profile, &[])?;
    let order = executable.with_extension("order");
    let functions = functions(&binaries(executable), runs)?;
    let written = fs::write(&order, functions.join("\n") + "\n");
    written.map_err(|error| format!("cannot write {}: {error}", order.display()))?;
    // The linker of Rust on x86-64, and one that is installed elsewhere.
    let link = [
        "-fuse-ld=lld".to_owned(),
        "-Wl,-z,pack-relative-relocs".to_owned(),
        // Callgrind knows functions that the linker does not: those of the dynamic loader, and the kernel's.
        "-Wl,--no-warn-symbol-ordering".to_owned(),
        "-Xlinker".to_owned(),
        format!("--symbol-ordering-file={}", order.display()),
    ];
    program.optimized(profile, &link)
}

/// The symbols of the functions that run, in the order of the runs.
fn functions(binaries: &Binaries, runs: Runs<'_>) -> Result<Vec<String>, String> {
    let mut known = HashSet::new();
    let mut functions = Vec::new();
    for (kind, operations) in runs {
        let ask = |connection: &mut Connection| ask(connection, operations);
        let counts = callgrind(binaries, *kind, &["--demangle=no"], ask)?;
        let new = named(&counts).filter(|name| known.insert((*name).to_owned()));
        functions.extend(new.map(str::to_owned));
    }
    Ok(functions)
}

/// Sends the requests. Any response will do: where the API is another one, or needs credentials, its functions run as well.
fn ask(connection: &mut Connection, operations: &[Operation]) -> Result<(), String> {
    operations.iter().try_for_each(|operation| {
        let response = connection.exchange(&operation.request(0));
        response
            .map(drop)
            .map_err(|error| format!("no response: {error}"))
    })
}

/// The functions in a file of callgrind: it names each where it first occurs, as `fn=(1) name` or `cfn=(1) name`, and a call of a
/// function by itself as another function, `name'2`.
fn named(counts: &str) -> impl Iterator<Item = &str> {
    counts.lines().filter_map(|line| {
        let (_, function) = line
            .split_once("fn=(")
            .filter(|(start, _)| matches!(*start, "" | "c"))?;
        let (_, name) = function.split_once(") ")?;
        Some(name.split_once('\'').map_or(name, |(name, _)| name))
    })
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn functions_are_named_once_each() {
        let counts = "\
fl=(3) src/main.rs
fn=(12) _ZN4main17h0E
16 3
cfi=(4) fn=(no).rs
cfn=(13) fold'2
calls=1 20
fn=(12)
desc: fn=(1) x
";
        assert_eq!(named(counts).collect::<Vec<_>>(), ["_ZN4main17h0E", "fold"]);
    }
}
