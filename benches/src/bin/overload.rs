//! Measures what a server does with twice the load that it can serve, by its limit of concurrent requests, and writes that into
//! `docs/operating.md`. The requests keep the processor busy: each lists 1,000 people, and compresses the list.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use benches::binaries::Binaries;
use benches::command;
use benches::cpu;
use benches::generator::{self, Latency, Outcome};
use benches::operation::Operation;
use benches::server::{Server, prepare};
use benches::table::Table;

const TABLE: &str = "overload";
const PATH: &str = "/api/people";
/// How often each load is measured, one after another in turn.
const ROUNDS: usize = 3;
const DURATION: Duration = Duration::from_secs(5);
/// As many as there may be requests under way.
const CONNECTIONS: usize = 200;
/// The limits of concurrent requests at twice the load; the last one is more than there are.
const LIMITS: [u32; 5] = [1, 2, 4, 8, 1024];

fn main() -> ExitCode {
    command::main(run)
}

fn run(arguments: &[String]) -> Result<(), String> {
    let count = command::rounds("overload", arguments, ROUNDS)?;
    if !generator::is_available() {
        return Err("oha is missing: `cargo install oha --locked`".to_owned());
    }
    let program = Binaries::people()?.people;
    let mut rounds = Vec::new();
    for round in 1..=count {
        eprintln!("round {round} of {count}");
        rounds.push(measure(&program)?);
    }
    let table = table(&rounds);
    print!("{}", table.markdown());
    table.write(TABLE)
}

/// The outcomes of a round.
struct Round {
    normal: Outcome,
    /// At twice the capacity, by [`LIMITS`].
    overload: Vec<Outcome>,
    capacity: f64,
}

fn measure(program: &Path) -> Result<Round, String> {
    let capacity = send(program, 1024, 32, None)?.served;
    let offer = |limit, times: f64| {
        let outcome = send(program, limit, CONNECTIONS, Some(capacity * times))?;
        eprintln!("capacity {capacity:.0}/s, limit {limit}, {times} times: {outcome:?}");
        Ok::<_, String>(outcome)
    };
    let overload = LIMITS.map(|limit| offer(limit, 2.0));
    Ok(Round {
        normal: offer(1024, 0.5)?,
        overload: overload.into_iter().collect::<Result<_, _>>()?,
        capacity,
    })
}

/// Sends requests to a server that has just started.
fn send(
    program: &Path,
    limit: u32,
    connections: usize,
    rate: Option<f64>,
) -> Result<Outcome, String> {
    // Where there are two processors, the server has one of its own.
    cpu::pin(1);
    let option = format!("--max-concurrent-requests={limit}");
    let server = Server::start_with(program, "memory", &[option])?;
    cpu::pin(0);
    prepare(&mut server.connect()?, Operation::ListOf1000)?;
    let outcome = generator::send(server.address(), PATH, connections, rate, DURATION)?;
    server.stop()?;
    Ok(outcome)
}

fn table(rounds: &[Round]) -> Table {
    let normal = row(rounds, 0.5, &|round| round.normal);
    let overload = LIMITS.iter().enumerate().map(|(place, limit)| {
        let name = format!("2 times, limit {limit}");
        (name, row(rounds, 2.0, &|round| round.overload[place]))
    });
    let columns = [
        "offered, of the capacity",
        "served, of the capacity",
        "503, of all",
        "median of the served, ms",
        "p99 of the served, ms",
        "median of the 503, ms",
    ];
    Table {
        columns: columns.map(str::to_owned).to_vec(),
        rows: [("half the capacity".to_owned(), normal)]
            .into_iter()
            .chain(overload)
            .collect(),
    }
}

/// The medians of all rounds; of latencies also the ratio to half the capacity in the same round, and its least and greatest.
fn row(rounds: &[Round], offered: f64, outcome: &dyn Fn(&Round) -> Outcome) -> Vec<String> {
    let median = |value: &dyn Fn(&Round) -> f64| sorted(rounds, value)[rounds.len() / 2];
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    let latency = |value: &dyn Fn(&Latency) -> f64| {
        let ratio = |round: &Round| value(&outcome(round).latency) / value(&round.normal.latency);
        let ratios = sorted(rounds, &ratio);
        let milliseconds = median(&|round| value(&outcome(round).latency));
        let (least, greatest) = (ratios[0], ratios[ratios.len() - 1]);
        format!(
            "{milliseconds:.1} ({:.2}; {least:.2}-{greatest:.2})",
            median(&ratio)
        )
    };
    let rejected = |round: &Round| {
        let outcome = outcome(round);
        outcome.rejected / (outcome.served + outcome.rejected)
    };
    let rejection = |round: &Round| outcome(round).rejection.map_or(0.0, |it| it.median);
    let rejection = match median(&rejected) > 0.0 {
        true => format!("{:.1}", median(&rejection)),
        false => "-".to_owned(),
    };
    vec![
        percent(offered),
        percent(median(&|round| outcome(round).served / round.capacity)),
        percent(median(&rejected)),
        latency(&|it| it.median),
        latency(&|it| it.p99),
        rejection,
    ]
}

fn sorted(rounds: &[Round], value: &dyn Fn(&Round) -> f64) -> Vec<f64> {
    let mut values: Vec<_> = rounds.iter().map(value).collect();
    values.sort_by(f64::total_cmp);
    values
}
