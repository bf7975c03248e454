//! Compares the processor time of a request to each server, and writes it into `docs/performance.md`: the hand-written one and
//! ours, and the frameworks that `benches/others/install` has installed.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use benches::binaries::Binaries;
use benches::client::Connection;
use benches::command;
use benches::cpu;
use benches::dist;
use benches::operation::{self, Operation};
use benches::other;
use benches::server::{self, Kind, Server, expect, prepare};
use benches::table::Table;

/// How often each server is started and measured, one after another in turn.
const ROUNDS: usize = 7;
/// How many connections send requests at the same time, in the table of the docs.
const CONNECTIONS: usize = 8;

/// What one run of a server has cost: start in milliseconds, memory in megabytes, and microseconds for each operation.
struct Run {
    start: f64,
    memory: f64,
    times: Vec<f64>,
}

fn main() -> ExitCode {
    command::main(run)
}

fn run(arguments: &[String]) -> Result<(), String> {
    let options = [("--rounds", ROUNDS), ("--connections", CONNECTIONS)];
    let [count, connections] = command::numbers("compare", arguments, options)?;
    let mut kinds = server::ALL.to_vec();
    for other in other::ALL {
        match other.is_installed() {
            true => kinds.push(Kind::Other(other)),
            false => eprintln!(
                "{} is left out: `benches/others/install` installs it",
                other.name()
            ),
        }
    }
    let binaries = dist::both()?;
    let mut rounds = Vec::new();
    for round in 1..=count {
        eprintln!("round {round} of {count}");
        let runs = kinds.iter().map(|&kind| {
            let run = measure(&binaries, kind, connections);
            run.map_err(|error| format!("{kind:?}: {error}"))
        });
        rounds.push(runs.collect::<Result<Vec<_>, _>>()?);
    }
    let mut table = table(&kinds, &rounds);
    print!("{}", table.markdown());
    if connections != CONNECTIONS {
        return Ok(());
    }
    let others = table.rows.split_off(server::ALL.len());
    table.write("time")?;
    if others.is_empty() {
        return Ok(());
    }
    // Next to what they are compared with.
    table.rows.truncate(2);
    table.rows.extend(others);
    table.write("others")
}

fn measure(binaries: &Binaries, kind: Kind, count: usize) -> Result<Run, String> {
    // Where there are two processors, the server has one of its own.
    cpu::pin(1);
    let start = Instant::now();
    let server = Server::start(binaries, kind, &[])?;
    first_answer(&server)?;
    let start = start.elapsed();
    cpu::pin(0);
    let memory = cpu::memory(server.id())? as f64 / 1e6;
    let mut connections = Vec::new();
    for _ in 0..count {
        connections.push(server.connect()?);
    }
    let times = operation::ALL.iter().map(|&operation| {
        let time = cost(&server, &mut connections, operation);
        time.map_err(|error| format!("{}: {error}", operation.name()))
    });
    let times = times.collect::<Result<_, String>>()?;
    drop(connections);
    server.stop()?;
    Ok(Run {
        start: milliseconds(start),
        memory,
        times,
    })
}

fn first_answer(server: &Server) -> Result<(), String> {
    let request = Operation::One.request(0);
    expect(server.connect()?.exchange(&request), 200).map(drop)
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

/// The processor time of a request, in microseconds.
fn cost(
    server: &Server,
    connections: &mut [Connection],
    operation: Operation,
) -> Result<f64, String> {
    prepare(&mut connections[0], operation)?;
    let count = operation.count() * 3;
    send(connections, operation, 0..count / 3)?;
    let before = cpu::time(server.id())?;
    send(connections, operation, count / 3..count + count / 3)?;
    let time = cpu::time(server.id())? - before;
    Ok(time as f64 / count as f64 / 1e3)
}

/// Sends requests on all connections at once, again and again.
fn send(
    connections: &mut [Connection],
    operation: Operation,
    mut numbers: std::ops::Range<usize>,
) -> Result<(), String> {
    while !numbers.is_empty() {
        let wave = numbers.len().min(connections.len());
        for (connection, number) in connections.iter_mut().zip(numbers.by_ref().take(wave)) {
            let sent = connection.send(&operation.request(number));
            sent.map_err(|error| format!("cannot send: {error}"))?;
        }
        for connection in &mut connections[..wave] {
            expect(connection.receive(), operation.status())?;
        }
    }
    Ok(())
}

fn table(kinds: &[Kind], rounds: &[Vec<Run>]) -> Table {
    let column = |kind: usize, value: &dyn Fn(&Run) -> f64| cell(rounds, kind, value);
    let rows = kinds.iter().enumerate().map(|(kind, name)| {
        let mut cells: Vec<_> = (0..operation::ALL.len())
            .map(|operation| column(kind, &|run| run.times[operation]))
            .collect();
        cells.push(column(kind, &|run| run.start));
        cells.push(column(kind, &|run| run.memory));
        (name.name().to_owned(), cells)
    });
    let operations = operation::ALL.iter().map(|it| format!("{}, µs", it.name()));
    let others = ["first answer, ms", "idle, MB"].map(str::to_owned);
    Table {
        columns: operations.chain(others).collect(),
        rows: rows.collect(),
    }
}

/// The median of a value, and the ratio to the first server in the same round: its median, least and greatest.
fn cell(rounds: &[Vec<Run>], kind: usize, value: &dyn Fn(&Run) -> f64) -> String {
    let values = sorted(rounds.iter().map(|runs| value(&runs[kind])));
    let ratios = sorted(
        rounds
            .iter()
            .map(|runs| value(&runs[kind]) / value(&runs[0])),
    );
    let (middle, last) = (rounds.len() / 2, rounds.len() - 1);
    match kind {
        0 => format!("{:.1}", values[middle]),
        _ => format!(
            "{:.1} ({:.2}; {:.2}-{:.2})",
            values[middle], ratios[middle], ratios[0], ratios[last]
        ),
    }
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<_> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}
